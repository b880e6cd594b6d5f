//! Rows to items and back: what a row, a column and a policy decide, beyond what the codec's tests hold.

use migratable_core::collation::Collation;
use migratable_core::dynamodb::{AttributeType, AttributeValue, ENTITY_ATTRIBUTE, Item};
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, MySqlType, ZeroDates};
use migratable_core::plan::{Attribute, Column, Index, KeyAttribute, KeySource, Plan};
use migratable_core::value::{Date, Row, Value};
use migratable_core::{Text, ValueError, projection};

const ID: usize = 0;
const EMAIL: usize = 1;
const BORN: usize = 2;

fn column(name: &'static str, ty: MySqlType, nullable: bool) -> Column {
    let zero_dates = ZeroDates::Refuse;
    Column {
        table: 0,
        name: Text::Borrowed(name),
        ty,
        nullable,
        generated: false,
        zero_dates,
        when_null: None,
    }
}

fn template(name: &'static str, literal: &'static str, column: usize, fold: bool) -> KeyAttribute {
    let parts = vec![KeyPart::Literal(Text::Borrowed(literal)), KeyPart::Column { column, fold }];
    let source = KeySource::Template(KeyTemplate { parts: parts.into() });
    KeyAttribute { name: Text::Borrowed(name), source }
}

/// Users by id; an index by folded email, and one by the day of birth as it is.
fn plan() -> Plan {
    let email = MySqlType::VarChar { length: 20, collation: Collation::constant("utf8mb4_general_ci") };
    let attribute = |name, column, ty| Attribute { name: Text::Borrowed(name), column, ty };
    let born = KeyAttribute { name: "born".into(), source: KeySource::Attribute(BORN) };
    Plan {
        entity: "User".into(),
        table: "Users".into(),
        root: "users".into(),
        joins: vec![].into(),
        columns: vec![
            column("id", MySqlType::Int { size: IntSize::Int, unsigned: false, display: None }, false),
            column("email", email, true),
            column("born", MySqlType::Date, true),
        ]
        .into(),
        attributes: vec![
            attribute("user_id", ID, AttributeType::N),
            attribute("email", EMAIL, AttributeType::S),
            attribute("born", BORN, AttributeType::S),
        ]
        .into(),
        partition: template("PK", "USER#", ID, false),
        sort: None,
        indexes: vec![
            Index {
                name: "ByEmail".into(),
                partition: vec![template("GPK", "", EMAIL, true)].into(),
                sort: vec![].into(),
            },
            Index { name: "ByDay".into(), partition: vec![born].into(), sort: vec![].into() },
        ]
        .into(),
        primary_key: vec![ID].into(),
        checks: vec![].into(),
        filter: None,
        markers: Default::default(),
        ids: None,
        references: Default::default(),
        referrers: Default::default(),
        secrets: Default::default(),
        snapshots: Default::default(),
        maps: Default::default(),
        derived: Default::default(),
        patterns: vec![].into(),
        memo: Default::default(),
        fields: vec![].into(),
    }
}

fn row() -> Row {
    let born = Date { year: 1990, month: 2, day: 3 };
    vec![Value::Int(7), Value::Text("Bob".to_owned()), Value::Date(born)]
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

#[test]
fn an_item_is_the_rows_attributes_its_keys_and_its_entity() {
    let item = projection::item(&plan(), &row()).expect("a row of the plan");
    let expected = Item::from([
        (ENTITY_ATTRIBUTE.to_owned(), text("User")),
        ("PK".to_owned(), text("USER#0000000007")),
        ("GPK".to_owned(), text("bob")),
        ("user_id".to_owned(), AttributeValue::N("7".to_owned())),
        ("email".to_owned(), text("Bob")),
        ("born".to_owned(), text("1990-02-03")),
    ]);
    assert_eq!(item, expected);
    assert_eq!(projection::row(&plan(), &item), Ok(row()));
}

#[test]
fn null_leaves_attribute_and_index_key_out_and_comes_back() {
    let row = vec![Value::Int(7), Value::Null, Value::Null];
    let item = projection::item(&plan(), &row).expect("a row of the plan");
    assert_eq!(item.keys().collect::<Vec<_>>(), ["PK", ENTITY_ATTRIBUTE, "user_id"]);
    assert_eq!(projection::row(&plan(), &item), Ok(row));
}

/// The place and the reason of an error.
fn fault<T: std::fmt::Debug>(outcome: Result<T, projection::ProjectionError>) -> (String, ValueError) {
    let error = outcome.expect_err("it can't be");
    assert_eq!(error.to_string(), format!("User.{}", error.place));
    (error.place, error.source)
}

#[test]
fn null_is_refused_where_the_column_or_the_tables_key_needs_a_value() {
    let mut no_id = row();
    no_id[ID] = Value::Null;
    assert_eq!(fault(projection::item(&plan(), &no_id)), ("PK".to_owned(), ValueError::Null));
    let mut item = projection::item(&plan(), &row()).expect("a row of the plan");
    item.remove("user_id");
    assert_eq!(fault(projection::row(&plan(), &item)), ("user_id".to_owned(), ValueError::Null));
}

#[test]
fn an_empty_text_is_a_value_and_no_key() {
    let mut empty = row();
    empty[EMAIL] = Value::Text(String::new());
    let (place, reason) = fault(projection::item(&plan(), &empty));
    assert!(place == "GPK" && matches!(reason, ValueError::DynamoDb { .. }), "{place}: {reason}");
    let mut plan = plan();
    plan.indexes = vec![].into();
    let item = projection::item(&plan, &empty).expect("only keys can't be empty");
    assert_eq!(item.get("email"), Some(&text("")));
    assert_eq!(projection::row(&plan, &item), Ok(empty));
}

#[test]
fn zero_dates_pass_where_they_are_kept_and_nowhere_else() {
    let zero = Value::Date(Date { year: 0, month: 0, day: 0 });
    let with_zero = vec![Value::Int(7), Value::Null, zero];
    assert_eq!(fault(projection::item(&plan(), &with_zero)), ("born".to_owned(), ValueError::ZeroDate));
    let mut keeping = plan();
    keeping.columns.to_mut()[BORN].zero_dates = ZeroDates::Keep;
    let item = projection::item(&keeping, &with_zero).expect("zero dates are kept");
    assert_eq!(item.get("born"), Some(&text("0000-00-00")));
    assert_eq!(projection::row(&keeping, &item), Ok(with_zero));
    assert_eq!(fault(projection::row(&plan(), &item)), ("born".to_owned(), ValueError::ZeroDate));
}

#[test]
fn a_row_of_another_plan_is_an_error_not_a_panic() {
    let plan = plan();
    for row in [vec![], row()[..2].to_vec(), [row(), row()].concat()] {
        assert_eq!(fault(projection::item(&plan, &row)).0, "row");
        assert_eq!(fault(projection::key(&plan, &row)).0, "row");
        assert_eq!(fault(projection::key_value(&plan, &plan.partition, &row)).0, "row");
    }
    let KeySource::Template(template) = &plan.partition.source else { panic!("a template") };
    assert!(template.build(&plan.columns, &[]).is_err());
}
