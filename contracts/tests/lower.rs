//! Names that MySQL allows and a language might not expect, and files that nobody would write.

use migratable_contract::diagnostic::{Diagnostic, SourceFile, render};
use migratable_contract::{load, load_entity};
use migratable_core::key::KeyPart;
use migratable_core::plan::KeySource;
use proptest::prelude::*;

const LIBRARY: &str = include_str!("../fixtures/library.yaml");

/// A contract of one entity with hostile column names.
fn hostile(key: &str, attributes: &str) -> String {
    format!(
        r#"contract: 1
name: odd
source:
  server: mysql 8.0
  tables:
    things:
      columns:
        id: int
        "a.b": int
        "a": int
        "a:fold": int
        "x:y": int
        "sp ace": int
        "quo'te": int
      primary_key: [id]
      foreign_keys: {{ a: others.b, "`a.b`": others.b }}
    others:
      columns: {{ b: int, c: int, "b.c": int }}
      primary_key: [b]
tables:
  Things: {{ partition: PK }}
entities:
  Thing:
    table: Things
    rows: things
    repository: things
    key: {{ PK: {key} }}
    attributes:
      thing_id: id
{attributes}
    dropped: {{ foreign key a: why, foreign key `a.b`: why }}
dropped: {{ others: why }}
"#
    )
}

const ATTRIBUTES: &str = "      a_b: a.b\n      a: a\n      a_fold: a:fold\n      x_y: x:y\n      space: sp ace\n      quote: quo'te";

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    load(&SourceFile::new("contract.yaml", text)).diagnostics
}

fn plan(text: &str) -> migratable_core::plan::Plan {
    let outcome = load(&SourceFile::new("contract.yaml", text));
    let contract = outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)));
    contract.entities[0].plan.clone()
}

/// The columns of the partition key's template, and whether each is folded.
fn template_columns(text: &str) -> Vec<(String, bool)> {
    let plan = plan(text);
    let KeySource::Template(template) = &plan.partition.source else { panic!("a template") };
    let columns = template.parts.iter().filter_map(|part| match part {
        KeyPart::Column { column, fold } => Some((plan.columns[*column].name.to_string(), *fold)),
        KeyPart::Formatted { .. } | KeyPart::Literal(_) => None,
    });
    columns.collect()
}

