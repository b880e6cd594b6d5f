//! Names: hostile ones in, usable and different ones out.

use std::collections::BTreeSet;

use migratable_analyze::design::Layout;
use migratable_contract::yaml::Node;

use crate::schema::{Table, int, proposed, schema, table};

/// What MySQL takes as an identifier between backticks.
const HOSTILE: [&str; 16] = [
    "users",
    "user",
    "USERS",
    "2fa tokens",
    "🦀",
    "💥",
    "_entity",
    "select",
    "Self",
    "options",
    "a\"] } include!(\"/etc/passwd\"); //",
    "x: {y}\n  - z",
    "'; DROP TABLE users; --",
    "überweisungen",
    "shops",
    "\u{202e}evil",
];

fn hostile_table(name: &str) -> Table {
    let table = table(name).id();
    HOSTILE.iter().fold(table, |table, column| table.nullable(column, int()))
}

fn keys<'n>(document: &'n Node, path: &[&str]) -> Vec<&'n str> {
    let node = path.iter().fold(document, |node, key| node.get(key).unwrap());
    node.as_map().unwrap().iter().map(|entry| entry.key.as_str()).collect()
}

fn is_word(name: &str, first: impl Fn(char) -> bool, rest: impl Fn(char) -> bool) -> bool {
    name.starts_with(&first) && name.chars().all(|c| first(c) || rest(c)) && name.len() <= 64
}

fn assert_different(names: &[&str]) {
    let different: BTreeSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(different.len(), names.len(), "{names:?}");
}

#[test]
fn hostile_names_become_words_and_stay_different() {
    let schema = schema(HOSTILE.map(hostile_table));
    for layout in Layout::ALL {
        let document = proposed(&schema, layout).document;
        let entities = keys(&document, &["entities"]);
        assert_eq!(entities.len(), HOSTILE.len());
        assert_different(&entities);
        let mut repositories = Vec::new();
        for entity in &entities {
            assert!(is_word(entity, |c| c.is_ascii_uppercase(), |c| c.is_ascii_alphanumeric()), "{entity}");
            let node = document.get("entities").unwrap().get(entity).unwrap();
            repositories.push(node.get("repository").unwrap().as_scalar().unwrap());
            let attributes = keys(node, &["attributes"]);
            assert_eq!(attributes.len(), HOSTILE.len() + 1);
            assert_different(&attributes);
            for attribute in attributes {
                let fits = is_word(attribute, |c| c.is_ascii_lowercase(), |c| c.is_ascii_digit() || c == '_');
                assert!(fits, "{attribute}");
            }
        }
        assert_different(&repositories);
        assert_different(&keys(&document, &["tables"]));
    }
}

#[test]
fn a_name_in_use_is_not_taken_from_its_column() {
    let schema = schema([
        table("users").id().column("user_id", int()).column("ID_2", int()),
        table("things").id().column("thingId", int()).column("thing_id", int()),
    ]);
    let document = proposed(&schema, Layout::TablePerEntity).document;
    assert_eq!(keys(&document, &["entities", "User", "attributes"]), ["id", "user_id", "id_2"]);
    assert_eq!(keys(&document, &["entities", "Thing", "attributes"]), ["id", "thing_id", "thing_id_2"]);
}

#[test]
fn attributes_leave_the_names_of_keys_alone() {
    let table = table("keys")
        .id()
        .column("pk", int())
        .column("SK", int())
        .column("gsi1pk", int())
        .column("name", crate::schema::varchar(10, crate::schema::SERVER))
        .column("ByNamePK", int())
        .unique("name", &["name"]);
    let schema = schema([table]);
    let single = proposed(&schema, Layout::SingleTable).document;
    let attributes = keys(&single, &["entities", "Key", "attributes"]);
    assert_eq!(attributes, ["key_id", "pk_2", "sk_2", "gsi1pk_2", "name", "by_name_pk"]);
    let own = proposed(&schema, Layout::TablePerEntity);
    assert_eq!(keys(&own.document, &["entities", "Key", "key"]), ["ByNamePK"], "{}", own.text);
}
