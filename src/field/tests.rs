#![expect(clippy::unwrap_used, reason = "a panic is the failure")]

use std::str::FromStr;

use chrono::{DateTime as ChronoDateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use migratable_core::value::{Date, DateTime, Decimal};
use proptest::prelude::*;

use super::*;
use crate::types::{BigDecimal, Json, Time};

fn round_trip<K, F: Field<K> + PartialEq + std::fmt::Debug>(field: &F) {
    assert_eq!(F::from_value(field.to_value().unwrap()).as_ref(), Ok(field));
}

fn refuses<K, F: Field<K> + std::fmt::Debug>(field: &F) {
    assert!(matches!(field.to_value(), Err(ValueError::Range { .. })), "{field:?}");
}

proptest! {
    #[test]
    fn integers_come_back(signed: i64, unsigned: u64, flag: bool) {
        round_trip::<kind::I64, _>(&signed);
        round_trip::<kind::U64, _>(&unsigned);
        round_trip::<kind::Bit, _>(&unsigned);
        round_trip::<kind::I32, _>(&(signed as i32));
        round_trip::<kind::U32, _>(&(unsigned as u32));
        round_trip::<kind::I16, _>(&(signed as i16));
        round_trip::<kind::U16, _>(&(unsigned as u16));
        round_trip::<kind::Year, _>(&(unsigned as u16));
        round_trip::<kind::I8, _>(&(signed as i8));
        round_trip::<kind::U8, _>(&(unsigned as u8));
        round_trip::<kind::Flag, _>(&flag);
        round_trip::<kind::UnsignedFlag, _>(&flag);
    }

    #[test]
    fn a_number_that_is_too_large_is_never_cut(number: i64) {
        let read = <i16 as Field<kind::I16>>::from_value(Value::Int(number));
        prop_assert_eq!(read.ok(), i16::try_from(number).ok());
    }

    #[test]
    fn finite_floats_come_back_to_the_bit(single in any::<f32>(), double in any::<f64>()) {
        let read = <f32 as Field<kind::F32>>::from_value(Field::<kind::F32>::to_value(&single).unwrap());
        prop_assert_eq!(read.unwrap().to_bits(), single.to_bits());
        let read = <f64 as Field<kind::F64>>::from_value(Field::<kind::F64>::to_value(&double).unwrap());
        prop_assert_eq!(read.unwrap().to_bits(), double.to_bits());
    }

    #[test]
    fn decimals_keep_every_digit_and_their_scale(mantissa in -(2_i128.pow(96) - 1)..2_i128.pow(96), scale in 0..=28_u32) {
        let decimal = rust_decimal::Decimal::from_i128_with_scale(mantissa, scale);
        let value = Field::<kind::Decimal>::to_value(&decimal).unwrap();
        let read = <rust_decimal::Decimal as Field<kind::Decimal>>::from_value(value).unwrap();
        prop_assert_eq!(read, decimal);
        prop_assert_eq!(read.to_string(), decimal.to_string());
    }

    #[test]
    fn wide_decimals_keep_every_digit(text in "-?(0|[1-9][0-9]{0,34})(\\.[0-9]{1,30})?") {
        let decimal = BigDecimal::from_str(&text).unwrap();
        round_trip::<kind::BigDecimal, _>(&decimal);
        let value = Field::<kind::BigDecimal>::to_value(&decimal).unwrap();
        prop_assert_eq!(value, Value::Decimal(Decimal::parse(&text).unwrap()));
    }

    #[test]
    fn text_and_bytes_come_back(text in ".*", bytes: Vec<u8>, members in proptest::collection::vec(".*", 0..4)) {
        round_trip::<kind::Text, _>(&text);
        round_trip::<kind::Bytes, _>(&bytes);
        round_trip::<kind::Set, _>(&members);
        round_trip::<kind::Nullable<kind::Text>, _>(&Some(text));
        round_trip::<kind::Nullable<kind::Bytes>, Option<Vec<u8>>>(&None);
    }

    #[test]
    fn times_come_back(micros in -Time::MAX.total_micros()..=Time::MAX.total_micros()) {
        round_trip::<kind::Time, _>(&Time::from_micros(micros).unwrap());
    }

    #[test]
    fn moments_come_back(days in 0..=3_652_058_i64, micros in 0..86_400_000_000_i64) {
        let date = NaiveDate::from_ymd_opt(0, 1, 1).unwrap() + TimeDelta::days(days);
        let moment = date.and_hms_opt(0, 0, 0).unwrap() + TimeDelta::microseconds(micros);
        round_trip::<kind::Date, _>(&date);
        round_trip::<kind::DateTime, _>(&moment);
        round_trip::<kind::Timestamp, _>(&moment.and_utc());
    }

    #[test]
    fn digits_below_a_microsecond_are_refused(nanos in 0..1_000_000_000_u32) {
        let moment = NaiveDate::from_ymd_opt(2024, 1, 31).unwrap().and_hms_nano_opt(10, 0, 0, nanos).unwrap();
        let value = Field::<kind::DateTime>::to_value(&moment);
        prop_assert_eq!(value.is_ok(), nanos % 1000 == 0);
    }
}

#[test]
fn a_flag_is_zero_or_one() {
    assert!(<bool as Field<kind::Flag>>::from_value(Value::Int(9)).is_err());
    assert!(<bool as Field<kind::Flag>>::from_value(Value::Int(-1)).is_err());
    assert!(<bool as Field<kind::UnsignedFlag>>::from_value(Value::UInt(2)).is_err());
}

#[test]
fn what_mysql_has_no_number_for_is_refused() {
    for number in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        refuses::<kind::F32, _>(&number);
        refuses::<kind::F64, _>(&f64::from(number));
    }
    refuses::<kind::BigDecimal, _>(&BigDecimal::from_str("1e1000000000").unwrap());
    refuses::<kind::BigDecimal, _>(&BigDecimal::from_str("1e-1000000000").unwrap());
}