#[test]
fn a_column_whose_name_has_a_dot_or_a_colon_comes_before_what_they_mean() {
    let columns = template_columns(&hostile(r##""T#{id}#{a.b}#{a:fold}#{x:y}""##, ATTRIBUTES));
    let expected = [("id", false), ("a.b", false), ("a:fold", false), ("x:y", false)];
    assert_eq!(columns, expected.map(|(name, fold)| (name.to_owned(), fold)));
}

#[test]
fn the_longest_foreign_key_that_fits_is_followed() {
    let attributes = format!("{ATTRIBUTES}\n      far: a.b.c\n      near: a.c");
    let plan = plan(&hostile(r##""T#{id}""##, &attributes));
    let joins: Vec<_> = plan.joins.iter().map(|join| join.on[0].0.to_string()).collect();
    assert_eq!(joins, ["a.b", "a"]);
    // A column of the whole rest's name wins over a hop.
    assert_eq!(plan.columns[7].name, "c");
}

/// Text that stands there, by the primary label.
fn pointed_at(text: &str) -> Vec<String> {
    diagnostics(text).iter().map(|diagnostic| diagnostic.labels[0].place.text().to_owned()).collect()
}

#[test]
fn places_inside_scalars_are_exact_however_they_are_written() {
    let with_key = |key| pointed_at(&hostile(key, ATTRIBUTES));
    assert_eq!(with_key("T{"), ["{"]);
    assert_eq!(with_key(r##"'it''s {id}#{nope}'"##), ["nope"]);
    assert_eq!(with_key(r##""\x54\u0054\U00000054é\"#{id}#{nope}""##), ["nope"]);
    // A scalar of several lines is pointed at as a whole.
    assert_eq!(with_key("\"T#{id}\\\n         #{nope}\""), ["\"T#{id}\\\n         #{nope}\""]);
}

#[test]
fn one_mistake_is_one_finding() {
    for (from, to) in [
        ("email: varchar(100) collate utf8mb4_0900_ai_ci", "email: varchr(100) collate utf8mb4_0900_ai_ci"),
        ("isbn: books.isbn", "isbn: books isbn"),
        ("      columns: { line: text collate utf8mb4_bin }\n", ""),
        ("rows: loans", "rows: lones"),
        ("table: Members\n    rows: loans", "table: Membrs\n    rows: loans"),
        ("    partition: PK\n    sort: SK\n", "    partition: PK\n    sort: [SK]\n"),
        (
            "      member_id: member_id\n      isbn: isbn\n      lent_at: lent_at\n      returned_at",
            "      member_id: [member_id]\n      isbn: isbn\n      lent_at: lent_at\n      returned_at",
        ),
        ("    attributes:\n      fine_id: id\n", "    attributes: id\n    attribute:\n      fine_id: id\n"),
        (
            "  Member.by_email: { get: [email], index: ByEmail }",
            "  Member.by_email: { get: email, index: ByEmail }",
        ),
        ("primary_key: [isbn]\n", "primary_key: isbn\n"),
    ] {
        assert_eq!(LIBRARY.matches(from).count(), 1, "{from}");
        let found = diagnostics(&LIBRARY.replacen(from, to, 1));
        let expected = if to.contains("attribute:") { 2 } else { 1 };
        assert_eq!(found.len(), expected, "{to}\n{}", render(&found, false));
    }
}

#[test]
fn a_file_that_is_something_else_is_told_so() {
    for text in ["- a list\n", "just text\n", "a: b\n", "contract: 1\n"] {
        let outcome = load(&SourceFile::new("contract.yaml", text));
        assert!(outcome.value.is_none());
        assert!(!outcome.diagnostics.is_empty());
    }
    insta::assert_snapshot!(render(&diagnostics("- a list\n"), false));
}

/// One random edit of a text, on character boundaries.
fn edited(text: &str, at: usize, length: usize, insert: &str) -> String {
    let at = text.floor_char_boundary(at % text.len());
    let end = text.ceil_char_boundary((at + length).min(text.len()));
    format!("{}{insert}{}", &text[..at], &text[end..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a file: no panic, no failure without a reason, and one entity is what the whole contract says.
    #[test]
    fn random_edits_are_read_or_refused_with_a_reason(
        edits in prop::collection::vec((any::<usize>(), 0usize..12, prop::sample::select(vec![
            "", "x", "{", "}", "#", ":", ": ", ".", ", ", "[", "]", "'", "\"", "\n", "  ", "null", "id", "PK", "{id}", "é", "`", "(", "- ",
        ])), 1..4)
    ) {
        let text = edits.iter().fold(LIBRARY.to_owned(), |text, (at, length, insert)| edited(&text, *at, *length, insert));
        let file = SourceFile::new("contract.yaml", text);
        let outcome = load(&file);
        let failed = outcome.diagnostics.iter().any(|diagnostic| diagnostic.is_error());
        prop_assert_eq!(outcome.value.is_none(), failed);
        for name in ["Member", "Loan", "Book", "Fine"] {
            let one = load_entity(&file, name);
            prop_assert_eq!(one.value.is_none(), one.diagnostics.iter().any(|diagnostic| diagnostic.is_error()));
            if let Some(contract) = &outcome.value {
                let entity = contract.entities.iter().find(|entity| entity.name == name);
                prop_assert_eq!(one.value.as_ref(), entity);
            }
        }
    }
}

/// A foreign key can be spelled in many ways, and at each step of a long path by any of them: that is no reason to walk
/// every combination.
#[test]
fn a_long_path_through_foreign_keys_of_many_spellings_is_followed_at_once() {
    let text = format!(
        r#"contract: 1
name: odd
source:
  server: mysql 8.0
  tables:
    things:
      columns: {{ id: int, a: int, "a.a": int }}
      primary_key: [id]
      foreign_keys: {{ a: things.id, "`a`": things.id, " a": things.id, "`a.a`": things.id }}
tables:
  Things: {{ partition: thing_id }}
entities:
  Thing:
    table: Things
    rows: things
    repository: things
    attributes: {{ thing_id: id, far: {}id }}
"#,
        "a.".repeat(2000)
    );
    let file = SourceFile::new("contract.yaml", text);
    assert!(load_entity(&file, "Thing").value.is_some());
    assert!(load(&file).value.is_none());
}
