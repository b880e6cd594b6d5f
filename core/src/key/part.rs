//! One value inside a key.

use crate::ValueError;
use crate::codec;
use crate::mysql::{IntSize, MySqlType};
use crate::value::digits::push_padded;
use crate::value::{Decimal, Time, Value};

/// Characters up to this one are escaped; it is also the escape character.
pub(super) const ESCAPE: char = '$';

/// Whether values of this type can stand in a key: those with one order and one text each.
pub fn can_be_in_key(ty: &MySqlType) -> bool {
    !matches!(
        ty,
        MySqlType::Float { .. } | MySqlType::Double { .. } | MySqlType::Json | MySqlType::Set { .. }
    )
}

/// Whether values of this type have keys of different lengths, so that something has to end them.
pub fn is_variable_length(ty: &MySqlType) -> bool {
    matches!(
        ty,
        MySqlType::Char { .. }
            | MySqlType::VarChar { .. }
            | MySqlType::Text { .. }
            | MySqlType::Enum { .. }
            | MySqlType::VarBinary { .. }
            | MySqlType::Blob { .. }
    )
}

/// The most bytes a value of this type has in a key.
///
/// A character takes at most 4 bytes of UTF-8, or 3 where it is escaped or the column's character set ends at the
/// Basic Multilingual Plane; folding never makes a character longer than that.
pub fn max_bytes(ty: &MySqlType) -> u64 {
    match ty {
        MySqlType::Int { size, unsigned, .. } => int_width(*size, *unsigned) as u64 + u64::from(!unsigned),
        MySqlType::Decimal { precision, scale, unsigned } => {
            let digits = u64::from((*precision).max(scale.saturating_add(1)));
            digits + u64::from(*scale > 0) + u64::from(!unsigned)
        }
        MySqlType::Bit { length } => bit_width(*length) as u64,
        MySqlType::Year => 4,
        MySqlType::Char { length, .. } | MySqlType::VarChar { length, .. } => {
            u64::from(*length) * max_character_bytes(ty)
        }
        MySqlType::Text { size, .. } => size.max_bytes().saturating_mul(3),
        MySqlType::Enum { members, .. } => {
            members.iter().map(|member| escape(member).len() as u64).max().unwrap_or_default()
        }
        MySqlType::Binary { length } | MySqlType::VarBinary { length } => u64::from(*length) * 2,
        MySqlType::Blob { size } => size.max_bytes() * 2,
        MySqlType::Date => 10,
        MySqlType::Time { fsp } => 10 + fraction_width(*fsp),
        MySqlType::DateTime { fsp } => 19 + fraction_width(*fsp),
        MySqlType::Timestamp { fsp } => 20 + fraction_width(*fsp),
        MySqlType::Float { .. } | MySqlType::Double { .. } | MySqlType::Json | MySqlType::Set { .. } => {
            u64::MAX
        }
    }
}

fn fraction_width(fsp: u8) -> u64 {
    if fsp == 0 { 0 } else { u64::from(fsp) + 1 }
}

fn max_character_bytes(ty: &MySqlType) -> u64 {
    let four = ty.collation().is_some_and(|collation| {
        !collation.is_single_byte() && !matches!(collation.charset(), "utf8" | "utf8mb3" | "ucs2")
    });
    if four { 4 } else { 3 }
}

/// Writes a value for a key. See the module's table.
pub fn encode_part(ty: &MySqlType, fold: bool, value: &Value) -> Result<String, ValueError> {
    let mut part = String::new();
    push_part(ty, fold, value, &mut part)?;
    Ok(part)
}

/// Appends what [`encode_part`] gives.
pub(super) fn push_part(
    ty: &MySqlType,
    fold: bool,
    value: &Value,
    out: &mut String,
) -> Result<(), ValueError> {
    if *value == Value::Null {
        return Err(ValueError::Null);
    }
    match (ty, value) {
        // A lookup may ask for a text longer than the column, or an ENUM text that is no member: no row has it.
        (_, Value::Text(text)) => match ty.collation().filter(|_| can_be_in_key(ty)) {
            Some(collation) if fold => push_escaped(out, &collation.folded(text)?),
            Some(_) => push_escaped(out, text),
            None => return Err(ty.kind_error(value)),
        },
        _ => {
            ty.check(value)?;
            push_fixed(ty, value, out)?;
        }
    }
    Ok(())
}

fn push_fixed(ty: &MySqlType, value: &Value, out: &mut String) -> Result<(), ValueError> {
    match (ty, value) {
        (MySqlType::Int { size, unsigned, .. }, Value::Int(number)) => signed(*number < 0, out, |out| {
            push_padded(out, number.unsigned_abs(), int_width(*size, *unsigned));
        }),
        (MySqlType::Int { size, unsigned, .. }, Value::UInt(number)) => {
            push_padded(out, *number, int_width(*size, *unsigned));
        }
        (MySqlType::Bit { length }, Value::UInt(bits)) => push_padded(out, *bits, bit_width(*length)),
        (MySqlType::Year, Value::UInt(year)) => push_padded(out, *year, 4),
        (MySqlType::Decimal { precision, scale, .. }, Value::Decimal(number)) => {
            let digits = decimal_digits(*precision, *scale, number).ok_or_else(|| ty.kind_error(value))?;
            signed(number.is_negative(), out, |out| out.push_str(&digits));
        }
        (MySqlType::Time { fsp }, Value::Time(time)) => {
            signed(time.micros < 0, out, |out| time.push_magnitude(out, 3, *fsp));
        }
        (MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. }, _) => {
            codec::push_text(ty, value, out)?;
        }
        (_, Value::Bytes(bytes)) => bytes.iter().for_each(|byte| push_hex(out, *byte)),
        (_, other) => return Err(ty.kind_error(other)),
    }
    Ok(())
}

