//! The JSON Schema and the loader are made from one table; here they are held against each other.

use migratable_contract::diagnostic::SourceFile;
use migratable_contract::language::{json_schema, reference};
use migratable_contract::yaml::{self, Node, NodeKind};
use serde_json::{Map, Number, Value};

use crate::mutations::{LIBRARY, Mutation, NAMES, RULES, SHAPE, TEXTS};

pub(crate) fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::draft202012::new(&schema).unwrap()
}

/// A file as an editor takes it: plain scalars by YAML's core schema, quoted ones as text.
fn as_json(text: &str) -> Value {
    let outcome = yaml::parse(&SourceFile::new("contract.yaml", text));
    node_as_json(&outcome.value.unwrap())
}

pub(crate) fn node_as_json(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Scalar { text, quoted: true } => Value::String(text.clone()),
        NodeKind::Scalar { text, quoted: false } => plain_as_json(text),
        NodeKind::List(items) => items.iter().map(|item| node_as_json(&item.value)).collect(),
        NodeKind::Map(entries) => {
            let members = entries.iter().map(|entry| (entry.key.clone(), node_as_json(&entry.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

fn plain_as_json(text: &str) -> Value {
    match text {
        "" | "~" | "null" => Value::Null,
        "true" | "false" => Value::Bool(text == "true"),
        _ => match text.parse::<Number>() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(text.to_owned()),
        },
    }
}

#[test]
fn the_schema_accepts_what_loads() {
    let validator = validator();
    let errors: Vec<String> = validator
        .iter_errors(&as_json(LIBRARY))
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0]);
}

/// The shape is all that the schema knows; names and rules are beyond it, and must not be refused by accident.
#[test]
fn the_schema_refuses_the_wrong_shape_and_nothing_else() {
    let validator = validator();
    let accepts = |mutation: &Mutation| validator.is_valid(&as_json(&mutation.text()));
    for mutation in SHAPE {
        assert!(!accepts(mutation), "{} is accepted", mutation.name);
    }
    for mutation in [TEXTS, NAMES, RULES].into_iter().flatten() {
        assert!(accepts(mutation), "{} is refused", mutation.name);
    }
}

#[test]
fn scalars_that_an_editor_takes_for_numbers_and_flags_are_accepted_where_text_is() {
    let text = LIBRARY
        .replace("secret: it stays with the login service", "secret: 1.50")
        .replace("      map: nobody has looked at it for years", "      map: true");
    assert!(migratable_contract::load(&SourceFile::new("contract.yaml", text.as_str())).value.is_some());
    assert!(validator().is_valid(&as_json(&text)));
}

#[test]
fn the_schema_is_this() {
    insta::assert_snapshot!(json_schema());
}

#[test]
fn the_reference_is_this() {
    insta::assert_snapshot!(reference());
}
