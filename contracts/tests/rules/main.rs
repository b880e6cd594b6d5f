//! Every rule, by a contract that breaks only that one.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that can't go on has failed"))]

mod agreement;
mod allow;
mod explain;
mod faulty;
mod mutations;
mod schema;
mod thirty;

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::{codes, load};
use mutations::{LIBRARY, Mutation, NAMES, RULES, SHAPE, TEXTS};

fn all() -> impl Iterator<Item = &'static Mutation> {
    [SHAPE, TEXTS, NAMES, RULES].into_iter().flatten()
}

#[test]
fn the_library_passes_without_a_word() {
    let outcome = load(&SourceFile::new("contract.yaml", LIBRARY));
    assert_eq!(render(&outcome.diagnostics, false), "");
    assert!(outcome.value.is_some());
}

/// A value behind a foreign key is never NULL, and NULLs are all that a unique key lets several rows have.
#[test]
fn all_indexes_of_a_table_include_a_hundred_attributes_together() {
    let project = "project: [member_id, isbn, lent_at, cents, loan_state, gone_at]";
    // Six each, and what says the entity.
    for (indexes, expected) in [(14, false), (15, true)] {
        let indexes = (1..=indexes).map(|n| format!("      I{n}: {{ partition: [fine_id], {project} }}\n"));
        let indexes = format!("    partition: fine_id\n    indexes:\n{}", indexes.collect::<String>());
        let text = LIBRARY.replacen("    partition: fine_id\n", &indexes, 1);
        let found = load(&SourceFile::new("contract.yaml", text)).diagnostics;
        assert_eq!(found.iter().any(|finding| finding.code.to_string() == "MG0476"), expected, "{indexes}");
    }
}

#[test]
fn a_path_may_lead_to_a_unique_key_that_may_be_null() {
    let edits = [
        ("        joined: date\n", "        joined: date null\n"),
        ("unique: { email: [email] }", "unique: { email: [email], joined: [joined] }"),
        (
            "      auto_increment id: the counter",
            "      unique joined: DynamoDB does not enforce it\n      auto_increment id: the counter",
        ),
        ("foreign_keys: { sponsor_id: members.id on", "foreign_keys: { sponsor_id: members.joined on"),
        ("      BySponsor:", "      ByJoined: { partition: [joined] }\n      BySponsor:"),
        ("  Member.of_sponsor:", "  Member.of_day: { get: [joined], index: ByJoined }\n  Member.of_sponsor:"),
    ];
    assert_passes(&edits);
}

/// Rows hold an ENUM's members exactly; only who asks by one may spell it otherwise.
#[test]
fn a_member_that_nobody_asks_for_orders_a_list_as_it_is() {
    assert_passes(&[("member: \"{member_id}\"", "member: \"{state}#{member_id}\"")]);
}

fn assert_passes(edits: &[(&str, &str)]) {
    let text = edits.iter().fold(LIBRARY.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}`");
        text.replacen(from, to, 1)
    });
    let outcome = load(&SourceFile::new("contract.yaml", text));
    assert_eq!(render(&outcome.diagnostics, false), "");
}

#[test]
fn each_mutation_gives_its_codes_and_no_other() {
    let mut surprises = String::new();
    for mutation in all() {
        let outcome = load(&mutation.file());
        let found: Vec<u16> = outcome.diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect();
        let report = render(&outcome.diagnostics, false);
        if found != mutation.codes {
            surprises += &format!("{}: {:?}\n{report}\n", mutation.name, mutation.codes);
        }
        let errors = outcome.diagnostics.iter().any(|diagnostic| diagnostic.is_error());
        assert_eq!(outcome.value.is_none(), errors, "{}", mutation.name);
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(mutation.name, report);
        });
    }
    assert!(surprises.is_empty(), "{surprises}");
}

#[test]
fn every_code_of_a_contract_has_a_mutation() {
    let covered: Vec<u16> = all().flat_map(|mutation| mutation.codes).copied().collect();
    let own = codes::ALL.iter().filter(|info| matches!(info.code.0, 201..300 | 400..600 | 1000..1100));
    let missing: Vec<&str> =
        own.filter(|info| !covered.contains(&info.code.0)).map(|info| info.name).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn texts_are_in_the_house_style() {
    for mutation in all() {
        for diagnostic in load(&mutation.file()).diagnostics {
            let message = &diagnostic.message;
            assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "{message}");
            assert!(!diagnostic.help.is_empty(), "{message}");
            assert!(!diagnostic.labels.is_empty(), "{message}");
        }
    }
}
