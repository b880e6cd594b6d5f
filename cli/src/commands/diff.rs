//! `migratable diff`, and `migratable check --against`: what changes of a contract break.

use std::path::Path;
use std::sync::Arc;

use migratable_build::input;
use migratable_contract::diagnostic::{Diagnostic, SourceFile};
use migratable_contract::diff::{self, Class, ContractChange, ContractPlaces};
use migratable_contract::model::Contract;
use serde_json::{Value, json};

use super::{count, git};
use crate::arguments::Diff;
use crate::exit;
use crate::report::Report;

/// Compares two files.
pub(crate) fn run(options: &Diff) -> Report {
    let report = Report::new("diff");
    let (old, new) = match (input::text(&options.old), input::text(&options.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let errors = [old, new].into_iter().filter_map(Result::err).collect();
            return report.exit(exit::INPUT).diagnostics(errors);
        }
    };
    let report = report.fact("old", old.name.clone()).fact("new", new.name.clone());
    match (load(&old), load(&new)) {
        (Ok(was), Ok(is)) => compare(report, (&old, &was), (&new, &is)),
        (was, is) => {
            let errors = [was, is].into_iter().filter_map(Result::err).flatten().collect();
            report.exit(exit::CONTRACT).diagnostics(errors)
        }
    }
}

/// Adds how a contract differs from what it was in git.
pub(super) fn against(report: Report, against: &str, path: &Path, contract: &Contract) -> Report {
    let fail = |report: Report, error| report.exit_at_least(exit::INPUT).diagnostics(vec![error]);
    let new = match input::text(path) {
        Ok(file) => file,
        Err(error) => return fail(report, error),
    };
    let old = match git::file_at(against, path) {
        Ok(file) => file,
        Err(error) => return fail(report, error),
    };
    let report = report.fact("against", against);
    match load(&old) {
        Ok(was) => compare(report, (&old, &was), (&new, contract)),
        Err(errors) => report.exit_at_least(exit::CONTRACT).diagnostics(errors),
    }
}

/// What a contract says, or why it says nothing. Its warnings, `check` says.
fn load(file: &Arc<SourceFile>) -> Result<Contract, Vec<Diagnostic>> {
    let outcome = migratable_contract::load(file);
    let errors = outcome.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    outcome.value.ok_or(errors)
}

fn compare(
    report: Report,
    (old, was): (&Arc<SourceFile>, &Contract),
    (new, is): (&Arc<SourceFile>, &Contract),
) -> Report {
    let places = [old, new].map(ContractPlaces::read);
    let changes = diff::contracts((was, &places[0]), (is, &places[1]));
    let breaking = changes.iter().filter(|change| change.breaking).count();
    let (from, to) = (&old.name, &new.name);
    let line = match (changes.len(), breaking) {
        (0, _) => format!("{to} means what {from} means"),
        (all, 0) => format!("{to} breaks nothing of {from}: {}", count(all, "change", "changes")),
        (all, breaking) => {
            let rest = match all - breaking {
                0 => String::new(),
                rest => format!("; {} not", count(rest, "change does", "changes do")),
            };
            format!("{to} breaks what {from} has: {}{rest}", by_class(&changes))
        }
    };
    let listed: Vec<Value> = changes.iter().map(fact).collect();
    report
        .exit_at_least(if breaking > 0 { exit::BREAKING } else { exit::OK })
        .fact("breaking", breaking)
        .fact("changes", listed)
        .diagnostics(changes.into_iter().map(|change| change.diagnostic).collect())
        .line(line)
}

/// `2 KEY, 1 QUERY`: what breaks, by class.
fn by_class(changes: &[ContractChange]) -> String {
    let counts = Class::ALL.iter().filter_map(|class| {
        let found = changes.iter().filter(|change| change.breaking && change.class == *class).count();
        (found > 0).then(|| format!("{found} {class}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}

fn fact(change: &ContractChange) -> Value {
    json!({
        "breaking": change.breaking,
        "class": change.class.name(),
        "code": change.diagnostic.code.to_string(),
        "message": change.diagnostic.message,
        "steps": change.steps,
    })
}
