//! Every construct that sqlparser refuses, loses or misreads, each with the smallest statement that has it and the facts
//! that have to come out. `columns`, `keys`, `alters`, `programs` and `rest` hold the rows; here is what reads them.

mod alters;
mod columns;
mod keys;
mod programs;
mod rest;

use migratable_analyze::ddl::{self, Reading, Server, Table};
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::source::{SourceKey, SourceSchema, SourceTable};

/// A construct in words, statements that have it, and lines of [`facts`] that they give, one after the other. What is
/// said about the statements is such a line too: nothing else may be said.
type Row = (&'static str, &'static str, &'static [&'static str]);

#[test]
fn columns() {
    check(columns::ROWS);
}

#[test]
fn keys() {
    check(keys::ROWS);
}

#[test]
fn alters() {
    check(alters::ROWS);
}

#[test]
fn programs() {
    check(programs::ROWS);
}

#[test]
fn rest() {
    check(rest::ROWS);
}

fn check(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (construct, statements, expected) in rows {
        // Constructs of MariaDB alone say so.
        let server = if construct.contains("MariaDB") { Server::MariaDb1011 } else { Server::MySql80 };
        let found = facts(&ddl::read(&SourceFile::new("x.sql", *statements), server));
        let missing = expected.iter().filter(|line| !found.iter().any(|found| found == *line));
        let unasked =
            found.iter().filter(|line| line.starts_with("MG") && !expected.contains(&line.as_str()));
        let lines: Vec<String> = missing
            .map(|line| format!("  - {line}"))
            .chain(unasked.map(|line| format!("  + {line}")))
            .collect();
        if !lines.is_empty() {
            let all: Vec<String> = found.iter().map(|line| format!("    {line}")).collect();
            wrong.push(format!("{construct}: {statements}\n{}\n  of\n{}", lines.join("\n"), all.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows are wrong\n\n{}", wrong.len(), rows.len(), wrong.join("\n\n"));
}

/// All that was read, a line for each fact.
fn facts(reading: &Reading) -> Vec<String> {
    let SourceSchema { tables, views, procedures, functions, events, .. } = reading.schema.source();
    let mut lines = Vec::new();
    for (table, source) in reading.schema.tables.iter().zip(&tables) {
        of_table(table, source, &mut lines);
    }
    for (word, objects) in
        [("view", views), ("procedure", procedures), ("function", functions), ("event", events)]
    {
        lines.extend(objects.iter().map(|object| format!("{word} {}: {}", object.name, object.touches)));
    }
    lines.extend(reading.diagnostics.iter().map(|found| format!("{}: {}", found.code, found.message)));
    lines
}

fn of_table(table: &Table, source: &SourceTable, lines: &mut Vec<String>) {
    let name = &source.name;
    let columns: Vec<&str> = source.columns.iter().map(|column| column.name.as_str()).collect();
    lines.push(format!("{name}: {}", columns.join(", ")));
    lines.extend(source.columns.iter().map(|column| format!("{name}.{}: {column}", column.name)));
    if !source.primary_key.is_empty() {
        let parts = source.primary_key.clone();
        lines.push(format!("{name} primary {}", parts_of(&SourceKey { name: String::new(), parts })));
    }
    for (word, keys) in [
        ("unique", &source.unique),
        ("index", &source.indexes),
        ("fulltext", &source.fulltext),
        ("spatial", &source.spatial),
    ] {
        lines.extend(keys.iter().map(|key| format!("{name} {word} {}{}", key.name, parts_of(key))));
    }
    for key in &source.foreign_keys {
        lines.push(format!("{name} foreign key {}: {key}", key.columns.join(", ")));
    }
    lines.extend(
        source.checks.iter().map(|check| format!("{name} check {}: {}", check.name, check.expression)),
    );
    lines.extend(source.triggers.iter().map(|trigger| format!("{name} trigger {}: {trigger}", trigger.name)));
    lines.extend(table.all_notes().map(|(subject, note)| format!("{name} {subject:?}: {}", note.text)));
}

fn parts_of(key: &SourceKey) -> String {
    format!("({})", key.parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}
