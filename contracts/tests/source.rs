//! What the texts of the source schema mean, and what is said of each mistake in them.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test that can't go on has failed"))]

use migratable_contract::diagnostic::{Diagnostic, Place, SourceFile, render};
use migratable_contract::source::{
    Action, SourceType, TextError, parse_column, parse_key_part, parse_names, parse_reference, parse_touches,
    parse_trigger,
};
use migratable_core::mysql::{IntSize, MySqlType};

#[test]
fn columns_take_any_order_and_letter_case_and_are_written_in_one() {
    let cases = [
        ("INT  AUTO_INCREMENT", "int auto_increment"),
        ("null unsigned", ""),
        ("bigint null unsigned default 0", "bigint unsigned null default 0"),
        ("int(11)", "int(11)"),
        ("decimal", "decimal(10,0)"),
        ("decimal(5) default -1.5", "decimal(5,0) default -1.5"),
        ("char collate UTF8MB4_BIN", "char(1) collate utf8mb4_bin"),
        (
            "varchar( 50 ) default '' collate utf8mb4_bin null",
            "varchar(50) collate utf8mb4_bin null default ''",
        ),
        ("time(0)", "time"),
        ("bit", "bit(1)"),
        (
            "timestamp(6) on update current_timestamp(6) default current_timestamp(6)",
            "timestamp(6) default current_timestamp(6) on update current_timestamp(6)",
        ),
        (
            "enum( 'a' ,'it''s','c\\'\\\\') collate utf8mb4_bin",
            "enum('a','it''s','c''\\\\') collate utf8mb4_bin",
        ),
        (
            "varchar(101) collate utf8mb4_bin null generated (concat(a,' ',b))",
            "varchar(101) collate utf8mb4_bin null generated (concat(a,' ',b))",
        ),
        ("other( geometry srid 4326 ) null", "other(geometry srid 4326) null"),
    ];
    for (text, canonical) in cases {
        match parse_column(text) {
            Ok(column) => assert_eq!(column.to_string(), canonical, "{text}"),
            Err(error) => assert_eq!("", canonical, "{text}: {error}"),
        }
    }
}

#[test]
fn a_column_says_everything_its_text_said() {
    let column = parse_column("tinyint(1) unsigned null default 0").unwrap();
    let ty = MySqlType::Int { size: IntSize::Tiny, unsigned: true, display: Some(1) };
    assert_eq!(column.ty, SourceType::Known(ty));
    assert!(column.nullable && !column.auto_increment);
    assert_eq!(column.default.as_deref(), Some("0"));
    assert!(!parse_column("int").unwrap().nullable, "not null is the default");
}

#[test]
fn sql_that_has_no_end_of_its_own_is_put_in_parentheses() {
    let mut column = parse_column("int").unwrap();
    column.default = Some("a + 1".to_owned());
    assert_eq!(column.to_string(), "int default (a + 1)");
}

#[test]
fn foreign_keys_say_where_and_what() {
    let key = parse_reference("`order items`(id, `a``b`) ON UPDATE cascade on delete set null").unwrap();
    assert_eq!(
        (&key.table[..], &key.references[..]),
        ("order items", &["id".to_owned(), "a`b".to_owned()][..])
    );
    assert_eq!((key.on_delete, key.on_update), (Action::SetNull, Action::Cascade));
    assert_eq!(key.to_string(), "`order items`(id, `a``b`) on delete set null on update cascade");
    assert_eq!(parse_reference("users.id on delete restrict").unwrap().to_string(), "users.id");
    assert_eq!(parse_names("a, `b, c`").unwrap(), ["a", "b, c"]);
}

/// All of them as they are reported, each from a file that holds the text in quotes.
fn rendered<T: std::fmt::Debug>(texts: &[&str], parse: fn(&str) -> Result<T, TextError>) -> String {
    let diagnostics: Vec<Diagnostic> = texts
        .iter()
        .map(|text| {
            let error = parse(text).unwrap_err();
            let file = SourceFile::new("contract.yaml", format!("é: \"{text}\"\n"));
            let start = "é: \"".len();
            let place = Place::new(&file, start + error.range.start..start + error.range.end);
            Diagnostic::error(error.code, error.message).label(place, error.label).help(error.help)
        })
        .collect();
    render(&diagnostics, false)
}

