//! How fast DDL is read, and in how much memory, beside what any reading takes. `cargo xtask bench` builds and runs it.
#![expect(clippy::print_stdout, reason = "what it finds is for the developer who asks")]

mod inputs;
mod process;
mod speed;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;

/// Bytes of the dump.
const DUMP: u64 = 200_000_000;

/// How many times the dump is given to standard input.
const TIMES: u32 = 5;

/// Tables of the schema without rows.
const TABLES: usize = 1_000;

/// Of so many runs the median counts.
const RUNS: usize = 5;

/// Takes the `migratable` command to measure, and a folder for the inputs.
fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let command = arguments.next().context("the migratable command is missing")?;
    let folder = arguments.next().context("the folder is missing")?;
    std::fs::create_dir_all(&folder)?;
    let dump = folder.join("dump.sql");
    inputs::dump(&dump, DUMP).with_context(|| format!("could not write {}", dump.display()))?;
    let schema = folder.join("schema.sql");
    std::fs::write(&schema, inputs::schema(TABLES))?;

    speeds(&dump)?;
    memory(&command, &dump)?;
    tables(&command, &schema)
}

/// The rates, taken in turn, so that a busy machine slows all alike.
fn speeds(dump: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::read(dump)?;
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..RUNS {
        times[0].push(speed::whole(dump)?);
        times[1].push(speed::splitter(&bytes));
        times[2].push(speed::sqlparser(&bytes));
    }
    println!(
        "a dump of {} MB, mostly rows, on one core (medians of {RUNS} runs, in turn)",
        bytes.len() / 1_000_000
    );
    let [whole, splitter, sqlparser] = times.map(|times| rate(bytes.len(), median(times)));
    println!("  analyze's reading    {whole:7.0} MB/s   (target: 200)");
    println!("  the splitter alone   {splitter:7.0} MB/s   {:.2} of analyze's", splitter / whole);
    println!("  sqlparser alone      {sqlparser:7.0} MB/s   {:.2} of analyze's", sqlparser / whole);
    Ok(())
}

fn memory(command: &Path, dump: &Path) -> anyhow::Result<()> {
    println!("peak memory of `migratable analyze` (target: under 100 MB)");
    let run = process::analyze(command, dump, 1)?;
    println!("  {:4} MB as a file              {:5.1} MB", DUMP / 1_000_000, megabytes(run.peak));
    let run = process::analyze_input(command, dump, TIMES)?;
    let size = u64::from(TIMES) * DUMP / 1_000_000;
    println!("  {size:4} MB as standard input    {:5.1} MB", megabytes(run.peak));
    Ok(())
}

fn tables(command: &Path, schema: &Path) -> anyhow::Result<()> {
    let runs = (0..RUNS).map(|_| process::analyze(command, schema, TABLES));
    let runs = runs.collect::<anyhow::Result<Vec<_>>>()?;
    let peak = runs.iter().map(|run| run.peak).max().unwrap_or_default();
    let time = median(runs.iter().map(|run| run.time).collect());
    println!(
        "{TABLES} tables to a contract   {:.2} s   (target: under 1)   {:.1} MB",
        time.as_secs_f64(),
        megabytes(peak)
    );
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn rate(bytes: usize, time: Duration) -> f64 {
    bytes as f64 / 1e6 / time.as_secs_f64()
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
