//! Reports for people and for machines.

use std::sync::Arc;

use migratable_contract::codes;
use migratable_contract::diagnostic::{
    Diagnostic, Place, Position, SourceFile, render, sort, suggest, summary, to_json,
};
use proptest::prelude::*;

/// The place of a piece of a file's text.
fn place(file: &Arc<SourceFile>, piece: &str) -> Place {
    let start = file.text.find(piece).unwrap_or_else(|| panic!("no {piece} in {}", file.name));
    Place::new(file, start..start + piece.len())
}

fn two_files() -> Diagnostic {
    let contract = SourceFile::new(
        "contract.yaml",
        "entities:\n  Größe:\n    key: { PK: \"Ü#{totl}\" }\n    rows: orders\n",
    );
    let schema =
        SourceFile::new("schema.sql", "CREATE TABLE orders (\n\t`total` decimal(65,30) NOT NULL\n);\n");
    Diagnostic::error(codes::UNKNOWN_FIELD, "`totl` is not a column of `orders`")
        .label(place(&contract, "totl"), "no such column")
        .label(place(&schema, "`total`"), "the nearest one")
        .label(place(&contract, "orders"), "the rows' table")
        .help("did you mean `total`?")
}

fn without_a_file() -> Diagnostic {
    Diagnostic::warning(codes::YAML_EMPTY, "nothing was read").help("name a file")
}

#[test]
fn several_files_in_one_report() {
    insta::assert_snapshot!(render(&[two_files(), without_a_file()], false));
}

#[test]
fn color_adds_nothing_but_color() {
    let colored = render(&[two_files()], true);
    assert!(colored.contains("\u{1b}["), "{colored}");
    let mut plain = String::new();
    let mut rest = colored.as_str();
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        let end = rest[start..].find('m').map_or(rest.len(), |end| start + end + 1);
        rest = &rest[end..];
    }
    plain.push_str(rest);
    assert_eq!(plain, render(&[two_files()], false));
}

#[test]
fn json_for_machines() {
    insta::assert_snapshot!(to_json(&[two_files(), without_a_file()]));
    assert_eq!(to_json(&[]), "[]");
}

#[test]
fn hostile_names_cannot_write_to_the_terminal() {
    let file = SourceFile::new("a\u{1b}[31m.yaml", "x: \u{1b}[31mred\u{202e}\n");
    let diagnostic = Diagnostic::error(codes::BAD_NAME, "`\u{1b}[31m` can't be a name")
        .label(place(&file, "red"), "here \u{1b}[31m")
        .help("rename `\u{1b}[31m`");
    let text = render(&[diagnostic], false);
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text:?}");
}

#[test]
fn places_decide_the_order() {
    let first = SourceFile::new("a.yaml", "one two three");
    let second = SourceFile::new("b.yaml", "one");
    let at = |file, piece, code| Diagnostic::error(code, "m").label(place(file, piece), "");
    let mut diagnostics = [
        at(&second, "one", codes::YAML_TAB),
        at(&first, "two", codes::YAML_TAG),
        at(&first, "two", codes::YAML_TAB),
        at(&first, "one", codes::YAML_TAG),
        without_a_file(),
    ];
    sort(&mut diagnostics);
    let order: Vec<String> = diagnostics
        .iter()
        .map(|found| {
            let place = found.labels.first().map(|label| label.place.clone());
            place.map_or("no file".to_owned(), |place| {
                format!("{} {} {}", place.file.name, place.text(), found.code)
            })
        })
        .collect();
    let expected =
        ["no file", "a.yaml one MG0105", "a.yaml two MG0102", "a.yaml two MG0105", "b.yaml one MG0102"];
    assert_eq!(order, expected);
}

#[test]
fn the_summary_counts() {
    assert_eq!(summary(&[]), "");
    assert_eq!(summary(&[two_files()]), "1 error");
    assert_eq!(summary(&[two_files(), without_a_file(), two_files()]), "2 errors, 1 warning");
    assert_eq!(summary(&[without_a_file(), without_a_file()]), "2 warnings");
}

#[test]
fn near_names_are_suggested_and_far_ones_are_not() {
    assert_eq!(suggest("partiton", ["sort", "partition"]), Some("partition"));
    assert_eq!(suggest("Sort", ["sort"]), Some("sort"), "letter case doesn't count");
    assert_eq!(suggest("id", ["is", "ids"]), Some("is"), "the first of equally near ones");
    assert_eq!(suggest("keys", ["rows", "table"]), None);
    assert_eq!(suggest("", ["rows"]), None);
}

#[test]
fn positions_count_lines_and_characters_from_one() {
    let text = "a\né: x\n";
    assert_eq!(Position::of(text, 0), Position { line: 1, column: 1 });
    assert_eq!(Position::of(text, text.find('x').unwrap_or_default()), Position { line: 2, column: 4 });
    assert_eq!(Position::of(text, 1000), Position { line: 3, column: 1 });
}

proptest! {
    /// A wrong range is a bad label, never a panic.
    #[test]
    fn any_range_can_be_rendered(text in any::<String>(), ranges in prop::collection::vec((0..60_usize, 0..60_usize), 1..4)) {
        let file = SourceFile::new("contract.yaml", text);
        let mut diagnostic = Diagnostic::error(codes::YAML_SYNTAX, "m").help("h");
        for (start, end) in ranges {
            diagnostic = diagnostic.label(Place::new(&file, start..end), "l");
        }
        render(std::slice::from_ref(&diagnostic), false);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&to_json(&[diagnostic])).is_ok());
    }

    #[test]
    fn json_positions_are_those_of_the_text(text in "[a\né]{0,20}", start in 0..30_usize, end in 0..30_usize) {
        let file = SourceFile::new("f", text);
        let place = Place::new(&file, start..end);
        let expected = (place.start(), Position::of(&file.text, place.clamped().end));
        let json = to_json(&[Diagnostic::error(codes::YAML_SYNTAX, "m").label(place, "")]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap_or_default();
        let found = |end: &str| {
            let at = &json[0]["labels"][0][end];
            (at["line"].as_u64(), at["column"].as_u64())
        };
        let wanted = |position: Position| (Some(position.line as u64), Some(position.column as u64));
        prop_assert_eq!((found("start"), found("end")), (wanted(expected.0), wanted(expected.1)));
    }
}
