//! Whether a value fits its column. What MySQL would clamp, cut, round or pad outside strict mode is an error here,
//! so that both stores always hold the same value.
//!
//! A value that fits costs no memory: everything that needs some is made for errors only.

use super::{IntSize, LobSize, Misfit, MySqlType, Taken, json};
use crate::collation::Collation;
use crate::value::{Date, DateTime, Decimal, Time, Value};
use crate::{Text, ValueError};

/// The first second of TIMESTAMP, in UTC.
const FIRST_TIMESTAMP: DateTime = moment(Date { year: 1970, month: 1, day: 1 }, 0, 0, 1, 0);

/// The last microsecond of TIMESTAMP, in UTC.
const LAST_TIMESTAMP: DateTime = moment(Date { year: 2038, month: 1, day: 19 }, 3, 14, 7, 999_999);

/// 0000-00-00 00:00:00.
const ZERO_TIMESTAMP: DateTime = moment(Date { year: 0, month: 0, day: 0 }, 0, 0, 0, 0);

const fn moment(date: Date, hour: u8, minute: u8, second: u8, micros: u32) -> DateTime {
    DateTime { date, hour, minute, second, micros }
}

impl MySqlType {
    /// Whether a column of this type holds the value exactly. NULL is fine here: whether it is allowed is the
    /// column's matter, not the type's.
    ///
    /// # Errors
    /// [`ValueError::Range`] says what is exceeded, [`ValueError::Kind`] that the value is of another type.
    pub fn check(&self, value: &Value) -> Result<(), ValueError> {
        match self.misfit(value) {
            Ok(None) => Ok(()),
            Ok(Some(misfit)) => Err(self.range_error(misfit)),
            Err(OtherKind) => Err(self.kind_error(value)),
        }
    }

    /// The error for a value of another kind.
    pub(crate) fn kind_error(&self, value: &Value) -> ValueError {
        ValueError::Kind { expected: self.to_string(), found: value.kind() }
    }

    pub(crate) fn range_error(&self, reason: Misfit) -> ValueError {
        ValueError::Range { ty: self.to_string(), reason }
    }

    fn misfit(&self, value: &Value) -> Result<Option<Misfit>, OtherKind> {
        Ok(match (self, value) {
            (_, Value::Null) => None,
            (Self::Int { size, unsigned: false, .. }, Value::Int(number)) => signed(*size, *number),
            (Self::Int { size, unsigned: true, .. }, Value::UInt(number)) => at_most(*number, size.bits()),
            (Self::Decimal { precision, scale, unsigned }, Value::Decimal(number)) => {
                decimal(*precision, *scale, *unsigned, number)
            }
            (Self::Float { unsigned }, Value::Float(number)) => float(f64::from(*number), *unsigned),
            (Self::Double { unsigned }, Value::Double(number)) => float(*number, *unsigned),
            (Self::Bit { length }, Value::UInt(bits)) => at_most(*bits, u32::from(*length)),
            (Self::Year, Value::UInt(year)) => match year {
                0 | 1901..=2155 => None,
                1..=99 => Some(Misfit::ShortYear),
                _ => Some(Misfit::Year),
            },
            (Self::Char { length, collation }, Value::Text(text)) => {
                let blanks = text.ends_with(' ').then_some(Misfit::TrailingBlanks);
                characters(*length, text).or(blanks).or_else(|| repertoire(collation, text))
            }
            (Self::VarChar { length, collation }, Value::Text(text)) => {
                characters(*length, text).or_else(|| repertoire(collation, text))
            }
            (Self::Text { size, collation }, Value::Text(text)) => {
                lob(*size, collation, text).or_else(|| repertoire(collation, text))
            }
            (Self::Binary { length }, Value::Bytes(value)) => binary(u64::from(*length), value.len() as u64),
            (Self::VarBinary { length }, Value::Bytes(value)) => {
                bytes(u64::from(*length), value.len() as u64)
            }
            (Self::Blob { size }, Value::Bytes(value)) => bytes(size.max_bytes(), value.len() as u64),
            (Self::Json, Value::Json(text)) => json::validate(text).err().map(|at| Misfit::Json { at }),
            (Self::Date, Value::Date(date)) => calendar(date.is_in_range()),
            (Self::Time { fsp }, Value::Time(time)) => {
                duration(time).or_else(|| fraction(time.exceeds(*fsp), *fsp))
            }
            (Self::DateTime { fsp }, Value::DateTime(value)) => {
                calendar(value.is_in_range()).or_else(|| fraction(value.exceeds(*fsp), *fsp))
            }
            (Self::Timestamp { fsp }, Value::Timestamp(value)) => calendar(value.is_in_range())
                .or_else(|| timestamp(value))
                .or_else(|| fraction(value.exceeds(*fsp), *fsp)),
            (Self::Enum { members, collation }, Value::Text(text)) => (!is_member(members, text))
                .then(|| Misfit::Member { taken: enum_taken(members, collation, text) }),
            (Self::Set { members, collation }, Value::Set(chosen)) => chosen
                .iter()
                .find_map(|text| set_misfit(members, collation, chosen.len(), text))
                .or_else(|| (!in_order(members, chosen)).then_some(Misfit::MemberOrder)),
            _ => return Err(OtherKind),
        })
    }
}

