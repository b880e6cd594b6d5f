//! The `migratable` command, watched while it runs.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

/// What a run took.
pub(crate) struct Run {
    pub(crate) time: Duration,
    /// The most memory it had at once, in bytes.
    pub(crate) peak: u64,
}

/// `migratable analyze FILE`. At least so many tables have to come of it.
pub(crate) fn analyze(command: &Path, file: &Path, tables: usize) -> anyhow::Result<Run> {
    let out = file.with_extension("yaml");
    let file = file.display().to_string();
    let start = Instant::now();
    let mut child = start_command(command, &file, &out, Stdio::null())?;
    let peak = watch(&mut child)?;
    let run = Run { time: start.elapsed(), peak };
    let found = fs::read_to_string(&out)?.matches("\n      primary_key: ").count();
    ensure!(found >= tables, "{found} tables were found");
    Ok(run)
}

/// `migratable analyze -`, with the file as its input, over and over.
pub(crate) fn analyze_input(command: &Path, file: &Path, times: u32) -> anyhow::Result<Run> {
    let start = Instant::now();
    let mut child = start_command(command, "-", &file.with_extension("yaml"), Stdio::piped())?;
    let mut input = child.stdin.take().context("there is no input to write to")?;
    let file = file.to_owned();
    let writer = thread::spawn(move || -> io::Result<()> {
        for _ in 0..times {
            io::copy(&mut File::open(&file)?, &mut input)?;
        }
        Ok(())
    });
    let peak = watch(&mut child)?;
    writer.join().ok().context("the input could not be written")??;
    Ok(Run { time: start.elapsed(), peak })
}

fn start_command(command: &Path, input: &str, out: &Path, stdin: Stdio) -> anyhow::Result<Child> {
    let out = out.display().to_string();
    Command::new(command)
        .args(["analyze", input, "--force", "--out", &out])
        .stdin(stdin)
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("could not run {}", command.display()))
}

/// Waits for it to end, and looks at its memory until then.
fn watch(child: &mut Child) -> anyhow::Result<u64> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        // The system keeps the peak itself, so a look now and then misses only what comes after the last.
        peak = fs::read_to_string(&status).ok().and_then(|text| high_water(&text)).unwrap_or(0).max(peak);
        if let Some(ended) = child.try_wait()? {
            ensure!(ended.success(), "migratable failed: {ended}");
            return Ok(peak);
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// `VmHWM: 1234 kB`
fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
