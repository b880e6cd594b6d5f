//! One value inside a key.

use crate::ValueError;
use crate::codec;
use crate::mysql::{IntSize, MySqlType};
use crate::value::{Decimal, Time, Value};

/// Characters up to this one are escaped; it is also the escape character.
const ESCAPE: char = '$';

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
    if *value == Value::Null {
        return Err(ValueError::Null);
    }
    match (ty, value) {
        // A lookup may ask for a text longer than the column, or an ENUM text that is no member: no row has it.
        (_, Value::Text(text)) => match ty.collation().filter(|_| can_be_in_key(ty)) {
            Some(collation) if fold => Ok(escape(&collation.fold(text)?)),
            Some(_) => Ok(escape(text)),
            None => Err(ty.kind_error(value)),
        },
        _ => {
            ty.check(value)?;
            write_fixed(ty, value)
        }
    }
}

fn write_fixed(ty: &MySqlType, value: &Value) -> Result<String, ValueError> {
    Ok(match (ty, value) {
        (MySqlType::Int { size, unsigned, .. }, Value::Int(number)) => {
            let digits = format!("{:0width$}", number.unsigned_abs(), width = int_width(*size, *unsigned));
            signed(*number < 0, digits)
        }
        (MySqlType::Int { size, unsigned, .. }, Value::UInt(number)) => {
            format!("{number:0width$}", width = int_width(*size, *unsigned))
        }
        (MySqlType::Bit { length }, Value::UInt(bits)) => {
            format!("{bits:0width$}", width = bit_width(*length))
        }
        (MySqlType::Year, Value::UInt(year)) => format!("{year:04}"),
        (MySqlType::Decimal { precision, scale, .. }, Value::Decimal(number)) => {
            let digits = decimal_digits(*precision, *scale, number).ok_or_else(|| ty.kind_error(value))?;
            signed(number.is_negative(), digits)
        }
        (MySqlType::Time { fsp }, Value::Time(time)) => signed(time.micros < 0, time.magnitude(3, *fsp)),
        (MySqlType::Date | MySqlType::DateTime { .. } | MySqlType::Timestamp { .. }, _) => {
            codec::write_text(ty, value)?
        }
        (_, Value::Bytes(bytes)) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        (_, other) => return Err(ty.kind_error(other)),
    })
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
fn signed(negative: bool, digits: String) -> String {
    if negative { format!("-{}", complement_digits(&digits)) } else { digits }
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
    let widest = if unsigned { u64::MAX >> (64 - size.bits()) } else { 1 << (size.bits() - 1) };
    widest.to_string().len()
}

fn bit_width(length: u8) -> usize {
    (u64::MAX >> (64 - u32::from(length.clamp(1, 64)))).to_string().len()
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
    for character in text.chars() {
        if character <= ESCAPE {
            escaped.push_str(&format!("{ESCAPE}{:02x}", u32::from(character)));
        } else {
            escaped.push(character);
        }
    }
    escaped
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
