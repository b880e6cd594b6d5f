//! Ranges of a key: every key of a template whose next column lies between two values, as one stretch of texts.
//!
//! With `X` for the key up to and with a value, the keys of that value are
//!
//! - of fixed width: those that start with `X`. The least text after all of them is `X` with its last character made the
//!   next one, as every other value of that width differs within it.
//! - of variable width: `X` itself, and those that go on with `#`. A longer value that starts alike goes on with a character
//!   from `$` on, so the least text after them is `X$`.
//!
//! So every range is half-open: from a text, up to but without another. DynamoDB takes one condition on a sort key, and
//! BETWEEN, the only one with two ends, includes both; the end that is left out becomes the greatest key below it, which
//! exists because a key has an end: [`MAX_SORT_BYTES`].

use super::part::{ESCAPE, encode_part, is_variable_length};
use super::{KeyPart, KeyTemplate, MAX_SORT_BYTES, foreign};
use crate::ValueError;
use crate::mysql::MySqlType;
use crate::plan::Column;
use crate::value::Value;

/// Where a range of values starts and ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Ends {
    /// Both ends included.
    Between(Value, Value),
    /// This and all after it.
    From(Value),
    /// All after this.
    After(Value),
    /// All before this, and it, too.
    Until(Value),
    /// All before this.
    Before(Value),
}

impl Ends {
    /// The values, the lower one first.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let (first, second) = match self {
            Self::Between(lower, upper) => (lower, Some(upper)),
            Self::From(end) | Self::After(end) | Self::Until(end) | Self::Before(end) => (end, None),
        };
        std::iter::once(first).chain(second)
    }

    /// Whether no value of this type lies within them: the lower end stands after the upper one.
    ///
    /// # Errors
    /// An end is no value of the type.
    pub fn are_crossed(&self, ty: &MySqlType) -> Result<bool, ValueError> {
        let Self::Between(lower, upper) = self else { return Ok(false) };
        Ok(sorted(ty, lower)? > sorted(ty, upper)?)
    }
}

/// A stretch of key texts: from one, up to but without another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyStretch {
    /// The least text that may be in it.
    pub lower: String,
    /// The least text after it; `None` where nothing comes after it.
    pub limit: Option<String>,
}

/// One condition on a sort key of text, both its ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyTest {
    /// Every key.
    Any,
    /// No key.
    Nothing,
    /// This and all after it.
    AtLeast(String),
    /// All before this, and it, too.
    AtMost(String),
    /// Both ends included; they are in order.
    Between(String, String),
}

impl KeyTemplate {
    /// The keys of rows with these known columns whose `column` lies within the ends. It must be the template's first
    /// column that is not known.
    pub fn stretch(
        &self,
        columns: &[Column],
        row: &[Value],
        known: impl Fn(usize) -> bool,
        column: usize,
        ends: &Ends,
    ) -> Result<KeyStretch, ValueError> {
        let open = self.parts.iter().find_map(|part| match part {
            KeyPart::Column { column, fold } if !known(*column) => Some((*column, *fold)),
            _ => None,
        });
        let fold = open.filter(|(open, _)| *open == column).ok_or_else(foreign)?.1;
        let ty = &columns.get(column).ok_or_else(foreign)?.ty;
        let (start, _) = self.build_prefix(columns, row, known)?.ok_or(ValueError::Null)?;
        let at = |value: &Value| Ok(format!("{start}{}", encode_part(ty, fold, value)?));
        let past = |value: &Value| Ok(past(at(value)?, is_variable_length(ty)));
        let limit = || next(&start);
        let (lower, limit) = match ends {
            Ends::Between(lower, upper) => (at(lower)?, Some(past(upper)?)),
            Ends::From(lower) => (at(lower)?, limit()),
            Ends::After(lower) => (past(lower)?, limit()),
            Ends::Until(upper) => (start.clone(), Some(past(upper)?)),
            Ends::Before(upper) => (start.clone(), Some(at(upper)?)),
        };
        Ok(KeyStretch { lower, limit })
    }
}

impl KeyStretch {
    /// Whether a key lies in it.
    pub fn contains(&self, key: &str) -> bool {
        *self.lower <= *key && self.limit.as_deref().is_none_or(|limit| key < limit)
    }

    /// The same keys as one condition, of texts that are no longer than a key may be.
    pub fn test(&self) -> KeyTest {
        let Some(lower) = shortened(&self.lower) else { return KeyTest::Nothing };
        let upper = self.limit.as_deref().map(greatest_below);
        match upper {
            None if lower.is_empty() => KeyTest::Any,
            None => KeyTest::AtLeast(lower),
            Some(Some(upper)) if lower.is_empty() => KeyTest::AtMost(upper),
            Some(Some(upper)) if lower <= upper => KeyTest::Between(lower, upper),
            Some(_) => KeyTest::Nothing,
        }
    }
}

/// A value as a text that sorts as MySQL is asked to sort it; see [`crate::sql`].
///
/// # Errors
/// The value is none of the type, or of a type that keys can't have.
pub fn sorted(ty: &MySqlType, value: &Value) -> Result<String, ValueError> {
    match (ty.collation(), value) {
        (Some(collation), Value::Text(text)) if collation.pads() => Ok(text.trim_end_matches(' ').to_owned()),
        (Some(_), Value::Text(text)) => Ok(text.clone()),
        _ => encode_part(ty, false, value),
    }
}

