use std::collections::BTreeMap;

use migratable_core::check::Op;
use migratable_core::collation::Collation;
use migratable_core::mysql::{IntSize, MySqlType};
use proptest::prelude::*;

use super::sql::{Sql, Temporal};
use super::*;

fn types() -> BTreeMap<&'static str, MySqlType> {
    let text = |collation| MySqlType::VarChar { length: 20, collation: Collation::constant(collation) };
    BTreeMap::from([
        ("a", MySqlType::Int { size: IntSize::Int, unsigned: false, display: None }),
        ("b", MySqlType::Decimal { precision: 10, scale: 2, unsigned: false }),
        ("bin", text("utf8mb4_bin")),
        ("ci", text("utf8mb4_general_ci")),
        ("d", MySqlType::Date),
        ("dt", MySqlType::DateTime { fsp: 0 }),
        ("f", MySqlType::Double { unsigned: false }),
        ("j", MySqlType::Json),
        ("sv", text("latin1_swedish_ci")),
        ("t", MySqlType::Time { fsp: 0 }),
        ("ts", MySqlType::Timestamp { fsp: 0 }),
        ("y", MySqlType::Year),
    ])
}

/// Columns in alphabetical order; `gone` is carried by no attribute.
fn compiled(expression: &str) -> Result<String, String> {
    let types = types();
    let names = types.keys().copied().chain(["gone"]).collect();
    let carried = types.iter().enumerate().map(|(position, (name, ty))| (*name, position, ty)).collect();
    compile(expression, &Scope { names, carried })
        .map(|expr| expr.to_string())
        .map_err(|left| left.to_string())
}

