//! What a contract compiles to, and when its fingerprints change.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that can't go on has failed"))]

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::model::{Contract, Entity};
use migratable_contract::{codes, entity_of, load, load_entity, yaml};

const LIBRARY: &str = include_str!("../fixtures/library.yaml");
const ENTITIES: [&str; 4] = ["Member", "Loan", "Book", "Fine"];

fn contract(text: &str) -> Contract {
    let outcome = load(&SourceFile::new("contract.yaml", text));
    outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)))
}

fn entity(text: &str, name: &str) -> Entity {
    let outcome = load_entity(&SourceFile::new("contract.yaml", text), name);
    outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)))
}

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(LIBRARY.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands there once");
        text.replacen(from, to, 1)
    })
}

/// The entities whose fingerprints an edit changes.
fn changed_by(edits: &[(&str, &str)]) -> Vec<String> {
    let (before, after) = (contract(LIBRARY), contract(&edited(edits)));
    let pairs = before.entities.iter().zip(&after.entities);
    pairs
        .filter(|(before, after)| before.fingerprint != after.fingerprint)
        .map(|(before, _)| before.name.clone())
        .collect()
}

#[test]
fn plans_are_these() {
    let contract = contract(LIBRARY);
    for entity in &contract.entities {
        let statements =
            entity.plan.patterns.iter().map(|pattern| format!("{}: {}\n", pattern.name, pattern.sql.first));
        let statements: String = statements.collect();
        let name = format!("plan_{}", entity.name);
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, format!("{}\n{statements}", entity.plan.canonical()));
        });
    }
}

#[test]
fn tables_have_the_types_their_entities_give() {
    insta::assert_debug_snapshot!(contract(LIBRARY).tables);
}

#[test]
fn one_entity_is_the_one_of_the_whole_contract() {
    let contract = contract(LIBRARY);
    assert_eq!(contract.entities.len(), ENTITIES.len());
    for expected in &contract.entities {
        assert_eq!(&entity(LIBRARY, &expected.name), expected);
    }
}

#[test]
fn one_entity_is_read_although_others_are_broken() {
    let text = edited(&[
        ("rows: books", "rows: nothing"),
        ("      cents: cents\n", "      cents: { path: cents, as: X }\n"),
        ("line: text collate utf8mb4_bin", "line: txt"),
        ("dropped:\n  import_log", "dropped:\n  import_logs"),
    ]);
    let file = SourceFile::new("contract.yaml", text.as_str());
    assert!(load(&file).value.is_none());
    assert_eq!(entity(&text, "Member"), entity(LIBRARY, "Member"));
}

#[test]
fn one_entity_reports_its_own_mistakes() {
    let text = edited(&[("title: isbn.title", "title: isbn.titel"), ("rows: fines", "rows: nothing")]);
    let outcome = load_entity(&SourceFile::new("contract.yaml", text), "Loan");
    assert!(outcome.value.is_none());
    let found: Vec<_> = outcome.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(found, [codes::UNKNOWN_COLUMN]);
}

#[test]
fn an_entity_that_is_not_there_is_suggested() {
    let outcome = load_entity(&SourceFile::new("contract.yaml", LIBRARY), "Lone");
    assert!(outcome.value.is_none());
    insta::assert_snapshot!(render(&outcome.diagnostics, false));
}

#[test]
fn a_tree_that_is_parsed_already_serves_every_entity() {
    let file = SourceFile::new("contract.yaml", LIBRARY);
    let tree = yaml::parse(&file).value.unwrap();
    for name in ENTITIES {
        assert_eq!(entity_of(&file, &tree, name).value.unwrap(), entity(LIBRARY, name));
    }
}

#[test]
fn comments_layout_and_other_entities_leave_a_fingerprint_alone() {
    assert_eq!(
        changed_by(&[("contract: 1\n", "# another comment\ncontract:   1   # and one more\n")]),
        [""; 0]
    );
    assert_eq!(
        changed_by(&[
            ("    repository: books\n", ""),
            ("    table: Books\n", "    \"repository\": 'books'\n    table: Books\n")
        ]),
        [""; 0]
    );
    assert_eq!(changed_by(&[("      cents: cents\n", "      amount: cents\n")]), ["Fine"]);
    assert_eq!(
        changed_by(&[("  Books:\n", "  Library.Books:\n"), ("table: Books", "table: Library.Books")]),
        ["Book"]
    );
}

