//! The tokens of an expression.

use std::iter::Peekable;
use std::str::CharIndices;

use super::Left;

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A word, in lower case, and as written.
    Word(String, String),
    /// A name in backquotes, or names with dots between them.
    Name(String),
    /// Digits with or without a point.
    Number(String),
    /// A text in single quotes.
    Text(String),
    /// Something in double quotes: a text, or a name where ANSI_QUOTES is on.
    Quoted(String),
    /// An operator, a parenthesis, a comma.
    Symbol(&'static str),
}

/// Longer ones first.
const SYMBOLS: [&str; 17] =
    ["<=>", "<=", ">=", "<>", "!=", "&&", "(", ")", ",", "=", "<", ">", "+", "-", "*", "!", "."];

/// Reads all tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Left> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], next)?;
        tokens.push(token);
        at += length;
    }
    Ok(tokens)
}

fn token(rest: &str, next: char) -> Result<(Token, usize), Left> {
    match next {
        '\'' => quoted(rest, '\'').map(|(value, length)| (Token::Text(value), length)),
        '"' => quoted(rest, '"').map(|(value, length)| (Token::Quoted(value), length)),
        '`' => name(rest).map(|(value, length)| (Token::Name(value), length)),
        _ if next.is_ascii_digit() || is_fraction(rest) => number(rest),
        _ if is_word(next) => {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            if rest[length..].starts_with('.') {
                let length = rest.find(|c| !is_word(c) && c != '.').unwrap_or(rest.len());
                return Ok((Token::Name(rest[..length].to_owned()), length));
            }
            let word = &rest[..length];
            Ok((Token::Word(word.to_ascii_lowercase(), word.to_owned()), length))
        }
        _ => match SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol)) {
            // `--` opens a comment where a blank follows it.
            Some("-") if rest.starts_with("--") => Err(Left::new("it has two dashes in a row")),
            Some(symbol) => Ok((Token::Symbol(symbol), symbol.len())),
            None => Err(Left::new(format!("`{next}` is not evaluated here"))),
        },
    }
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

fn is_fraction(rest: &str) -> bool {
    let mut characters = rest.chars();
    characters.next() == Some('.') && characters.next().is_some_and(|next| next.is_ascii_digit())
}

fn number(rest: &str) -> Result<(Token, usize), Left> {
    let length = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
    // `1e3` is a double, `0x1` bytes, `1a` a name.
    if rest[length..].starts_with(is_word) || rest[..length].matches('.').count() > 1 {
        return Err(Left::new("it has a number that is not a plain decimal"));
    }
    Ok((Token::Number(rest[..length].to_owned()), length))
}

/// A text in quotes: a doubled quote is one, a backslash escapes (MySQL Reference Manual, "String Literals").
fn quoted(rest: &str, quote: char) -> Result<(String, usize), Left> {
    let mut value = String::new();
    let mut characters = rest.char_indices().peekable();
    characters.next();
    while let Some((offset, character)) = characters.next() {
        if character == quote {
            if !takes(&mut characters, quote) {
                return Ok((value, offset + quote.len_utf8()));
            }
            value.push(quote);
        } else if character == '\\' {
            match characters.next().map(|(_, escaped)| escaped) {
                Some('0') => value.push('\0'),
                Some('b') => value.push('\u{8}'),
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some('Z') => value.push('\u{1a}'),
                // Kept for LIKE; elsewhere they are two characters.
                Some(wildcard @ ('%' | '_')) => value.extend(['\\', wildcard]),
                Some(other) => value.push(other),
                None => break,
            }
        } else {
            value.push(character);
        }
    }
    Err(Left::new("a quote isn't closed"))
}

fn name(rest: &str) -> Result<(String, usize), Left> {
    let mut value = String::new();
    let mut characters = rest.char_indices().peekable();
    characters.next();
    while let Some((offset, character)) = characters.next() {
        if character == '`' && !takes(&mut characters, '`') {
            return Ok((value, offset + 1));
        }
        value.push(character);
    }
    Err(Left::new("a quote isn't closed"))
}

/// Takes a character if it comes next.
fn takes(characters: &mut Peekable<CharIndices<'_>>, wanted: char) -> bool {
    characters.next_if(|(_, next)| *next == wanted).is_some()
}