#[test]
fn expressions_are_read_with_mysqls_precedence() {
    for (expression, read) in [
        ("a > 0", "Greater(column 0, 0)"),
        ("(`a` > 0 and `b` < 1.50)", "And(Greater(column 0, 0), Less(column 1, 150e-2))"),
        (
            "a = 1 or a = 2 and not a = 3",
            "Or(Equal(column 0, 1), And(Equal(column 0, 2), Not(Equal(column 0, 3))))",
        ),
        ("a = 1 or a = 2 xor a = 3", "Or(Equal(column 0, 1), Xor(Equal(column 0, 2), Equal(column 0, 3)))"),
        ("a in (1, 2)", "Or(Equal(column 0, 1), Equal(column 0, 2))"),
        ("A NOT IN (1)", "Not(Equal(column 0, 1))"),
        (
            "not a between 1 and 2 and a <> 3",
            "And(Not(And(GreaterOrEqual(column 0, 1), LessOrEqual(column 0, 2))), NotEqual(column 0, 3))",
        ),
        ("a + 2 * -b >= 0", "GreaterOrEqual(Add(column 0, Multiply(2, Negate(column 1))), 0)"),
        ("a - 1 - 2 = 0", "Equal(Subtract(Subtract(column 0, 1), 2), 0)"),
        ("a is null = (b is not null)", "Equal(IsNull(column 0), Not(IsNull(column 1)))"),
        ("a = 1 is true", "IsTrue(Equal(column 0, 1))"),
        ("a is not false and a is unknown", "And(Not(IsFalse(column 0)), IsNull(column 0))"),
        ("! a + 1", "Add(Not(column 0), 1)"),
        ("a <=> null", "NullSafeEqual(column 0, NULL)"),
        ("true && a", "And(1, column 0)"),
        (
            "ci = _utf8mb4'it''s' or ci = 'a\\'b\\\\'",
            r#"Or(Equal(column 3, "it's"), Equal(column 3, "a'b\\"))"#,
        ),
        ("ci in (\"new\", 'old')", r#"Or(Equal(column 3, "new"), Equal(column 3, "old"))"#),
        ("\"a\" > 0", "Greater(column 0, 0)"),
        ("bin > 'a'", r#"Greater(column 2, "a")"#),
        ("ci like 'a\\%_%'", r#"Like(column 3, "a\\%_%")"#),
        ("char_length(`ci`) >= 3", "GreaterOrEqual(CharLength(column 3), 3)"),
        ("length(sv) <= 3", "LessOrEqual(Length(column 8), 3)"),
        ("json_valid(`j`)", "JsonValid(column 7)"),
        ("d >= '2024-01-31'", "GreaterOrEqual(column 4, date 2024-01-31)"),
        ("d < DATE'2024-01-31'", "Less(column 4, date 2024-01-31)"),
        ("dt > '2024-01-31'", "Greater(column 5, date 2024-01-31)"),
        ("dt >= d", "GreaterOrEqual(column 5, column 4)"),
        ("'2024-01-31 10:00:00' < dt", "Less(datetime 2024-01-31 10:00:00.000000, column 5)"),
        ("t < '24:00:00'", "Less(column 9, time 24:00:00.000000)"),
        ("f between -90 and 90.5", "And(GreaterOrEqual(column 6, -90), LessOrEqual(column 6, 905e-1))"),
        ("y >= 1970", "GreaterOrEqual(column 11, 1970)"),
        ("ts is null or ts < ts", "Or(IsNull(column 10), Less(column 10, column 10))"),
    ] {
        assert_eq!(compiled(expression).as_deref(), Ok(read), "{expression}");
    }
}

#[test]
fn what_has_no_exact_answer_is_left_to_mysql() {
    for (expression, reason) in [
        ("ci regexp '^a'", "`regexp` is not evaluated here"),
        ("upper(ci) = ci", "`upper()` is not evaluated here"),
        ("gone > 0", "the entity does not write `gone`"),
        ("lost > 0", "`lost` is no column of the table"),
        ("x.a > 0", "it names a column with its table"),
        ("a / 2 > 0", "`/` is not evaluated here"),
        ("a = '1'", "it compares values of different kinds"),
        ("f + 1 > 0", "it calculates with something other than exact numbers"),
        ("f > a", "it compares values of different kinds"),
        ("sv = 'a'", "how latin1_swedish_ci compares this is not known here"),
        ("ci > 'a'", "how utf8mb4_general_ci compares this is not known here"),
        ("ci = '😀'", "how utf8mb4_general_ci compares this is not known here"),
        ("ci = bin", "it compares values of different kinds"),
        ("ci like 'é%'", "its LIKE is not known here"),
        ("ci like 'a!%' escape '!'", "ESCAPE is not evaluated here"),
        (
            "ts > '2024-01-31 10:00:00'",
            "what it compares a TIMESTAMP with depends on the session's time zone",
        ),
        ("d > '2024-02-30'", "it has a text for a date that is none, as in 2024-01-31"),
        ("d > '20240131'", "it has a text for a date that is none, as in 2024-01-31"),
        ("y > 70", "it compares values of different kinds"),
        ("ci", "something other than a number stands for TRUE or FALSE"),
        ("a = 1e3", "it has a number that is not a plain decimal"),
        ("a = 0x10", "it has a number that is not a plain decimal"),
        ("a = 1 collate utf8mb4_bin", "`collate` is not evaluated here"),
        ("a = 'x' 'y'", "it has two texts in a row"),
        ("a || 1", "`|` is not evaluated here"),
        ("a --1", "it has two dashes in a row"),
        ("(a > 0", "it ends too early"),
        ("a = 'x", "a quote isn't closed"),
        ("", "it ends too early"),
        ("ci = _latin1'é'", "it says the character set of a text beyond ASCII"),
        ("char_length(a) > 0", "it measures something other than a column's text"),
        ("a = 999999999999999999999999999999999999999", "it has a number of too many digits"),
    ] {
        assert_eq!(compiled(expression), Err(reason.to_owned()), "{expression}");
    }
}

#[test]
fn nesting_has_an_end() {
    let nested = |depth: usize| compiled(&format!("{}a{}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!(nested(60).as_deref(), Ok("column 0"));
    let too_deep = Err("it nests too deep".to_owned());
    assert_eq!(nested(100_000), too_deep);
    assert_eq!(compiled(&"not ".repeat(100_000)), too_deep);
    assert_eq!(compiled(&"- ".repeat(100_000)), too_deep);
    assert_eq!(compiled(&"a between 1 and ".repeat(100_000)), too_deep);
    for row in ["+ 1", "- 1", "* 1", "= 1", "xor 1", "is true", "is null"] {
        assert_eq!(compiled(&format!("a {}", format!("{row} ").repeat(100_000))), too_deep, "{row}");
    }
    // Wherever they stand.
    assert_eq!(compiled(&format!("({}a) = 1", "(a + 1 + 1) * 1 * ".repeat(100))), too_deep);
}

fn any_sql() -> impl Strategy<Value = Sql> {
    let leaf = prop_oneof![
        Just(Sql::Null),
        (0..=u64::MAX, 0..=20_u8).prop_map(|(digits, scale)| Sql::Number(i128::from(digits), scale)),
        (proptest::option::of(Just("utf8mb4".to_owned())), "[a'\\\\%_\"`é\n ]{0,6}")
            .prop_map(|(charset, text)| Sql::Text(charset, text)),
        "[a`' ]{1,4}".prop_map(Sql::Name),
        "[0-9:-]{0,4}".prop_map(|text| Sql::Temporal(Temporal::Time, text)),
    ];
    leaf.prop_recursive(6, 40, 3, |inner| {
        let several =
            (prop_oneof![Just(Op::And), Just(Op::Or)], proptest::collection::vec(inner.clone(), 2..4));
        let pair = (proptest::sample::select(&Op::ALL[..]), inner.clone(), inner.clone());
        prop_oneof![
            several.prop_map(|(op, operands)| Sql::Apply(op, operands)),
            pair.prop_map(|(op, left, right)| match op {
                Op::Not
                | Op::IsNull
                | Op::IsTrue
                | Op::IsFalse
                | Op::Negate
                | Op::CharLength
                | Op::Length
                | Op::JsonValid => Sql::Apply(op, vec![left]),
                _ => Sql::Apply(op, vec![left, right]),
            }),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_back(sql in any_sql()) {
        let text = sql.to_string();
        prop_assert_eq!(parse::parse(&text, &[]), Ok(sql), "{}", text);
    }

    #[test]
    fn no_text_is_too_odd_to_read(text in "\\PC{0,40}") {
        let _ = compiled(&text);
    }

    #[test]
    fn no_sequence_of_tokens_is_too_odd_to_read(words in proptest::collection::vec(
        proptest::sample::select(vec!["a", "ci", "d", "(", ")", "not", "is", "null", "in", ",", "between", "and", "or",
            "like", "'x'", "1", "1.5", "-", "*", "=", "<=>", "!", "length(", "true", "_utf8mb4'é'", "date'2024-01-31'"]),
        0..12,
    )) {
        let _ = compiled(&words.join(" "));
    }
}
