//! `corpus DIR`: see the library's documentation.
#![expect(clippy::print_stdout, reason = "what it is for")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, ensure};
use migratable_test_corpus::oracle::{self, Comparison};
use migratable_test_corpus::read::{self, Counts, SERVERS};
use migratable_test_corpus::rows::ROWS;
use migratable_test_engines::Template;

/// Servers at work at a time.
const WORKERS: usize = 2;

/// Schemas whose migrations are files of their own: also read one after the other, as what they grow to.
const GROWN: [(&str, &[&str]); 4] = [
    ("apollo_grown", &["apollo_config", "apollo_portal", "apollo_deltas"]),
    ("employees_grown", &["employees", "employees_objects"]),
    ("icinga2_grown", &["icinga2_ido", "icinga2_upgrades"]),
    ("mediawiki_grown", &["mediawiki", "mediawiki_archives"]),
];

/// Errors of ours that are shown for each file.
const SHOWN: usize = 5;

/// What is read as one.
struct Input {
    name: String,
    /// One after the other.
    files: Vec<PathBuf>,
    /// Whether a server is asked.
    oracle: bool,
}

/// What became of a file.
struct Outcome {
    name: String,
    counts: Vec<Counts>,
    comparison: Option<anyhow::Result<Comparison>>,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((folder, only)) = arguments.split_first() else {
        println!("usage: corpus DIR [FILE…]");
        return ExitCode::from(2);
    };
    match run(Path::new(folder), only) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("corpus: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs over the files, or those `only` named; tells whether all is well.
fn run(folder: &Path, only: &[String]) -> anyhow::Result<bool> {
    let start = Instant::now();
    let mut inputs: Vec<Input> = Vec::new();
    for (part, oracle) in [("ddl", true), ("ddl-grammar", false)] {
        let files = sql_files(&folder.join(part))?;
        inputs.extend(files.into_iter().map(|file| Input { name: stem(&file), files: vec![file], oracle }));
    }
    for (name, parts) in GROWN {
        let files: Vec<PathBuf> =
            parts.iter().map(|part| folder.join("ddl").join(part).with_extension("sql")).collect();
        if files.iter().all(|file| file.is_file()) {
            inputs.push(Input { name: name.to_owned(), files, oracle: true });
        }
    }
    inputs.retain(|input| only.is_empty() || only.contains(&input.name));
    ensure!(!inputs.is_empty(), "there is no such file in {}", folder.display());
    let template = Template::new()?;
    let next = AtomicUsize::new(0);
    let outcomes: Mutex<Vec<Outcome>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = one(&template, input);
                    let mut outcomes = outcomes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                    print(&outcome);
                    outcomes.push(outcome);
                }
            });
        }
    });
    let outcomes = outcomes.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    Ok(summary(&outcomes, only.is_empty(), start))
}

fn sql_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "sql"));
    files.sort();
    Ok(files)
}

fn stem(file: &Path) -> String {
    file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

fn one(template: &Template, input: &Input) -> Outcome {
    let name = input.name.clone();
    let parts: std::io::Result<Vec<Vec<u8>>> = input.files.iter().map(std::fs::read).collect();
    let bytes = match parts {
        Ok(parts) => parts.join(&b'\n'),
        Err(error) => {
            let comparison = Some(Err(anyhow::Error::from(error)));
            return Outcome { name, counts: Vec::new(), comparison };
        }
    };
    let counts = SERVERS.iter().map(|(server, reads)| read::read(&name, &bytes, *server, *reads)).collect();
    let comparison = input.oracle.then(|| compare(template, &bytes));
    Outcome { name, counts, comparison }
}

fn compare(template: &Template, bytes: &[u8]) -> anyhow::Result<Comparison> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(oracle::compare(template, bytes))
}

fn print(outcome: &Outcome) {
    println!("\n{}", outcome.name);
    for ((server, _), counts) in SERVERS.iter().zip(&outcome.counts) {
        let Counts { statements, tables, created, dropped, not_understood, passed_over, said, .. } = counts;
        println!(
            "  {server}: {statements} statements, {tables} tables found, {created} created, {dropped} dropped, \
             {said} missing and said, {not_understood} not understood, {passed_over} passed over"
        );
        for fault in &counts.faults {
            println!("    FAULT {fault}");
        }
    }
    match &outcome.comparison {
        None => {}
        Some(Err(error)) => println!("    FAULT {error:#}"),
        Some(Ok(comparison)) => print_comparison(comparison),
    }
}

