//! Key templates: how a key attribute is built from columns, and read back.
//!
//! Keys are text (S), compared by DynamoDB byte by byte. Each value is written so that
//!
//! - two values are one text exactly if MySQL holds them equal (injective), and
//! - two texts sort as MySQL sorts the values (order-preserving; text by its bytes).
//!
//! | column | written as | width |
//! | --- | --- | --- |
//! | integers, BIT, YEAR | digits with leading zeros, as many as the type's widest value has | fixed |
//! | DECIMAL(p, s) | p digits with leading zeros and the point | fixed |
//! | negative numbers and times | `-`, then every digit subtracted from 9, so that -1 sorts after -2 | fixed |
//! | DATE, DATETIME, TIMESTAMP | as in items | fixed |
//! | TIME | hours with three digits, and the column's fractional digits | fixed |
//! | text, ENUM | itself, with every character up to `$` (U+0024) written as `$` and two hex digits | variable |
//! | binary | lower-case hex | variable (BINARY(n): fixed) |
//!
//! `-` (U+002D) sorts before the digits, so negative numbers come first. `#` (U+0023) never stands inside a value and
//! sorts before everything a value is written with, so a value that ends at `#` sorts before all that go on: that is
//! why a value of variable width must be the last one or be followed by a literal that starts with `#`.

mod format;
mod order;
mod part;
mod range;
mod read;

pub use format::KeyFormat;
pub use order::Disorder;
pub(crate) use part::decode_whole;
pub use part::{can_be_in_key, encode_part, is_variable_length, max_bytes};
pub use range::{Ends, KeyStretch, KeyTest, sorted};
pub use read::{read_given, read_key};

use crate::plan::Column;
use crate::value::Value;
use crate::{List, Text, ValueError};

/// Bytes a partition key value may have (DynamoDB Developer Guide, "Service quotas": 2048).
pub const MAX_PARTITION_BYTES: u64 = 2048;

/// Bytes a sort key value may have (DynamoDB Developer Guide, "Service quotas": 1024).
pub const MAX_SORT_BYTES: u64 = 1024;

/// The character that ends a value of variable width.
pub const DELIMITER: char = '#';

/// A key template, parsed: literals and columns in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTemplate {
    /// The parts, in order.
    pub parts: List<KeyPart>,
}

/// One part of a key template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// Text that stands in every key.
    Literal(Text),
    /// A column's value.
    Column {
        /// Position in the plan's columns.
        column: usize,
        /// Whether the text is folded by its column's collation first, so that what MySQL holds equal is one key.
        fold: bool,
    },
    /// A column's value in a form of its own. See [`KeyFormat`].
    Formatted {
        /// Position in the plan's columns.
        column: usize,
        /// The form.
        format: KeyFormat,
    },
}

impl KeyPart {
    /// The column whose value it is.
    pub const fn column(&self) -> Option<usize> {
        match self {
            Self::Literal(_) => None,
            Self::Column { column, .. } | Self::Formatted { column, .. } => Some(*column),
        }
    }

    /// The column whose value it is, if two values are two texts here.
    pub const fn whole_column(&self) -> Option<usize> {
        match self {
            Self::Formatted { format, .. } if !format.gives_back() => None,
            _ => self.column(),
        }
    }
}

impl KeyTemplate {
    /// The columns it is built from, in order.
    pub fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().filter_map(KeyPart::column)
    }

    /// The key of a row; `None` where a column of it is NULL, so that the item is not in that index.
    pub fn build(&self, columns: &[Column], row: &[Value]) -> Result<Option<String>, ValueError> {
        let all = self.build_prefix(columns, row, |_| true)?;
        Ok(all.filter(|(_, whole)| *whole).map(|(key, _)| key))
    }

    /// The start of the key, up to the first column that is not known yet, and whether that is the whole key. `None`
    /// where a known column is NULL.
    pub fn build_prefix(
        &self,
        columns: &[Column],
        row: &[Value],
        known: impl Fn(usize) -> bool,
    ) -> Result<Option<(String, bool)>, ValueError> {
        // Room for a literal, a number and the like each.
        let mut key = String::with_capacity(self.parts.len() * 12);
        for part in self.parts.iter() {
            match part {
                KeyPart::Literal(text) => key.push_str(text),
                KeyPart::Column { column, .. } | KeyPart::Formatted { column, .. } if !known(*column) => {
                    return Ok(Some((key, false)));
                }
                KeyPart::Formatted { column, format } => match row.get(*column).ok_or_else(foreign)? {
                    Value::Null => return Ok(None),
                    value => format.push(&columns.get(*column).ok_or_else(foreign)?.ty, value, &mut key)?,
                },
                KeyPart::Column { column, fold } => match row.get(*column).ok_or_else(foreign)? {
                    Value::Null => return Ok(None),
                    value => {
                        let column = columns.get(*column).ok_or_else(foreign)?;
                        part::push_part(&column.ty, *fold, value, &mut key)?;
                    }
                },
            }
        }
        Ok(Some((key, true)))
    }

    /// The keys of all rows with these known columns, where nothing but shards is not known: one for each shard. None where
    /// something else is not known, or a known column is NULL.
    pub fn build_shards(
        &self,
        columns: &[Column],
        row: &[Value],
        known: impl Fn(usize) -> bool,
    ) -> Result<Vec<String>, ValueError> {
        let mut keys = vec![String::new()];
        for part in self.parts.iter() {
            match part {
                KeyPart::Formatted { column, format: KeyFormat::Shard(shards) } if !known(*column) => {
                    let of_key = |key: String| {
                        (0..*shards).map(move |shard| format!("{key}{}", format::shard_text(shard, *shards)))
                    };
                    keys = keys.into_iter().flat_map(of_key).collect();
                }
                other => {
                    let other = Self { parts: vec![other.clone()].into() };
                    match other.build_prefix(columns, row, &known)? {
                        Some((text, true)) => keys.iter_mut().for_each(|key| key.push_str(&text)),
                        _ => return Ok(Vec::new()),
                    }
                }
            }
        }
        Ok(keys)
    }

    /// The columns' values, read back from a key. Folded text comes back folded: equal under its collation.
    pub fn parse(&self, columns: &[Column], key: &str) -> Result<Vec<(usize, Value)>, ValueError> {
        let malformed = || ValueError::Malformed { what: "key of this template" };
        let mut rest = key;
        let mut values = Vec::new();
        for part in self.parts.iter() {
            match part {
                KeyPart::Literal(text) => rest = rest.strip_prefix(text.as_ref()).ok_or_else(malformed)?,
                KeyPart::Column { column, .. } => {
                    let ty = &columns.get(*column).ok_or_else(foreign)?.ty;
                    let (value, after) = part::decode_part(ty, rest)?;
                    values.push((*column, value));
                    rest = after;
                }
                KeyPart::Formatted { column, format } => {
                    let (value, after) = format.pull(&columns.get(*column).ok_or_else(foreign)?.ty, rest)?;
                    values.extend(value.map(|value| (*column, value)));
                    rest = after;
                }
            }
        }
        if rest.is_empty() { Ok(values) } else { Err(malformed()) }
    }
}

