//! Files that are nearly right: each value of each pattern in turn is something else, or is not there.

use migratable_contract::diagnostic::SourceFile;
use migratable_contract::yaml;
use serde_json::{Value, json};

use super::patterns::PATTERNS;
use super::{file, library, options};
use migratable_import::workshop::{Lost, import};

/// What stands in the place of a value.
fn others() -> Vec<Value> {
    vec![
        Value::Null,
        json!(7),
        json!(""),
        json!("{"),
        json!("x y"),
        json!("books"),
        json!("name"),
        json!("readers.name = readers.name"),
        json!("loans.id = loan_lines.loan_id AND 1 = 1"),
        json!("CONCAT('#', id)"),
        json!("a#b"),
        json!([]),
        json!([["x"]]),
        json!({}),
        json!({ "type": "aggregate" }),
    ]
}

/// Every path to a value.
fn paths(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(elements) => {
            for (number, element) in elements.iter().enumerate() {
                paths(element, &format!("{at}/{number}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                paths(member, &format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn files_that_are_nearly_right_are_read_to_the_end() {
    let library = library();
    let mut made = 0;
    for (name, text) in PATTERNS {
        let whole: Value = serde_json::from_str(text).unwrap();
        let mut places = Vec::new();
        paths(&whole, "", &mut places);
        for (number, place) in places.into_iter().enumerate() {
            // Two for each place, so that each is in many places: all of them take half a minute.
            let others = others();
            for other in [&others[number % others.len()], &others[(number * 7 + 3) % others.len()]] {
                let mut mutant = whole.clone();
                *mutant.pointer_mut(&place).unwrap() = other.clone();
                let text = serde_json::to_string_pretty(&mutant).unwrap();
                let outcome = import(&file(&text), &library, &options(Lost::Drop));
                for found in &outcome.diagnostics {
                    assert!(!found.labels.is_empty(), "{name} {place} {other}: {}", found.message);
                }
                // Every name and text is in its place, whatever it is.
                let Some(contract) = outcome.contract else { continue };
                let written = SourceFile::new("contract.yaml", contract.text.as_str());
                let read = yaml::parse(&written);
                assert!(
                    read.value.is_some(),
                    "{name} {place} {other}: {:?}\n{}",
                    read.diagnostics,
                    contract.text
                );
                made += 1;
            }
        }
    }
    assert!(made > 900, "most files are a contract all the same: {made}");
}
