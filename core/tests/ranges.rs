//! A key lies in the stretch of a range exactly if its column lies within the ends, whatever stands before and behind it.

use std::cmp::Ordering;

use migratable_core::Text;
use migratable_core::arbitrary::{any_key_type, value_of};
use migratable_core::collation::Collation;
use migratable_core::key::{
    Ends, KeyPart, KeyStretch, KeyTemplate, KeyTest, encode_part, is_variable_length,
};
use migratable_core::mysql::{MySqlType, ZeroDates};
use migratable_core::plan::Column;
use migratable_core::value::Value;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// The column the range is of; one is known before it, one stands behind it.
const COLUMN: usize = 1;

/// A template, the rows' known column and its range, and a row that has the known column's value.
#[derive(Clone, Debug)]
struct Case {
    columns: Vec<Column>,
    template: KeyTemplate,
    row: Vec<Value>,
    ends: Ends,
}

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

/// Whether a value lies within the ends.
fn within(value: &Value, ends: &Ends) -> bool {
    let to = |end: &Value| mysql_order(value, end);
    match ends {
        Ends::Between(lower, upper) => to(lower).is_ge() && to(upper).is_le(),
        Ends::From(lower) => to(lower).is_ge(),
        Ends::After(lower) => to(lower).is_gt(),
        Ends::Until(upper) => to(upper).is_le(),
        Ends::Before(upper) => to(upper).is_lt(),
    }
}

fn passes(key: &str, test: &KeyTest) -> bool {
    match test {
        KeyTest::Any => true,
        KeyTest::Nothing => false,
        KeyTest::AtLeast(lower) => key >= lower.as_str(),
        KeyTest::AtMost(upper) => key <= upper.as_str(),
        KeyTest::Between(lower, upper) => key >= lower.as_str() && key <= upper.as_str(),
    }
}

fn column(ty: MySqlType) -> Column {
    Column {
        table: 0,
        name: Text::Borrowed("c"),
        ty,
        nullable: false,
        generated: false,
        zero_dates: ZeroDates::Keep,
        when_null: None,
    }
}

/// Types, and more often than by chance those whose values have any width: what is hard is where one value goes on where
/// another ends.
fn a_type() -> impl Strategy<Value = MySqlType> {
    let text = (1..=6_u32)
        .prop_map(|length| MySqlType::VarChar { length, collation: Collation::constant("utf8mb4_0900_bin") });
    let bytes = (1..=3_u32).prop_map(|length| MySqlType::VarBinary { length });
    prop_oneof![3 => any_key_type(), 2 => text, 1 => bytes]
}

/// A value, and others that are equal to it, or go on where it ends, or stop before it does.
fn value_near(ty: MySqlType, value: Value) -> BoxedStrategy<Value> {
    let near: Vec<Value> = match &value {
        Value::Text(text) => ["", "#", "$", "%", "\0", "\u{10ffff}"]
            .into_iter()
            .map(|more| Value::Text(format!("{text}{more}")))
            .chain([Value::Text(text.chars().take(1).collect())])
            .filter(|value| ty.check(value).is_ok())
            .collect(),
        Value::Bytes(bytes) => [vec![], vec![0], vec![255]]
            .into_iter()
            .map(|more| Value::Bytes([bytes.clone(), more].concat()))
            .filter(|value| ty.check(value).is_ok())
            .collect(),
        value => vec![value.clone()],
    };
    prop_oneof![value_of(&ty), select([near, vec![value]].concat())].boxed()
}