#[test]
fn a_decimal_that_needs_more_digits_than_the_type_has_is_refused() {
    for text in ["79228162514264337593543950336", "0.12345678901234567890123456789"] {
        let value = Value::Decimal(Decimal::parse(text).unwrap());
        let read = <rust_decimal::Decimal as Field<kind::Decimal>>::from_value(value);
        assert!(matches!(read, Err(ValueError::Range { .. })), "{read:?}");
    }
}

#[test]
fn years_mysql_has_not_are_refused() {
    for year in [-1, 10_000, i32::from(u16::MAX) + 1, 65_536 + 2024] {
        refuses::<kind::Date, _>(&NaiveDate::from_ymd_opt(year, 1, 1).unwrap());
    }
    round_trip::<kind::Date, _>(&NaiveDate::from_ymd_opt(9999, 12, 31).unwrap());
}

#[test]
fn leap_seconds_are_refused() {
    let leap =
        NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_hms_micro_opt(23, 59, 59, 1_500_000).unwrap();
    refuses::<kind::DateTime, _>(&leap);
    refuses::<kind::Timestamp, _>(&leap.and_utc());
}

#[test]
fn zero_dates_are_no_dates_of_a_calendar_and_come_back_where_they_are_kept() {
    for text in ["0000-00-00", "2024-00-15", "2024-02-30", "0000-00-00"] {
        let date = Date::parse(text).unwrap();
        let moment = DateTime { date, hour: 1, minute: 2, second: 3, micros: 4 };
        assert_eq!(
            <NaiveDate as Field<kind::Date>>::from_value(Value::Date(date)),
            Err(ValueError::ZeroDate)
        );
        let read = <NaiveDateTime as Field<kind::DateTime>>::from_value(Value::DateTime(moment));
        assert_eq!(read, Err(ValueError::ZeroDate));
        let read = <ChronoDateTime<Utc> as Field<kind::Timestamp>>::from_value(Value::Timestamp(moment));
        assert_eq!(read, Err(ValueError::ZeroDate));
        round_trip::<kind::ZeroableDate, _>(&date);
        round_trip::<kind::ZeroableDateTime, _>(&moment);
        round_trip::<kind::ZeroableTimestamp, _>(&moment);
    }
}

#[test]
fn a_zeroable_date_with_numbers_no_date_has_is_refused() {
    let date = Date { year: 2024, month: 13, day: 1 };
    assert!(Field::<kind::ZeroableDate>::to_value(&date).is_err());
    let moment = DateTime { date: Date { month: 1, ..date }, hour: 24, minute: 0, second: 0, micros: 0 };
    assert!(Field::<kind::ZeroableDateTime>::to_value(&moment).is_err());
    let moment = DateTime { hour: 0, micros: 1_000_000, ..moment };
    assert!(Field::<kind::ZeroableTimestamp>::to_value(&moment).is_err());
}

#[test]
fn json_is_checked_in_both_directions_and_kept_verbatim() {
    round_trip::<kind::Json, _>(&Json::parse(r#"{"b":1.50, "a":1, "a":2}"#).unwrap());
    let read = <Json as Field<kind::Json>>::from_value(Value::Json("{".to_owned()));
    assert_eq!(read, Err(ValueError::Malformed { what: "JSON document" }));
}

#[test]
fn an_array_takes_its_number_of_bytes() {
    round_trip::<kind::Bytes, _>(&[0_u8, 255, 7]);
    assert!(<[u8; 4] as Field<kind::Bytes>>::from_value(Value::Bytes(vec![1, 2, 3])).is_err());
}

#[test]
fn null_is_told_from_a_value_of_another_kind() {
    assert_eq!(<i32 as Field<kind::I32>>::from_value(Value::Null), Err(ValueError::Null));
    let read = <i32 as Field<kind::I32>>::from_value(Value::UInt(1));
    assert!(matches!(read, Err(ValueError::Kind { found: "an unsigned integer", .. })), "{read:?}");
    assert!(<String as Field<kind::Text>>::from_value(Value::Json("1".to_owned())).is_err());
    assert!(
        <NaiveDateTime as Field<kind::DateTime>>::from_value(Value::Timestamp(crate::fixture::moment()))
            .is_err()
    );
}
