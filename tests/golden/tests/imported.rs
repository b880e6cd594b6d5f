//! A design of another tool, imported, and mended where the report says so, is a contract whose code compiles: the case
//! `imported`, whose contract is what the import gives with these mends. `MIGRATABLE_BLESS=1` writes it.

use std::path::PathBuf;
use std::sync::Arc;

use migratable_analyze::ddl::{self, ReadOptions};
use migratable_contract::codes;
use migratable_contract::diagnostic::{SourceFile, has_errors, render};
use migratable_import::workshop::{Lost, Options, import};

/// What the report is about, what the import gives, and what a person writes instead.
const MENDS: [(&str, &str, &str); 8] = [
    // `check`: keys that may be empty.
    ("MG0464", r##"      PK: "{login:fold}""##, r##"      PK: "OBSERVER#{login:fold}""##),
    ("MG0464", r##"PK: "{observer_id.login:fold}""##, r##"PK: "OBSERVER#{observer_id.login:fold}""##),
    // The import: two names of one calculation, of which one means how deep a site is.
    ("MG0940", "      depth: { count: sites.within_id }", "      depth: { depth: within_id }"),
    // A list in no order.
    (
        "MG0944",
        "{ collect: sightings.night_id, fields:",
        "{ collect: sightings.night_id, order: magnitude, fields:",
    ),
    // A column that the file has lost, and that is a flag.
    ("MG0950", "      staff: staff", "      staff: { path: staff, as: BOOL }"),
    // Labels that name no question.
    (
        "MG0952",
        "access_patterns:\n",
        "access_patterns:\n  Observer.by_id: { get: [observer_id], index: GSI1 }\n  Night.of_observer: { list: [observer_login] }\n",
    ),
    // `check`: nothing ends a list of sightings.
    (
        "MG0459",
        "      foreign key observer_id:",
        "      items over 400 KB: more of them than one item holds have never been seen\n      foreign key observer_id:",
    ),
    // A name for what comes of it.
    (
        "MG0946",
        "      begun_at: begun_at\n",
        "      begun_at: begun_at\n      day: { path: begun_at, format: \"%Y-%m-%d\" }\n",
    ),
];

fn file(name: &str) -> Arc<SourceFile> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases/imported").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    SourceFile::new(name, text)
}

#[test]
fn an_import_that_is_mended_as_the_report_says_is_the_cases_contract() {
    let reading = ddl::read(&file("schema.sql"), ReadOptions::default());
    assert_eq!(render(&reading.diagnostics, false), "");
    let options = Options { name: "imported".to_owned(), lost: Lost::Carry };
    let import = import(&file("design.json"), &reading.schema, &options);
    assert!(!has_errors(&import.diagnostics), "all of it is mended: {}", render(&import.diagnostics, false));
    let mut text = import.contract.expect("a contract").text;

    let unmended = migratable_contract::load(&SourceFile::new("contract.yaml", text.as_str()));
    let errors = unmended.diagnostics.iter().filter(|found| found.is_error());
    let errors: Vec<_> = errors.map(|found| found.code).collect();
    assert_eq!(errors, [codes::KEY_EMPTY, codes::KEY_EMPTY], "what a person has to mend");

    let said: Vec<String> =
        import.diagnostics.iter().chain(&unmended.diagnostics).map(|found| found.code.to_string()).collect();
    for (code, imported, mended) in MENDS {
        assert!(said.iter().any(|found| found == code), "{code} is not said");
        assert_eq!(text.matches(imported).count(), 1, "{imported}");
        text = text.replacen(imported, mended, 1);
    }
    let mended = migratable_contract::load(&SourceFile::new("contract.yaml", text.as_str()));
    assert!(mended.value.is_some(), "{}", render(&mended.diagnostics, false));
    if std::env::var_os("MIGRATABLE_BLESS").is_some() {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("cases/imported/contract.yaml");
        std::fs::write(path, &text).expect("a file");
    }
    assert_eq!(text, file("contract.yaml").text, "see the top of this file");
}
