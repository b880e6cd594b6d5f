//! The parts of a MySQL table's keys, one line of text each: `name`, `name(10)`, `name desc`, `(lower(name))`.

use std::fmt;

use super::lexer::Lexer;
use super::names::{name, name_text};
use super::text::TextError;
use super::{Indexed, KeyPart, SourceKey};
use crate::codes;

const FORMS: &str = "write a column's name, `name(10)` for the start of its values or `(expression)`, and `desc` behind \
                     what runs backwards";

/// Reads a part of a key.
///
/// # Errors
/// The first mistake, with its bytes in the text.
pub fn parse_key_part(text: &str) -> Result<KeyPart, TextError> {
    let mut lexer = Lexer::new(text);
    let what = indexed(&mut lexer)?;
    if lexer.peek().is_none() {
        return Ok(KeyPart { what, descending: false });
    }
    let (found, range) = lexer.misfit();
    let help = match found.to_ascii_lowercase().as_str() {
        "desc" if lexer.peek().is_none() => return Ok(KeyPart { what, descending: true }),
        "asc" => "delete it: a key runs forwards unless its text says `desc`",
        _ => FORMS,
    };
    Err(TextError::new(codes::KEY_PART_TEXT, range, super::types::unexpected(found)).help(help))
}

fn indexed(lexer: &mut Lexer<'_>) -> Result<Indexed, TextError> {
    if lexer.peek() == Some('(') {
        return expression(lexer);
    }
    let column = name(lexer, codes::KEY_PART_TEXT)?;
    if lexer.take('(') { Ok(Indexed::Prefix(column, length(lexer)?)) } else { Ok(Indexed::Column(column)) }
}

fn expression(lexer: &mut Lexer<'_>) -> Result<Indexed, TextError> {
    let start = lexer.position();
    let inner = lexer.parenthesized()?;
    if inner.is_empty() {
        let range = start..lexer.position();
        return Err(TextError::new(codes::KEY_PART_TEXT, range, "an expression is empty").help(FORMS));
    }
    Ok(Indexed::Expression(inner.to_owned()))
}

/// `10)`.
fn length(lexer: &mut Lexer<'_>) -> Result<u64, TextError> {
    lexer.skip_blanks();
    let start = lexer.position();
    let number = lexer.take_while(|c| c.is_ascii_digit()).and_then(|(digits, _)| digits.parse().ok());
    match number {
        Some(number) if number > 0 && lexer.take(')') => Ok(number),
        _ => {
            let (_, range) = lexer.misfit();
            Err(TextError::new(codes::KEY_PART_TEXT, start..range.end, "a length is expected here").help(
                "write how many characters the key holds: `name(10)`; expressions go in parentheses alone",
            ))
        }
    }
}

impl KeyPart {
    /// A column, whole and forwards.
    pub fn column(name: impl Into<String>) -> Self {
        Self { what: Indexed::Column(name.into()), descending: false }
    }

    /// The column it is made of, whole or not; `None` for an expression.
    pub fn name(&self) -> Option<&str> {
        match &self.what {
            Indexed::Column(name) | Indexed::Prefix(name, _) => Some(name),
            Indexed::Expression(_) => None,
        }
    }

    /// The column whose whole values it holds.
    pub fn whole(&self) -> Option<&str> {
        match &self.what {
            Indexed::Column(name) => Some(name),
            Indexed::Prefix(..) | Indexed::Expression(_) => None,
        }
    }
}

/// The columns of a key whose parts are all whole columns: what its rows can be told apart, or found, by.
pub fn whole_columns(parts: &[KeyPart]) -> Option<Vec<&str>> {
    parts.iter().map(KeyPart::whole).collect()
}

impl SourceKey {
    /// A key over whole columns.
    pub fn of_columns<T: Into<String>>(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = T>,
    ) -> Self {
        Self { name: name.into(), parts: columns.into_iter().map(KeyPart::column).collect() }
    }
}

impl fmt::Display for KeyPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            Indexed::Column(name) => f.write_str(&name_text(name))?,
            Indexed::Prefix(name, length) => write!(f, "{}({length})", name_text(name))?,
            Indexed::Expression(expression) => write!(f, "({expression})")?,
        }
        f.write_str(if self.descending { " desc" } else { "" })
    }
}
