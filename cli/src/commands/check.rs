//! `migratable check`.

use std::sync::Arc;
use std::time::SystemTime;

use migratable_codegen::command_line;
use migratable_contract::Outcome;
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::model::Contract;
use migratable_core::derived::compute;

use super::{count, diff, drift};
use crate::arguments::Check;
use crate::exit;
use crate::report::Report;

/// Loads a contract and says what it has, how its source differs from the DDL of today, and how it differs from what
/// it was.
pub(crate) fn run(options: &Check) -> Report {
    let (contract, report) = match super::loaded("check", &options.contract, load) {
        Ok(loaded) => loaded,
        Err(report) => return report,
    };
    let denied = options.deny_warnings && report.has_findings();
    let report = whole(report, options, &contract, denied);
    let report = if options.ddl.is_empty() { report } else { drift::check(report, options, &contract) };
    match &options.against {
        Some(against) => diff::against(report, against, &options.contract, &contract),
        None => report,
    }
}

/// `denied`: whether there are warnings, and none may be.
fn whole(report: Report, options: &Check, contract: &Contract, denied: bool) -> Report {
    let path = options.contract.display().to_string();
    let patterns = patterns(contract);
    let report = report
        .line(format!(
            "{path} has no errors: {}, {}, {}, {}",
            count(contract.source.tables.len(), "MySQL table", "MySQL tables"),
            count(contract.entities.len(), "entity", "entities"),
            count(contract.tables.len(), "DynamoDB table", "DynamoDB tables"),
            count(patterns, "access pattern", "access patterns"),
        ))
        .fact("name", contract.name.clone())
        .fact("source_tables", contract.source.tables.len())
        .fact("entities", contract.entities.len())
        .fact("tables", contract.tables.len())
        .fact("access_patterns", patterns);
    if denied {
        return report.exit(exit::CONTRACT).line(format!(
            "{path} has warnings: mend what they name, or allow them in its `allow`, each with a reason"
        ));
    }
    if !options.ddl.is_empty() || options.against.is_some() {
        return report;
    }
    report.next(command_line(&["migratable", "generate", &path, "--out", &format!("src/{}", contract.name)]))
}

/// The patterns a contract names; each entity's own `get` comes by itself.
fn patterns(contract: &Contract) -> usize {
    contract.entities.iter().map(|entity| entity.plan.patterns.len() - 1).sum()
}

/// Loads a contract with today's date, so that what was allowed until yesterday is said again. Without a clock, nothing has
/// expired.
fn load(file: &Arc<SourceFile>) -> Outcome<Contract> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map(|since| since.as_secs());
    let days = seconds.ok().and_then(|seconds| i64::try_from(seconds / 86_400).ok());
    match days.and_then(compute::date) {
        Some(today) => migratable_contract::load_on(file, today),
        None => migratable_contract::load(file),
    }
}