#[test]
fn a_fingerprint_changes_with_what_generated_code_depends_on() {
    assert_eq!(changed_by(&[("name: library\n", "name: lending\n")]), ENTITIES);
    assert_eq!(changed_by(&[("repository: fines", "repository: penalties")]), ["Fine"]);
    assert_eq!(changed_by(&[("page: 100", "page: 99")]), ["Book"]);
    assert_eq!(changed_by(&[("cents: int", "cents: int unsigned")]), ["Fine"]);
    assert_eq!(changed_by(&[("price: decimal(10,2)", "price: decimal(10,2) null")]), ["Book"]);
    assert_eq!(changed_by(&[("Book.on_shelf", "Book.in_shelf")]), ["Book"]);
    assert_eq!(changed_by(&[("PK: \"BOOK#{isbn:fold}\"", "PK: \"B#{isbn:fold}\"")]), ["Book"]);
    // A column that a path of another entity leads to.
    assert_eq!(
        changed_by(&[("full_name: varchar(80) collate", "full_name: varchar(90) collate")]),
        ["Member", "Loan"]
    );
    // What is worked out, and of which rows.
    assert_eq!(changed_by(&[("where: active = 1", "where: active = 0")]), ["Member"]);
    assert_eq!(changed_by(&[("limit: 5", "limit: 6")]), ["Member"]);
    assert_eq!(changed_by(&[("plus: 30d", "plus: 31d")]), ["Loan"]);
    assert_eq!(changed_by(&[("secret: true", "secret: false")]), ["Fine"]);
    // What is dropped, and why, is not in the code.
    assert_eq!(changed_by(&[("note: free text that nobody reads", "note: free text")]), [""; 0]);
}

/// What is said of generated Rust changes the fingerprints of the structs it is about.
#[test]
fn overrides_change_the_fingerprints_of_their_entities() {
    // The dates of `Book` are kept with a type of their own.
    assert_eq!(changed_by(&[("  time: time\n", "  time: chrono\n")]), ["Member", "Loan", "Fine"]);
    assert_eq!(changed_by(&[("  time: time\n", "")]), ["Member", "Loan", "Fine"]);
    assert_eq!(
        changed_by(&[("  visibility: pub\n", "  visibility: pub(crate)\n")]),
        ["Member", "Loan", "Book"]
    );
    assert_eq!(changed_by(&[("  visibility: pub\n", "")]), [""; 0]);
    assert_eq!(changed_by(&[("[Default, crate::Audited]", "[Default]")]), ["Member", "Loan", "Book"]);
    assert_eq!(changed_by(&[("  serde: true\n", "")]), ENTITIES);
    assert_eq!(changed_by(&[("char(13): crate::Isbn", "char(13): crate::Ean")]), ["Loan", "Book", "Fine"]);
    assert_eq!(changed_by(&[("    decimal: crate::Amount", "    decimal: crate::Weight")]), ["Book"]);
    assert_eq!(changed_by(&[("name: LateFee", "name: Penalty")]), ["Fine"]);
    assert_eq!(changed_by(&[("attributes: [non_exhaustive]", "attributes: [must_use]")]), ["Fine"]);
    assert_eq!(changed_by(&[("enum: LoanState", "enum: State")]), ["Loan"]);
    assert_eq!(changed_by(&[(", attributes: [\"serde(default)\"]", "")]), ["Loan"]);
    assert_eq!(changed_by(&[(", name: printed_on", "")]), ["Book"]);
    assert_eq!(changed_by(&[("type: crate::PrintDay", "type: crate::Day")]), ["Book"]);
    assert_eq!(changed_by(&[(", visibility: private", "")]), ["Book"]);
}

/// The nearest word counts: the attribute's, then the entity's, then the contract's.
#[test]
fn what_generated_rust_is_like() {
    let contract = contract(LIBRARY);
    let mut lines = vec![format!("handle {:?}", contract.visibility)];
    for entity in &contract.entities {
        lines.push(format!("{}: {:?}", entity.name, entity.rust));
        lines.push(format!("  errors say {:?}", entity.plan.fields));
        lines.extend(entity.fields.iter().map(|field| format!("  {field:?}")));
    }
    lines.extend(contract.enums.iter().map(|found| format!("{found:?}")));
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_contract_carries_its_source_and_its_reasons() {
    let contract = contract(LIBRARY);
    assert_eq!(contract.source.server, "mysql 8.0");
    let fines = contract.source.tables.iter().find(|table| table.name == "fines").unwrap();
    assert_eq!(fines.foreign_keys[0].columns, ["member_id", "isbn", "lent_at"]);
    assert_eq!(fines.columns[1].name, "member_id");
    assert_eq!(contract.entities[3].dropped[0].1, "free text that nobody reads");
    assert_eq!(contract.entities[1].fields[5].path, "isbn.title");
}
