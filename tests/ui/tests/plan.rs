//! The constants the derive emits are the plans the contract compiles to, and structs survive the way to a row and to an
//! item and back.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use migratable::types::{BigDecimal, Decimal, Json, NaiveDate, Time, ZeroableDate};
use migratable::{Entity, Migratable};
use migratable_contract::diagnostic::{SourceFile, render};

#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: u32,
    number: Option<String>,
    status: String,
    total: Decimal,
    placed_at: migratable::types::NaiveDateTime,
}

// Not in the contract's order: fields are found by their names.
#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "contracts/shop.yaml")]
struct Measurement {
    r#type: Option<i8>,
    id: u64,
    flag: bool,
    small: i16,
    medium: u32,
    bits: u64,
    vintage: u16,
    ratio: f32,
    precise: f64,
    wide: Option<BigDecimal>,
    code: String,
    notes: Option<String>,
    hash: [u8; 16],
    picture: Option<Vec<u8>>,
    born: Option<NaiveDate>,
    died: Option<ZeroableDate>,
    took: Time,
    seen: migratable::types::DateTime<migratable::types::Utc>,
    flags: Vec<String>,
    document: Option<Json>,
}

fn compiled(entity: &str) -> migratable_contract::model::Entity {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/contracts/shop.yaml");
    let file = SourceFile::new("shop.yaml", fs::read_to_string(path).unwrap());
    let outcome = migratable_contract::load(&file);
    let contract = outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)));
    contract.entities.into_iter().find(|found| found.name == entity).unwrap()
}

fn order() -> Order {
    Order {
        order_id: -7,
        user_id: u32::MAX,
        number: None,
        status: "pending".to_owned(),
        total: Decimal::new(-1250, 2),
        placed_at: NaiveDate::from_ymd_opt(2024, 2, 29).unwrap().and_hms_opt(23, 59, 59).unwrap(),
    }
}

fn measurement() -> Measurement {
    Measurement {
        r#type: Some(-128),
        id: u64::MAX,
        flag: true,
        small: i16::MIN,
        medium: 16_777_215,
        bits: 511,
        vintage: 1901,
        ratio: 0.1,
        precise: -1e100,
        wide: Some("12345678901234567890123456789012345.123456789012345678901234567891".parse().unwrap()),
        code: "é".to_owned(),
        notes: Some(String::new()),
        hash: [0xff; 16],
        picture: None,
        born: NaiveDate::from_ymd_opt(1, 1, 1),
        died: Some(ZeroableDate { year: 2024, month: 0, day: 0 }),
        took: Time::default(),
        seen: order().placed_at.and_utc(),
        flags: vec!["a".to_owned(), "b".to_owned()],
        document: None,
    }
}

#[test]
fn constants_are_the_plans_of_the_contract() {
    assert_eq!(*Order::plan(), compiled("Order").plan);
    assert_eq!(*Measurement::plan(), compiled("Measurement").plan);
}

#[test]
fn rows_come_back() {
    assert_eq!(Order::from_row(order().to_row().unwrap()).unwrap(), order());
    assert_eq!(Measurement::from_row(measurement().to_row().unwrap()).unwrap(), measurement());
}

#[test]
fn items_come_back() {
    assert_eq!(Order::from_item(&order().to_item().unwrap()).unwrap(), order());
    assert_eq!(Measurement::from_item(&measurement().to_item().unwrap()).unwrap(), measurement());
}

#[test]
fn a_row_of_another_plan_is_refused() {
    let mut row = order().to_row().unwrap();
    row.pop();
    assert!(Order::from_row(row).is_err());
}

#[test]
fn a_wrong_value_is_said_by_its_field() {
    let mut row = order().to_row().unwrap();
    row[4] = migratable::types::Value::Null;
    assert_eq!(Order::from_row(row).unwrap_err().field, "total");
}

#[test]
fn keys_name_the_fields_of_the_first_pattern() {
    assert_eq!(order().key(), OrderKey { order_id: -7 });
    assert_eq!(measurement().key(), MeasurementKey { id: u64::MAX });
}

#[test]
fn fields_that_cannot_be_values_are_all_named_with_those_that_do_not_fit() {
    let born = NaiveDate::from_ymd_opt(-1, 1, 1);
    let wrong = Measurement {
        ratio: f32::NAN,
        precise: f64::INFINITY,
        born,
        medium: 1 << 24,
        flags: vec!["no such flag".to_owned()],
        ..measurement()
    };
    let invalid = wrong.validate().unwrap_err();
    let failed: Vec<(&str, &str)> =
        invalid.failures().iter().map(|failure| (failure.path.as_ref(), failure.code())).collect();
    let expected = [
        ("medium", "above"),
        ("ratio", "range"),
        ("precise", "range"),
        ("born", "range"),
        ("flags[0]", "member"),
    ];
    assert_eq!(failed, expected);
    assert_eq!(wrong.to_row().unwrap_err().field, "ratio");
}
