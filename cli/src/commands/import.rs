//! `migratable import`.

use migratable_analyze::ddl::ReadOptions;
use migratable_build::input;
use migratable_codegen::command_line;
use migratable_contract::diagnostic::has_errors;
use migratable_import::workshop::{self, Lost, Options};

use super::{analyze, count};
use crate::arguments::{self, ImportWorkshop};
use crate::exit;
use crate::output::{self, Existing, Failure};
use crate::report::Report;
use crate::sources::Sources;

/// Reads a design and the DDL it is for, and writes the contract.
pub(crate) fn run(options: &ImportWorkshop) -> Report {
    let existing = if options.force { Existing::Replace } else { Existing::Refuse };
    // Said before anything else is: what the file says doesn't matter then.
    if existing == Existing::Refuse && options.out.symlink_metadata().is_ok() {
        return Report::failure("import", exit::REFUSED, analyze::exists(&options.out));
    }
    let file = match input::text(&options.file) {
        Ok(file) => file,
        Err(error) => return Report::failure("import", exit::INPUT, error),
    };
    let reading = ReadOptions {
        server: analyze::server(options.server),
        database: options.database.clone(),
        ..ReadOptions::default()
    };
    let read = Sources::find(&options.ddl)
        .and_then(|sources| analyze::read(&sources, reading).map(|read| (sources, read)));
    let (sources, read) = match read {
        Ok(read) => read,
        Err(error) => return Report::failure("import", exit::INPUT, error),
    };
    let report = Report::new("import").fact("file", file.name.clone()).fact("schemas", sources.names());
    let report = analyze::left_out(report, &sources);
    if read.schema.tables.is_empty() {
        return report.exit(exit::INPUT).diagnostics(read.diagnostics);
    }
    let missing = read.diagnostics.iter().any(analyze::is_missing);
    let import = workshop::import(&file, &read.schema, &design(options));
    let code = match (missing || has_errors(&import.diagnostics), import.diagnostics.is_empty()) {
        (true, _) => exit::PARTLY,
        (false, false) => exit::MENDED,
        (false, true) => exit::OK,
    };
    let report = report.diagnostics(read.diagnostics).diagnostics(import.diagnostics);
    let Some(contract) = import.contract else { return report.exit(exit::INPUT) };
    let out = options.out.display().to_string();
    match output::write(&options.out, &contract.text, existing) {
        Ok(()) => report
            .exit(code)
            .line(format!(
                "imported {} in {} from {}",
                count(contract.entities, "entity", "entities"),
                count(contract.tables, "DynamoDB table", "DynamoDB tables"),
                file.name
            ))
            .line(format!("wrote {out}"))
            .fact("contract", out.clone())
            .fact("entities", contract.entities)
            .fact("tables", contract.tables)
            .next(command_line(&["migratable", "check", &out])),
        Err(Failure::Exists) => report.exit(exit::REFUSED).diagnostics(vec![analyze::exists(&options.out)]),
        Err(Failure::Io(error)) => {
            report.exit(exit::UNEXPECTED).diagnostics(vec![output::not_written(&options.out, &error)])
        }
    }
}

fn design(options: &ImportWorkshop) -> Options {
    let stem = || options.file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    Options {
        name: options.name.clone().or_else(stem).unwrap_or_default(),
        lost: match options.lost {
            arguments::Lost::Carry => Lost::Carry,
            arguments::Lost::Drop => Lost::Drop,
        },
    }
}
