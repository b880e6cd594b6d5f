//! Each defect that a file can have: its code, what is said of it, and what becomes of it. A line here is one defect;
//! without the code that finds it, its line is red.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use migratable_contract::codes::{self, Code};

use super::{imported, shown};

/// A table of one entity, with everything that the source table has and these attributes besides.
fn with(table: &str, attributes: &str) -> String {
    let (pk, own) = match table {
        "shelves" => ("shelf_id", "id:shelf_id:N label:label:S parent_id:parent_id:N"),
        "books" => (
            "book_id",
            "id:book_id:N title:title:S isbn:isbn:S shelf_id:shelf_id:N author_id:author_id:N on_loan:on_loan:BOOL \
             price:price:N",
        ),
        "opinions" => (
            "opinion_id",
            "id:opinion_id:N book_id:book_id:N reader_id:reader_id:N stars:stars:N words:words:S",
        ),
        "readers" => ("reader_id", "id:reader_id:N name:name:S city:city:S"),
        _ => ("genre_id", "id:genre_id:N name:name:S"),
    };
    let own = own.split(' ').map(|column| {
        let [column, name, ty] = column.split(':').collect::<Vec<_>>()[..] else { unreachable!() };
        attribute(name, ty, table, column, "")
    });
    let own = own.collect::<Vec<_>>().join(",\n    ");
    let more = if attributes.is_empty() { String::new() } else { format!(",\n    {attributes}") };
    format!(
        r#"{{ "tables": [ {{
  "table": "Things", "type": "single-entity", "source_table": "{table}", "pk": "{pk}",
  "attributes": [
    {own}{more}
  ]
}} ] }}
"#
    )
}

fn attribute(name: &str, ty: &str, table: &str, column: &str, more: &str) -> String {
    let more = if more.is_empty() { String::new() } else { format!(", {more}") };
    format!(
        r#"{{ "name": "{name}", "type": "{ty}", "source_table": "{table}", "source_column": "{column}"{more} }}"#
    )
}

/// A table of `shelves` with one more attribute, of this join.
fn shelf(ty: &str, join: &str) -> String {
    with("shelves", &attribute("extra", ty, "shelves", "parent_id", &format!("\"join\": {{ {join} }}")))
}

fn book(ty: &str, more: &str) -> String {
    with("books", &attribute("extra", ty, "books", "id", more))
}

/// A table of `readers` with generic keys, as files for one table have them.
fn generic(attributes: &str) -> String {
    format!(
        r#"{{ "tables": [ {{
  "table": "Things", "type": "multi-entity", "source_table": "readers", "pk": "PK", "sk": "SK", "attributes": [],
  "gsis": [ {{ "index_name": "GSI1", "pk": "GSI1PK", "sk": "GSI1SK", "projection": "KEYS_ONLY" }} ],
  "entities": [ {{ "entity_type": "READER", "source_table": "readers", "pk_template": "READER#{{id}}", "sk_template": "META",
    "attributes": [
      {{ "name": "reader_id", "type": "N", "source_table": "readers", "source_column": "id" }},
      {{ "name": "name", "type": "S", "source_table": "readers", "source_column": "name" }},
      {{ "name": "city", "type": "S", "source_table": "readers", "source_column": "city" }},
      {attributes}
    ] }} ]
}} ] }}
"#
    )
}

/// An entity that builds one of an index's two keys.
const OTHER: &str = r#""entity_type": "GENRE", "source_table": "genres", "pk_template": "GENRE#{id}", "sk_template": "META",
    "attributes": [ { "name": "GSI1PK", "type": "S", "source_table": "genres", "source_column": "name" } ]"#;

/// The table of a file of one.
fn one_table(file: &str) -> &str {
    let inside = file.trim().strip_prefix("{ \"tables\": [ ").unwrap();
    inside.strip_suffix(" ] }").unwrap()
}

const GSI1: &str = r#"{ "name": "GSI1PK", "type": "S", "source_table": "readers", "source_column": "name" },
      { "name": "GSI1SK", "type": "S", "source_table": "readers", "source_column": "id" }"#;