fn print_comparison(comparison: &Comparison) {
    let Comparison {
        taken,
        skipped,
        refused,
        facts,
        tables,
        explained,
        left,
        client,
        by_rows,
        errors,
        rewritten,
    } = comparison;
    println!(
        "  server: {taken} statements taken, {} refused, {skipped} not given; {tables} tables, {facts} facts, \
         {} differences explained, {} left, {} to the client's",
        refused.len(),
        explained.values().sum::<usize>(),
        left.len(),
        client.len()
    );
    if *by_rows > 0 {
        println!("    {by_rows} differences to the client's come of rows, or of what is called");
    }
    for change in rewritten {
        println!("    rewritten: {change}");
    }
    for (line, number, words) in refused {
        println!("    refused line {line}: {number} {}", words.lines().next().unwrap_or_default());
    }
    for difference in left {
        println!("    LEFT {difference}");
    }
    for difference in client {
        println!("    CLIENT {difference}");
    }
    for error in errors.iter().take(SHOWN) {
        println!("    said of what the server took: {error}");
    }
    if errors.len() > SHOWN {
        println!("    said of what the server took: {} more errors", errors.len() - SHOWN);
    }
}

/// Prints the sums; tells whether all is well.
fn summary(outcomes: &[Outcome], all_files: bool, start: Instant) -> bool {
    let comparisons = || outcomes.iter().filter_map(|outcome| outcome.comparison.as_ref()?.as_ref().ok());
    let sum = |count: fn(&Comparison) -> usize| comparisons().map(count).sum::<usize>();
    println!("\nrefused by the server, by its error");
    let mut refused: BTreeMap<u16, (usize, &str)> = BTreeMap::new();
    for (_, number, words) in comparisons().flat_map(|comparison| &comparison.refused) {
        refused.entry(*number).or_insert((0, words)).0 += 1;
    }
    for (number, (count, words)) in refused {
        println!("  {count:6}  {number}, as: {}", words.lines().next().unwrap_or_default());
    }
    println!("\nexplained, by row");
    for row in ROWS {
        let count: usize = comparisons().filter_map(|comparison| comparison.explained.get(row.name)).sum();
        let dead = if count == 0 && all_files { "  (dead: no file needs it)" } else { "" };
        println!("  {count:6}  {}: {}{dead}", row.name, row.why);
    }
    for ((server, _), at) in SERVERS.iter().zip(0..) {
        let counts = || outcomes.iter().filter_map(|outcome| outcome.counts.get(at));
        let sum = |count: fn(&Counts) -> usize| counts().map(count).sum::<usize>();
        println!(
            "\nread for {server}: {} files, {} statements, {} tables found, {} created, {} dropped, {} missing and said",
            counts().count(),
            sum(|counts| counts.statements),
            sum(|counts| counts.tables),
            sum(|counts| counts.created),
            sum(|counts| counts.dropped),
            sum(|counts| counts.said)
        );
    }
    println!(
        "given to MariaDB: {} files, {} statements taken, {} refused, {} not given; {} tables, {} facts compared",
        comparisons().count(),
        sum(|comparison| comparison.taken),
        sum(|comparison| comparison.refused.len()),
        sum(|comparison| comparison.skipped),
        sum(|comparison| comparison.tables),
        sum(|comparison| comparison.facts)
    );
    let left = sum(|comparison| comparison.left.len());
    let client = sum(|comparison| comparison.client.len());
    let faults: usize =
        outcomes.iter().flat_map(|outcome| &outcome.counts).map(|counts| counts.faults.len()).sum();
    let failures = outcomes.iter().filter(|outcome| matches!(outcome.comparison, Some(Err(_)))).count();
    println!(
        "differences: {} explained, {left} left; {client} between the servers; {faults} faults, {failures} failures; {} s",
        sum(|comparison| comparison.explained.values().sum()),
        start.elapsed().as_secs()
    );
    left == 0 && client == 0 && faults == 0 && failures == 0
}
