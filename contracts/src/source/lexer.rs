//! The pieces of SQL that stand in source texts: words, numbers, strings, names, balanced parentheses.

use std::ops::Range;

use super::text::TextError;
use crate::codes;

/// A position in a text.
#[derive(Clone)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    pub(super) const fn position(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The part of the text from a former position to here.
    pub(super) fn since(&self, start: usize) -> &'t str {
        &self.text[start..self.at]
    }

    pub(super) fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// The next character that isn't a blank; `None` at the end.
    pub(super) fn peek(&mut self) -> Option<char> {
        self.skip_blanks();
        self.rest().chars().next()
    }

    /// The next character, be it a blank.
    pub(super) fn adjacent(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes a character if it comes next, blanks aside.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Takes the character that [`Lexer::adjacent`] has just shown.
    pub(super) const fn advance(&mut self, character: char) {
        self.at += character.len_utf8();
    }

    /// Takes a word (letters, digits, `_`), in lower case.
    pub(super) fn word(&mut self) -> Option<(String, Range<usize>)> {
        let (text, range) = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_')?;
        Some((text.to_ascii_lowercase(), range))
    }

    /// Takes what a misfit at this position looks like to a reader: a word, or one character. Empty at the end.
    pub(super) fn misfit(&mut self) -> (&'t str, Range<usize>) {
        if let Some(word) = self.take_while(|c| c.is_alphanumeric() || c == '_') {
            return word;
        }
        let start = self.at;
        self.at += self.adjacent().map_or(0, char::len_utf8);
        (self.since(start), start..self.at)
    }

    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> Option<(&'t str, Range<usize>)> {
        self.skip_blanks();
        let length = self.rest().find(|c| !wanted(c)).unwrap_or(self.rest().len());
        let start = self.at;
        self.at += length;
        (length > 0).then(|| (self.since(start), start..self.at))
    }

    /// Takes a string in single quotes and gives its value: `''` is a quote, backslash escapes are MySQL's.
    pub(super) fn string(&mut self) -> Result<String, TextError> {
        let start = self.at;
        self.at += 1;
        let mut value = String::new();
        let mut characters = self.rest().char_indices();
        while let Some((offset, character)) = characters.next() {
            match character {
                '\'' if self.rest()[offset + 1..].starts_with('\'') => {
                    characters.next();
                    value.push('\'');
                }
                '\'' => {
                    self.at += offset + 1;
                    return Ok(value);
                }
                '\\' => match characters.next() {
                    Some((_, escaped)) => value.push(unescaped(escaped)),
                    None => break,
                },
                other => value.push(other),
            }
        }
        self.at = self.text.len();
        Err(unclosed(start, "quote"))
    }

    /// Takes `(…)` and gives what is inside, without blanks at its ends. Parentheses in strings and quoted names
    /// don't count.
    pub(super) fn parenthesized(&mut self) -> Result<&'t str, TextError> {
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(character) = self.adjacent() {
            match character {
                '\'' | '"' | '`' => {
                    self.skip_quoted(character)?;
                    continue;
                }
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += character.len_utf8();
            if depth == 0 {
                return Ok(self.text[start + 1..self.at - 1].trim());
            }
        }
        Err(unclosed(start, "parenthesis"))
    }

    /// Skips a quoted piece of SQL. A doubled quote is two pieces in a row, which comes to the same.
    fn skip_quoted(&mut self, quote: char) -> Result<(), TextError> {
        let start = self.at;
        let mut characters = self.rest().char_indices().skip(1);
        while let Some((offset, character)) = characters.next() {
            if character == quote {
                self.at += offset + 1;
                return Ok(());
            }
            if character == '\\' && quote != '`' {
                characters.next();
            }
        }
        self.at = self.text.len();
        Err(unclosed(start, "quote"))
    }
}

/// What a backslash makes of the character after it.
const fn unescaped(character: char) -> char {
    match character {
        '0' => '\0',
        'b' => '\u{8}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'Z' => '\u{1a}',
        other => other,
    }
}

fn unclosed(start: usize, what: &str) -> TextError {
    TextError::new(codes::COLUMN_EXPRESSION, start..start + 1, format!("a {what} isn't closed"))
        .label("opened here")
        .help(format!("add the closing {what}"))
}

/// Whether a text is one balanced piece: what [`Lexer::parenthesized`] would take whole from between parentheses.
pub(super) fn is_balanced(text: &str) -> bool {
    let wrapped = format!("({text})");
    let mut lexer = Lexer::new(&wrapped);
    lexer.parenthesized() == Ok(text) && lexer.position() == wrapped.len()
}

/// A text as an SQL string.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', "''"))
}
