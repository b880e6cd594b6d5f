//! A whole design, with the faults that designs of the format have: one run says all of them, in the order of the file.

use insta::assert_snapshot;
use migratable_contract::codes;
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_import::workshop::{Import, Lost, import};

use super::{file, options, schema, shown};

fn club() -> Import {
    let club = schema("club.sql", include_str!("../../fixtures/club.sql"));
    import(&file(include_str!("../../fixtures/club.json")), &club, &options(Lost::Carry))
}

/// What `check` has against the import, and what a person writes instead.
const MENDED: [(&str, &str); 10] = [
    // Keys that may be empty.
    ("PK: \"{mail:fold}\"", "PK: \"MEMBER#{mail:fold}\""),
    ("PK: \"{member_id.mail:fold}\"", "PK: \"MEMBER#{member_id.mail:fold}\""),
    // A key that is worked out.
    ("key: { SK: \"{name:fold}\" }", "key: { PK: \"AREA#{id}\", SK: \"NAME#{name:fold}\" }"),
    ("      PK: { case: { within_id.name is null: WORLD }, else: \"{within_id.name}\" }\n", ""),
    // What was meant.
    ("depth: { count: areas.within_id }", "depth: { depth: within_id }"),
    ("within: within_id.name", "within: { ancestors: within_id, take: name, join: \"/\" }"),
    // Markers, which nothing is made of yet.
    ("    unique:\n", ""),
    ("      nick: { PK: \"MEMBER_NICK#{nick:fold}\", SK: \"MEMBER_NICK\" }\n", ""),
    ("      mail: { PK: \"MEMBER_MAIL#{mail:fold}\", SK: \"MEMBER_MAIL\" }\n", ""),
    ("    dropped:\n", "    dropped:\n      unique nick: kept by MySQL\n      unique mail: kept by MySQL\n"),
];

#[test]
fn an_import_that_is_mended_as_check_says_is_a_contract() {
    let mut text = club().contract.unwrap().text;
    let loaded = |text: &str| migratable_contract::load(&SourceFile::new("contract.yaml", text));
    assert!(loaded(&text).value.is_none(), "check has something against it");
    for (imported, mended) in MENDED {
        assert!(text.contains(imported), "{imported}");
        text = text.replacen(imported, mended, 1);
    }
    let loaded = loaded(&text);
    assert!(loaded.value.is_some(), "{}", render(&loaded.diagnostics, false));
}

#[test]
fn every_fault_of_a_design_is_said_in_one_run() {
    let import = club();
    assert_snapshot!(shown(&import));
    let mut found: Vec<_> = import.diagnostics.iter().map(|found| found.code).collect();
    found.sort_unstable();
    found.dedup();
    let expected = [
        // The format's own schema refuses tables of several entities.
        codes::IMPORT_OWN_SCHEMA,
        // Templates name no columns.
        codes::IMPORT_KEY_TEMPLATE,
        codes::IMPORT_KEY_VALUE,
        codes::IMPORT_COLLATION,
        codes::IMPORT_NUMBER_KEY,
        codes::IMPORT_KEY_WORKED_OUT,
        // A self-join into another table, joins without an alias, one that is always true.
        codes::IMPORT_JOIN_KIND,
        codes::IMPORT_JOIN_ALIAS,
        codes::IMPORT_JOIN_TAUTOLOGY,
        // Two names of one calculation, a path of one level, a column where a text is.
        codes::IMPORT_SAME_CALCULATION,
        codes::IMPORT_ONE_LEVEL,
        codes::IMPORT_ELSE_VALUE,
        // A list as text, in no order; times without a form; what a key holds as an attribute.
        codes::IMPORT_JSON_TEXT,
        codes::IMPORT_ORDER,
        codes::IMPORT_TIME_FORM,
        codes::IMPORT_TWICE,
        // A column that is nowhere, labels of nothing, keys that nothing keeps unique.
        codes::IMPORT_COLUMN_LOST,
        codes::IMPORT_LABEL,
        codes::IMPORT_UNIQUE,
        codes::IMPORT_EMPTY_TEXT,
    ];
    assert_eq!(found, expected);
    let errors: Vec<_> =
        import.diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
    assert_eq!(errors, [codes::IMPORT_KEY_WORKED_OUT], "all else is mended");
}
