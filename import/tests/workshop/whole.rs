//! A whole design, with the faults that designs of the format have: one run says all of them, in the order of the file.

use insta::assert_snapshot;
use migratable_contract::codes;
use migratable_import::workshop::{Lost, import};

use super::{file, options, schema, shown};

#[test]
fn every_fault_of_a_design_is_said_in_one_run() {
    let club = schema("club.sql", include_str!("../../fixtures/club.sql"));
    let import = import(&file(include_str!("../../fixtures/club.json")), &club, &options(Lost::Carry));
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