/// Reads one value off the front of a key; gives it and what is left.
pub(super) fn decode_part<'k>(ty: &MySqlType, key: &'k str) -> Result<(Value, &'k str), ValueError> {
    let malformed = || ValueError::Malformed { what: "key of the column's type" };
    if !can_be_in_key(ty) {
        return Err(malformed());
    }
    let length = if is_variable_length(ty) {
        key.find(super::DELIMITER).unwrap_or(key.len())
    } else {
        fixed_width(ty) + usize::from(key.starts_with('-'))
    };
    let (text, rest) = key.split_at_checked(length).ok_or_else(malformed)?;
    let value = read(ty, text)?;
    // Only the one text encoding makes is a key; `7` or `+7` for `0000000007` is somebody else's.
    if encode_part(ty, false, &value)? == text { Ok((value, rest)) } else { Err(malformed()) }
}

/// Reads a value that is a whole text.
pub(crate) fn decode_whole(ty: &MySqlType, text: &str) -> Result<Value, ValueError> {
    match decode_part(ty, text)? {
        (value, "") => Ok(value),
        _ => Err(ValueError::Malformed { what: "key of the column's type" }),
    }
}

fn read(ty: &MySqlType, text: &str) -> Result<Value, ValueError> {
    let malformed = || ValueError::Malformed { what: "key of the column's type" };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(complement) => (true, complement_digits(complement)),
        None => (false, text.to_owned()),
    };
    let signed_text = if negative { format!("-{digits}") } else { digits };
    Ok(match ty {
        MySqlType::Int { unsigned: false, .. } => Value::Int(signed_text.parse().map_err(|_| malformed())?),
        MySqlType::Int { unsigned: true, .. } | MySqlType::Bit { .. } | MySqlType::Year => {
            Value::UInt(signed_text.parse().map_err(|_| malformed())?)
        }
        MySqlType::Decimal { scale, .. } => Value::Decimal(Decimal::parse(&signed_text)?.rescale(*scale)?),
        MySqlType::Time { .. } => Value::Time(Time::parse(&signed_text)?),
        MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. } => {
            codec::read_text(ty, text)?
        }
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => {
            Value::Bytes(read_hex(text).ok_or_else(malformed)?)
        }
        _ => Value::Text(unescape(text).ok_or_else(malformed)?),
    })
}

/// `-` and the nines' complement for negative numbers, so that larger magnitudes sort first.
fn signed(negative: bool, out: &mut String, push: impl FnOnce(&mut String)) {
    if !negative {
        return push(out);
    }
    let mut digits = String::new();
    push(&mut digits);
    out.push('-');
    out.push_str(&complement_digits(&digits));
}

fn complement_digits(digits: &str) -> String {
    digits
        .chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_digit(9 - digit, 10)).unwrap_or(c))
        .collect()
}

fn decimal_digits(precision: u8, scale: u8, number: &Decimal) -> Option<String> {
    let before = usize::from(precision.saturating_sub(scale).max(1));
    let digits = number.padded_digits(before, scale)?;
    let (whole, fraction) = digits.split_at(before);
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

fn int_width(size: IntSize, unsigned: bool) -> usize {
    digits_of(if unsigned { u64::MAX >> (64 - size.bits()) } else { 1 << (size.bits() - 1) })
}

fn bit_width(length: u8) -> usize {
    digits_of(u64::MAX >> (64 - u32::from(length.clamp(1, 64))))
}

fn digits_of(number: u64) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// The length of a fixed-width type's key, without the sign.
fn fixed_width(ty: &MySqlType) -> usize {
    let signed =
        matches!(ty, MySqlType::Int { unsigned: false, .. } | MySqlType::Decimal { unsigned: false, .. });
    usize::try_from(max_bytes(ty)).unwrap_or(usize::MAX).saturating_sub(
        // `max_bytes` counts a sign for these.
        usize::from(signed || matches!(ty, MySqlType::Time { .. })),
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

fn push_escaped(out: &mut String, text: &str) {
    let mut rest = text;
    // All characters up to the escape are of one byte.
    while let Some(at) = rest.bytes().position(|byte| byte <= ESCAPE as u8) {
        out.push_str(&rest[..at]);
        out.push(ESCAPE);
        push_hex(out, rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn push_hex(out: &mut String, byte: u8) {
    for half in [byte >> 4, byte & 15] {
        out.extend(char::from_digit(u32::from(half), 16));
    }
}

fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split(ESCAPE);
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        plain.push(char::from(u8::from_str_radix(code, 16).ok()?));
        plain.push_str(rest);
    }
    Some(plain)
}

fn read_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
