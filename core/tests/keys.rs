//! Keys are injective and order-preserving, alone and inside a template.

use std::cmp::Ordering;

use migratable_core::Text;
use migratable_core::arbitrary::{any_key_type, value_of};
use migratable_core::key::{KeyPart, KeyTemplate, encode_part, is_variable_length, max_bytes};
use migratable_core::mysql::{MySqlType, ZeroDates};
use migratable_core::plan::Column;
use migratable_core::value::Value;
use proptest::prelude::*;

/// How MySQL orders two values of one type: an oracle apart from the encoding. Text is compared by its bytes.
fn mysql_order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::UInt(a), Value::UInt(b)) => a.cmp(b),
        (Value::Decimal(a), Value::Decimal(b)) => a.partial_cmp(b).expect("numbers"),
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        (Value::Bytes(a), Value::Bytes(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Time(a), Value::Time(b)) => a.cmp(b),
        (Value::DateTime(a), Value::DateTime(b)) | (Value::Timestamp(a), Value::Timestamp(b)) => a.cmp(b),
        other => panic!("values of one key type: {other:?}"),
    }
}

fn column(ty: &MySqlType) -> Column {
    Column {
        table: 0,
        name: Text::Borrowed("c"),
        ty: ty.clone(),
        nullable: false,
        generated: false,
        zero_dates: ZeroDates::Keep,
        when_null: None,
    }
}

/// A type and two values of it, often equal or close.
fn two_values() -> impl Strategy<Value = (MySqlType, Value, Value)> {
    any_key_type().prop_flat_map(|ty| {
        let (a, b) = (value_of(&ty), value_of(&ty));
        (Just(ty), a, b)
    })
}

/// The template `A#{0}#B#{1}`: `#` ends values of any width.
fn pair_template() -> KeyTemplate {
    let literal = |text| KeyPart::Literal(Text::Borrowed(text));
    let column = |column| KeyPart::Column { column, fold: false };
    KeyTemplate { parts: vec![literal("A#"), column(0), literal("#B#"), column(1)].into() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn one_value_sorts_as_in_mysql((ty, a, b) in two_values()) {
        let (key_a, key_b) = (encode_part(&ty, false, &a), encode_part(&ty, false, &b));
        let (key_a, key_b) = (key_a.expect("in range"), key_b.expect("in range"));
        prop_assert_eq!(key_a.as_bytes().cmp(key_b.as_bytes()), mysql_order(&a, &b), "{} and {}", key_a, key_b);
        prop_assert!(key_a.len() as u64 <= max_bytes(&ty), "{} is longer than promised", key_a);
        prop_assert_eq!(is_variable_length(&ty) || key_a.len() == key_b.len() + usize::from(key_a.starts_with('-'))
            - usize::from(key_b.starts_with('-')), true);
    }

    #[test]
    fn two_values_sort_as_in_mysql(
        (first, a, b) in two_values(),
        (second, c, d) in two_values(),
    ) {
        let columns = [column(&first), column(&second)];
        let build = |row: [&Value; 2]| {
            let row = row.map(Clone::clone);
            pair_template().build(&columns, &row).expect("in range").expect("not NULL")
        };
        // Equal first values must let the second decide, so each pair is also tried with the first value twice.
        for (left, right) in [([&a, &c], [&b, &d]), ([&a, &c], [&a, &d])] {
            let expected = mysql_order(left[0], right[0]).then(mysql_order(left[1], right[1]));
            prop_assert_eq!(build(left).as_bytes().cmp(build(right).as_bytes()), expected);
        }
        let parsed = pair_template().parse(&columns, &build([&a, &c])).expect("our own key");
        prop_assert_eq!(parsed, vec![(0, a), (1, c)]);
    }

    #[test]
    fn no_text_makes_a_template_panic(ty in any_key_type(), key in "[-A#$0-9a-f:.TZé]{0,40}") {
        let columns = [column(&ty), column(&ty)];
        if let Ok(values) = pair_template().parse(&columns, &key) {
            let row: Vec<Value> = values.into_iter().map(|(_, value)| value).collect();
            prop_assert_eq!(pair_template().build(&columns, &row), Ok(Some(key)), "a key reads back to itself only");
        }
    }
}

#[test]
fn known_keys_stay_as_they_are() {
    use migratable_core::mysql::IntSize;
    use migratable_core::value::{Decimal, Time};
    let int = |size, unsigned| MySqlType::Int { size, unsigned, display: None };
    let decimal = MySqlType::Decimal { precision: 6, scale: 2, unsigned: false };
    let number = |text| Value::Decimal(Decimal::parse(text).expect("a decimal"));
    for (ty, value, key) in [
        (int(IntSize::Int, false), Value::Int(42), "0000000042"),
        (int(IntSize::Int, false), Value::Int(-1), "-9999999998"),
        (int(IntSize::Big, false), Value::Int(i64::MIN), "-0776627963145224191"),
        (int(IntSize::Big, true), Value::UInt(u64::MAX), "18446744073709551615"),
        (decimal.clone(), number("12.50"), "0012.50"),
        (decimal, number("-0.01"), "-9999.98"),
        (MySqlType::Time { fsp: 0 }, Value::Time(Time::parse("-10:00:00").expect("a time")), "-989:99:99"),
        (MySqlType::Binary { length: 2 }, Value::Bytes(vec![0, 255]), "00ff"),
        (MySqlType::Year, Value::UInt(0), "0000"),
    ] {
        // Stored keys depend on these texts: changing one is a migration of every table.
        assert_eq!(encode_part(&ty, false, &value).as_deref(), Ok(key), "{ty}");
    }
}
