//! Patterns that dates and times are written by: strftime's `%Y %m %d %H %M %S`, `%%`, and text.

use crate::ValueError;
use crate::mysql::MySqlType;
use crate::value::{Date, DateTime, Value};

/// A pattern, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern<'p> {
    parts: Vec<Part<'p>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part<'p> {
    Text(&'p str),
    Field(Field),
}

/// From the largest to the smallest, which is how a sorted pattern has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    Second,
}

const FIELDS: [(char, Field); 6] = [
    ('Y', Field::Year),
    ('m', Field::Month),
    ('d', Field::Day),
    ('H', Field::Hour),
    ('M', Field::Minute),
    ('S', Field::Second),
];

impl<'p> Pattern<'p> {
    /// Reads a pattern.
    ///
    /// # Errors
    /// The byte at which something stands that is none of the fields.
    pub fn parse(text: &'p str) -> Result<Self, usize> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let at = text.len() - rest.len();
            match rest.find('%') {
                Some(0) => {
                    let letter = rest[1..].chars().next().ok_or(at)?;
                    let field = FIELDS.iter().find(|(known, _)| *known == letter);
                    match field {
                        Some((_, field)) => parts.push(Part::Field(*field)),
                        None if letter == '%' => parts.push(Part::Text("%")),
                        None => return Err(at),
                    }
                    rest = &rest[1 + letter.len_utf8()..];
                }
                found => {
                    let (literal, after) = rest.split_at(found.unwrap_or(rest.len()));
                    parts.push(Part::Text(literal));
                    rest = after;
                }
            }
        }
        Ok(Self { parts })
    }

    /// The bytes of everything written by it.
    pub fn width(&self) -> usize {
        let width = |part: &Part<'_>| match part {
            Part::Text(text) => text.len(),
            Part::Field(Field::Year) => 4,
            Part::Field(_) => 2,
        };
        self.parts.iter().map(width).sum()
    }

    /// Whether its texts sort as the moments do: the year first, nothing left out between, nothing twice.
    pub fn sorts(&self) -> bool {
        self.fields().eq(FIELDS.iter().map(|(_, field)| *field).take(self.fields().count()))
    }

    /// Whether it names anything of a moment: else it is one text for all of them.
    pub fn has_fields(&self) -> bool {
        self.fields().next().is_some()
    }

    /// Whether it names a part of the day.
    pub fn has_time(&self) -> bool {
        self.fields().any(|field| field >= Field::Hour)
    }

    fn fields(&self) -> impl Iterator<Item = Field> {
        self.parts.iter().filter_map(|part| match part {
            Part::Field(field) => Some(*field),
            Part::Text(_) => None,
        })
    }

    /// The same for MySQL's DATE_FORMAT, which calls minutes `%i`.
    pub fn for_date_format(&self) -> String {
        let part = |part: &Part<'_>| match part {
            Part::Text(text) => text.replace('%', "%%"),
            Part::Field(Field::Minute) => "%i".to_owned(),
            Part::Field(field) => FIELDS
                .iter()
                .find(|(_, known)| known == field)
                .map(|(letter, _)| format!("%{letter}"))
                .unwrap_or_default(),
        };
        self.parts.iter().map(part).collect()
    }

    fn push(&self, moment: &DateTime, out: &mut String) {
        for part in &self.parts {
            let (number, width) = match part {
                Part::Text(text) => {
                    out.push_str(text);
                    continue;
                }
                Part::Field(Field::Year) => (u64::from(moment.date.year), 4),
                Part::Field(Field::Month) => (u64::from(moment.date.month), 2),
                Part::Field(Field::Day) => (u64::from(moment.date.day), 2),
                Part::Field(Field::Hour) => (u64::from(moment.hour), 2),
                Part::Field(Field::Minute) => (u64::from(moment.minute), 2),
                Part::Field(Field::Second) => (u64::from(moment.second), 2),
            };
            crate::value::digits::push_padded(out, number, width);
        }
    }
}

/// The moment a value is; midnight of a date.
pub(crate) fn moment(ty: &MySqlType, value: &Value) -> Result<DateTime, ValueError> {
    match value {
        Value::Date(date) => Ok(at_midnight(*date)),
        Value::DateTime(moment) | Value::Timestamp(moment) => Ok(*moment),
        _ => Err(ty.kind_error(value)),
    }
}

const fn at_midnight(date: Date) -> DateTime {
    DateTime { date, hour: 0, minute: 0, second: 0, micros: 0 }
}

/// Writes a moment by a pattern.
pub(crate) fn push(pattern: &str, ty: &MySqlType, value: &Value, out: &mut String) -> Result<(), ValueError> {
    let pattern =
        Pattern::parse(pattern).map_err(|_| ValueError::Malformed { what: "pattern of dates and times" })?;
    pattern.push(&moment(ty, value)?, out);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_and_know_whether_they_sort() {
        let sorts = |text| Pattern::parse(text).expect("a pattern").sorts();
        for (text, expected) in [
            ("%Y", true),
            ("%Y-%m-%dT%H", true),
            ("100%%", true),
            ("%m", false),
            ("%Y-%d", false),
            ("%Y%Y", false),
        ] {
            assert_eq!(sorts(text), expected, "{text}");
        }
        assert_eq!(Pattern::parse("%Y-%i"), Err(3));
        assert_eq!(Pattern::parse("a%"), Err(1));
        assert_eq!(Pattern::parse("%Y %H:%M %%").expect("a pattern").for_date_format(), "%Y %H:%i %%");
    }

    #[test]
    fn moments_are_written_with_all_their_digits() {
        let moment =
            DateTime { date: Date { year: 24, month: 1, day: 2 }, hour: 3, minute: 4, second: 5, micros: 6 };
        let mut out = String::new();
        push("%Y/%m/%d %H.%M.%S%%", &MySqlType::DateTime { fsp: 6 }, &Value::DateTime(moment), &mut out)
            .expect("written");
        assert_eq!(out, "0024/01/02 03.04.05%");
    }
}
