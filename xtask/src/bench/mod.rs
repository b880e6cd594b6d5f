//! `cargo xtask bench`: how fast everything is, each thing beside what it is compared with, in one run. Nothing is asserted,
//! because another machine has other times.
//!
//! | part | what | beside |
//! | --- | --- | --- |
//! | ddl | reading a dump and a schema, and the memory it takes | the splitter and sqlparser alone |
//! | contract | check and generate of a contract of 1,000 entities | a second |
//! | items | structs to DynamoDB items and back | serde_dynamo, and code written by hand |
//! | stores | calls of repositories on both stores | the same calls by hand, with the driver and the SDK |
//! | compile | compiling an entity: the derive and the repository | serde's two derives of the same struct |

mod compile;
mod contract;
mod tables;
mod used;

use anyhow::Context;
use clap::ValueEnum;

use crate::command::{Line, root};
use crate::setup;

/// Where the inputs go, from the workspace's root. They are kept.
const FOLDER: &str = "target/bench";

/// A part of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// Reading DDL.
    Ddl,
    /// check and generate.
    Contract,
    /// Items from structs, and structs from items.
    Items,
    /// Calls on both stores.
    Stores,
    /// Compile time.
    Compile,
}

/// Measures the part, or all of them.
pub(crate) fn run(part: Option<Part>) -> anyhow::Result<()> {
    match part {
        Some(Part::Ddl) => ddl(),
        Some(Part::Contract) => contract::run(),
        Some(Part::Items) => items(),
        Some(Part::Stores) => stores(),
        Some(Part::Compile) => compile::run(),
        None => Part::value_variants().iter().try_for_each(|part| {
            println!();
            run(Some(*part))
        }),
    }
}

fn ddl() -> anyhow::Result<()> {
    release(&["migratable-cli", "migratable-test-bench"])?;
    Line::new(&built("bench")?, &[&built("migratable")?, FOLDER]).run()
}

fn items() -> anyhow::Result<()> {
    release(&["migratable-test-items"])?;
    Line::new(&built("migratable-test-items")?, &[]).run()
}

fn stores() -> anyhow::Result<()> {
    setup::mysql()?;
    release(&["migratable-test-stores"])?;
    Line::new(&built("migratable-test-stores")?, &[]).run()
}

/// Builds packages, optimised.
fn release(packages: &[&str]) -> anyhow::Result<()> {
    let packages = packages.iter().flat_map(|package| ["--package", package]);
    let arguments: Vec<&str> =
        ["build", "--quiet", "--release", "--locked"].into_iter().chain(packages).collect();
    Line::cargo(&arguments).run()
}

/// A program that was built.
fn built(name: &str) -> anyhow::Result<String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let path = target.join("release").join(name).with_extension(std::env::consts::EXE_EXTENSION);
    path.into_os_string().into_string().ok().context("a path is not UTF-8")
}

/// The median: of an even number, the upper of the two in the middle.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
