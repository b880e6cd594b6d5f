//! Strategies for property tests: any column type, and any value a column of it holds.
//!
//! Values at the ends of a type's range come up often, because that is where encodings break.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::Text;
use crate::collation::Collation;
use crate::mysql::{IntSize, LobSize, MySqlType};
use crate::value::{Date, DateTime, Decimal, Time, Value};

/// Characters that encodings trip over: delimiters, escapes, quotes, blanks, controls, several bytes.
const CHARACTERS: &str = "[#$%&'\"\\\\ \\x00-\\x1f!-~aAzZ09_éÉßıσςΣ日本😀\u{10FFFF}]";

/// A collation whose keys need no folding.
pub fn binary_collation() -> Collation {
    Collation::constant("utf8mb4_0900_bin")
}

/// Any column type; text under [`binary_collation`].
pub fn any_type() -> BoxedStrategy<MySqlType> {
    let collation = binary_collation;
    prop_oneof![
        4 => int_type(),
        2 => decimal_type(),
        1 => any::<bool>().prop_map(|unsigned| MySqlType::Float { unsigned }),
        1 => any::<bool>().prop_map(|unsigned| MySqlType::Double { unsigned }),
        1 => (1..=64_u8).prop_map(|length| MySqlType::Bit { length }),
        1 => Just(MySqlType::Year),
        1 => (1..=20_u32).prop_map(move |length| MySqlType::Char { length, collation: collation() }),
        2 => (1..=20_u32).prop_map(move |length| MySqlType::VarChar { length, collation: collation() }),
        1 => lob_size().prop_map(move |size| MySqlType::Text { size, collation: collation() }),
        1 => (1..=9_u32).prop_map(|length| MySqlType::Binary { length }),
        1 => (1..=9_u32).prop_map(|length| MySqlType::VarBinary { length }),
        1 => lob_size().prop_map(|size| MySqlType::Blob { size }),
        1 => Just(MySqlType::Date),
        1 => (0..=6_u8).prop_map(|fsp| MySqlType::Time { fsp }),
        1 => (0..=6_u8).prop_map(|fsp| MySqlType::DateTime { fsp }),
        1 => (0..=6_u8).prop_map(|fsp| MySqlType::Timestamp { fsp }),
        1 => members().prop_map(move |members| MySqlType::Enum { members: members.into(), collation: collation() }),
        1 => members().prop_map(move |members| MySqlType::Set { members: members.into(), collation: collation() }),
        1 => Just(MySqlType::Json),
    ]
    .boxed()
}

/// Any type that can stand in a key.
pub fn any_key_type() -> BoxedStrategy<MySqlType> {
    any_type().prop_filter("float, JSON and SET are no keys", crate::key::can_be_in_key).boxed()
}

fn int_type() -> impl Strategy<Value = MySqlType> {
    let sizes = vec![IntSize::Tiny, IntSize::Small, IntSize::Medium, IntSize::Int, IntSize::Big];
    (select(sizes), any::<bool>()).prop_map(|(size, unsigned)| MySqlType::Int {
        size,
        unsigned,
        display: None,
    })
}

fn decimal_type() -> impl Strategy<Value = MySqlType> {
    (1..=65_u8, 0..=30_u8, any::<bool>()).prop_map(|(precision, scale, unsigned)| MySqlType::Decimal {
        precision,
        scale: scale.min(precision),
        unsigned,
    })
}

fn lob_size() -> impl Strategy<Value = LobSize> {
    select(vec![LobSize::Tiny, LobSize::Normal, LobSize::Medium, LobSize::Long])
}

fn members() -> impl Strategy<Value = Vec<Text>> {
    let pool = ["a", "b", "it's", "quote\"", "back\\slash", "é", "#", "long member with blanks"];
    subsequence(pool.to_vec(), 1..=pool.len())
        .prop_map(|members| members.into_iter().map(Text::from).collect())
}

