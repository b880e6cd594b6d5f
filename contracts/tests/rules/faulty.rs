//! Faults that tools for DynamoDB let pass, each written in this language: eighteen models that a generator takes, and
//! what is wrong with a contract that was called verified. Beside each the code that refuses it or warns of it. What
//! the language has no words for can't be written, and what it makes right by itself passes: those say so.

use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::load;
use migratable_core::plan::KeySource;
use migratable_core::value::Value;

/// A shop's contract without faults.
const SHOP: &str = include_str!("../../fixtures/market.yaml");

struct Fault {
    /// Which one it is: `model 1` to `model 18`, and `C1` to `C20`; one can have several spellings.
    id: &'static str,
    /// What is wrong.
    what: &'static str,
    /// What is said of it.
    codes: &'static [u16],
    /// How the shop's contract comes to have it.
    edits: &'static [(&'static str, &'static str)],
}

const fn fault(
    id: &'static str,
    what: &'static str,
    codes: &'static [u16],
    edits: &'static [(&'static str, &'static str)],
) -> Fault {
    Fault { id, what, codes, edits }
}

const FAULTS: &[Fault] = &[
    fault(
        "model 1",
        "a key names what isn't there",
        &[402],
        &[("PK: \"PRODUCT#{id}\"", "PK: \"PRODUCT#{idd}\"")],
    ),
    fault(
        "model 2",
        "a table has a sort key, an entity has none",
        &[411],
        &[("PK: \"PRODUCT#{id}\", SK: META", "PK: \"PRODUCT#{id}\"")],
    ),
    fault(
        "model 3",
        "a flag in a key",
        &[462],
        &[("ByLogin: { partition: [login_key] }", "ByLogin: { partition: [login_key], sort: [is_seller] }")],
    ),
    fault(
        "model 4",
        "a list in a key",
        &[462, 1003, 481],
        &[("category_key: \"CATEGORY#{category_id}\"", "category_key: \"CATEGORY#{category_id}#{labels}\"")],
    ),
    fault(
        "model 5",
        "what may be NULL in a table's key",
        &[461],
        &[
            ("PK: \"PRODUCT#{id}\", SK: META", "PK: \"PRODUCT#{id}\", SK: \"META#{image_url}\""),
            ("{ get: [product_id] }", "{ get: [product_id, image_url] }"),
        ],
    ),
    // model 6 is in `what_others_get_wrong_is_right_here`.
    fault("model 7", "a brace isn't closed", &[409], &[("PK: \"PRODUCT#{id}\"", "PK: \"PRODUCT#{id\"")]),
    fault(
        "model 8",
        "a table's name that DynamoDB refuses",
        &[205, 205],
        &[("  Products:\n", "  a b/c:\n"), ("    table: Products\n", "    table: a b/c\n")],
    ),
    fault(
        "model 9",
        "an attribute has the name of one that is written by itself",
        &[451],
        &[("      price: price\n", "      _entity: price\n")],
    ),
    // model 10 is in `what_others_get_wrong_is_right_here`.
    fault("model 11", "21 indexes", &[476], &[("INDEXES", "")]),
    fault(
        "model 12",
        "two entities whose keys can be one",
        &[470],
        &[("PK: \"USER#{id}\", SK: META", "PK: \"USER#{id}\", SK: \"ORDER#{id}\"")],
    ),
    fault(
        "model 13",
        "a list without the partition key",
        &[481, 482],
        &[("{ list: [category_id], index: ByCategory }", "{ list: [price], index: ByCategory }")],
    ),
    fault("model 14", "a get by what is in no key", &[481], &[("{ get: [product_id] }", "{ get: [price] }")]),
    fault(
        "model 15",
        "an index that the entity is not in",
        &[480],
        &[("  Order.of_user:", "  Order.by_login: { get: [order_id], index: ByLogin }\n  Order.of_user:")],
    ),
    fault(
        "model 18",
        "two values in a key, and nothing that is never in a value between them",
        &[463],
        &[
            ("login_key: \"LOGIN#{username}\"", "login_key: \"LOGIN#{username}-{email:fold}\""),
            ("{ get: [username], index: ByLogin }", "{ get: [username, email], index: ByLogin }"),
        ],
    ),
    fault("model 16", "101 changes in one transaction", &[1004], &[("WRITES", "")]),
    fault(
        "model 17",
        "a condition that is none",
        &[206],
        &[("access_patterns:\n", "writes:\n  pay: { does: [insert Order if] }\naccess_patterns:\n")],
    ),
    fault(
        "C1",
        "an entity without attributes",
        &[202],
        &[("    attributes:\n      category_id: id\n      parent_id: parent_id\n      name: name\n", "")],
    ),
    fault(
        "C2",
        "a word that isn't one",
        &[201],
        &[("    repository: products\n", "    repository: products\n    satifies: [AP1]\n")],
    ),
    fault(
        "C3",
        "a key names an attribute where a column has another name",
        &[402],
        &[("SK: \"ORDER#{created_at}#{id}\"", "SK: \"ORDER#{created_at}#{order_id}\"")],
    ),
    fault(
        "C4",
        "a join of a table to itself for a value of another table",
        &[407],
        &[("      category: category_id.name\n", "      category: id.name\n")],
    ),
    fault(
        "C5",
        "a join condition that names no side",
        &[402],
        &[("      category: category_id.name\n", "      category: categories.id = categories.parent_id\n")],
    ),
    fault(
        "C6",
        "a count in the wrong direction",
        &[211],
        &[(
            "      parent_id: parent_id\n      name: name\n",
            "      parent_id: parent_id\n      name: name\n      children: { count: categories.id }\n",
        )],
    ),
    fault(
        "C7",
        "a way up that goes nowhere",
        &[211],
        &[(
            "      parent_id: parent_id\n      name: name\n",
            "      parent_id: parent_id\n      name: name\n      way: { ancestors: name, take: name, join: / }\n",
        )],
    ),
    fault(
        "C8",
        "an alias that is declared nowhere",
        &[402],
        &[("      category: category_id.name\n", "      category: parent.name\n")],
    ),
    fault(
        "C9",
        "a join whose condition is always true",
        &[217],
        &[(
            "tables:\n  Market:",
            "relations:\n  users.profile: { to: users, on: { id: id } }\ntables:\n  Market:",
        )],
    ),
    fault(
        "C10",
        "a list that is text",
        &[453],
        &[("      labels: labels\n", "      labels: { path: labels, as: N }\n")],
    ),
    fault(
        "C11",
        "a moment in a form of its own",
        &[210],
        &[(
            "      created_at: created_at\n    dropped:\n      unique username",
            "      created_at: created_at\n      day: { path: created_at, format: ISO }\n    dropped:\n      unique username",
        )],
    ),
    fault("C12", "a column is lost", &[430], &[("      super_admin: super_admin\n", "")]),
    fault(
        "C13",
        "a pattern is claimed that no key answers",
        &[481, 482],
        &[("{ list: [user_id] }", "{ list: [status] }")],
    ),
    fault(
        "C13",
        "a pattern that nothing answers",
        &[489],
        &[("  Category.by_id:", "  Product.search: { not_served: text search }\n  Category.by_id:")],
    ),
    fault(
        "C14",
        "one row is asked of an index that needs another value, too",
        &[481, 487],
        &[(
            "  Category.by_id: { get: [category_id] }\n",
            "  Category.by_id: { get: [category_id], index: ByParent }\n",
        )],
    ),
    fault(
        "C15",
        "a list in an order that no key has",
        &[482],
        &[(
            "{ list: [category_id], index: ByCategory }",
            "{ list: [category_id, price], index: ByCategory }",
        )],
    ),
    fault(
        "C15",
        "a list of everything",
        &[207],
        &[("{ list: [category_id], index: ByCategory }", "{ list: [], index: ByCategory }")],
    ),
    fault(
        "C16",
        "a unique key is forgotten",
        &[431],
        &[("      unique username: the application's to keep\n", "")],
    ),
    fault(
        "C17",
        "a key made of an address that people change",
        &[490],
        &[("key: { PK: \"USER#{id}\"", "key: { PK: \"USER#{email:fold}\"")],
    ),
    fault(
        "C18",
        "two rows of one name mix",
        &[1002, 468, 490],
        &[
            ("  Categories:\n    partition: category_id\n", "  Categories:\n    partition: name_key\n"),
            (
                "    repository: categories\n",
                "    repository: categories\n    key: { name_key: \"CATEGORY#{name:fold}\" }\n",
            ),
            ("{ get: [category_id] }", "{ get: [name] }"),
        ],
    ),
    fault(
        "C19",
        "a key is compared otherwise than in MySQL",
        &[465],
        &[("email_key: \"EMAIL#{email:fold}\"", "email_key: \"EMAIL#{email}\"")],
    ),
];

