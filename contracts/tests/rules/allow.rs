//! Warnings that a contract allows.

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::{load, load_on};
use migratable_core::value::Date;

use crate::mutations::LIBRARY;

const TODAY: Date = Date { year: 2026, month: 6, day: 15 };

/// The library with an index that nobody asks (MG0497), and this entry of `allow`.
fn library(allow: &str) -> String {
    let text = LIBRARY.replacen("  Member.of_sponsor: { list: [sponsor], index: BySponsor }\n", "", 1);
    assert_ne!(text, LIBRARY);
    text.replacen("name: library\n", &format!("name: library\nallow:\n{allow}"), 1)
}

fn said(allow: &str, today: Option<Date>) -> String {
    let file = SourceFile::new("contract.yaml", library(allow));
    let outcome = match today {
        Some(today) => load_on(&file, today),
        None => load(&file),
    };
    render(&outcome.diagnostics, false)
}

#[test]
fn a_warning_is_allowed_anywhere_or_where_it_stands() {
    for at in ["", ", at: tables", ", at: tables.Members", ", at: tables.Members.indexes.BySponsor"] {
        let entry = format!("  - {{ code: MG0497, reason: the reports ask it{at} }}\n");
        assert_eq!(said(&entry, None), "", "{at}");
    }
}

#[test]
fn elsewhere_it_is_said_and_so_is_the_entry_that_allows_nothing() {
    insta::assert_snapshot!(said(
        "  - { code: MG0497, at: tables.Books, reason: the reports ask it }\n",
        None
    ));
}

#[test]
fn what_was_allowed_until_yesterday_is_said_again() {
    let until = |day: &str| format!("  - {{ code: MG0497, reason: the reports ask it, until: {day} }}\n");
    assert_eq!(said(&until("2026-06-15"), Some(TODAY)), "");
    assert_eq!(said(&until("2026-06-14"), None), "");
    insta::assert_snapshot!(said(&until("2026-06-14"), Some(TODAY)));
}

#[test]
fn errors_are_not_allowed_and_entries_say_what_is_wrong_with_them() {
    let text = library(
        "  - { code: MG497, reason: a }\n  - { code: MG0497, reason: b, until: 2026-13-01 }\n  \
         - { code: MG0497, reason: c, at: tables.Member }\n  - { code: MG0430, reason: d }\n",
    );
    let text = text.replacen("      secret: it stays with the login service\n", "", 1);
    let outcome = load(&SourceFile::new("contract.yaml", text));
    assert!(outcome.value.is_none());
    insta::assert_snapshot!(render(&outcome.diagnostics, false));
}