/// The value is of another kind than the type.
struct OtherKind;

fn signed(size: IntSize, number: i64) -> Option<Misfit> {
    let (least, most) = (i64::MIN >> (64 - size.bits()), i64::MAX >> (64 - size.bits()));
    if number < least {
        Some(Misfit::Below { least: least.to_string() })
    } else {
        (number > most).then(|| Misfit::Above { most: most.to_string() })
    }
}

fn at_most(number: u64, bits: u32) -> Option<Misfit> {
    let most = u64::MAX.checked_shr(64_u32.saturating_sub(bits)).unwrap_or(0);
    (number > most).then(|| Misfit::Above { most: most.to_string() })
}

fn decimal(precision: u8, scale: u8, unsigned: bool, number: &Decimal) -> Option<Misfit> {
    let whole = usize::from(precision.saturating_sub(scale));
    if unsigned && number.is_negative() {
        return Some(Misfit::Below { least: "0".to_owned() });
    }
    if number.plainly_fits(whole, scale) {
        return None;
    }
    let digits = number.fraction_digits();
    // Rounding the digits that don't fit can carry over.
    if number.integer_digits() > whole || (digits > scale && number.carries_over(whole, scale)) {
        let most = Decimal::nines(whole, scale);
        return Some(if number.is_negative() {
            Misfit::Below { least: format!("-{most}") }
        } else {
            Misfit::Above { most: most.to_string() }
        });
    }
    (digits > scale).then_some(Misfit::Scale { actual: digits, most: scale })
}

fn float(number: f64, unsigned: bool) -> Option<Misfit> {
    if !number.is_finite() {
        return Some(Misfit::NotFinite);
    }
    (unsigned && number < 0.0).then(|| Misfit::Below { least: "0".to_owned() })
}

fn characters(length: u32, text: &str) -> Option<Misfit> {
    // No text has more characters than bytes.
    if text.len() <= length as usize {
        return None;
    }
    let (actual, most) = (text.chars().count() as u64, u64::from(length));
    if actual <= most {
        return None;
    }
    let blank = text.chars().skip(length as usize).all(|character| character == ' ');
    Some(if blank { Misfit::TrailingBlanks } else { Misfit::Characters { actual, most } })
}

/// Whether the character set holds the characters; where it is not known here, the server is left to say.
fn repertoire(collation: &Collation, text: &str) -> Option<Misfit> {
    // Most columns' character set, which holds every character.
    if collation.name.starts_with("utf8mb4_") || text.is_ascii() {
        return None;
    }
    let charset = collation.charset();
    let holds: fn(char) -> bool = match charset {
        "ascii" => |character| character.is_ascii(),
        "latin1" => is_latin1,
        "utf8" | "utf8mb3" | "ucs2" => |character| character.len_utf8() < 4,
        _ => return None,
    };
    let position = text.chars().position(|character| !holds(character))?;
    Some(Misfit::Character { charset: charset.to_owned(), position })
}

fn bytes(most: u64, actual: u64) -> Option<Misfit> {
    (actual > most).then_some(Misfit::Bytes { actual, most })
}

fn lob(size: LobSize, collation: &Collation, text: &str) -> Option<Misfit> {
    // No character set takes more than four bytes for what UTF-8 takes at least one for.
    if text.len() as u64 * 4 <= size.max_bytes() {
        return None;
    }
    bytes(size.max_bytes(), stored_bytes(collation.charset(), text))
}

