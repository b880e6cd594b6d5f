//! `migratable analyze`.

use std::path::Path;

use migratable_analyze::ddl::{ReadOptions, Reader, Reading, Server};
use migratable_analyze::design::{self, Hints, Layout};
use migratable_build::input;
use migratable_codegen::command_line;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use super::count;
use crate::arguments::{self, Analyze};
use crate::exit;
use crate::output::{self, Existing, Failure};
use crate::progress::Progress;
use crate::report::Report;
use crate::sources::{STANDARD_INPUT, Sources};

/// Reads DDL, proposes a contract, writes it.
pub(crate) fn run(options: &Analyze) -> Report {
    let existing = if options.force { Existing::Replace } else { Existing::Refuse };
    // Said before anything else is: what the file says doesn't matter then.
    if existing == Existing::Refuse && options.out.symlink_metadata().is_ok() {
        return Report::failure("analyze", exit::REFUSED, exists(&options.out));
    }
    let sources = match Sources::find(&options.schemas) {
        Ok(sources) => sources,
        Err(error) => return Report::failure("analyze", exit::INPUT, error),
    };
    let reading = ReadOptions {
        server: server(options.server),
        database: options.database.clone(),
        ..ReadOptions::default()
    };
    let read = match read(&sources, reading) {
        Ok(read) => read,
        Err(error) => return Report::failure("analyze", exit::INPUT, error),
    };
    let report = left_out(Report::new("analyze").fact("schemas", sources.names()), &sources);
    if read.schema.tables.is_empty() {
        return report.exit(exit::INPUT).diagnostics(read.diagnostics);
    }
    let whole = !read.diagnostics.iter().any(is_missing);
    let design = design::Options { name: contract_name(options), layout: layout(options.layout) };
    let proposal = design::propose(&read.schema.source(), &Hints::from(&read.schema), &design);

    let out = options.out.display().to_string();
    let report = report.diagnostics(read.diagnostics).diagnostics(proposal.diagnostics);
    match output::write(&options.out, &proposal.text, existing) {
        Ok(()) => report
            .exit(if whole { exit::OK } else { exit::PARTLY })
            .line(format!(
                "read {} from {}",
                count(read.schema.tables.len(), "table", "tables"),
                from(&sources)
            ))
            .line(format!("wrote {out}"))
            .fact("contract", out.clone())
            .fact("tables", read.schema.tables.len())
            .next(command_line(&["migratable", "check", &out])),
        Err(Failure::Exists) => report.exit(exit::REFUSED).diagnostics(vec![exists(&options.out)]),
        Err(Failure::Io(error)) => {
            report.exit(exit::UNEXPECTED).diagnostics(vec![output::not_written(&options.out, &error)])
        }
    }
}

/// Whether it says that the schema lacks something the file says: a statement that was not understood, or was and is
/// not applied.
pub(super) fn is_missing(diagnostic: &Diagnostic) -> bool {
    diagnostic.is_error() || diagnostic.code == codes::DDL_NOT_APPLIED
}

/// What to say of a contract that is there already.
pub(super) fn exists(out: &Path) -> Diagnostic {
    Diagnostic::error(
        codes::OUTPUT_EXISTS,
        format!("{} is there already, and may have been edited", out.display()),
    )
    .help("write elsewhere with --out, or overwrite it with --force")
}

/// Reads all of it as one.
pub(super) fn read(sources: &Sources, options: ReadOptions) -> Result<Reading, Diagnostic> {
    let mut reader = Reader::new(options);
    let progress = Progress::new(sources.size());
    for source in &sources.files {
        let name = source.name();
        let input = source.open().map_err(|error| input::unreadable(&name, &error))?;
        let mut bar = progress.file(&name);
        reader
            .file(&name, input, &mut |bytes| bar.at(bytes))
            .map_err(|error| input::unreadable(&name, &error))?;
    }
    Ok(reader.finish())
}

/// What was read, in a few words.
pub(super) fn from(sources: &Sources) -> String {
    match &sources.files[..] {
        [only] => only.name(),
        files => count(files.len(), "file", "files"),
    }
}

pub(super) fn left_out(report: Report, sources: &Sources) -> Report {
    let names: Vec<String> = sources.left_out.iter().map(|path| path.display().to_string()).collect();
    if names.is_empty() {
        return report;
    }
    let files = count(names.len(), "file that undoes others", "files that undo others");
    report.line(format!("left out {files}: {}", names.join(", "))).fact("left_out", names)
}

/// The contract's name: as given, or the first file's or folder's. Not the folder's that a file is in: that is another one
/// in another checkout.
fn contract_name(options: &Analyze) -> String {
    let stem = || {
        let first = options.schemas.first().filter(|path| path.as_os_str() != STANDARD_INPUT);
        let stem = first.and_then(|path| path.file_stem());
        stem.map_or_else(|| "schema".to_owned(), |stem| stem.to_string_lossy().into_owned())
    };
    options.name.clone().unwrap_or_else(stem)
}

const fn layout(layout: arguments::Layout) -> Layout {
    match layout {
        arguments::Layout::SingleTable => Layout::SingleTable,
        arguments::Layout::TablePerAggregate => Layout::TablePerAggregate,
        arguments::Layout::TablePerEntity => Layout::TablePerEntity,
    }
}

pub(super) const fn server(server: arguments::Server) -> Server {
    match server {
        arguments::Server::MySql57 => Server::MySql57,
        arguments::Server::MySql80 => Server::MySql80,
        arguments::Server::MySql84 => Server::MySql84,
        arguments::Server::MySql90 => Server::MySql90,
        arguments::Server::MariaDb1011 => Server::MariaDb1011,
    }
}
