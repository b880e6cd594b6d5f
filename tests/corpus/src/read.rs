//! A file read by us, held against a scan of its own: what is missing has been said.

use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use migratable_analyze::ddl::{self, ReadOptions, Reader, Reading, Server};
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

use crate::scan::{self, Expected, beyond, mariadb_1011, mysql_80, scan};
use crate::server::DATABASE;

/// What reading a file for a server gave.
#[derive(Debug, Default)]
pub struct Counts {
    /// Statements, by the scan.
    pub statements: usize,
    /// Tables we found.
    pub tables: usize,
    /// Tables created, by the scan.
    pub created: usize,
    /// Tables dropped, by the scan.
    pub dropped: usize,
    /// Statements that we didn't understand, or understood and didn't apply.
    pub not_understood: usize,
    /// Statements that we passed over.
    pub passed_over: usize,
    /// Tables that are missing and whose statement a diagnostic names.
    pub said: usize,
    /// What is wrong: each makes the command fail.
    pub faults: Vec<String>,
}

/// The servers each file is read for.
pub const SERVERS: [(Server, scan::Reads); 2] =
    [(Server::MySql80, mysql_80), (Server::MariaDb1011, mariadb_1011)];

/// Reads a file: as it is, and then for each database of which it lacks a table. A schema is of one, and of two tables
/// with one name it holds the first.
pub fn read(name: &str, bytes: &[u8], server: Server, reads: scan::Reads) -> Counts {
    // On the first line, so that lines stay what they are.
    let mut whole = format!("USE {DATABASE}; ").into_bytes();
    whole.extend_from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let expected = scan(&readable(&whole), "", reads);
    let options = |database| ReadOptions { server, database, ..ReadOptions::default() };
    let first = match reading(name, &whole, options(None)) {
        Ok(reading) => reading,
        Err(what) => return fault(what),
    };
    let found = tables(&first);
    let lacking: BTreeSet<&String> =
        expected.tables.keys().filter(|name| !found.contains(name)).map(|(database, _)| database).collect();
    let mut readings = vec![first];
    for database in lacking {
        match reading(name, &whole, options(Some(database.clone()))) {
            Ok(reading) => readings.push(reading),
            Err(what) => return fault(what),
        }
    }
    counts(&readings, &expected)
}

fn tables(reading: &Reading) -> BTreeSet<(String, String)> {
    let named = |table: &ddl::Table| (table.database.clone().unwrap_or_default(), table.name.clone());
    reading.schema.tables.iter().map(named).collect()
}

fn reading(name: &str, bytes: &[u8], options: ReadOptions) -> Result<Reading, String> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = Reader::new(options);
        reader.file(name, bytes, &mut |_| {}).map(|()| reader.finish())
    }));
    match read {
        Ok(read) => read.map_err(|error| format!("not read at all: {error}")),
        Err(_) => Err("a panic".to_owned()),
    }
}

/// The bytes as text of the same length: `?` for each that is no UTF-8.
fn readable(bytes: &[u8]) -> String {
    let chunks = bytes.utf8_chunks();
    chunks.map(|chunk| format!("{}{}", chunk.valid(), "?".repeat(chunk.invalid().len()))).collect()
}

fn fault(what: String) -> Counts {
    Counts { faults: vec![what], ..Counts::default() }
}

/// The first reading is the one of the whole file.
fn counts(readings: &[Reading], expected: &Expected) -> Counts {
    let found: BTreeSet<(String, String)> = readings.iter().flat_map(tables).collect();
    let wanted: BTreeSet<_> = expected.tables.keys().cloned().collect();
    let mut counts = Counts {
        statements: expected.statements,
        tables: found.len(),
        created: expected.created,
        dropped: expected.dropped,
        not_understood: readings[0].diagnostics.iter().filter(|diagnostic| is_missing(diagnostic)).count(),
        passed_over: readings[0].schema.passed_over,
        ..Counts::default()
    };
    let said = |name: &(String, String)| {
        let place = &expected.tables[name];
        readings.iter().flat_map(|reading| &reading.diagnostics).any(|diagnostic| is_about(diagnostic, place))
    };
    let (said, unsaid): (Vec<_>, Vec<_>) = beyond(&wanted, &found).into_iter().partition(|name| said(name));
    counts.said = said.len();
    for (names, what) in
        [(unsaid, "missing, and nothing says so"), (beyond(&found, &wanted), "there and should not be")]
    {
        if !names.is_empty() {
            let list: Vec<String> = names.iter().map(|name| full(name)).collect();
            counts.faults.push(format!("{} tables are {what}: {}", names.len(), list.join(", ")));
        }
    }
    counts
}

fn full((database, name): &(String, String)) -> String {
    if database.is_empty() { name.clone() } else { format!("{database}.{name}") }
}

/// Whether it says that the schema lacks something.
fn is_missing(diagnostic: &Diagnostic) -> bool {
    diagnostic.is_error() || diagnostic.code == codes::DDL_NOT_APPLIED
}

/// Whether it points into that part of the file.
fn is_about(diagnostic: &Diagnostic, place: &Range<usize>) -> bool {
    diagnostic.labels.iter().any(|label| {
        let (_, start) = label.place.order();
        start < place.end && place.start < start + label.place.range.len().max(1)
    })
}

/// A diagnostic in one line.
pub fn text(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.labels.first().map(|label| label.place.start());
    let line = place.map_or_else(String::new, |place| format!("line {}: ", place.line));
    format!("{line}{}: {}", diagnostic.code, diagnostic.message)
}