/// The least text after every key that has the value `key` ends with.
fn past(mut key: String, variable: bool) -> String {
    if variable {
        key.push(ESCAPE);
        return key;
    }
    // Digits, `Z` and hex digits all have a next character.
    if let Some(last) = key.pop() {
        key.push(next_character(last).unwrap_or(last));
    }
    key
}

/// The least text after all that start with this one; `None` where there is none.
fn next(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    while let Some(last) = text.pop() {
        if let Some(next) = next_character(last) {
            text.push(next);
            return Some(text);
        }
    }
    None
}

/// The least text no longer than a key that comes no earlier than this one; `None` where there is none. What is too long
/// is cut and made greater: no key goes on where it was cut, as greater characters are no shorter.
fn shortened(lower: &str) -> Option<String> {
    let mut lower = lower.to_owned();
    while lower.len() > MAX_BYTES {
        lower.pop();
        lower = next(&lower)?;
    }
    Some(lower)
}

/// The greatest text below this one that is no longer than a key; `None` below the empty text.
fn greatest_below(limit: &str) -> Option<String> {
    let mut text = limit.to_owned();
    let last = text.pop()?;
    if limit.len() <= MAX_BYTES {
        match previous_character(last) {
            Some(previous) => text.push(previous),
            // Only the start itself comes before it.
            None => return Some(text),
        }
    }
    Some(filled(text))
}

/// The greatest text that starts with this one and is no longer than a key.
fn filled(mut text: String) -> String {
    while let Some(greatest) = match MAX_BYTES.saturating_sub(text.len()) {
        0 => None,
        1 => Some('\u{7f}'),
        2 => Some('\u{7ff}'),
        3 => Some('\u{ffff}'),
        _ => Some(char::MAX),
    } {
        text.push(greatest);
    }
    text
}

#[expect(clippy::cast_possible_truncation, reason = "1024")]
const MAX_BYTES: usize = MAX_SORT_BYTES as usize;

/// The next character; there are none between U+D7FF and U+E000.
fn next_character(character: char) -> Option<char> {
    (character..=char::MAX).nth(1)
}

fn previous_character(character: char) -> Option<char> {
    ('\0'..=character).rev().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(lower: &str, limit: Option<&str>) -> KeyStretch {
        KeyStretch { lower: lower.to_owned(), limit: limit.map(str::to_owned) }
    }

    #[test]
    fn the_greatest_key_below_a_text_has_a_keys_length_and_no_other_comes_between() {
        for (limit, start) in [("ORDER$", "ORDER#"), ("a\u{e000}", "a\u{d7ff}"), ("é", "è")] {
            let below = greatest_below(limit).expect("not empty");
            assert!(below.starts_with(start) && below.len() == MAX_BYTES && *below < *limit, "{limit:?}");
        }
        assert_eq!(greatest_below("a\0").as_deref(), Some("a"));
        assert_eq!(greatest_below(""), None);
        for length in MAX_BYTES - 4..=MAX_BYTES {
            let below = greatest_below(&format!("{}b", "x".repeat(length - 1))).expect("not empty");
            assert_eq!(below.len(), MAX_BYTES);
            // What fills the rest is the greatest that fits.
            let rest: Vec<char> = below[length..].chars().collect();
            let expected = match MAX_BYTES - length {
                0 => vec![],
                1 => vec!['\u{7f}'],
                2 => vec!['\u{7ff}'],
                3 => vec!['\u{ffff}'],
                _ => vec![char::MAX],
            };
            assert_eq!(rest, expected);
        }
    }

    #[test]
    fn a_text_longer_than_a_key_is_cut_to_the_same_keys() {
        let longest = "x".repeat(MAX_BYTES);
        assert_eq!(shortened(&format!("{longest}$")), Some(format!("{}y", "x".repeat(MAX_BYTES - 1))));
        assert_eq!(greatest_below(&format!("{longest}$")), Some(longest));
        let highest = format!("{}{}", "x".repeat(MAX_BYTES - 4), char::MAX);
        assert_eq!(shortened(&format!("{highest}$")), Some(format!("{}y", "x".repeat(MAX_BYTES - 5))));
        assert_eq!(shortened(&format!("{}$", filled(String::new()))), None);
    }

    #[test]
    fn a_stretch_is_one_condition() {
        let at_most = KeyTest::AtMost(filled("b#".to_owned()));
        for (given, test) in [
            (stretch("", None), KeyTest::Any),
            (stretch("a", None), KeyTest::AtLeast("a".to_owned())),
            (stretch("", Some("b$")), at_most),
            (stretch("a", Some("b$")), KeyTest::Between("a".to_owned(), filled("b#".to_owned()))),
            (stretch("b$", Some("b$")), KeyTest::Nothing),
            (stretch("c", Some("b$")), KeyTest::Nothing),
            (stretch("", Some("")), KeyTest::Nothing),
        ] {
            assert_eq!(given.test(), test, "{given:?}");
        }
    }
}
