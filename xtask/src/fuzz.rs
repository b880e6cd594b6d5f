//! `cargo xtask fuzz`: inputs nobody wrote, grown from the project's own fixtures, through the splitter and through the
//! whole way from DDL to contract. What they must hold is in `analyze/tests/invariants`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::command::{Line, root};

/// The targets and the share of the time that each gets: there is less to find in the splitter.
const TARGETS: [(&str, u64); 2] = [("splitter", 1), ("schema", 3)];

/// Where DDL is written in this repository: what inputs grow from.
const SEEDS: [&str; 4] = ["examples", "analyze/fixtures/ddl", "analyze/fixtures/fuzz", "tests/golden/cases"];

/// What any input has to keep to: seconds, megabytes; and bytes, because short inputs are tried more often.
const LIMITS: [&str; 3] = ["-timeout=20", "-rss_limit_mb=2048", "-max_len=8192"];

/// Fuzzes for about so many seconds. An input that breaks something ends the run, is kept in `fuzz/artifacts`, and
/// belongs into `analyze/fixtures/fuzz` with what mends it.
pub(crate) fn run(seconds: u64) -> anyhow::Result<()> {
    install()?;
    let folder = root().join("fuzz");
    let seeds = seeds()?;
    let shares: u64 = TARGETS.iter().map(|(_, share)| share).sum();
    for (target, share) in TARGETS {
        let corpus = folder.join("corpus").join(target);
        fs::create_dir_all(&corpus).with_context(|| format!("could not make {}", corpus.display()))?;
        for (name, seed) in &seeds {
            fs::copy(seed, corpus.join(name))
                .with_context(|| format!("could not copy {}", seed.display()))?;
        }
        let time = format!("-max_total_time={}", seconds * share / shares);
        let fuzz = ["run", "nightly", "cargo", "fuzz", "run", target, "--", "-dict=sql.dict", &time];
        let line = Line::new("rustup", &[&fuzz[..], &LIMITS].concat()).within(&folder);
        println!("fuzz: {} seeds, {line}", seeds.len());
        line.run()?;
    }
    Ok(())
}

/// A nightly compiler, for its instrumentation, and cargo-fuzz.
fn install() -> anyhow::Result<()> {
    for (probe, install) in [
        (
            &["rustup", "run", "nightly", "rustc", "--version"][..],
            &["rustup", "toolchain", "install", "nightly", "--profile", "minimal"][..],
        ),
        (&["cargo", "fuzz", "--version"], &["cargo", "install", "--locked", "cargo-fuzz"]),
    ] {
        let there = Line::new(probe[0], &probe[1..]).command().output().is_ok_and(|run| run.status.success());
        if !there {
            let line = Line::new(install[0], &install[1..]);
            println!("fuzz: `{}` doesn't run here: {line}", probe.join(" "));
            line.run()?;
        }
    }
    Ok(())
}

/// Every SQL file of the fixtures, each with a name of its own.
fn seeds() -> anyhow::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for folder in SEEDS {
        walk(&root().join(folder), &mut found)?;
    }
    found.sort();
    Ok(found.into_iter().enumerate().map(|(number, path)| (format!("seed-{number}.sql"), path)).collect())
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            found.push(path);
        }
    }
    Ok(())
}
