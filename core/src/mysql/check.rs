//! Whether a value fits its column. What MySQL would clamp, cut, round or pad outside strict mode is an error here,
//! so that both stores always hold the same value.

use super::{IntSize, LobSize, MySqlType};
use crate::ValueError;
use crate::collation::Collation;
use crate::value::{Date, DateTime, Decimal, Value};

/// The TIMESTAMP range, in seconds' precision: 1970-01-01 00:00:01 to 2038-01-19 03:14:07, UTC.
const TIMESTAMP_RANGE: (&str, &str) = ("1970-01-01 00:00:01", "2038-01-19 03:14:07");

/// 0000-00-00 00:00:00.
const ZERO_TIMESTAMP: DateTime =
    DateTime { date: Date { year: 0, month: 0, day: 0 }, hour: 0, minute: 0, second: 0, micros: 0 };

impl MySqlType {
    /// Whether a column of this type holds the value exactly. NULL is fine here: whether it is allowed is the
    /// column's matter, not the type's.
    pub fn check(&self, value: &Value) -> Result<(), ValueError> {
        match (self, value) {
            (_, Value::Null) => Ok(()),
            (Self::Int { size, unsigned: false, .. }, Value::Int(number)) => self.signed(*size, *number),
            (Self::Int { size, unsigned: true, .. }, Value::UInt(number)) => self.unsigned(*size, *number),
            (Self::Decimal { precision, scale, unsigned }, Value::Decimal(number)) => {
                self.decimal(*precision, *scale, *unsigned, number)
            }
            (Self::Float { unsigned }, Value::Float(number)) => self.float(f64::from(*number), *unsigned),
            (Self::Double { unsigned }, Value::Double(number)) => self.float(*number, *unsigned),
            (Self::Bit { length }, Value::UInt(bits)) => self
                .ensure(u32::from(*length) >= u64::BITS - bits.leading_zeros(), || {
                    "it has more bits".to_owned()
                }),
            (Self::Year, Value::UInt(year)) => self
                .ensure(*year == 0 || (1901..=2155).contains(year), || {
                    "years are 1901 to 2155, and 0".to_owned()
                }),
            (Self::Char { length, collation }, Value::Text(text)) => {
                self.ensure(!text.ends_with(' '), || "CHAR loses blanks at the end".to_owned())?;
                self.characters(*length, collation, text)
            }
            (Self::VarChar { length, collation }, Value::Text(text)) => {
                self.characters(*length, collation, text)
            }
            (Self::Text { size, collation }, Value::Text(text)) => self.text(*size, collation, text),
            (Self::Binary { length }, Value::Bytes(bytes)) => self
                .ensure(bytes.len() == *length as usize, || {
                    format!("it has {} bytes, and MySQL would pad or cut it", bytes.len())
                }),
            (Self::VarBinary { length }, Value::Bytes(bytes)) => self.bytes(u64::from(*length), bytes.len()),
            (Self::Blob { size }, Value::Bytes(bytes)) => self.bytes(size.max_bytes(), bytes.len()),
            (Self::Json, Value::Json(_)) => Ok(()),
            (Self::Date, Value::Date(date)) => self.calendar(date.is_in_range()),
            (Self::Time { fsp }, Value::Time(time)) => {
                self.ensure(time.is_in_range(), || "it holds -838:59:59 to 838:59:59".to_owned())?;
                self.fraction(time.exceeds(*fsp))
            }
            (Self::DateTime { fsp }, Value::DateTime(value)) => {
                self.calendar(value.is_in_range())?;
                self.fraction(value.exceeds(*fsp))
            }
            (Self::Timestamp { fsp }, Value::Timestamp(value)) => {
                self.calendar(value.is_in_range())?;
                self.timestamp(value)?;
                self.fraction(value.exceeds(*fsp))
            }
            (Self::Enum { members, .. }, Value::Text(text)) => {
                self.ensure(members.iter().any(|member| member == text), || "it is not a member".to_owned())
            }
            (Self::Set { members, .. }, Value::Set(chosen)) => self.members(members, chosen),
            _ => Err(self.kind_error(value)),
        }
    }

    /// The error for a value of another kind.
    pub(crate) fn kind_error(&self, value: &Value) -> ValueError {
        ValueError::Kind { expected: self.to_string(), found: value.kind() }
    }

    fn ensure(&self, holds: bool, reason: impl FnOnce() -> String) -> Result<(), ValueError> {
        if holds { Ok(()) } else { Err(ValueError::Range { ty: self.to_string(), reason: reason() }) }
    }

    fn signed(&self, size: IntSize, number: i64) -> Result<(), ValueError> {
        let (least, most) = (i64::MIN >> (64 - size.bits()), i64::MAX >> (64 - size.bits()));
        self.ensure((least..=most).contains(&number), || format!("it holds {least} to {most}"))
    }