/// Templates whose column in the middle has all that may stand around it. A value of any width ends the template or has
/// `#` behind it.
fn a_template(first: &MySqlType, middle: &MySqlType) -> impl Strategy<Value = KeyTemplate> + use<> {
    let between = |ty: &MySqlType| {
        let plain = if is_variable_length(ty) { vec!["#", "#B#"] } else { vec!["", "#", "a", "#B#"] };
        select(plain)
    };
    let start = (select(vec!["", "A#", "é", "\u{10ffff}", "Z\u{10ffff}"]), any::<bool>(), between(first));
    (start, between(middle), 0..3_usize).prop_map(|((start, known, between), behind, more)| {
        let literal = |text: &'static str| KeyPart::Literal(Text::Borrowed(text));
        let column = |column| KeyPart::Column { column, fold: false };
        let mut parts = vec![literal(start)];
        parts.extend(known.then(|| [column(0), literal(between)]).into_iter().flatten());
        parts.push(column(COLUMN));
        match more {
            0 => {}
            1 => parts.extend([literal(behind), column(2)]),
            _ => parts.push(literal(if behind.is_empty() { "#" } else { behind })),
        }
        KeyTemplate { parts: parts.into() }
    })
}

fn ends(ty: MySqlType, value: Value) -> impl Strategy<Value = Ends> {
    (value_near(ty.clone(), value.clone()), value_near(ty, value), 0..5_usize).prop_map(
        |(one, other, kind)| match kind {
            0 => Ends::From(one),
            1 => Ends::After(one),
            2 => Ends::Until(one),
            3 => Ends::Before(one),
            _ => Ends::Between(one, other),
        },
    )
}

fn a_case() -> impl Strategy<Value = Case> {
    (a_type(), a_type(), a_type()).prop_flat_map(|(first, middle, last)| {
        let row = (value_of(&first), value_of(&middle), value_of(&last));
        let template = a_template(&first, &middle);
        let columns: Vec<Column> = [first, middle.clone(), last].map(column).into();
        (Just(columns), template, row).prop_flat_map(move |(columns, template, (a, b, c))| {
            let ends = ends(middle.clone(), b.clone());
            (Just(columns), Just(template), Just(vec![a, b, c]), ends)
                .prop_map(|(columns, template, row, ends)| Case { columns, template, row, ends })
        })
    })
}

/// What is wrong with a stretch for a case, if anything.
fn wrong(case: &Case, make: impl Fn(&Case) -> KeyStretch) -> Option<String> {
    let stretch = make(case);
    let key = case.template.build(&case.columns, &case.row).expect("in range").expect("not NULL");
    let expected = within(&case.row[COLUMN], &case.ends);
    let test = stretch.test();
    (stretch.contains(&key) != expected || passes(&key, &test) != expected)
        .then(|| format!("{key:?} and {stretch:?}: {expected} was expected"))
}

fn stretch(case: &Case) -> KeyStretch {
    let Case { columns, template, row, ends } = case;
    let mut known = row.clone();
    known[COLUMN] = Value::Null;
    known[2] = Value::Null;
    template.stretch(columns, &known, |column| column == 0, COLUMN, ends).expect("values of the column")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn a_key_lies_in_the_stretch_exactly_if_its_column_lies_within_the_ends(case in a_case()) {
        prop_assert_eq!(wrong(&case, stretch), None);
    }

    #[test]
    fn no_key_of_another_start_lies_in_a_stretch(case in a_case(), other in "[A-Z#$é\u{10ffff}]{0,3}", at in any::<Index>()) {
        let key = case.template.build(&case.columns, &case.row).expect("in range").expect("not NULL");
        let cut = key.char_indices().map(|(at, _)| at).chain([key.len()]).nth(at.index(key.chars().count() + 1));
        let foreign = format!("{}{other}", &key[..cut.expect("within the key")]);
        let mut known = case.row.clone();
        known[COLUMN] = Value::Null;
        known[2] = Value::Null;
        let start = case.template.build_prefix(&case.columns, &known, |column| column == 0);
        let (start, _) = start.expect("in range").expect("not NULL");
        let stretch = stretch(&case);
        prop_assert!(foreign.starts_with(&start) || !stretch.contains(&foreign), "{foreign:?} in {stretch:?}");
        prop_assert!(foreign.starts_with(&start) || !passes(&foreign, &stretch.test()), "{foreign:?} in {stretch:?}");
    }
}