fn text(fault: &Fault) -> String {
    fault.edits.iter().fold(SHOP.to_owned(), |text, (from, to)| {
        if *from == "INDEXES" {
            return with_indexes(&text, 21);
        }
        if *from == "WRITES" {
            let changes = vec!["insert Line"; 101].join(", ");
            return format!("{text}writes:\n  fill: {{ does: [{changes}] }}\n");
        }
        assert_eq!(text.matches(from).count(), 1, "{}: `{from}` stands there once", fault.id);
        text.replacen(from, to, 1)
    })
}

/// So many indexes of one table, each of them asked.
fn with_indexes(text: &str, count: usize) -> String {
    let (mut indexes, mut patterns) = ("    indexes:\n".to_owned(), String::new());
    for number in 0..count {
        indexes += &format!("      I{number:02}: {{ partition: [order_id] }}\n");
        patterns += &format!("  Line.i{number}: {{ list: [order_id], index: I{number:02} }}\n");
    }
    let patterns = patterns.replace("list: [order_id]", "get: [order_id, line_no]");
    text.replacen("    sort: line_no\n", &format!("    sort: line_no\n{indexes}"), 1).replacen(
        "access_patterns:\n",
        &format!("access_patterns:\n{patterns}"),
        1,
    )
}

#[test]
fn the_shop_passes_without_a_word() {
    let outcome = load(&SourceFile::new("contract.yaml", SHOP));
    assert_eq!(render(&outcome.diagnostics, false), "");
    assert!(outcome.value.is_some());
}

