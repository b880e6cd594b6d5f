//! Times of calls, taken in turn, call by call: what else the machine does meets all of them alike.

use std::time::{Duration, Instant};

use futures_util::future::LocalBoxFuture;

/// Rounds, of which each gives one ratio.
const ROUNDS: usize = 30;

/// How long one way's calls of a round take together, about.
const SAMPLE: Duration = Duration::from_millis(120);

/// A way of asking.
pub(crate) struct Way<'w> {
    pub(crate) name: &'static str,
    pub(crate) call: Box<dyn Fn() -> LocalBoxFuture<'w, anyhow::Result<()>> + 'w>,
}

/// What a way's calls took, and how that is to the first way's.
pub(crate) struct Taken {
    pub(crate) name: &'static str,
    /// Of a call; the median of all rounds.
    pub(crate) time: Duration,
    /// The median of the rounds' ratios to the first way in the same round.
    pub(crate) ratio: f64,
}

/// Takes the ways in turn.
pub(crate) async fn in_turn(ways: &[Way<'_>]) -> anyhow::Result<Vec<Taken>> {
    // The first calls prepare statements and open connections, and say how many make a sample.
    let start = Instant::now();
    for _ in 0..20 {
        for way in ways {
            (way.call)().await?;
        }
    }
    let each = start.elapsed().as_nanos() / (20 * ways.len() as u128);
    let calls = (SAMPLE.as_nanos() / each.max(1)).clamp(10, 20_000);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut times = vec![Vec::new(); ways.len()];
        for call in 0..calls {
            for turn in 0..ways.len() {
                // Every other turn backwards, so that nobody always comes after the same.
                let at = if call % 2 == 0 { turn } else { ways.len() - 1 - turn };
                let start = Instant::now();
                (ways[at].call)().await?;
                times[at].push(start.elapsed().as_secs_f64());
            }
        }
        // A call that something else interrupted says nothing of the call.
        rounds.push(times.into_iter().map(median).collect::<Vec<f64>>());
    }
    let taken = ways.iter().enumerate().map(|(at, way)| Taken {
        name: way.name,
        time: Duration::from_secs_f64(median(rounds.iter().map(|times| times[at]).collect())),
        ratio: median(rounds.iter().map(|times| times[at] / times[0]).collect()),
    });
    Ok(taken.collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