/// Whether the property above sees that a stretch is made wrongly.
fn is_caught(make: impl Fn(&Case) -> KeyStretch) -> bool {
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let cases = a_case();
    (0..6000).any(|_| wrong(&cases.new_tree(&mut runner).expect("a case").current(), &make).is_some())
}

/// The key up to and with the end's value.
fn at(case: &Case, end: &Value) -> String {
    let KeyStretch { lower, .. } = stretch(&Case { ends: Ends::From(end.clone()), ..case.clone() });
    lower
}

#[test]
fn a_stretch_that_forgets_something_is_seen() {
    assert!(!is_caught(stretch));
    // The last value's keys go on behind it.
    assert!(is_caught(|case| match &case.ends {
        Ends::Until(upper) => KeyStretch { limit: Some(at(case, upper)), ..stretch(case) },
        _ => stretch(case),
    }));
    assert!(is_caught(|case| match &case.ends {
        Ends::Between(_, upper) =>
            KeyStretch { limit: Some(format!("{}\0", at(case, upper))), ..stretch(case) },
        _ => stretch(case),
    }));
    // All that start alike, which longer values do, too.
    assert!(is_caught(|case| match &case.ends {
        Ends::Until(upper) =>
            KeyStretch { limit: Some(format!("{}\u{10ffff}", at(case, upper))), ..stretch(case) },
        _ => stretch(case),
    }));
    // The first value's own keys.
    assert!(is_caught(|case| match &case.ends {
        Ends::After(lower) => KeyStretch { lower: format!("{}\0", at(case, lower)), ..stretch(case) },
        _ => stretch(case),
    }));
    // Where nothing but the start ends it.
    assert!(is_caught(|case| match &case.ends {
        Ends::From(_) =>
            KeyStretch { limit: Some(format!("{}\u{10ffff}", at(case, &case.row[COLUMN]))), ..stretch(case) },
        _ => stretch(case),
    }));
}

#[test]
fn the_longest_values_have_ranges_too() {
    // Four bytes of text before 255 characters of four bytes each: as long as a sort key may be.
    let ty = MySqlType::VarChar { length: 255, collation: Collation::constant("utf8mb4_0900_bin") };
    let columns = [column(ty.clone())];
    let parts = vec![KeyPart::Literal(Text::Borrowed("ABC#")), KeyPart::Column { column: 0, fold: false }];
    let template = KeyTemplate { parts: parts.into() };
    let texts: Vec<Value> = [
        "",
        "x",
        &"😀".repeat(254),
        &"😀".repeat(255),
        &format!("{}😁", "😀".repeat(254)),
        &"\u{10ffff}".repeat(254),
        &"\u{10ffff}".repeat(255),
        &format!("{}\u{10fffe}", "\u{10ffff}".repeat(254)),
    ]
    .map(|text| Value::Text(text.to_owned()))
    .into();
    for end in &texts {
        encode_part(&ty, false, end).expect("in range");
        let end = || end.clone();
        for ends in [Ends::From(end()), Ends::After(end()), Ends::Until(end()), Ends::Before(end())] {
            let test =
                template.stretch(&columns, &[Value::Null], |_| false, 0, &ends).expect("in range").test();
            for value in &texts {
                let key = template
                    .build(&columns, std::slice::from_ref(value))
                    .expect("in range")
                    .expect("not NULL");
                assert_eq!(passes(&key, &test), within(value, &ends), "{} characters", key.chars().count());
            }
            if let KeyTest::AtLeast(text) | KeyTest::AtMost(text) | KeyTest::Between(text, _) = &test {
                assert!(text.len() <= 1024);
            }
            if let KeyTest::Between(_, text) = &test {
                assert!(text.len() <= 1024);
            }
        }
    }
}