/// Every defect: a name, its code, the file.
fn defects() -> Vec<(&'static str, Code, String)> {
    let plain = with("readers", "");
    let keyed = generic(GSI1);
    vec![
        // What the file is.
        ("duplicate", codes::IMPORT_DUPLICATE, plain.replacen(r#""pk":"#, r#""pk": "name", "pk":"#, 1)),
        (
            "attribute_twice",
            codes::IMPORT_DUPLICATE,
            with("readers", &attribute("city", "S", "readers", "name", "")),
        ),
        (
            "table_twice",
            codes::IMPORT_DUPLICATE,
            plain.replacen("\"tables\": [ {", &format!("\"tables\": [ {}, {{", one_table(&plain)), 1),
        ),
        (
            "half_of_an_index",
            codes::IMPORT_INDEX,
            keyed.replacen(" ] } ]\n} ] }", &format!(" ] }}, {{ {OTHER} }} ]\n}} ] }}"), 1),
        ),
        (
            "index_twice",
            codes::IMPORT_DUPLICATE,
            keyed.replacen("\"gsis\": [ ", "\"gsis\": [ { \"index_name\": \"GSI1\", \"pk\": \"GSI1PK\" }, ", 1),
        ),
        (
            "number_that_is_built_as_text",
            codes::IMPORT_TYPE,
            keyed.replacen("\"GSI1SK\", \"type\": \"S\"", "\"GSI1SK\", \"type\": \"N\"", 1),
        ),
        ("unknown_field", codes::IMPORT_UNKNOWN_FIELD, plain.replacen(r#""pk":"#, r#""ksk": "id", "pk":"#, 1)),
        ("entities_of_a_single_table", codes::IMPORT_UNKNOWN_FIELD, plain.replacen(r#""pk":"#, r#""entities": [{}], "pk":"#, 1)),
        ("missing_type", codes::IMPORT_MISSING_FIELD, plain.replacen(r#""type": "single-entity", "#, "", 1)),
        ("missing_column", codes::IMPORT_MISSING_FIELD, plain.replacen(r#", "source_column": "city""#, "", 1)),
        ("wrong_kind", codes::IMPORT_WRONG_KIND, plain.replacen(r#""name": "city""#, r#""name": ["city"]"#, 1)),
        ("empty_name", codes::IMPORT_WRONG_KIND, plain.replacen(r#""name": "city""#, r#""name": """#, 1)),
        ("unknown_type", codes::IMPORT_UNKNOWN_WORD, plain.replacen(r#""type": "N""#, r#""type": "NUMBER""#, 1)),
        ("unknown_join", codes::IMPORT_UNKNOWN_WORD, shelf("S", r#""type": "foreign_key""#)),
        ("own_schema", codes::IMPORT_OWN_SCHEMA, keyed.replacen(r#""attributes": [],"#, "", 1)),
        ("include_of_nothing", codes::IMPORT_MISSING_FIELD, keyed.replace("KEYS_ONLY", "INCLUDE")),
        ("limit_of_nothing", codes::IMPORT_WRONG_KIND, book("L", r#""join": { "type": "json-construction", "target_table": "opinions", "join_condition": "opinions.book_id = books.id", "construction": { "type": "array", "limit": 0, "select_columns": { "stars": "stars" } } }"#)),
        // What it names.
        ("unknown_table", codes::IMPORT_UNKNOWN_TABLE, plain.replacen(r#""source_table": "readers""#, r#""source_table": "raeders""#, 1)),
        ("unknown_target", codes::IMPORT_UNKNOWN_TABLE, shelf("S", r#""type": "foreign-key", "target_table": "halls", "join_condition": "halls.id = shelves.parent_id", "select_column": "halls.name""#)),
        ("unknown_column", codes::IMPORT_UNKNOWN_COLUMN, plain.replacen(r#""source_column": "city""#, r#""source_column": "town""#, 1)),
        ("unknown_selected_column", codes::IMPORT_UNKNOWN_COLUMN, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.parent_id", "select_column": "up.lable""#)),
        ("unknown_column_of_a_join", codes::IMPORT_UNKNOWN_COLUMN, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.above_id", "select_column": "up.label""#)),
        ("strange_alias", codes::IMPORT_SQL, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "upper.id = shelves.parent_id", "select_column": "up.label""#)),
        ("no_sql", codes::IMPORT_SQL, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = = shelves.parent_id", "select_column": "up.label""#)),
        ("more_than_operators", codes::IMPORT_SQL, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.parent_id", "select_column": "(SELECT label FROM shelves)""#)),
        ("other_table", codes::IMPORT_OTHER_TABLE, with("books", &attribute("shelf", "S", "shelves", "label", ""))),
        ("other_table_out_of_reach", codes::IMPORT_OTHER_TABLE, with("books", &attribute("genre", "S", "genres", "name", ""))),
        ("odd_names", codes::IMPORT_NAME, plain.replacen(r#""name": "city""#, r#""name": "home town""#, 1).replace("Things", "My Things!")),
        ("join_and_calculation", codes::IMPORT_CONTRADICTION, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.parent_id", "select_column": "up.label""#).replace(r#""join": {"#, r#""calculation": { "type": "case", "cases": [] }, "join": {"#)),
        ("an_object_with_an_order", codes::IMPORT_CONTRADICTION, book("M", r#""join": { "type": "json-construction", "target_table": "shelves", "join_condition": "shelves.id = books.shelf_id", "construction": { "type": "object", "order_by": "label", "select_columns": { "label": "label" } } }"#)),
        // Keys.
        ("template_names_an_attribute", codes::IMPORT_KEY_TEMPLATE, keyed.replace("READER#{id}", "READER#{reader_id}")),
        ("template_names_what_a_key_leads_to", codes::IMPORT_KEY_TEMPLATE, book("S", r#""transformation": { "type": "string-format", "format": "{shelf_label}/{title}" }"#)),
        ("template_names_nothing", codes::IMPORT_KEY_TEMPLATE, keyed.replace("READER#{id}", "READER#{number}")),
        ("template_with_open_braces", codes::IMPORT_KEY_TEMPLATE, keyed.replace("READER#{id}", "READER#{id")),
        ("template_and_attribute_differ", codes::IMPORT_KEY_TWICE, keyed.replace(r#"{ "name": "GSI1PK""#, r#"{ "name": "SK", "type": "S", "source_table": "readers", "source_column": "id", "transformation": { "type": "string-format", "format": "PROFILE" } }, { "name": "GSI1PK""#)),
        ("key_without_attribute", codes::IMPORT_KEY_ATTRIBUTE, with("shelves", "").replacen(r#""name": "shelf_id""#, r#""name": "number""#, 1)),
        ("key_of_nothing", codes::IMPORT_ENTITY, plain.replacen(r#""pk": "reader_id""#, r#""pk": "card""#, 1)),
        ("key_value_that_is_not_carried", codes::IMPORT_KEY_VALUE, keyed.replacen(r#"{ "name": "reader_id", "type": "N", "source_table": "readers", "source_column": "id" },"#, "", 1)),
        ("index_without_a_key", codes::IMPORT_INDEX, keyed.replace(r#""name": "GSI1SK""#, r#""name": "GSI1S""#)),
        (
            "key_that_is_worked_out",
            codes::IMPORT_KEY_WORKED_OUT,
            keyed.replacen("\"GSI1SK\", \"type\": \"S\", \"source_table\": \"readers\", \"source_column\": \"id\"", "\"GSI1SK\", \"type\": \"S\", \"source_table\": \"readers\", \"source_column\": \"id\", \"calculation\": { \"type\": \"case\", \"cases\": [ { \"when\": \"id = 1\", \"then\": \"'first'\" } ] }", 1),
        ),
        ("never_null", codes::IMPORT_NEVER_NULL, book("S", r#""join": { "type": "self-join", "join_alias": "up", "join_condition": "up.id = books.shelf_id", "select_column": "up.label", "null_value": "none" }"#)),
        ("member_that_is_an_attribute", codes::IMPORT_TWICE, book("M", r#""join": { "type": "json-construction", "target_table": "books", "join_condition": "books.id = books.id", "construction": { "type": "object", "select_columns": { "title": "title", "added": "added_at" } } }"#)),
        ("text_in_a_key", codes::IMPORT_COLLATION, with("books", "").replacen(r#""pk": "book_id""#, r#""pk": "isbn""#, 1)),
        ("numbers_in_a_key", codes::IMPORT_NUMBER_KEY, keyed.clone()),
        ("numbers_as_text", codes::IMPORT_NUMBER_KEY, plain.replacen(r#""type": "N""#, r#""type": "S""#, 1)),
        // Joins.
        ("self_join_into_another_table", codes::IMPORT_JOIN_KIND, book("S", r#""join": { "type": "self-join", "join_alias": "up", "join_condition": "up.id = books.shelf_id", "select_column": "up.label" }"#)),
        ("no_alias", codes::IMPORT_JOIN_ALIAS, shelf("S", r#""type": "foreign-key", "target_table": "shelves", "join_condition": "shelves.id = shelves.parent_id", "select_column": "shelves.label""#)),
        ("no_alias_and_no_foreign_key", codes::IMPORT_SQL, shelf("S", r#""type": "foreign-key", "target_table": "shelves", "join_condition": "shelves.id = shelves.label", "select_column": "shelves.label""#)),
        ("tautology_of_a_map", codes::IMPORT_JOIN_TAUTOLOGY, book("M", r#""join": { "type": "json-construction", "target_table": "books", "join_condition": "books.id = books.id", "construction": { "type": "object", "select_columns": { "title": "title" } } }"#)),
        ("tautology_of_a_list", codes::IMPORT_JOIN_TAUTOLOGY, book("L", r#""join": { "type": "json-construction", "target_table": "books", "join_condition": "books.id = books.id", "construction": { "type": "array", "select_columns": { "title": "title" } } }"#)),
        ("no_foreign_key", codes::IMPORT_JOIN_NO_FOREIGN_KEY, with("opinions", &attribute("stars_of", "S", "opinions", "stars", r#""join": { "type": "foreign-key", "target_table": "genres", "join_condition": "genres.id = opinions.stars", "select_column": "genres.name" }"#))),
        ("several_rows", codes::IMPORT_JOIN_MANY, with("readers", &attribute("book", "S", "readers", "name", r#""join": { "type": "foreign-key", "target_table": "books", "join_condition": "books.title = readers.name", "select_column": "books.isbn" }"#))),
        ("collections_that_share", codes::IMPORT_JOIN_MANY, with("readers", &attribute("books", "L", "readers", "name", r#""join": { "type": "json-construction", "target_table": "books", "join_condition": "books.title = readers.name", "construction": { "type": "array", "select_columns": { "isbn": "isbn" } } }"#))),
        // Values.
        ("same_calculation", codes::IMPORT_SAME_CALCULATION, shelf("N", "").replace(r#", "join": {  }"#, r#", "calculation": { "type": "aggregate", "target_table": "shelves", "join_condition": "shelves.parent_id = shelves.id", "operation": "COUNT", "select_column": "shelves.id" } }, { "name": "below", "type": "N", "source_table": "shelves", "source_column": "id", "calculation": { "type": "aggregate", "target_table": "shelves", "join_condition": "shelves.parent_id = shelves.id", "operation": "COUNT", "select_column": "*" }"#)),
        ("one_level", codes::IMPORT_ONE_LEVEL, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.parent_id", "select_column": "up.label""#).replace("extra", "path")),
        ("else_is_a_column", codes::IMPORT_ELSE_VALUE, shelf("S", r#""type": "conditional", "condition": "parent_id IS NULL", "target_table": "shelves", "join_condition": "up.id = shelves.parent_id", "select_column": "'hall'", "else_value": "up.label""#).replace("up.id", "shelves.id")),
        ("else_is_no_column", codes::IMPORT_ELSE_VALUE, with("opinions", &attribute("who", "S", "opinions", "reader_id", r#""join": { "type": "conditional", "condition": "reader_id IS NOT NULL", "target_table": "readers", "join_condition": "readers.id = opinions.reader_id", "select_column": "readers.name", "else_value": "n.n" }"#))),
        ("case_without_quotes", codes::IMPORT_ELSE_VALUE, book("S", r#""calculation": { "type": "case", "cases": [ { "when": "on_loan = 1", "then": "out" } ], "else": "'in'" }"#)),
        ("list_as_text", codes::IMPORT_JSON_TEXT, book("S", r#""join": { "type": "json-construction", "target_table": "opinions", "join_condition": "opinions.book_id = books.id", "construction": { "type": "array", "order_by": "id", "select_columns": { "stars": "stars" } } }"#)),
        ("list_without_order", codes::IMPORT_ORDER, book("L", r#""join": { "type": "json-construction", "target_table": "opinions", "join_condition": "opinions.book_id = books.id", "construction": { "type": "array", "select_columns": { "stars": "stars" } } }"#)),
        ("type_of_a_text", codes::IMPORT_TYPE, plain.replacen(r#""name": "city", "type": "S""#, r#""name": "city", "type": "N""#, 1)),
        ("null_of_a_number", codes::IMPORT_TYPE, shelf("N", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.parent_id", "select_column": "up.parent_id", "null_value": "none""#)),
        ("time_without_a_form", codes::IMPORT_TIME_FORM, with("books", &attribute("added_at", "S", "books", "added_at", ""))),
        ("date_in_words", codes::IMPORT_DATE_FORMAT, with("books", &attribute("added", "S", "books", "added_at", r#""transformation": { "type": "date-format", "format": "DD Mon YYYY" }"#))),
        ("date_of_a_title", codes::IMPORT_DATE_FORMAT, with("books", &attribute("added", "S", "books", "title", r#""transformation": { "type": "date-format", "format": "YYYY" }"#))),
        ("date_of_no_format", codes::IMPORT_MISSING_FIELD, with("books", &attribute("added", "S", "books", "added_at", r#""transformation": { "type": "date-format" }"#))),
        ("concat", codes::IMPORT_TRANSFORMATION, book("S", r#""calculation": { "type": "concat", "parts": ["title", "isbn"] }"#)),
        ("date_math", codes::IMPORT_TRANSFORMATION, book("S", r#""calculation": { "type": "date-math" }"#)),
        ("number_format", codes::IMPORT_TRANSFORMATION, with("books", &attribute("cents", "N", "books", "price", r#""transformation": { "type": "number-format", "format": "0.00" }"#)).replacen(r#"{ "name": "price", "type": "N", "source_table": "books", "source_column": "price" },"#, "", 1)),
        ("twice", codes::IMPORT_TWICE, with("genres", &attribute("called", "S", "genres", "name", ""))),
        // What isn't there.
        ("column_lost", codes::IMPORT_COLUMN_LOST, plain.replacen(r#"{ "name": "city", "type": "S", "source_table": "readers", "source_column": "city" }"#, r#"{ "name": "name2", "type": "S", "source_table": "readers", "source_column": "name" }"#, 1)),
        ("table_lost", codes::IMPORT_TABLE_LOST, plain.clone()),
        ("label", codes::IMPORT_LABEL, plain.replacen(r#""pk":"#, r#""satisfies": ["AP1", "ReaderByName"], "pk":"#, 1)),
        ("unique", codes::IMPORT_UNIQUE, with("books", "")),
        ("empty_for_null", codes::IMPORT_EMPTY_TEXT, shelf("S", r#""type": "self-join", "join_alias": "up", "join_condition": "up.id = shelves.parent_id", "select_column": "up.label", "null_value": """#)),
        ("empty_case", codes::IMPORT_EMPTY_TEXT, book("S", r#""calculation": { "type": "case", "cases": [ { "when": "on_loan = 1", "then": "''" } ], "else": "'in'" }"#)),
        ("empty_else", codes::IMPORT_EMPTY_TEXT, book("S", r#""calculation": { "type": "case", "cases": [ { "when": "on_loan = 1", "then": "'out'" } ], "else": "''" }"#)),
        ("odd_field_names", codes::IMPORT_NAME, book("M", r#""join": { "type": "json-construction", "target_table": "shelves", "join_condition": "shelves.id = books.shelf_id", "construction": { "type": "object", "select_columns": { "the label": "label" } } }"#)),
        ("nothing", codes::IMPORT_NOTHING, r#"{ "tables": [] }"#.to_owned()),
    ]
}

#[test]
fn every_defect_is_said_where_it_stands() {
    let mut silent = Vec::new();
    for (name, code, file) in defects() {
        let import = imported(&file);
        let found: Vec<_> = import.diagnostics.iter().map(|found| found.code).collect();
        if !found.contains(&code) {
            silent.push(format!("{name}: {code} is not among {found:?}\n{file}"));
        }
        assert_snapshot!(name, shown(&import));
        for found in &import.diagnostics {
            let place = &found.labels.first().unwrap().place;
            assert_eq!(place.file.name, "design.json", "{name}: {}", found.message);
            assert!(!found.help.is_empty(), "{name}: {}", found.message);
        }
    }
    assert_eq!(silent.join("\n"), "");
}

#[test]
fn every_code_of_imports_has_a_defect() {
    // What is no JSON has tests of its own.
    let elsewhere = [codes::IMPORT_SYNTAX, codes::IMPORT_DEPTH];
    let all: BTreeSet<Code> =
        codes::ALL.iter().map(|info| info.code).filter(|code| code.0 / 100 == 9).collect();
    let tested: BTreeSet<Code> = defects().into_iter().map(|(_, code, _)| code).chain(elsewhere).collect();
    assert_eq!(all, tested);
}
