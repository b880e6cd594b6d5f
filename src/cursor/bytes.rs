//! Values as bytes, exactly: a tag for the kind, then the content, its length before it where that varies.

use migratable_core::value::{Date, DateTime, Decimal, Time, Value};

/// Appends a value.
pub(super) fn write(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.push(0),
        Value::Int(number) => fixed(out, 1, number.to_be_bytes()),
        Value::UInt(number) => fixed(out, 2, number.to_be_bytes()),
        Value::Float(number) => fixed(out, 3, number.to_bits().to_be_bytes()),
        Value::Double(number) => fixed(out, 4, number.to_bits().to_be_bytes()),
        // One number has one form, whatever zeros it came with.
        Value::Decimal(number) => varying(out, 5, number.normalized().as_bytes()),
        Value::Text(text) => varying(out, 6, text.as_bytes()),
        Value::Bytes(bytes) => varying(out, 7, bytes),
        Value::Date(date) => varying(out, 8, date.to_string().as_bytes()),
        Value::Time(time) => fixed(out, 9, time.micros.to_be_bytes()),
        Value::DateTime(value) => varying(out, 10, value.format(6, ' ').as_bytes()),
        Value::Timestamp(value) => varying(out, 11, value.format(6, ' ').as_bytes()),
        Value::Set(members) => {
            fixed(out, 12, length(members.len()));
            members.iter().for_each(|member| content(out, member.as_bytes()));
        }
        Value::Json(text) => varying(out, 13, text.as_bytes()),
        // Nothing is ordered by rows, so no cursor has to give them back.
        Value::Rows(rows) => {
            fixed(out, 14, length(rows.len()));
            for row in rows {
                out.extend(length(row.len()));
                row.iter().for_each(|value| write(out, value));
            }
        }
    }
}

/// Takes a value from the front; `None` if there is none to take.
pub(super) fn read(rest: &mut &[u8]) -> Option<Value> {
    let [tag] = take_array(rest)?;
    Some(match tag {
        0 => Value::Null,
        1 => Value::Int(i64::from_be_bytes(take_array(rest)?)),
        2 => Value::UInt(u64::from_be_bytes(take_array(rest)?)),
        3 => Value::Float(f32::from_bits(u32::from_be_bytes(take_array(rest)?))),
        4 => Value::Double(f64::from_bits(u64::from_be_bytes(take_array(rest)?))),
        5 => Value::Decimal(Decimal::parse(&take_text(rest)?).ok()?),
        6 => Value::Text(take_text(rest)?),
        7 => Value::Bytes(take_content(rest)?.to_vec()),
        8 => Value::Date(Date::parse(&take_text(rest)?).ok()?),
        9 => Value::Time(Time { micros: i64::from_be_bytes(take_array(rest)?) }),
        10 => Value::DateTime(DateTime::parse(&take_text(rest)?).ok()?),
        11 => Value::Timestamp(DateTime::parse(&take_text(rest)?).ok()?),
        12 => Value::Set(take_members(rest)?),
        13 => Value::Json(take_text(rest)?),
        _ => return None,
    })
}

fn fixed<const N: usize>(out: &mut Vec<u8>, tag: u8, bytes: [u8; N]) {
    out.push(tag);
    out.extend(bytes);
}

fn varying(out: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    out.push(tag);
    content(out, bytes);
}

fn content(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(length(bytes.len()));
    out.extend(bytes);
}

/// MySQL's longest value has 4 GiB less one byte.
fn length(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

fn take_array<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    take(rest, N)?.try_into().ok()
}

fn take_length(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_be_bytes(take_array(rest)?)).ok()
}

fn take_content<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let length = take_length(rest)?;
    take(rest, length)
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    String::from_utf8(take_content(rest)?.to_vec()).ok()
}

/// The members; not collected by their announced number, which may be a lie of gigabytes.
fn take_members(rest: &mut &[u8]) -> Option<Vec<String>> {
    let count = take_length(rest)?;
    let mut members = Vec::new();
    for _ in 0..count {
        members.push(take_text(rest)?);
    }
    Some(members)
}
