//! The one codec between MySQL values and DynamoDB attributes. A column's type and its attribute's type decide
//! everything; nothing is guessed from the value.
//!
//! | MySQL | attribute | written as |
//! | --- | --- | --- |
//! | integers, BIT, YEAR | N | decimal digits |
//! | DECIMAL of up to 38 digits | N | the exact number, without trailing zeros; the column's scale is put back on reading |
//! | wider DECIMAL, or `as: S` | S | the exact number at the column's scale |
//! | FLOAT, DOUBLE | N | the shortest digits that read back to the same number; -0 is 0 |
//! | CHAR, VARCHAR, TEXT, ENUM | S | as it is; empty text is empty text |
//! | BINARY, VARBINARY, BLOB | B | as it is |
//! | DATE | S | `2024-01-31` |
//! | DATETIME | S | `2024-01-31T10:00:00`, with exactly the column's fractional digits |
//! | TIMESTAMP | S | the same in UTC, with `Z` |
//! | TIME | S | `-838:59:59`, with exactly the column's fractional digits |
//! | SET | L of S, or SS | members in declaration order; as SS, absent is the empty set |
//! | JSON | S | the text the server returns |
//! | TINYINT(1) `as: BOOL` | BOOL | 0 and 1 only |
//!
//! NULL is an absent attribute. On reading, the NULL type is NULL too; writing never makes it.

mod number;

use std::mem::take;

use crate::ValueError;
use crate::dynamodb::{AttributeType, AttributeValue, Form};
use crate::mysql::MySqlType;
use crate::value::{Date, DateTime, Decimal, Time, Value};

/// Writes a value as an attribute; `None` is an absent attribute. The value is checked against its column's type.
pub fn encode(
    ty: &MySqlType,
    attribute: AttributeType,
    value: &Value,
) -> Result<Option<AttributeValue>, ValueError> {
    // ENUM columns can hold the empty text MySQL stores for an invalid member, which no write of ours makes.
    if !matches!((ty, value), (MySqlType::Enum { .. }, Value::Text(text)) if text.is_empty()) {
        ty.check(value)?;
    }
    let mut written = AttributeValue::Null;
    let found = write::<AttributeValue>(ty, attribute, &mut value.clone(), &mut written)?;
    Ok(found.then_some(written))
}

/// Writes a value that has been checked, as [`encode`] does, to where it belongs; says whether there is an attribute
/// at all. Texts, bytes and members are taken out of the value.
///
/// Each value is made in place: moves of these large enums, one type into the next, took most of an item's time.
#[inline]
pub(crate) fn write<F: Form>(
    ty: &MySqlType,
    attribute: AttributeType,
    value: &mut Value,
    slot: &mut F::Value,
) -> Result<bool, ValueError> {
    match (attribute, value) {
        (_, Value::Null) => return Ok(false),
        (AttributeType::S, Value::Text(text) | Value::Json(text)) => {
            *slot = F::of(AttributeValue::S(take(text)));
        }
        (AttributeType::N, value) => *slot = F::of(AttributeValue::N(number::write(ty, value)?)),
        (AttributeType::S, value) => {
            // The longest of them, but for wide decimals: a timestamp with microseconds.
            let mut text = String::with_capacity(27);
            push_text(ty, value, &mut text)?;
            *slot = F::of(AttributeValue::S(text));
        }
        (AttributeType::B, Value::Bytes(bytes)) => *slot = F::of(AttributeValue::B(take(bytes))),
        (AttributeType::Bool, value) => *slot = F::of(AttributeValue::Bool(write_flag(value)?)),
        (AttributeType::L, Value::Set(members)) => {
            *slot = F::of(AttributeValue::L(take(members).into_iter().map(AttributeValue::S).collect()));
        }
        (AttributeType::Ss, Value::Set(members)) if members.is_empty() => return Ok(false),
        (AttributeType::Ss, Value::Set(members)) => {
            members.sort();
            *slot = F::of(AttributeValue::Ss(take(members)));
        }
        (AttributeType::B | AttributeType::L | AttributeType::M | AttributeType::Ss, other) => {
            return Err(ty.kind_error(other));
        }
    }
    Ok(true)
}

/// Whether an attribute of this type holds the value. It is one of its column's already: this is about what DynamoDB holds
/// less of than MySQL.
pub fn check(attribute: AttributeType, value: &Value) -> Result<(), ValueError> {
    match (attribute, value) {
        (_, Value::Null) => Ok(()),
        (AttributeType::N, value) => number::check(value),
        (AttributeType::Bool, value) => write_flag(value).map(drop),
        _ => Ok(()),
    }
}

/// Reads a value back; an absent attribute is NULL (or, for a set as SS, the empty set).
pub fn decode(
    ty: &MySqlType,
    attribute: AttributeType,
    value: Option<&AttributeValue>,
) -> Result<Value, ValueError> {
    read(ty, attribute, value.cloned())
}

