//! A contract and DDL that is not what it was: every kind of change, found for itself and nothing else with it.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that can't go on has failed"))]

mod edits;

use std::fs;
use std::path::Path;

use edits::{EDITS, Edit, SAME};
use migratable_analyze::ddl::{self, ReadOptions, Reading};
use migratable_analyze::design::{self, Hints, Options};
use migratable_contract::diagnostic::{Diagnostic, SourceFile, has_errors, render, to_json};
use migratable_contract::diff::{ContractPlaces, drift};
use migratable_contract::{codes, load};

const SCHEMA: &str = include_str!("schema.sql");

/// What `check --ddl` finds between the contract proposed for one schema and another.
fn between(old: &Reading, new: &Reading) -> Vec<Diagnostic> {
    let options = Options { name: "shop".to_owned(), layout: design::Layout::default() };
    let proposal = design::propose(&old.schema.source(), &Hints::from(&old.schema), &options);
    let file = SourceFile::new("contract.yaml", proposal.text);
    let loaded = load(&file);
    let contract = loaded.value.unwrap_or_else(|| panic!("{}", render(&loaded.diagnostics, false)));
    drift(&contract, &ContractPlaces::read(&file).source(), &new.schema.source(), &new.schema.places())
}

fn read(name: &str, text: &str, options: ReadOptions) -> Reading {
    ddl::read(&SourceFile::new(name, text), options)
}

fn schema(text: &str) -> Reading {
    let reading = read("schema.sql", text, ReadOptions::default());
    assert!(!has_errors(&reading.diagnostics), "{}", render(&reading.diagnostics, false));
    reading
}

fn edited(edit: &Edit) -> Vec<Diagnostic> {
    let text = edit.edits.iter().fold(SCHEMA.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{}: `{from}` stands there once", edit.name);
        text.replacen(from, to, 1)
    });
    between(&schema(SCHEMA), &schema(&text))
}

#[test]
fn each_edit_is_found_and_nothing_else() {
    let mut surprises = String::new();
    for edit in EDITS {
        let found = edited(edit);
        let codes: Vec<u16> = found.iter().map(|diagnostic| diagnostic.code.0).collect();
        let report = render(&found, false);
        if codes != edit.codes {
            surprises += &format!("{}: {:?}\n{report}\n", edit.name, edit.codes);
        }
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(edit.name, report);
        });
    }
    assert!(surprises.is_empty(), "{surprises}");
}

#[test]
fn every_code_of_the_source_has_an_edit() {
    let covered: Vec<u16> = EDITS.iter().flat_map(|edit| edit.codes).copied().chain([801]).collect();
    let own = codes::ALL.iter().filter(|info| info.name.starts_with("SOURCE_") && info.code.0 / 100 == 8);
    let missing: Vec<&str> =
        own.filter(|info| !covered.contains(&info.code.0)).map(|info| info.name).collect();
    assert_eq!(missing, [""; 0]);
}

/// What MySQL holds to be the same, and what servers print otherwise than people write it.
#[test]
fn what_is_only_written_otherwise_is_no_change() {
    for edit in SAME {
        assert_eq!(render(&edited(edit), false), "", "{}", edit.name);
    }
}

#[test]
fn another_server_is_said_once() {
    let old = schema(SCHEMA);
    let mut new = old.clone();
    new.schema.server = ddl::Server::MySql84;
    insta::assert_snapshot!(render(&between(&old, &new), false));
}

#[test]
fn many_changes_are_in_the_order_of_the_contract() {
    let chosen = ["column_type", "column_renamed", "table_added", "foreign_key_action", "event"];
    let edits = EDITS.iter().filter(|edit| chosen.contains(&edit.name)).flat_map(|edit| edit.edits);
    let text = edits.fold(SCHEMA.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
    let found = between(&schema(SCHEMA), &schema(&text));
    let places: Vec<_> = found.iter().map(|diagnostic| diagnostic.labels[0].place.order()).collect();
    assert!(places.is_sorted(), "{places:?}");
    insta::assert_snapshot!(to_json(&found));
}

/// A contract that was just proposed records its schema, whatever is odd about that.
#[test]
fn a_schema_does_not_drift_from_itself() {
    let mut compared = 0;
    for folder in ["fixtures/alter", "fixtures/ddl", "fixtures/fuzz"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = fs::read_to_string(&path) else { continue };
            for server in [ddl::Server::MySql57, ddl::Server::MySql84, ddl::Server::MariaDb1011] {
                let reading = read("schema.sql", &text, ReadOptions::from(server));
                if reading.schema.tables.is_empty() {
                    continue;
                }
                assert_eq!(render(&between(&reading, &reading), false), "", "{}", path.display());
                compared += 1;
            }
        }
    }
    assert!(compared >= 30, "{compared}");
}
