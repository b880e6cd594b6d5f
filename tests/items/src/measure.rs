//! Times, taken in turn.

use std::fs;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds; in each, every way has its turn.
const ROUNDS: usize = 30;

/// A sample goes on over the items again until it has taken about this long.
const SAMPLE: Duration = Duration::from_millis(4);

/// A way of doing something with a whole batch: prepares what it consumes, then does it.
pub(crate) struct Way<'w> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn FnMut() -> Duration + 'w>,
}

impl<'w> Way<'w> {
    /// Makes something of each input, and drops it. Making inputs isn't counted.
    pub(crate) fn new<I, O>(
        name: &'static str,
        inputs: impl Fn() -> Vec<I> + 'w,
        work: impl Fn(I) -> O + 'w,
    ) -> Self
    where
        I: 'w,
        O: 'w,
    {
        let run = move || {
            let inputs = inputs();
            let start = Start::now();
            for input in inputs {
                // Dropped at once, as what is sent is: a heap of results would measure the allocator.
                black_box(work(black_box(input)));
            }
            start.elapsed()
        };
        Self { name, run: Box::new(run) }
    }
}

/// What a way took, and how that is to the first way's.
pub(crate) struct Taken {
    pub(crate) name: &'static str,
    /// Of a whole batch; the median of all rounds.
    pub(crate) time: Duration,
    /// The median of the rounds' ratios to the first way in the same round.
    pub(crate) ratio: f64,
}

/// Takes the ways in turn.
pub(crate) fn in_turn(mut ways: Vec<Way<'_>>) -> Vec<Taken> {
    // The first runs fill caches, and say how many make a sample.
    let first = ways.first_mut().map_or(Duration::ZERO, |way| {
        (way.run)();
        (way.run)()
    });
    let repeats =
        u32::try_from(SAMPLE.as_nanos() / first.as_nanos().max(1)).unwrap_or(u32::MAX).clamp(1, 5000);
    let mut rounds: Vec<Vec<Duration>> = Vec::new();
    for round in 0..ROUNDS {
        let mut times = vec![Duration::ZERO; ways.len()];
        // Every other round backwards, so that nobody always comes after the same.
        let mut order: Vec<usize> = (0..ways.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for position in order {
            for _ in 0..repeats {
                times[position] += (ways[position].run)();
            }
        }
        rounds.push(times.into_iter().map(|time| time / repeats).collect());
    }
    let taken = ways.iter().enumerate().map(|(position, way)| Taken {
        name: way.name,
        time: median(rounds.iter().map(|times| times[position])),
        ratio: median_ratio(
            rounds.iter().map(|times| times[position].as_secs_f64() / times[0].as_secs_f64()),
        ),
    });
    taken.collect()
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn median_ratio(ratios: impl Iterator<Item = f64>) -> f64 {
    let mut ratios: Vec<f64> = ratios.collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
}

/// What the processor has given this thread so far: on a machine that has other work, too, that says more than a clock.
struct Start(Option<Duration>, Instant);

impl Start {
    fn now() -> Self {
        Self(on_processor(), Instant::now())
    }

    fn elapsed(&self) -> Duration {
        let clock = self.1.elapsed();
        let used = self.0.zip(on_processor()).map(|(before, now)| now.saturating_sub(before));
        // The system keeps its own count coarsely where it was not interrupted.
        used.filter(|used| !used.is_zero()).map_or(clock, |used| used.min(clock))
    }
}

fn on_processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}
