//! Every value comes back from its attribute as it was, whatever the type.

use migratable_core::arbitrary::{any_type, value_of};
use migratable_core::codec::{decode, encode};
use migratable_core::collation::Collation;
use migratable_core::dynamodb::{AttributeType, AttributeValue};
use migratable_core::mysql::{IntSize, LobSize, MySqlType};
use migratable_core::value::{Date, DateTime, Decimal, Time, Value};
use proptest::prelude::*;

/// Magnitudes DynamoDB numbers don't have.
fn outside_dynamodb(value: &Value) -> bool {
    let exceeds = |magnitude: f64| magnitude != 0.0 && !(1e-130..1e126).contains(&magnitude);
    match value {
        Value::Float(number) => exceeds(f64::from(*number).abs()),
        Value::Double(number) => exceeds(number.abs()),
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn a_value_survives_its_attribute(
        (ty, value) in any_type().prop_flat_map(|ty| { let values = value_of(&ty); (Just(ty), values) }),
    ) {
        prop_assert_eq!(ty.check(&value), Ok(()));
        for attribute in ty.attribute_types() {
            if *attribute == AttributeType::Bool { continue; }
            let encoded = encode(&ty, *attribute, &value);
            if outside_dynamodb(&value) {
                prop_assert!(encoded.is_err());
                continue;
            }
            let encoded = encoded.expect("what the column holds, the attribute holds");
            prop_assert_eq!(decode(&ty, *attribute, encoded.as_ref()), Ok(value.clone()), "as {}", attribute);
        }
    }

    #[test]
    fn numbers_fit_dynamodb(
        (ty, value) in any_type().prop_flat_map(|ty| { let values = value_of(&ty); (Just(ty), values) }),
    ) {
        if let Ok(Some(AttributeValue::N(digits))) = encode(&ty, AttributeType::N, &value) {
            let number = Decimal::parse(&digits).expect("a number");
            let significant = number.normalized().trim_matches(|c| "-0.".contains(c)).replace('.', "").len();
            prop_assert!(significant <= 38, "{} has {} digits", digits, significant);
            prop_assert!(!digits.contains(['e', 'E', '+']));
        }
    }
}

const fn int(size: IntSize, unsigned: bool, display: Option<u8>) -> MySqlType {
    MySqlType::Int { size, unsigned, display }
}

#[test]
fn traps_are_carried_exactly() {
    let decimal = |precision, scale| MySqlType::Decimal { precision, scale, unsigned: false };
    let text = MySqlType::VarChar { length: 9, collation: Collation::constant("utf8mb4_0900_ai_ci") };
    let cases = [
        (
            int(IntSize::Big, true, None),
            Value::UInt(u64::MAX),
            AttributeValue::N("18446744073709551615".into()),
        ),
        (
            MySqlType::Bit { length: 64 },
            Value::UInt(u64::MAX),
            AttributeValue::N("18446744073709551615".into()),
        ),
        (int(IntSize::Tiny, false, Some(1)), Value::Int(9), AttributeValue::N("9".into())),
        (
            decimal(10, 2),
            Value::Decimal(Decimal::parse("1.50").expect("a decimal")),
            AttributeValue::N("1.5".into()),
        ),
        (
            decimal(65, 30),
            Value::Decimal(
                Decimal::parse(&format!("{}.{}", "9".repeat(35), "9".repeat(30))).expect("a decimal"),
            ),
            AttributeValue::S(format!("{}.{}", "9".repeat(35), "9".repeat(30))),
        ),
        (MySqlType::Float { unsigned: false }, Value::Float(0.1), AttributeValue::N("0.1".into())),
        (
            MySqlType::Float { unsigned: false },
            Value::Float(16_777_216.0),
            AttributeValue::N("16777216".into()),
        ),
        (text, Value::Text(String::new()), AttributeValue::S(String::new())),
    ];
    for (ty, value, expected) in cases {
        let encoded = encode(&ty, ty.default_attribute_type(), &value).expect("it fits");
        assert_eq!(encoded.as_ref(), Some(&expected), "{ty}");
        assert_eq!(decode(&ty, ty.default_attribute_type(), encoded.as_ref()), Ok(value), "{ty}");
    }
}

#[test]
fn null_is_absent_and_the_null_type_is_null() {
    let ty = int(IntSize::Int, false, None);
    assert_eq!(encode(&ty, AttributeType::N, &Value::Null), Ok(None));
    assert_eq!(decode(&ty, AttributeType::N, None), Ok(Value::Null));
    assert_eq!(decode(&ty, AttributeType::N, Some(&AttributeValue::Null)), Ok(Value::Null));
}

#[test]
fn an_empty_set_is_not_null() {
    let members = ["a", "b"].map(migratable_core::Text::from).to_vec();
    let ty = MySqlType::Set { members: members.into(), collation: Collation::constant("utf8mb4_bin") };
    let empty = Value::Set(Vec::new());
    assert_eq!(encode(&ty, AttributeType::L, &empty), Ok(Some(AttributeValue::L(Vec::new()))));
    assert_eq!(encode(&ty, AttributeType::Ss, &empty), Ok(None));
    assert_eq!(decode(&ty, AttributeType::Ss, None), Ok(empty));
}

#[test]
fn what_mysql_would_change_is_refused() {
    let char_type = |length| MySqlType::Char { length, collation: Collation::constant("utf8mb4_0900_ai_ci") };
    let decimal = MySqlType::Decimal { precision: 5, scale: 2, unsigned: true };
    let number = |text| Value::Decimal(Decimal::parse(text).expect("a decimal"));
    for (ty, value) in [
        (int(IntSize::Tiny, false, None), Value::Int(128)),
        (int(IntSize::Tiny, true, None), Value::UInt(256)),
        (int(IntSize::Medium, false, None), Value::Int(-8_388_609)),
        (int(IntSize::Int, true, None), Value::Int(1)),
        (char_type(3), Value::Text("abcd".into())),
        (char_type(3), Value::Text("a ".into())),
        (decimal.clone(), number("1000")),
        (decimal.clone(), number("1.234")),
        (decimal, number("-1")),
        (MySqlType::Binary { length: 4 }, Value::Bytes(vec![1])),
        (MySqlType::Year, Value::UInt(1900)),
        (MySqlType::Bit { length: 3 }, Value::UInt(8)),
        (MySqlType::Double { unsigned: false }, Value::Double(f64::NAN)),
        (
            MySqlType::Timestamp { fsp: 0 },
            Value::Timestamp(DateTime::parse("2038-01-19 03:14:08").expect("a time")),
        ),
        (
            MySqlType::DateTime { fsp: 0 },
            Value::DateTime(DateTime::parse("2024-01-01 00:00:00.5").expect("a time")),
        ),
    ] {
        assert!(ty.check(&value).is_err(), "{ty} takes {value:?}");
    }
}

#[test]
fn only_0_and_1_are_flags() {
    let ty = int(IntSize::Tiny, false, Some(1));
    assert_eq!(encode(&ty, AttributeType::Bool, &Value::Int(1)), Ok(Some(AttributeValue::Bool(true))));
    assert!(encode(&ty, AttributeType::Bool, &Value::Int(9)).is_err());
    assert_eq!(decode(&ty, AttributeType::Bool, Some(&AttributeValue::Bool(false))), Ok(Value::Int(0)));
}

#[test]
fn a_date_or_time_no_column_holds_is_refused_whatever_its_fields_say() {
    let date = Date { year: 2024, month: 1, day: 31 };
    let moment = DateTime { date, hour: 10, minute: 0, second: 0, micros: 0 };
    for wrong in [Date { month: 13, ..date }, Date { day: 32, ..date }, Date { year: 10_000, ..date }] {
        assert!(MySqlType::Date.check(&Value::Date(wrong)).is_err(), "{wrong:?}");
        let moment = Value::DateTime(DateTime { date: wrong, ..moment });
        assert!(MySqlType::DateTime { fsp: 6 }.check(&moment).is_err(), "{moment:?}");
    }
    for wrong in [
        DateTime { hour: 24, ..moment },
        DateTime { minute: 60, ..moment },
        DateTime { second: 60, ..moment },
        DateTime { micros: 1_000_000, ..moment },
    ] {
        assert!(MySqlType::DateTime { fsp: 6 }.check(&Value::DateTime(wrong)).is_err(), "{wrong:?}");
        assert!(MySqlType::Timestamp { fsp: 6 }.check(&Value::Timestamp(wrong)).is_err(), "{wrong:?}");
    }
    for micros in [Time::MAX_MICROS + 1, -Time::MAX_MICROS - 1, i64::MIN] {
        let time = Value::Time(Time { micros });
        assert!(MySqlType::Time { fsp: 6 }.check(&time).is_err(), "{micros}");
    }
}

#[test]
fn the_only_zero_timestamp_is_all_zeros() {
    let ty = MySqlType::Timestamp { fsp: 0 };
    let check = |text: &str| ty.check(&Value::Timestamp(DateTime::parse(text).expect("a time")));
    assert_eq!(check("0000-00-00 00:00:00"), Ok(()));
    for text in ["2024-00-15 00:00:00", "2024-02-30 00:00:00", "0000-00-00 10:00:00"] {
        assert!(check(text).is_err(), "a TIMESTAMP can't be {text}");
    }
}

#[test]
fn zeros_after_the_point_are_no_digits_to_dynamodb() {
    let ty = MySqlType::Decimal { precision: 38, scale: 2, unsigned: false };
    let number = Decimal::parse(&format!("{}.{}", "9".repeat(36), "0".repeat(40))).expect("a decimal");
    assert_eq!(ty.check(&Value::Decimal(number.clone())), Ok(()));
    let encoded = encode(&ty, AttributeType::N, &Value::Decimal(number));
    assert_eq!(encoded, Ok(Some(AttributeValue::N("9".repeat(36)))));
}

#[test]
fn a_text_is_measured_in_the_bytes_of_its_character_set() {
    let text = |collation| MySqlType::Text { size: LobSize::Tiny, collation: Collation::constant(collation) };
    let han = Value::Text("\u{65e5}".repeat(127));
    // Two bytes each in GBK and UTF-16, three in UTF-8.
    assert_eq!(text("gbk_bin").check(&han), Ok(()));
    assert_eq!(text("utf16_bin").check(&han), Ok(()));
    assert!(text("utf8mb4_bin").check(&han).is_err());
    let latin = Value::Text("a".repeat(128));
    assert!(text("utf16_bin").check(&latin).is_err());
    assert!(text("ucs2_bin").check(&latin).is_err());
    assert!(text("utf32_bin").check(&Value::Text("a".repeat(64))).is_err());
    assert_eq!(text("latin1_bin").check(&Value::Text("é".repeat(255))), Ok(()));
}

#[test]
fn what_a_column_cannot_hold_never_becomes_an_attribute() {
    let letters = MySqlType::VarChar { length: 2, collation: Collation::constant("utf8mb4_bin") };
    for (ty, value) in [
        (int(IntSize::Tiny, false, None), Value::Int(128)),
        (letters, Value::Text("abc".into())),
        (MySqlType::Binary { length: 2 }, Value::Bytes(vec![1])),
        (MySqlType::Year, Value::UInt(1900)),
    ] {
        for attribute in ty.attribute_types() {
            assert!(encode(&ty, *attribute, &value).is_err(), "{ty} as {attribute} takes {value:?}");
        }
    }
}

#[test]
fn a_decimal_as_text_has_its_columns_digits_however_it_is_written() {
    let ty = MySqlType::Decimal { precision: 40, scale: 3, unsigned: false };
    for text in ["1.5", "1.50000", "01.500"] {
        let encoded =
            encode(&ty, AttributeType::S, &Value::Decimal(Decimal::parse(text).expect("a decimal")));
        assert_eq!(encoded, Ok(Some(AttributeValue::S("1.500".into()))), "{text}");
    }
}

#[test]
fn numbers_dynamodb_has_no_room_for_are_refused_not_rounded() {
    let ty = MySqlType::Double { unsigned: false };
    for number in [1e125, 9.99e125, 1e-130, -1e125, 0.0] {
        assert!(encode(&ty, AttributeType::N, &Value::Double(number)).is_ok(), "{number:e}");
    }
    for number in [1e126, -1e126, 9.99e-131, f64::MIN_POSITIVE, f64::MAX] {
        assert!(encode(&ty, AttributeType::N, &Value::Double(number)).is_err(), "{number:e}");
    }
}

#[test]
fn a_number_its_column_cannot_hold_is_not_read() {
    let digits = |digits: &str| Some(AttributeValue::N(digits.to_owned()));
    for (ty, number) in [
        (int(IntSize::Tiny, false, None), "128"),
        (int(IntSize::Tiny, true, None), "-1"),
        (int(IntSize::Int, false, None), "1.5"),
        (MySqlType::Bit { length: 3 }, "8"),
        (MySqlType::Year, "1900"),
        (MySqlType::Decimal { precision: 4, scale: 2, unsigned: true }, "100"),
        (MySqlType::Decimal { precision: 4, scale: 2, unsigned: true }, "-1"),
        (MySqlType::Decimal { precision: 4, scale: 2, unsigned: true }, "0.001"),
    ] {
        assert!(decode(&ty, AttributeType::N, digits(number).as_ref()).is_err(), "{ty} reads {number}");
    }
    // Whatever spelling a store returns.
    for number in ["42", "42.0", "4.2E1", "042"] {
        let read = decode(&int(IntSize::Tiny, false, None), AttributeType::N, digits(number).as_ref());
        assert_eq!(read, Ok(Value::Int(42)), "{number}");
    }
}

/// What stands in tables must never change, and neither may this.
#[test]
fn what_is_written_stays_what_it_is() {
    let date = |year, month, day| Date { year, month, day };
    let at = |micros| DateTime { date: date(2024, 2, 9), hour: 7, minute: 5, second: 3, micros };
    let decimal = |text: &str| Value::Decimal(Decimal::parse(text).expect("a decimal"));
    let of = |precision, scale| MySqlType::Decimal { precision, scale, unsigned: false };
    let (n, s) = (AttributeType::N, AttributeType::S);
    let double = MySqlType::Double { unsigned: false };
    let cases = [
        (int(IntSize::Big, false, None), n, Value::Int(i64::MIN), "-9223372036854775808"),
        (int(IntSize::Big, true, None), s, Value::UInt(u64::MAX), "18446744073709551615"),
        (MySqlType::Year, n, Value::UInt(1999), "1999"),
        (of(12, 2), n, decimal("1000.00"), "1000"),
        (of(12, 2), n, decimal("-0.50"), "-0.5"),
        (of(12, 2), n, decimal("0.00"), "0"),
        (of(12, 2), s, decimal("7"), "7.00"),
        (of(30, 30), s, decimal("0.000000000000000000000000000001"), "0.000000000000000000000000000001"),
        (
            of(38, 19),
            n,
            decimal("9999999999999999999.9999999999999999999"),
            "9999999999999999999.9999999999999999999",
        ),
        (
            of(65, 0),
            s,
            decimal(&"9".repeat(65)),
            "99999999999999999999999999999999999999999999999999999999999999999",
        ),
        (double.clone(), n, Value::Double(-0.0), "0"),
        (double.clone(), n, Value::Double(1e21), "1000000000000000000000"),
        (double.clone(), n, Value::Double(-1.25e-7), "-0.000000125"),
        (double, n, Value::Double(0.1 + 0.2), "0.30000000000000004"),
        (MySqlType::Float { unsigned: false }, n, Value::Float(0.3), "0.3"),
        (MySqlType::Date, s, Value::Date(date(33, 1, 2)), "0033-01-02"),
        (MySqlType::DateTime { fsp: 0 }, s, Value::DateTime(at(0)), "2024-02-09T07:05:03"),
        (MySqlType::DateTime { fsp: 3 }, s, Value::DateTime(at(40_000)), "2024-02-09T07:05:03.040"),
        (MySqlType::Timestamp { fsp: 6 }, s, Value::Timestamp(at(7)), "2024-02-09T07:05:03.000007Z"),
        (MySqlType::Time { fsp: 0 }, s, Value::Time(Time { micros: -3_020_399_000_000 }), "-838:59:59"),
        (MySqlType::Time { fsp: 1 }, s, Value::Time(Time { micros: 500_000 }), "00:00:00.5"),
    ];
    for (ty, attribute, value, expected) in cases {
        let expected = match attribute {
            AttributeType::N => AttributeValue::N(expected.to_owned()),
            _ => AttributeValue::S(expected.to_owned()),
        };
        assert_eq!(encode(&ty, attribute, &value), Ok(Some(expected)), "{ty}");
    }
}
