//! The statements of a plan, word by word: each clause is what keeps a row from being misread, missed or overwritten.

use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{Ends, KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Join, KeyAttribute, KeySource, PatternKind, Plan,
};
use migratable_core::sql;
use migratable_core::value::{Decimal, Value};

const AMOUNT: usize = 0;
const CODE: usize = 1;
const WORD: usize = 2;
const SEEN: usize = 3;
const SIZE: usize = 4;
const DOUBLED: usize = 5;
const OWNER: usize = 6;

fn plan() -> Plan {
    let text = |name| MySqlType::VarChar { length: 9, collation: Collation::constant(name) };
    let column = |table, name, ty| {
        let (name, generated) = (Text::Borrowed(name), name == "doubled");
        Column { table, name, ty, nullable: false, generated, zero_dates: ZeroDates::Refuse, when_null: None }
    };
    let columns = vec![
        column(0, "amount", MySqlType::Decimal { precision: 8, scale: 3, unsigned: false }),
        column(0, "co`de", text("utf8mb4_bin")),
        column(0, "word", text("utf8mb4_0900_bin")),
        column(0, "seen", MySqlType::Timestamp { fsp: 3 }),
        column(0, "size", MySqlType::Float { unsigned: false }),
        column(0, "doubled", MySqlType::Int { size: IntSize::Int, unsigned: false, display: None }),
        column(1, "name", text("utf8mb4_0900_bin")),
    ];
    let attributes = (0..columns.len()).map(|column| Attribute {
        name: format!("a{column}").into(),
        column,
        ty: AttributeType::S,
    });
    let parts = vec![KeyPart::Column { column: AMOUNT, fold: false }];
    let source = KeySource::Template(KeyTemplate { parts: parts.into() });
    Plan {
        entity: "Thing".into(),
        table: "Things".into(),
        root: "thi`ngs".into(),
        joins: vec![Join {
            table: "owners".into(),
            parent: 0,
            on: vec![("owner".into(), "id".into())].into(),
        }]
        .into(),
        attributes: attributes.collect::<Vec<_>>().into(),
        columns: columns.into(),
        partition: KeyAttribute { name: "PK".into(), source },
        sort: None,
        indexes: vec![].into(),
        primary_key: vec![AMOUNT, CODE, WORD].into(),
        checks: vec![].into(),
        filter: None,
        ids: None,
        references: Default::default(),
        referrers: Default::default(),
        markers: Default::default(),
        secrets: Default::default(),
        snapshots: Default::default(),
        maps: Default::default(),
        derived: Default::default(),
        patterns: vec![].into(),
        memo: Default::default(),
        fields: vec![].into(),
    }
}

const SELECT: &str = "SELECT CAST(t0.`amount` AS CHAR), t0.`co``de`, t0.`word`, CAST(t0.`seen` AS CHAR), \
                      t0.`size` + 0e0, t0.`doubled`, t1.`name` FROM `thi``ngs` AS t0 \
                      LEFT JOIN `owners` AS t1 ON t1.`id` = t0.`owner`";

#[test]
fn a_get_takes_two_rows_so_that_a_second_one_is_seen() {
    let sql = sql::pattern_sql(&plan(), &[AMOUNT, OWNER], &[], PatternKind::Get);
    let filter = "t0.`amount` = CAST(? AS DECIMAL(8,3)) AND t1.`name` = ?";
    assert_eq!(sql.first, format!("{SELECT} WHERE {filter} LIMIT 2"));
    assert!(sql.after.is_empty() && sql.first_descending.is_empty() && sql.after_descending.is_empty());
}

#[test]
fn a_list_goes_on_after_a_row_in_the_order_of_its_keys() {
    let plan = plan();
    let order = [CODE, SEEN, WORD];
    let sql = sql::pattern_sql(&plan, &[AMOUNT], &order, PatternKind::List { page: 9 });
    let code = "CAST(TRIM(TRAILING ' ' FROM CONVERT(t0.`co``de` USING utf8mb4)) AS BINARY)";
    let word = "CAST(CONVERT(t0.`word` USING utf8mb4) AS BINARY)";
    let filter = "t0.`amount` = CAST(? AS DECIMAL(8,3))";
    let after = |operator: &str| {
        let last = format!("{word} {operator} CAST(? AS BINARY)");
        let seen = format!("t0.`seen` {operator}= ? AND (t0.`seen` {operator} ? OR ({last}))");
        format!("{code} {operator}= CAST(? AS BINARY) AND ({code} {operator} CAST(? AS BINARY) OR ({seen}))")
    };
    let ascending = format!("ORDER BY {code}, t0.`seen`, {word} LIMIT ?");
    let descending = format!("ORDER BY {code} DESC, t0.`seen` DESC, {word} DESC LIMIT ?");
    assert_eq!(sql.first, format!("{SELECT} WHERE {filter} {ascending}"));
    assert_eq!(sql.after, format!("{SELECT} WHERE {filter} AND {} {ascending}", after(">")));
    assert_eq!(sql.first_descending, format!("{SELECT} WHERE {filter} {descending}"));
    assert_eq!(sql.after_descending, format!("{SELECT} WHERE {filter} AND {} {descending}", after("<")));
    assert_eq!(sql::keyset_binds(&order), [CODE, CODE, SEEN, SEEN, WORD]);
    assert_eq!(sql::keyset_binds(&[]), []);
}