/// Reads a value back, as [`decode`] does. Texts and bytes move.
#[inline]
pub(crate) fn read(
    ty: &MySqlType,
    attribute: AttributeType,
    value: Option<AttributeValue>,
) -> Result<Value, ValueError> {
    let value = match (attribute, value) {
        (AttributeType::Ss, None) => return Ok(Value::Set(Vec::new())),
        (_, None | Some(AttributeValue::Null)) => return Ok(Value::Null),
        (_, Some(value)) => value,
    };
    match (attribute, value) {
        (AttributeType::N, AttributeValue::N(digits)) => number::read(ty, &digits),
        (AttributeType::S, AttributeValue::S(text)) => match ty {
            MySqlType::Char { .. }
            | MySqlType::VarChar { .. }
            | MySqlType::Text { .. }
            | MySqlType::Enum { .. } => Ok(Value::Text(text)),
            MySqlType::Json => Ok(Value::Json(text)),
            _ => read_text(ty, &text),
        },
        (AttributeType::B, AttributeValue::B(bytes)) => Ok(Value::Bytes(bytes)),
        (AttributeType::Bool, AttributeValue::Bool(flag)) => Ok(match ty {
            MySqlType::Int { unsigned: true, .. } => Value::UInt(u64::from(flag)),
            _ => Value::Int(i64::from(flag)),
        }),
        (AttributeType::L, AttributeValue::L(items)) => read_set(ty, items.iter().map(as_text)),
        (AttributeType::Ss, AttributeValue::Ss(members)) => {
            read_set(ty, members.iter().map(|m| Some(m.as_str())))
        }
        (_, other) => Err(ValueError::Kind {
            expected: format!("an attribute of type {attribute}"),
            found: other.type_name(),
        }),
    }
}

fn as_text(value: &AttributeValue) -> Option<&str> {
    match value {
        AttributeValue::S(text) => Some(text),
        _ => None,
    }
}

fn write_flag(value: &Value) -> Result<bool, ValueError> {
    match value {
        Value::Int(0) | Value::UInt(0) => Ok(false),
        Value::Int(1) | Value::UInt(1) => Ok(true),
        _ => {
            Err(ValueError::Range { ty: "a flag (BOOL)".to_owned(), reason: "only 0 and 1 are flags".into() })
        }
    }
}

/// Puts members back into declaration order, which SS does not keep.
fn read_set<'a>(ty: &MySqlType, chosen: impl Iterator<Item = Option<&'a str>>) -> Result<Value, ValueError> {
    let malformed = || ValueError::Malformed { what: "set of the column's members" };
    let MySqlType::Set { members, .. } = ty else { return Err(malformed()) };
    let chosen: Vec<&str> = chosen.collect::<Option<_>>().ok_or_else(malformed)?;
    if chosen.iter().any(|choice| !members.iter().any(|member| member == choice)) {
        return Err(malformed());
    }
    let ordered = members.iter().filter(|member| chosen.contains(&member.as_ref()));
    Ok(Value::Set(ordered.map(|member| member.to_string()).collect()))
}

/// Appends the text of a value that is written as S.
pub(crate) fn push_text(ty: &MySqlType, value: &Value, out: &mut String) -> Result<(), ValueError> {
    match (ty, value) {
        (_, Value::Text(text) | Value::Json(text)) => out.push_str(text),
        (_, Value::Int(number)) => out.push_str(&number.to_string()),
        (_, Value::UInt(number)) => out.push_str(&number.to_string()),
        (MySqlType::Decimal { scale, .. }, Value::Decimal(number)) => {
            out.push_str(&number.rescale(*scale)?.plain());
        }
        (_, Value::Date(date)) => date.push(out),
        (MySqlType::Time { fsp }, Value::Time(time)) => out.push_str(&time.format(*fsp)),
        (MySqlType::DateTime { fsp }, Value::DateTime(value)) => value.push(out, *fsp, 'T'),
        (MySqlType::Timestamp { fsp }, Value::Timestamp(value)) => {
            value.push(out, *fsp, 'T');
            out.push('Z');
        }
        (_, other) => return Err(ty.kind_error(other)),
    }
    Ok(())
}

/// Reads what [`push_text`] wrote.
pub(crate) fn read_text(ty: &MySqlType, text: &str) -> Result<Value, ValueError> {
    Ok(match ty {
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => Value::Text(text.to_owned()),
        MySqlType::Json => Value::Json(text.to_owned()),
        MySqlType::Int { .. } | MySqlType::Decimal { .. } => return number::read(ty, text),
        MySqlType::Date => Value::Date(Date::parse(text)?),
        MySqlType::Time { .. } => Value::Time(Time::parse(text)?),
        MySqlType::DateTime { .. } => Value::DateTime(DateTime::parse(text)?),
        MySqlType::Timestamp { .. } => Value::Timestamp(DateTime::parse(text)?),
        _ => return Err(ValueError::Kind { expected: ty.to_string(), found: "S" }),
    })
}

/// A DECIMAL at its column's scale.
fn at_scale(ty: &MySqlType, number: &Decimal) -> Result<Value, ValueError> {
    match ty {
        MySqlType::Decimal { scale, .. } => Ok(Value::Decimal(number.rescale(*scale)?)),
        _ => Err(ValueError::Kind { expected: ty.to_string(), found: "a decimal" }),
    }
}
