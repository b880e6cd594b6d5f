//! What is no file of the format at all.

use insta::assert_snapshot;
use migratable_contract::codes;

use super::{imported, shown};

#[test]
fn what_is_no_json_is_said_where_it_begins() {
    let mut said = String::new();
    for text in [
        "",
        " \n",
        "tables:\n  - table: Orders\n",
        "{ \"tables\": [ ]",
        "{ \"tables\": [ 1, ] }",
        "{ 'tables': [] }",
        "{ \"tables\": [] } // the end",
        "{ \"tables\": \"a\nb\" }",
        "{ \"tables\": [] } { }",
        "{ \"tables\": \"\\q\" }",
        "\u{feff}{ \"tables\": [] }",
        "{ \"tables\": [\"\u{1}\"] }",
    ] {
        let import = imported(text);
        assert!(import.contract.is_none(), "{text:?}");
        assert!(import.diagnostics.iter().any(|found| found.code == codes::IMPORT_SYNTAX), "{text:?}");
        said.push_str(&format!("{text:?}\n{}\n", shown(&import)));
    }
    assert_snapshot!(said);
}

#[test]
fn what_is_another_json_is_said() {
    let mut said = String::new();
    for text in [
        "null",
        "[]",
        "\"tables\"",
        "{}",
        "{ \"tables\": {} }",
        "{ \"tables\": [1, null, []] }",
        "{ \"Tables\": [] }",
    ] {
        let import = imported(text);
        assert!(import.contract.is_none(), "{text:?}");
        said.push_str(&format!("{text:?}\n{}\n", shown(&import)));
    }
    assert_snapshot!(said);
}

#[test]
fn depth_is_limited() {
    for depth in [600, 1_000_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = open.repeat(depth) + "1" + &close.repeat(depth);
            let import = imported(&text);
            let found: Vec<_> = import.diagnostics.iter().map(|found| found.code).collect();
            assert_eq!(found, [codes::IMPORT_DEPTH], "{depth} of {open}");
        }
    }
    // A condition nests, too.
    let condition = "(".repeat(100_000) + "a" + &")".repeat(100_000);
    let text = super::patterns::PATTERNS[0].1.replace("upper.id = shelves.parent_id", &condition);
    assert!(imported(&text).diagnostics.iter().any(|found| found.code == codes::IMPORT_SQL));
}

#[test]
fn a_long_file_is_read() {
    let attribute = |number: usize| {
        format!(
            r#"{{ "name": "a{number}", "type": "S", "source_table": "readers", "source_column": "name", "justification": "{}" }}"#,
            "x".repeat(100)
        )
    };
    let attributes: Vec<String> = (0..5_000).map(attribute).collect();
    let text = format!(
        r#"{{ "tables": [ {{ "table": "Readers", "type": "single-entity", "source_table": "readers", "pk": "reader_id", "attributes": [{}] }} ] }}"#,
        attributes.join(",\n")
    );
    let import = imported(&text);
    let twice = import.diagnostics.iter().filter(|found| found.code == codes::IMPORT_TWICE).count();
    assert_eq!(twice, 4_999);
    assert!(import.contract.unwrap().text.contains("a4999: { text: \"{name}\" }"));
}

/// Names from a file go into YAML, comments and templates: none of them may get out of its place.
#[test]
fn odd_names_stay_in_their_places() {
    let odd = r##"x: y # {\"} \u0007\n- &a *b !c"##;
    let text = super::patterns::PATTERNS[1]
        .1
        .replace("\"Books\"", &format!("\"{odd}\""))
        .replace("\"title\",\n", &format!("\"{odd}\",\n"))
        .replace("the list of books shows where they stand", odd);
    let import = imported(&text);
    let contract = import.contract.unwrap();
    let file = migratable_contract::diagnostic::SourceFile::new("contract.yaml", contract.text.as_str());
    let read = migratable_contract::yaml::parse(&file).value.unwrap();
    assert_eq!(read.without_places().get("entities").unwrap(), contract.document.get("entities").unwrap());
}
