//! What a command takes: on the clock, and of the processors. On a busy machine the second says more.

use std::fs;
use std::time::Instant;

use crate::command::Line;

/// What one run took, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Used {
    pub(super) clock: f64,
    /// Of all processes it started, in user and system mode.
    pub(super) processor: f64,
}

/// Runs a command, its output aside, and says what it took.
pub(super) fn by(line: &Line) -> anyhow::Result<Used> {
    let (before, start) = (of_children(), Instant::now());
    line.output()?;
    Ok(Used { clock: start.elapsed().as_secs_f64(), processor: of_children() - before })
}

/// Seconds that processes we started and waited for have had, with those they started; 0 where the system doesn't say.
fn of_children() -> f64 {
    // Fields 16 and 17 of /proc/PID/stat (man proc_pid_stat), in ticks: Linux has 100 a second for every program.
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(13).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