#[test]
fn each_fault_is_said_by_its_code() {
    let mut surprises = String::new();
    for fault in FAULTS {
        let outcome = load(&SourceFile::new("contract.yaml", text(fault)));
        let found: Vec<u16> = outcome.diagnostics.iter().map(|diagnostic| diagnostic.code.0).collect();
        if found != fault.codes {
            let report = render(&outcome.diagnostics, false);
            surprises += &format!("{}, {}: {:?}\n{report}\n", fault.id, fault.what, fault.codes);
        }
    }
    assert!(surprises.is_empty(), "{surprises}");
}

/// Every key that a template makes of a row, by its name.
fn keys(text: &str, entity: &str, values: &[(&str, Value)]) -> Vec<(String, String)> {
    let contract = load(&SourceFile::new("contract.yaml", text)).value.unwrap();
    let plan = &contract.entities.iter().find(|found| found.name == entity).unwrap().plan;
    let row: Vec<Value> = plan
        .columns
        .iter()
        .map(|column| {
            let value = values.iter().find(|(name, _)| *name == column.name);
            value.map_or(Value::Null, |(_, value)| value.clone())
        })
        .collect();
    let indexes = plan.indexes.iter().flat_map(|index| index.partition.iter().chain(index.sort.iter()));
    let mut made = Vec::new();
    for key in std::iter::once(&plan.partition).chain(&plan.sort).chain(indexes) {
        if let KeySource::Template(template) = &key.source
            && let Some(text) = template.build(&plan.columns, &row).unwrap()
        {
            made.push((key.name.to_string(), text));
        }
    }
    made
}

/// model 6 and C20: numbers in keys that aren't padded sort 10 before 9. Here their width is the type's.
#[test]
fn numbers_in_keys_sort_as_numbers() {
    let key = |id: i64| {
        let keys = keys(SHOP, "Product", &[("category_id", Value::Int(id))]);
        keys.into_iter().find(|(name, _)| name == "category_key").unwrap().1
    };
    let texts = [key(-10), key(-9), key(9), key(10), key(100)];
    assert!(texts.is_sorted(), "{texts:?}");
}

/// model 18: what ends a value may stand in one. Here it is escaped.
#[test]
fn no_two_pairs_of_values_are_one_key() {
    let shop = SHOP
        .replace("login_key: \"LOGIN#{username}\"", "login_key: \"LOGIN#{username}#{email:fold}\"")
        .replace("{ get: [username], index: ByLogin }", "{ get: [username, email], index: ByLogin }");
    let key = |name: &str, email: &str| {
        let values = [("username", Value::Text(name.to_owned())), ("email", Value::Text(email.to_owned()))];
        keys(&shop, "User", &values).into_iter().find(|(name, _)| name == "login_key").unwrap().1
    };
    assert_ne!(key("A#C", "B"), key("A", "C#B"));
    assert_ne!(key("A$", "B"), key("A", "$B"));
}

/// model 10: an attribute may be called as a language's keyword, and model 9's `version` is no name of ours.
#[test]
fn names_of_other_languages_are_names() {
    let shop = SHOP
        .replace("      labels: labels\n", "      class: labels\n")
        .replace("      image_url: image_url\n", "      version: image_url\n");
    assert_eq!(render(&load(&SourceFile::new("contract.yaml", shop)).diagnostics, false), "");
}
