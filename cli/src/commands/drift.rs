//! `migratable check --ddl`: the source that a contract records, and the DDL of today.

use migratable_analyze::ddl::{ReadOptions, Server};
use migratable_build::input;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::diff::{self, ContractPlaces};
use migratable_contract::model::Contract;

use super::{analyze, count};
use crate::arguments::Check;
use crate::exit;
use crate::report::Report;
use crate::sources::Sources;

/// Adds what has changed since the contract was written.
pub(super) fn check(report: Report, options: &Check, contract: &Contract) -> Report {
    let unreadable = |report: Report, error| report.exit(exit::INPUT).diagnostics(vec![error]);
    let file = match input::text(&options.contract) {
        Ok(file) => file,
        Err(error) => return unreadable(report, error),
    };
    let places = ContractPlaces::read(&file).source();
    let server = match server(options, contract) {
        Ok(server) => server,
        Err(error) => return report.exit(exit::CONTRACT).diagnostics(vec![error]),
    };
    let reading = ReadOptions { server, database: options.database.clone(), ..ReadOptions::default() };
    let read = Sources::find(&options.ddl)
        .and_then(|sources| analyze::read(&sources, reading).map(|read| (sources, read)));
    let (sources, read) = match read {
        Ok(read) => read,
        Err(error) => return unreadable(report, error),
    };
    let report = analyze::left_out(report.fact("schemas", sources.names()), &sources);
    if read.schema.tables.is_empty() {
        return report.exit(exit::INPUT).diagnostics(read.diagnostics);
    }
    let found = diff::drift(contract, &places, &read.schema.source(), &read.schema.places());
    // What else there is to say of the DDL, `analyze` says.
    let missing: Vec<Diagnostic> = read.diagnostics.into_iter().filter(analyze::is_missing).collect();
    let code = match (found.is_empty(), missing.is_empty()) {
        (false, _) => exit::DRIFT,
        (true, false) => exit::PARTLY,
        (true, true) => exit::OK,
    };
    let from = analyze::from(&sources);
    let path = options.contract.display();
    let line = if found.is_empty() {
        format!("{path} records the schema of {from}: {}", count(read.schema.tables.len(), "table", "tables"))
    } else {
        format!(
            "{path} does not record the schema of {from}: {}",
            count(found.len(), "difference", "differences")
        )
    };
    report
        .exit_at_least(code)
        .fact("differences", found.len())
        .diagnostics(missing)
        .diagnostics(found)
        .line(line)
}

/// The server to read the DDL for.
fn server(options: &Check, contract: &Contract) -> Result<Server, Diagnostic> {
    match options.server {
        Some(server) => Ok(analyze::server(server)),
        None => contract.source.server.parse().map_err(|error| {
            Diagnostic::error(
                codes::BAD_VALUE,
                format!("the DDL can't be read for the contract's server: {error}"),
            )
            .help("write a known server in the contract's `source`, or say one with --server")
        }),
    }
}
