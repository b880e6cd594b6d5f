#![expect(clippy::unwrap_used, reason = "a panic is the failure")]

use migratable_core::value::{Date, DateTime, Decimal, Time};
use proptest::prelude::*;

use super::*;
use crate::entity::Entity;
use crate::fixture::{self, CREATED, ID, IN_TABLE, OF_USER, Order, SINCE};

fn after(plan: &Plan, pattern: &AccessPattern, by: &[Value], row: &[Value]) -> Cursor {
    Cursor::after(&Question { plan, pattern, by, ends: None }, row).unwrap()
}

fn values_of(
    cursor: &Cursor,
    plan: &Plan,
    pattern: &AccessPattern,
    by: &[Value],
) -> Result<Vec<Value>, Error> {
    cursor.values(&Question { plan, pattern, by, ends: None })
}

fn cursor() -> Cursor {
    let plan = Order::plan();
    after(plan, &plan.patterns[OF_USER], &[Value::Int(3)], &fixture::row())
}

fn values(cursor: &Cursor, pattern: usize, by: &[Value]) -> Result<Vec<Value>, Error> {
    let plan = Order::plan();
    values_of(cursor, plan, &plan.patterns[pattern], by)
}

#[test]
fn a_cursor_gives_back_the_row_it_is_after() {
    let row = fixture::row();
    let read: Cursor = cursor().to_string().parse().unwrap();
    assert_eq!(read, cursor());
    assert_eq!(values(&read, OF_USER, &[Value::Int(3)]).unwrap(), [row[CREATED].clone(), row[ID].clone()]);
}

#[test]
fn the_text_never_changes_between_versions() {
    // Cursors outlive deployments: a change of this text needs a new version byte.
    assert_eq!(cursor().to_string(), "AR_aFbHA3TosCwAAABoyMDI0LTAxLTMxIDEwOjAwOjAwLjAwMDAwMAEAAAAAAAAABw");
}

#[test]
fn a_cursor_of_another_list_or_of_other_parameters_is_refused() {
    for (pattern, by) in [(OF_USER, 4), (IN_TABLE, 3), (SINCE, 3)] {
        let error = values(&cursor(), pattern, &[Value::Int(by)]).unwrap_err();
        assert!(error.is_invalid_cursor(), "{error}");
    }
}

#[test]
fn a_cursor_of_the_same_list_over_other_columns_is_refused() {
    let mut plan = Order::plan().clone();
    plan.columns.to_mut()[CREATED].ty = migratable_core::mysql::MySqlType::Timestamp { fsp: 3 };
    let error = values_of(&cursor(), &plan, &plan.patterns[OF_USER], &[Value::Int(3)]).unwrap_err();
    assert!(error.is_invalid_cursor(), "{error}");
}

#[test]
fn every_changed_bit_is_noticed() {
    let bytes = cursor().bytes;
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let error = values(&Cursor { bytes: changed }, OF_USER, &[Value::Int(3)]).unwrap_err();
        assert!(error.is_invalid_cursor(), "bit {bit}: {error}");
    }
    for length in 0..bytes.len() {
        let cut = Cursor { bytes: bytes[..length].to_vec() };
        assert!(values(&cut, OF_USER, &[Value::Int(3)]).is_err(), "{length} bytes");
    }
}

#[test]
fn a_forged_check_does_not_let_wrong_values_in() {
    let plan = Order::plan();
    let pattern = &plan.patterns[OF_USER];
    let forge = |values: &[Value], rest: &[u8]| {
        let mut body = Vec::new();
        values.iter().for_each(|value| bytes::write(&mut body, value));
        body.extend(rest);
        let mut bytes = vec![VERSION];
        let list = Question { plan, pattern, by: &[Value::Int(3)], ends: None };
        bytes.extend(check(&list, &body).to_be_bytes());
        bytes.extend(body);
        values_of(&Cursor { bytes }, plan, pattern, &[Value::Int(3)])
    };
    let created = || fixture::row()[CREATED].clone();
    assert!(forge(&[created(), Value::Int(7)], &[]).is_ok());
    for (values, rest) in [
        (vec![], &[][..]),
        (vec![created()], &[]),
        (vec![created(), Value::Int(7)], &[0]),
        (vec![created(), Value::Null], &[]),
        (vec![created(), Value::Text("7".to_owned())], &[]),
        (vec![created(), Value::Int(i64::MAX)], &[]),
        // A set that claims four thousand million members.
        (vec![created()], &[12, 255, 255, 255, 255]),
        (vec![created()], &[99]),
    ] {
        assert!(forge(&values, rest).is_err_and(|error| error.is_invalid_cursor()), "{values:?} {rest:?}");
    }
}