/// Any value a column of this type holds; never NULL, never a zero date.
pub fn value_of(ty: &MySqlType) -> BoxedStrategy<Value> {
    match ty.clone() {
        MySqlType::Int { size, unsigned: false, .. } => {
            let (least, most) = (i64::MIN >> (64 - size.bits()), i64::MAX >> (64 - size.bits()));
            prop_oneof![least..=most, select(vec![least, -1, 0, 1, most]), -12..=12_i64]
                .prop_map(Value::Int)
                .boxed()
        }
        MySqlType::Int { size, unsigned: true, .. } => unsigned(u64::MAX >> (64 - size.bits())),
        MySqlType::Bit { length } => unsigned(u64::MAX >> (64 - u32::from(length))),
        MySqlType::Year => prop_oneof![Just(0), 1901..=2155_u64].prop_map(Value::UInt).boxed(),
        MySqlType::Decimal { precision, scale, unsigned } => decimal(precision, scale, unsigned),
        MySqlType::Float { unsigned } => {
            // Magnitudes DynamoDB refuses are tested on their own.
            let normal = any::<f32>().prop_filter("finite", |number| number.is_finite());
            normal.prop_map(move |number| Value::Float(if unsigned { number.abs() } else { number })).boxed()
        }
        MySqlType::Double { unsigned } => {
            let number = (any::<i64>(), -100..100_i32).prop_map(|(digits, exponent)| {
                #[expect(clippy::cast_precision_loss, reason = "any double will do")]
                let mantissa = digits as f64;
                mantissa * 10_f64.powi(exponent)
            });
            number.prop_map(move |number| Value::Double(if unsigned { number.abs() } else { number })).boxed()
        }
        MySqlType::Char { length, collation } => text(length, collation)
            .prop_map(|text| Value::Text(text.trim_end_matches(' ').to_owned()))
            .boxed(),
        MySqlType::VarChar { length, collation } => text(length, collation).prop_map(Value::Text).boxed(),
        MySqlType::Text { collation, .. } => text(40, collation).prop_map(Value::Text).boxed(),
        MySqlType::Binary { length } => vec(any::<u8>(), length as usize).prop_map(Value::Bytes).boxed(),
        MySqlType::VarBinary { length } => {
            vec(any::<u8>(), 0..=length as usize).prop_map(Value::Bytes).boxed()
        }
        MySqlType::Blob { .. } => vec(any::<u8>(), 0..40).prop_map(Value::Bytes).boxed(),
        MySqlType::Date => date(1000..=9999).prop_map(Value::Date).boxed(),
        MySqlType::Time { fsp } => (-Time::MAX_MICROS..=Time::MAX_MICROS)
            .prop_map(move |micros| Value::Time(Time { micros: micros - micros % unit(fsp) }))
            .boxed(),
        MySqlType::DateTime { fsp } => moment(1000..=9999, fsp).prop_map(Value::DateTime).boxed(),
        MySqlType::Timestamp { fsp } => moment(1971..=2037, fsp).prop_map(Value::Timestamp).boxed(),
        MySqlType::Enum { members, .. } => {
            select(members.to_vec()).prop_map(|member| Value::Text(member.into_owned())).boxed()
        }
        MySqlType::Set { members, .. } => subsequence(members.to_vec(), 0..=members.len())
            .prop_map(|chosen| Value::Set(chosen.into_iter().map(Text::into_owned).collect()))
            .boxed(),
        MySqlType::Json => text(12, binary_collation())
            .prop_map(|text| Value::Json(format!("{{\"k\": [{}, null]}}", serde_free_string(&text))))
            .boxed(),
    }
}

/// A JSON string literal, without a JSON library below this crate.
fn serde_free_string(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| {
            if c < ' ' || c == '"' || c == '\\' { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() }
        })
        .collect();
    format!("\"{escaped}\"")
}

fn unsigned(most: u64) -> BoxedStrategy<Value> {
    prop_oneof![0..=most, select(vec![0, 1, most]), 0..=most.min(12)].prop_map(Value::UInt).boxed()
}

/// Texts of up to `length` characters that the collation's character set has.
fn text(length: u32, collation: Collation) -> impl Strategy<Value = String> {
    let one = MySqlType::VarChar { length: 1, collation };
    vec(CHARACTERS, 0..=length.min(40) as usize).prop_map(move |characters| {
        characters
            .into_iter()
            .filter(|character| one.check(&Value::Text(character.clone())).is_ok())
            .collect()
    })
}

fn decimal(precision: u8, scale: u8, unsigned: bool) -> BoxedStrategy<Value> {
    let digits = vec(select("0123456789009".chars().collect::<Vec<_>>()), usize::from(precision));
    (digits, any::<bool>())
        .prop_map(move |(digits, negative)| {
            let digits: String = digits.into_iter().collect();
            let (whole, fraction) = digits.split_at(digits.len() - usize::from(scale));
            let sign = if negative && !unsigned { "-" } else { "" };
            let number = Decimal::parse(&format!("{sign}0{whole}.{fraction}0"));
            Value::Decimal(number.and_then(|number| number.rescale(scale)).expect("digits make a number"))
        })
        .boxed()
}

fn date(years: std::ops::RangeInclusive<u16>) -> impl Strategy<Value = Date> {
    (years, 1..=12_u8, 1..=31_u8).prop_map(|(year, month, day)| {
        let last = (28..=31).rev().find(|last| !Date { year, month, day: *last }.is_zero()).unwrap_or(28);
        Date { year, month, day: day.min(last) }
    })
}

const fn unit(fsp: u8) -> i64 {
    10_i64.pow(6 - fsp as u32)
}

fn moment(years: std::ops::RangeInclusive<u16>, fsp: u8) -> impl Strategy<Value = DateTime> {
    (date(years), 0..24_u8, 0..60_u8, 0..60_u8, 0..1_000_000_u32).prop_map(
        move |(date, hour, minute, second, micros)| {
            let unit = u32::try_from(unit(fsp)).expect("at most a million");
            DateTime { date, hour, minute, second, micros: micros - micros % unit }
        },
    )
}
