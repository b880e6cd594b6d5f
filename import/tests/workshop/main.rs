//! Files of the reference system's format: what becomes of them, and what is said of them.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod defects;
mod hostile;
mod loads;
mod mutants;
mod patterns;
mod whole;

use std::sync::Arc;

use migratable_analyze::ddl::{self, ReadOptions, Schema};
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_import::workshop::{Import, Lost, Options, import};

/// The schema that the tests' files are for.
fn library() -> Schema {
    schema("library.sql", include_str!("../../fixtures/library.sql"))
}

fn schema(name: &str, text: &str) -> Schema {
    let reading = ddl::read(&SourceFile::new(name, text), ReadOptions::default());
    assert_eq!(render(&reading.diagnostics, false), "");
    reading.schema
}

fn options(lost: Lost) -> Options {
    Options { name: "library".to_owned(), lost }
}

fn file(text: &str) -> Arc<SourceFile> {
    SourceFile::new("design.json", text)
}

fn imported(text: &str) -> Import {
    import(&file(text), &library(), &options(Lost::Carry))
}

/// What is said, and the contract without its source, which the DDL's own tests hold.
fn shown(import: &Import) -> String {
    let said = render(&import.diagnostics, false);
    let Some(contract) = &import.contract else { return format!("{said}\n--- no contract\n") };
    let text = &contract.text;
    let relations = text.find("\nrelations:").map_or("", |start| {
        let end = start + text[start..].find("\nsource:").unwrap();
        &text[start..end]
    });
    let rest = &text[text.find("\ntables:").unwrap()..];
    format!("{said}\n---{relations}{rest}")
}