#[test]
fn mistakes_in_types() {
    insta::assert_snapshot!(rendered(
        &[
            "",
            "%",
            "integer",
            "point",
            "varchr(50)",
            "frobnicate",
            "varchar collate utf8mb4_bin",
            "varchar(50",
            "varchar(x)",
            "varchar(70000) collate utf8mb4_bin",
            "char(1,2) collate utf8mb4_bin",
            "decimal(66)",
            "decimal(10,11)",
            "decimal(1,2,3)",
            "bit(65)",
            "time(7)",
            "text(10) collate utf8mb4_bin",
            "float(7,4)",
            "enum collate utf8mb4_bin",
            "enum(a) collate utf8mb4_bin",
            "enum('a','a') collate utf8mb4_bin",
            "set('a,b') collate utf8mb4_bin",
            "enum('a' collate utf8mb4_bin",
            "enum('a) collate utf8mb4_bin",
            "other()",
            "other",
            "varchar(50)",
            "int collate utf8mb4_bin",
            "date unsigned",
            "int(300)",
        ],
        parse_column,
    ));
}

#[test]
fn mistakes_in_options() {
    insta::assert_snapshot!(rendered(
        &[
            "int nul",
            "int frobnicate",
            "int , null",
            "int not null",
            "int zerofill",
            "int primary key",
            "int comment 'x'",
            "varchar(5) character set utf8mb4",
            "int null null",
            "int collate",
            "int default",
            "int default pending",
            "int default 1 + 2",
            "int default 1x",
            "int default (1",
            "int default - 'a'",
            "int on delete cascade",
            "datetime on update",
            "int on update current_timestamp",
            "date auto_increment",
            "int default null",
            "int auto_increment default 1",
            "int auto_increment generated (a)",
            "int default 1 generated (a)",
            "int generated always as (a)",
            "int generated ()",
        ],
        parse_column,
    ));
}

#[test]
fn mistakes_in_foreign_keys() {
    insta::assert_snapshot!(rendered(
        &[
            "",
            "users",
            "users.",
            "users(id",
            "users(id,)",
            "users()",
            "`users",
            "``.id",
            "users.id delete cascade",
            "users.id on delte cascade",
            "users.id on delete",
            "users.id on delete cascde",
            "users.id on delete no action",
            "users.id on delete frobnicate",
            "users.id on delete cascade on delete cascade",
            "users.id.x",
        ],
        parse_reference,
    ));
}

#[test]
fn mistakes_in_lists_of_names() {
    insta::assert_snapshot!(rendered(&["", "a,", "a b", "order-id", "`a"], parse_names));
}

#[test]
fn parts_of_keys_take_any_spacing_and_are_written_in_one() {
    for (text, canonical) in [
        ("a", "a"),
        (" `a` ", "a"),
        ("`a b`  DESC", "`a b` desc"),
        ("a ( 10 )", "a(10)"),
        ("a(10)desc", "a(10) desc"),
        ("desc", "desc"),
        ("desc desc", "desc desc"),
        ("( lower(a) )", "(lower(a))"),
        ("(a + ')') desc", "(a + ')') desc"),
    ] {
        assert_eq!(parse_key_part(text).map(|part| part.to_string()), Ok(canonical.to_owned()), "{text}");
    }
}

#[test]
fn triggers_and_objects_are_written_in_one_order() {
    let trigger = parse_trigger("before  update , writes b, sets a").unwrap();
    assert_eq!(trigger.to_string(), "before update, sets a, writes b");
    for (text, canonical) in [
        ("writes b, `c d`,reads a", "reads a, writes b, `c d`"),
        ("touches nothing", "touches nothing"),
        // Names that are words of the language.
        ("reads `writes`, `calls`", "reads `writes`, `calls`"),
        ("calls Reads", "calls Reads"),
    ] {
        assert_eq!(
            parse_touches(text).map(|touches| touches.to_string()),
            Ok(canonical.to_owned()),
            "{text}"
        );
    }
}

#[test]
fn mistakes_in_parts_of_keys() {
    insta::assert_snapshot!(rendered(
        &["", "a b", "a asc", "a desc desc", "a(", "a(0)", "a(b)", "a(10", "()", "(a", "a,b", "a.b"],
        parse_key_part,
    ));
}

#[test]
fn mistakes_in_triggers() {
    insta::assert_snapshot!(rendered(
        &[
            "",
            "on insert",
            "before",
            "before insrt",
            "after insert writes a",
            "after insert,",
            "after insert, a",
            "after insert, writes",
            "after insert, writes a, writes b",
            "after insert, writes a b",
        ],
        parse_trigger,
    ));
}

#[test]
fn mistakes_in_objects() {
    insta::assert_snapshot!(rendered(
        &["", "nothing", "raeds a", "sets a", "reads a, writes", "reads a, writes b, reads c", "reads a.b"],
        parse_touches,
    ));
}