fn binary(exactly: u64, actual: u64) -> Option<Misfit> {
    bytes(exactly, actual).or((actual < exactly).then_some(Misfit::Short { actual, exactly }))
}

fn fraction(exceeds: bool, most: u8) -> Option<Misfit> {
    exceeds.then_some(Misfit::Fraction { most })
}

/// The fields of dates and times are public; what is out of their bounds has no text that reads back.
fn calendar(in_range: bool) -> Option<Misfit> {
    (!in_range).then_some(Misfit::Calendar)
}

fn duration(time: &Time) -> Option<Misfit> {
    if time.is_in_range() {
        return None;
    }
    Some(if time.micros < 0 {
        Misfit::Below { least: "-838:59:59".to_owned() }
    } else {
        Misfit::Above { most: "838:59:59".to_owned() }
    })
}

fn timestamp(value: &DateTime) -> Option<Misfit> {
    // The zero timestamp is a value of its own, and the only one that no calendar has; whether it may be carried is
    // the policy for zero dates.
    let within = (FIRST_TIMESTAMP..=LAST_TIMESTAMP).contains(value) && !value.date.is_zero();
    (!within && *value != ZERO_TIMESTAMP).then_some(Misfit::Timestamp)
}

fn is_member(members: &[Text], text: &str) -> bool {
    members.iter().any(|member| member == text)
}

/// Whether members stand in declaration order, each once. All are members.
fn in_order(members: &[Text], chosen: &[String]) -> bool {
    let position = |text: &String| members.iter().position(|member| member == text);
    chosen.is_sorted_by(|a, b| position(a) < position(b))
}

/// What is wrong with one text of a SET value that has this many.
pub(crate) fn set_misfit(
    members: &[Text],
    collation: &Collation,
    count: usize,
    text: &str,
) -> Option<Misfit> {
    if is_member(members, text) {
        return None;
    }
    let taken = match equal_member(members, collation, text) {
        Equal::Member(position) => Taken::Member(position),
        // A whole value that is a number stands for the members its bits name.
        Equal::No if count == 1 && text.bytes().all(|byte| byte.is_ascii_digit()) => Taken::Unknown,
        Equal::No if !text.contains(',') => Taken::LeftOut,
        Equal::No | Equal::Unknown => Taken::Unknown,
    };
    Some(Misfit::Member { taken })
}

/// What an ENUM column makes of a text: the member it is equal to, then the member of this number (MySQL Reference
/// Manual, "The ENUM Type", on index values), else none.
fn enum_taken(members: &[Text], collation: &Collation, text: &str) -> Taken {
    match equal_member(members, collation, text) {
        Equal::Member(position) => Taken::Member(position),
        Equal::Unknown => Taken::Unknown,
        Equal::No => match text.trim_matches(' ').parse::<usize>() {
            Ok(position) if (1..=members.len()).contains(&position) => Taken::Member(position),
            _ => Taken::Emptied,
        },
    }
}

enum Equal {
    Member(usize),
    No,
    Unknown,
}

/// The member that the collation holds equal to a text. Servers cut blanks off members and values alike.
fn equal_member(members: &[Text], collation: &Collation, text: &str) -> Equal {
    let fold = |text: &str| collation.fold(text.trim_end_matches(' '));
    let Ok(text) = fold(text) else { return Equal::Unknown };
    for (position, member) in members.iter().enumerate() {
        match fold(member) {
            Ok(member) if member == text => return Equal::Member(position + 1),
            Ok(_) => {}
            Err(_) => return Equal::Unknown,
        }
    }
    Equal::No
}

/// Whether MySQL's latin1 has the character: that is Windows-1252, with control characters in the five places it leaves
/// free.
fn is_latin1(character: char) -> bool {
    const BETWEEN: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u{81}\u{8d}\u{8f}\u{90}\u{9d}";
    matches!(character, '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}') || BETWEEN.contains(character)
}

/// The bytes a text takes in its column's character set: exactly in Unicode's and in single-byte ones, at least that in
/// the others, where the server is left to say.
fn stored_bytes(charset: &str, text: &str) -> u64 {
    let bytes = match charset {
        "utf8mb4" | "utf8mb3" | "utf8" => text.len(),
        "ucs2" | "utf16" | "utf16le" => text.encode_utf16().count() * 2,
        "utf32" => text.chars().count() * 4,
        _ => text.chars().count(),
    };
    bytes as u64
}
