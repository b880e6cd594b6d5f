//! One statement's text as tokens that know their bytes in the file.

mod condensed;

use std::ops::Range;

use sqlparser::dialect::MySqlDialect;
use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan, Tokenizer};

use super::charset::Server;
use super::problem::Refusal;
use condensed::Condensed;

/// More tokens than a statement may have. A table of 4,096 columns (MySQL's most) has a tenth of it.
const MAX_TOKENS: usize = 200_000;

/// A token and its bytes in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tok {
    pub(super) token: Token,
    pub(super) range: Range<usize>,
}

impl Tok {
    /// Whether it is this keyword, unquoted.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.keyword().is_some_and(|word| word.eq_ignore_ascii_case(keyword))
    }

    /// Whether it is one of these keywords.
    pub(super) fn is_any(&self, keywords: &[&str]) -> bool {
        keywords.iter().any(|keyword| self.is(keyword))
    }

    /// The word, if it is an unquoted one.
    pub(super) fn keyword(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) if word.quote_style.is_none() => Some(&word.value),
            _ => None,
        }
    }

    /// The name it can be: any word, quoted or not.
    pub(super) fn name(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) => Some(&word.value),
            _ => None,
        }
    }

    /// The number it is, if it is a whole one.
    pub(super) fn number(&self) -> Option<u64> {
        match &self.token {
            Token::Number(text, _) => text.parse().ok(),
            _ => None,
        }
    }

    /// Whether it is a string, in either kind of quotes.
    pub(super) fn is_string(&self) -> bool {
        matches!(self.token, Token::SingleQuotedString(_) | Token::DoubleQuotedString(_))
    }

    /// The string's value, if it is one. Not the tokenizer's: that one reads `\a` as a bell, MySQL as an `a`.
    pub(super) fn string(&self, file: &str) -> Option<String> {
        self.is_string().then(|| unescape(&file[self.range.clone()]))
    }
}

/// A list of tokens, read from left to right by position.
pub(super) trait Tokens {
    /// Whether these keywords stand from `at` on.
    fn keywords_at(&self, at: usize, keywords: &[&str]) -> bool;
    /// The position of the parenthesis that closes the one at `open`.
    fn close(&self, open: usize) -> Option<usize>;
    /// Whether `(` stands at `at`.
    fn opens_at(&self, at: usize) -> bool;
    /// From the first token's start to the last one's end.
    fn whole(&self) -> Option<Range<usize>>;
}

impl Tokens for [Tok] {
    fn keywords_at(&self, at: usize, keywords: &[&str]) -> bool {
        let tokens = self.get(at..at + keywords.len());
        tokens.is_some_and(|tokens| tokens.iter().zip(keywords).all(|(token, keyword)| token.is(keyword)))
    }

    fn close(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (offset, tok) in self.get(open..)?.iter().enumerate() {
            match tok.token {
                Token::LParen => depth += 1,
                Token::RParen => depth = depth.checked_sub(1)?,
                _ => {}
            }
            if depth == 0 {
                return Some(open + offset);
            }
        }
        None
    }

    fn opens_at(&self, at: usize) -> bool {
        self.get(at).is_some_and(|tok| tok.token == Token::LParen)
    }

    fn whole(&self) -> Option<Range<usize>> {
        Some(self.first()?.range.start..self.last()?.range.end)
    }
}

/// Cuts tokens at the commas that stand in no parentheses.
pub(super) fn split_commas(tokens: &[Tok]) -> Vec<&[Tok]> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_i64, 0);
    for (at, tok) in tokens.iter().enumerate() {
        match tok.token {
            Token::LParen => depth += 1,
            Token::RParen => depth -= 1,
            Token::Comma if depth == 0 => {
                parts.push(&tokens[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&tokens[start..]);
    parts
}

/// The text of an expression on one line: each token as it stands in the file, a blank where any stood, no comments.
/// Strings in double quotes get single ones, which every `sql_mode` reads as strings.
pub(super) fn text_of(tokens: &[Tok], file: &str) -> String {
    let mut text = String::new();
    let mut end = tokens.first().map_or(0, |tok| tok.range.start);
    for tok in tokens {
        if tok.range.start > end {
            text.push(' ');
        }
        if matches!(tok.token, Token::DoubleQuotedString(_)) {
            text.push_str(&quote(&unescape(&file[tok.range.clone()])));
        } else {
            text.push_str(&file[tok.range.clone()]);
        }
        end = tok.range.end;
    }
    text
}

/// A string as a literal of MySQL.
pub(super) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('\'');
    for character in text.chars() {
        match character {
            '\'' => quoted.push_str("''"),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\0' => quoted.push_str("\\0"),
            '\u{1a}' => quoted.push_str("\\Z"),
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}

/// The value of a string literal, given with its quotes. `\%` and `\_` keep their backslash: they are for LIKE.
pub(super) fn unescape(literal: &str) -> String {
    let mut characters = literal.chars();
    let quote = characters.next();
    let mut text = String::with_capacity(literal.len());
    while let Some(character) = characters.next() {
        if Some(character) == quote {
            // Doubled, or the closing one.
            if characters.next().is_some() {
                text.push(character);
            }
        } else if character == '\\' {
            match characters.next() {
                Some('0') => text.push('\0'),
                Some('b') => text.push('\u{8}'),
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some('Z') => text.push('\u{1a}'),
                Some(like @ ('%' | '_')) => text.extend(['\\', like]),
                Some(other) => text.push(other),
                None => {}
            }
        } else {
            text.push(character);
        }
    }
    text
}

/// The tokens of a statement that stands at byte `base` of the file, comments left out.
///
/// # Errors
///
/// What isn't MySQL's lexical grammar, or is longer than any table.
pub(super) fn lex(statement: &str, base: usize, server: Server) -> Result<Vec<Tok>, Refusal> {
    let condensed = Condensed::new(statement, server);
    let too_many = |range| Err(Refusal::new(format!("it has more than {MAX_TOKENS} tokens"), range));
    // Before they take their memory.
    if let Some(at) = condensed.token_after(MAX_TOKENS) {
        return too_many(base + at..base + statement.ceil_char_boundary(at + 1));
    }
    let mut spanned = Vec::new();
    let result =
        Tokenizer::new(&MySqlDialect {}, &condensed.sql).tokenize_with_location_into_buf(&mut spanned);
    let mut positions = condensed.positions();
    if let Err(error) = result {
        let start = base + positions.byte(error.location);
        return Err(Refusal::new(error.message.to_lowercase(), start..start + 1));
    }
    let mut tokens = Vec::new();
    for TokenWithSpan { token, span } in spanned {
        let range = base + positions.byte(span.start)..base + positions.byte(span.end);
        if !matches!(token, Token::Whitespace(_)) {
            if tokens.len() == MAX_TOKENS {
                return too_many(range);
            }
            tokens.push(Tok { token, range });
        }
    }
    Ok(tokens)
}

/// A token as the parser takes it. Its place is its position in the statement's tokens, as a column on line 1: what
/// the parser then says about places can be looked up, whatever was rewritten on the way.
pub(super) fn for_parser(token: Token, position: usize) -> TokenWithSpan {
    let column = position as u64 + 1;
    let start = Location { line: 1, column };
    TokenWithSpan { token, span: Span { start, end: start } }
}
