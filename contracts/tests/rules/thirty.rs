//! Thirty mistakes in one contract: all are said in one run, in the order of their places, each as if it were alone.

use migratable_contract::codes::Code;
use migratable_contract::diagnostic::{Diagnostic, SourceFile, render, to_json};
use migratable_contract::load;

use crate::mutations::{LIBRARY, Mutation};

/// One of each kind: shape, texts of the source, names, what is left behind, keys, questions, Rust.
const MISTAKES: [&str; 30] = [
    "unknown_field",
    "remedy_without_reason",
    "visibility",
    "rust_attribute",
    "column_word_in_quotes",
    "view_verb",
    "distinct_of_no_column",
    "unknown_table",
    "unknown_attribute",
    "not_a_foreign_key",
    "brace_not_closed",
    "ttl_of_a_text",
    "consistent_index",
    "copy_of_own",
    "foreign_key_arity",
    "moment_of_a_text",
    "auto_increment_unaccounted",
    "on_update_unaccounted",
    "unique_unaccounted",
    "foreign_key_unaccounted",
    "dropped_nothing",
    "dropped_no_table",
    "rows_twice",
    "trigger_unaccounted",
    "procedure_unaccounted",
    "reserved_name",
    "attribute_type",
    "repository_clash",
    "no_remedy",
    "rust_struct_clash",
];

fn chosen() -> Vec<&'static Mutation> {
    MISTAKES
        .iter()
        .map(|name| crate::all().find(|mutation| mutation.name == *name).unwrap_or_else(|| panic!("{name}")))
        .collect()
}

fn together() -> Vec<Diagnostic> {
    let edits = chosen().into_iter().flat_map(|mutation| mutation.edits);
    let text = edits.fold(LIBRARY.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}`");
        text.replacen(from, to, 1)
    });
    load(&SourceFile::new("contract.yaml", text)).diagnostics
}

/// What is said, and of which piece of text.
fn said(found: &Diagnostic) -> (Code, String, String) {
    let place = &found.labels.first().unwrap().place;
    (found.code, found.message.clone(), place.text().to_owned())
}

/// None hides another one, and none brings another one with it.
#[test]
fn each_is_said_as_if_it_were_alone() {
    let mut alone: Vec<_> = Vec::new();
    for mutation in chosen() {
        let found = load(&mutation.file()).diagnostics;
        assert_eq!(found.len(), 1, "{} is one mistake", mutation.name);
        alone.extend(found.iter().map(said));
    }
    let mut together: Vec<_> = together().iter().map(said).collect();
    alone.sort();
    together.sort();
    assert_eq!(together, alone);
    alone.dedup_by_key(|(code, ..)| *code);
    assert_eq!(alone.len(), MISTAKES.len(), "each has a code of its own");
}

#[test]
fn they_are_in_the_order_of_their_places() {
    let starts: Vec<usize> =
        together().iter().map(|found| found.labels.first().unwrap().place.range.start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

#[test]
fn they_are_this_in_text_and_in_json() {
    let found = together();
    insta::with_settings!({ omit_expression => true }, {
        insta::assert_snapshot!("thirty_mistakes", render(&found, false));
        insta::assert_snapshot!("thirty_mistakes_json", to_json(&found));
    });
}
