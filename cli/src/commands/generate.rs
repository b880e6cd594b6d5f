//! `migratable generate`.

use std::ffi::OsString;
use std::path::Path;

use migratable_build::Module;
use migratable_codegen::output::{Difference, DifferenceKind, OutputError};
use migratable_codegen::{command_line, names};
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use serde_json::json;

use super::count;
use crate::arguments::Generate;
use crate::exit;
use crate::report::Report;

/// Writes the code of a contract, or shows how the folder differs from it.
pub(crate) fn run(options: &Generate) -> Report {
    let (contract, report) = match super::load("generate", &options.contract) {
        Ok(loaded) => loaded,
        Err(report) => return report,
    };
    let out = &options.out;
    let report = report.fact("out", out.display().to_string());
    let make = if options.sql_views { Module::with_sql_views } else { Module::new };
    let module = match make(&contract, &options.contract, out) {
        Ok(module) => module,
        Err(error) => return refused(report, &error),
    };
    if options.check { check(report, options, &module) } else { write(report, options, &module) }
}

fn write(report: Report, options: &Generate, module: &Module) -> Report {
    let done = match module.write() {
        Ok(done) => done,
        Err(error) => return refused(report, &error),
    };
    let out = options.out.display();
    let mut report = report;
    for (what, names) in [("wrote", &done.created), ("updated", &done.updated), ("removed", &done.removed)] {
        for name in names {
            report = report.line(format!("{what} {out}/{name}"));
        }
    }
    if done.created.is_empty() && done.updated.is_empty() && done.removed.is_empty() {
        report =
            report.line(format!("{out} is up to date: {}", count(done.unchanged.len(), "file", "files")));
    }
    report
        .fact("created", done.created)
        .fact("updated", done.updated)
        .fact("removed", done.removed)
        .fact("unchanged", done.unchanged)
        .line(format!("next: say `{}` in the crate and build it: cargo build", declaration(&options.out)))
        .fact("next", "cargo build")
}

/// How a crate says that a folder is a module of it, also where the folder's name can't be the module's.
fn declaration(folder: &Path) -> String {
    // What has no name of its own as it is written, such as `.`, has one as it is.
    let found = folder
        .file_name()
        .map(Into::into)
        .or_else(|| folder.canonicalize().ok()?.file_name().map(Into::into));
    let name = found.map_or_else(String::new, |name: OsString| name.to_string_lossy().into_owned());
    let ident = names::ident(&name);
    if names::unraw(&ident) == name {
        format!("mod {ident};")
    } else {
        format!("#[path = {:?}] mod {ident};", format!("{name}/mod.rs"))
    }
}

fn check(report: Report, options: &Generate, module: &Module) -> Report {
    let out = options.out.display();
    let differences = match module.check() {
        Ok(differences) => differences,
        Err(error) => return refused(report, &error),
    };
    let listed: Vec<_> = differences
        .iter()
        .map(|difference| {
            json!({ "diff": difference.diff, "kind": kind(difference), "path": difference.path })
        })
        .collect();
    let report = report.fact("differences", listed);
    if differences.is_empty() {
        return report.line(format!("{out} is up to date: {}", count(module.file_count(), "file", "files")));
    }
    let mut report = report.exit(exit::DIFFERENT);
    for difference in &differences {
        report = report.text(&difference.diff);
    }
    let contract = options.contract.display().to_string();
    report
        .line(format!(
            "{out} is not what {contract} says: {}",
            count(differences.len(), "file differs", "files differ")
        ))
        .next(again(&["migratable", "generate", &contract, "--out", &out.to_string()], options.sql_views))
}

fn again(command: &[&str], sql_views: bool) -> String {
    let views: &[&str] = if sql_views { &["--sql-views"] } else { &[] };
    command_line(&[command, views].concat())
}

const fn kind(difference: &Difference) -> &'static str {
    match difference.kind {
        DifferenceKind::Missing => "missing",
        DifferenceKind::Changed => "changed",
        DifferenceKind::Stale => "stale",
    }
}

/// What to say when the folder can't be had.
fn refused(report: Report, error: &OutputError) -> Report {
    let (exit, code, help) = match error {
        OutputError::Foreign { .. } => (
            exit::REFUSED,
            codes::OUTPUT_NOT_OURS,
            "give --out a folder of its own, or move these files out of it",
        ),
        OutputError::NotAFolder { .. } => {
            (exit::REFUSED, codes::OUTPUT_NOT_OURS, "give --out a folder, such as src/shop")
        }
        _ => (exit::UNEXPECTED, codes::OUTPUT_FAILED, "make sure that the folder can be written to"),
    };
    let message = match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    report.exit(exit).diagnostics(vec![Diagnostic::error(code, message).help(help)])
}