/// The error for columns or a row that the template wasn't made for.
const fn foreign() -> ValueError {
    ValueError::Malformed { what: "row of this template" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collation::Collation;
    use crate::mysql::{IntSize, MySqlType, ZeroDates};

    fn columns() -> Vec<Column> {
        let int = MySqlType::Int { size: IntSize::Int, unsigned: false, display: None };
        let text = MySqlType::VarChar { length: 20, collation: Collation::constant("utf8mb4_0900_bin") };
        [("a", int), ("b", text.clone()), ("c", text)]
            .into_iter()
            .map(|(name, ty)| Column {
                table: 0,
                name: Text::Borrowed(name),
                ty,
                nullable: true,
                generated: false,
                zero_dates: ZeroDates::Refuse,
                when_null: None,
            })
            .collect()
    }

    fn template(parts: &[KeyPart]) -> KeyTemplate {
        KeyTemplate { parts: parts.to_vec().into() }
    }

    fn column(column: usize) -> KeyPart {
        KeyPart::Column { column, fold: false }
    }

    fn literal(text: &'static str) -> KeyPart {
        KeyPart::Literal(Text::Borrowed(text))
    }

    #[test]
    fn a_key_reads_back_and_delimiters_in_values_do_not_collide() {
        let template = template(&[literal("A#"), column(1), literal("#"), column(2)]);
        let row = |b: &str, c: &str| vec![Value::Null, Value::Text(b.into()), Value::Text(c.into())];
        let build = |row: &[Value]| template.build(&columns(), row).expect("fits").expect("not NULL");
        assert_eq!(build(&row("x y", "")), "A#x$20y#");
        assert_ne!(build(&row("A#C", "B")), build(&row("A", "C#B")));
        let parsed = template.parse(&columns(), &build(&row("A#$", "é#"))).expect("our own key");
        assert_eq!(parsed, [(1, Value::Text("A#$".into())), (2, Value::Text("é#".into()))]);
        for foreign in ["A#x", "B#x#y", "A#x#y#z", "A#x y#z", "A#$2#x", "A#$zz#x"] {
            assert!(template.parse(&columns(), foreign).is_err(), "{foreign}");
        }
    }

    #[test]
    fn a_column_that_can_stand_in_no_key_is_refused_in_both_directions() {
        let float = MySqlType::Double { unsigned: false };
        assert!(encode_part(&float, false, &Value::Double(1.5)).is_err());
        let set = MySqlType::Set {
            members: vec![Text::Borrowed("a")].into(),
            collation: Collation::constant("utf8mb4_0900_bin"),
        };
        assert!(encode_part(&set, false, &Value::Text("a".into())).is_err());
        for key in ["", "1.5", "-1.5", "A#"] {
            assert!(part::decode_part(&float, key).is_err(), "{key}");
        }
    }

    #[test]
    fn null_means_no_key_and_an_unknown_column_ends_the_prefix() {
        let template = template(&[literal("U#"), column(0), literal("#"), column(1)]);
        let row = [Value::Int(7), Value::Null, Value::Null];
        assert_eq!(template.build(&columns(), &row).expect("fits"), None);
        let prefix = template.build_prefix(&columns(), &row, |column| column == 0).expect("fits");
        assert_eq!(prefix, Some(("U#0000000007#".to_owned(), false)));
    }
}