#[test]
fn writes_leave_out_what_mysql_computes_and_what_other_tables_hold() {
    let plan = plan();
    assert_eq!(
        sql::insert(&plan),
        "INSERT INTO `thi``ngs` (`amount`, `co``de`, `word`, `seen`, `size`) VALUES (?, ?, ?, ?, ?)"
    );
    assert_eq!(sql::written_columns(&plan).collect::<Vec<_>>(), [AMOUNT, CODE, WORD, SEEN, SIZE]);
    assert!(!sql::written_columns(&plan).any(|column| column == DOUBLED || column == OWNER));
}

#[test]
fn an_update_is_by_the_whole_primary_key_and_sets_another_spelling_of_it() {
    let plan = plan();
    let key = "t0.`amount` = CAST(? AS DECIMAL(8,3)) AND t0.`co``de` = ? AND t0.`word` = ?";
    assert_eq!(sql::lock(&plan), format!("SELECT 1 FROM `thi``ngs` AS t0 WHERE {key} FOR UPDATE"));
    // `word` has one spelling; of `co``de`, blanks at the end may differ.
    let update = format!("UPDATE `thi``ngs` AS t0 SET `co``de` = ?, `seen` = ?, `size` = ? WHERE {key}");
    assert_eq!(sql::update(&plan), Some(update));
    assert_eq!(sql::updated_columns(&plan).collect::<Vec<_>>(), [CODE, SEEN, SIZE]);
    let mut bare = plan.clone();
    bare.columns = vec![plan.columns[AMOUNT].clone()].into();
    bare.primary_key = vec![AMOUNT].into();
    assert_eq!(sql::update(&bare), None);
}

#[test]
fn the_ends_of_a_range_are_compared_as_the_order_compares() {
    let plan = plan();
    let pattern = AccessPattern {
        name: "range".into(),
        kind: PatternKind::List { page: 9 },
        by: vec![AMOUNT].into(),
        index: None,
        order: vec![CODE, SEEN].into(),
        cursor: vec![CODE, SEEN].into(),
        sql: sql::pattern_sql(&plan, &[], &[], PatternKind::Get),
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let code = "CAST(TRIM(TRAILING ' ' FROM CONVERT(t0.`co``de` USING utf8mb4)) AS BINARY)";
    let start = format!("{SELECT} WHERE t0.`amount` = CAST(? AS DECIMAL(8,3))");
    let order = format!("ORDER BY {code}, t0.`seen` LIMIT ?");
    for (ends, condition) in [
        (Ends::Between(text("a"), text("b")), "BETWEEN CAST(? AS BINARY) AND CAST(? AS BINARY)"),
        (Ends::From(text("a")), ">= CAST(? AS BINARY)"),
        (Ends::After(text("a")), "> CAST(? AS BINARY)"),
        (Ends::Until(text("a")), "<= CAST(? AS BINARY)"),
        (Ends::Before(text("a")), "< CAST(? AS BINARY)"),
    ] {
        let sql = sql::range(&plan, &pattern, Some((CODE, &ends)), false, false);
        assert_eq!(sql, format!("{start} AND {code} {condition} {order}"));
    }
    assert_eq!(sql::range(&plan, &pattern, None, false, false), format!("{start} {order}"));
    let ends = Ends::From(text("a"));
    let next = format!("{code} <= CAST(? AS BINARY) AND ({code} < CAST(? AS BINARY) OR (t0.`seen` < ?))");
    assert_eq!(
        sql::range(&plan, &pattern, Some((CODE, &ends)), true, true),
        format!(
            "{start} AND {code} >= CAST(? AS BINARY) AND {next} ORDER BY {code} DESC, t0.`seen` DESC LIMIT ?"
        )
    );
    // A number is compared as a number, so that an index of its column answers.
    let number = Ends::Between(Value::Decimal(Decimal::parse("1").expect("a decimal")), text("unused"));
    let sql = sql::range(&plan, &pattern, Some((AMOUNT, &number)), false, false);
    let cast = "CAST(? AS DECIMAL(8,3))";
    assert_eq!(sql, format!("{start} AND t0.`amount` BETWEEN {cast} AND {cast} {order}"));
}