    fn unsigned(&self, size: IntSize, number: u64) -> Result<(), ValueError> {
        let most = u64::MAX >> (64 - size.bits());
        self.ensure(number <= most, || format!("it holds 0 to {most}"))
    }

    fn decimal(&self, precision: u8, scale: u8, unsigned: bool, number: &Decimal) -> Result<(), ValueError> {
        self.ensure(!(unsigned && number.is_negative()), || "it is negative".to_owned())?;
        self.ensure(number.rescale(scale).is_ok(), || {
            format!("it has more than {scale} digits after the point")
        })?;
        let whole = usize::from(precision - scale.min(precision));
        self.ensure(number.integer_digits() <= whole, || {
            format!("it has more than {whole} digits before the point")
        })
    }

    fn float(&self, number: f64, unsigned: bool) -> Result<(), ValueError> {
        self.ensure(number.is_finite(), || "MySQL has no NaN and no infinity".to_owned())?;
        self.ensure(!(unsigned && number < 0.0), || "it is negative".to_owned())
    }

    fn characters(&self, length: u32, collation: &Collation, text: &str) -> Result<(), ValueError> {
        let characters = text.chars().count();
        self.ensure(characters <= length as usize, || format!("it has {characters} characters"))?;
        self.repertoire(collation, text)
    }

    fn text(&self, size: LobSize, collation: &Collation, text: &str) -> Result<(), ValueError> {
        self.bytes(size.max_bytes(), stored_bytes(collation.charset(), text))?;
        self.repertoire(collation, text)
    }

    /// Whether the character set holds the characters; where it is not known here, the server is left to say.
    fn repertoire(&self, collation: &Collation, text: &str) -> Result<(), ValueError> {
        let holds = match collation.charset() {
            "ascii" => text.is_ascii(),
            "latin1" => text.chars().all(is_latin1),
            "utf8" | "utf8mb3" | "ucs2" => text.chars().all(|character| character.len_utf8() < 4),
            _ => true,
        };
        self.ensure(holds, || format!("the character set {} lacks a character of it", collation.charset()))
    }

    fn bytes(&self, most: u64, bytes: usize) -> Result<(), ValueError> {
        self.ensure(bytes as u64 <= most, || format!("it has {bytes} bytes, {most} fit"))
    }

    fn fraction(&self, exceeds: bool) -> Result<(), ValueError> {
        self.ensure(!exceeds, || "MySQL would cut or round its fraction of a second".to_owned())
    }

    /// The fields of dates and times are public; what is out of their bounds has no text that reads back.
    fn calendar(&self, in_range: bool) -> Result<(), ValueError> {
        self.ensure(in_range, || "a part of it is out of bounds".to_owned())
    }

    fn timestamp(&self, value: &DateTime) -> Result<(), ValueError> {
        let second = value.format(0, ' ');
        let within = (TIMESTAMP_RANGE.0..=TIMESTAMP_RANGE.1).contains(&second.as_str());
        // The zero timestamp is a value of its own, and the only one that no calendar has; whether it may be carried is
        // the policy for zero dates.
        self.ensure(within && !value.date.is_zero() || *value == ZERO_TIMESTAMP, || {
            format!("it holds {} to {}", TIMESTAMP_RANGE.0, TIMESTAMP_RANGE.1)
        })
    }

    fn members(&self, members: &[crate::Text], chosen: &[String]) -> Result<(), ValueError> {
        let positions: Option<Vec<usize>> =
            chosen.iter().map(|choice| members.iter().position(|member| member == choice)).collect();
        let positions = positions.ok_or_else(|| ValueError::Range {
            ty: self.to_string(),
            reason: "one of its texts is not a member".to_owned(),
        })?;
        self.ensure(positions.is_sorted_by(|a, b| a < b), || {
            "members stand in declaration order, each once".to_owned()
        })
    }
}

/// Whether MySQL's latin1 has the character: that is Windows-1252, with control characters in the five places it leaves
/// free.
fn is_latin1(character: char) -> bool {
    const BETWEEN: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u{81}\u{8d}\u{8f}\u{90}\u{9d}";
    matches!(character, '\0'..='\u{7f}' | '\u{a0}'..='\u{ff}') || BETWEEN.contains(character)
}

/// The bytes a text takes in its column's character set: exactly in Unicode's and in single-byte ones, at least that in
/// the others, where the server is left to say.
fn stored_bytes(charset: &str, text: &str) -> usize {
    match charset {
        "utf8mb4" | "utf8mb3" | "utf8" => text.len(),
        "ucs2" | "utf16" | "utf16le" => text.encode_utf16().count() * 2,
        "utf32" => text.chars().count() * 4,
        _ => text.chars().count(),
    }
}
