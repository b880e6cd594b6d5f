//! One module for each command: what it reads, which room it asks, what it reports.

pub(crate) mod analyze;
pub(crate) mod check;
pub(crate) mod diff;
mod drift;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod generate;
mod git;
pub(crate) mod import;
pub(crate) mod language;
pub(crate) mod tables;

use std::path::Path;
use std::sync::Arc;

use migratable_build::input;
use migratable_contract::Outcome;
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::model::Contract;

use crate::exit;
use crate::report::Report;

/// Loads a contract for a command. `Err` is the finished report of what is wrong with it; warnings are in neither.
fn load(command: &'static str, path: &Path) -> Result<(Contract, Report), Report> {
    loaded(command, path, migratable_contract::load)
}

/// The same, by one of the ways to load.
fn loaded(
    command: &'static str,
    path: &Path,
    load: impl FnOnce(&Arc<SourceFile>) -> Outcome<Contract>,
) -> Result<(Contract, Report), Report> {
    let file = input::text(path).map_err(|error| Report::failure(command, exit::INPUT, error))?;
    let outcome = load(&file);
    let report =
        Report::new(command).fact("contract", path.display().to_string()).diagnostics(outcome.diagnostics);
    match outcome.value {
        Some(contract) => Ok((contract, report)),
        None => Err(report.exit(exit::CONTRACT)),
    }
}

/// `1 table`, `2 tables`.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