#[test]
fn a_list_goes_on_after_a_row_with_an_invalid_enum_member_and_only_there() {
    use migratable_core::collation::Collation;
    use migratable_core::mysql::MySqlType;

    let mut plan = Order::plan().clone();
    let members = vec!["new".into(), "paid".into()].into();
    let collation = Collation::constant("utf8mb4_bin");
    plan.columns.to_mut()[CREATED].ty = MySqlType::Enum { members, collation };
    let pattern = &plan.patterns[OF_USER];
    let after = |status: &str| {
        let mut row = fixture::row();
        row[CREATED] = Value::Text(status.to_owned());
        let cursor = after(&plan, pattern, &[Value::Int(3)], &row);
        values_of(&cursor, &plan, pattern, &[Value::Int(3)])
    };
    for status in ["new", ""] {
        assert_eq!(after(status).unwrap(), [Value::Text(status.to_owned()), Value::Int(7)]);
    }
    assert!(after("lost").unwrap_err().is_invalid_cursor());
}

#[test]
fn one_number_is_one_parameter_however_it_is_written() {
    let plan = Order::plan();
    let pattern = &plan.patterns[fixture::OF_USER_WITH_TOTAL];
    let by = |text: &str| vec![Value::Int(3), Value::Decimal(Decimal::parse(text).unwrap())];
    let cursor = after(plan, pattern, &by("12.5"), &fixture::row());
    assert!(values_of(&cursor, plan, pattern, &by("12.50")).is_ok());
    assert!(values_of(&cursor, plan, pattern, &by("12.51")).is_err());
}

fn any_value() -> impl Strategy<Value = Value> {
    let date =
        || (0..=9999_u16, 0..=12_u8, 0..=31_u8).prop_map(|(year, month, day)| Date { year, month, day });
    let moment = move || {
        (date(), 0..24_u8, 0..60_u8, 0..60_u8, 0..1_000_000_u32)
            .prop_map(|(date, hour, minute, second, micros)| DateTime { date, hour, minute, second, micros })
    };
    prop_oneof![
        Just(Value::Null),
        any::<i64>().prop_map(Value::Int),
        any::<u64>().prop_map(Value::UInt),
        any::<f32>().prop_map(Value::Float),
        any::<f64>().prop_map(Value::Double),
        "-?[1-9][0-9]{0,34}\\.[0-9]{0,29}[1-9]"
            .prop_map(|text| Value::Decimal(Decimal::parse(&text).unwrap())),
        any::<String>().prop_map(Value::Text),
        any::<Vec<u8>>().prop_map(Value::Bytes),
        date().prop_map(Value::Date),
        any::<i64>().prop_map(|micros| Value::Time(Time { micros })),
        moment().prop_map(Value::DateTime),
        moment().prop_map(Value::Timestamp),
        any::<Vec<String>>().prop_map(Value::Set),
        any::<String>().prop_map(Value::Json),
    ]
}

proptest! {
    #[test]
    fn every_value_comes_back_exactly(values in proptest::collection::vec(any_value(), 0..5)) {
        let mut bytes = Vec::new();
        values.iter().for_each(|value| bytes::write(&mut bytes, value));
        let mut rest = bytes.as_slice();
        for value in &values {
            let read = bytes::read(&mut rest);
            prop_assert_eq!(read.as_ref(), Some(value));
        }
        prop_assert!(rest.is_empty());
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert!(values(&cursor, OF_USER, &[Value::Int(3)]).is_err());
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        let mut rest = bytes.as_slice();
        while bytes::read(&mut rest).is_some() {}
        let text = URL_SAFE_NO_PAD.encode(&bytes);
        if let Ok(cursor) = text.parse::<Cursor>() {
            prop_assert!(values(&cursor, OF_USER, &[Value::Int(3)]).is_err());
        }
    }
}

#[test]
fn a_cursor_of_other_ends_is_refused() {
    let plan = Order::plan();
    let pattern = plan.range_pattern(Some(1), 1).unwrap();
    let by = [Value::Int(3)];
    let end = |hour| Value::Timestamp(DateTime { hour, ..fixture::moment() });
    let questions = [
        None,
        Some(Ends::From(end(9))),
        Some(Ends::From(end(8))),
        Some(Ends::After(end(9))),
        Some(Ends::Until(end(9))),
        Some(Ends::Before(end(9))),
        Some(Ends::Between(end(9), end(9))),
        Some(Ends::Between(end(9), end(10))),
    ];
    let question = |ends| Question { plan, pattern: &pattern, by: &by, ends };
    for (mine, ends) in questions.iter().enumerate() {
        let cursor = Cursor::after(&question(ends.as_ref()), &fixture::row()).unwrap();
        for (other, ends) in questions.iter().enumerate() {
            assert_eq!(cursor.values(&question(ends.as_ref())).is_ok(), mine == other, "{mine} {other}");
        }
    }
}
