//! A position in a statement's tokens, for clauses that are read without the parser.

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::lexer::{Tok, Tokens};
use super::problem::Refusal;

/// Tokens, and how far they are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    pub(super) tokens: &'a [Tok],
    pub(super) at: usize,
    pub(super) file: &'a str,
}

impl<'a> Cursor<'a> {
    pub(super) const fn new(tokens: &'a [Tok], file: &'a str) -> Self {
        Self { tokens, at: 0, file }
    }

    pub(super) fn peek(&self) -> Option<&'a Tok> {
        self.tokens.get(self.at)
    }

    pub(super) fn rest(&self) -> &'a [Tok] {
        &self.tokens[self.at.min(self.tokens.len())..]
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// Whether these keywords come next.
    pub(super) fn is(&self, keywords: &[&str]) -> bool {
        self.tokens.keywords_at(self.at, keywords)
    }

    /// Takes these keywords, if they come next.
    pub(super) fn take(&mut self, keywords: &[&str]) -> bool {
        let found = self.is(keywords);
        if found {
            self.at += keywords.len();
        }
        found
    }

    /// Takes one of these keywords, if one comes next.
    pub(super) fn take_any(&mut self, keywords: &[&str]) -> bool {
        let found = self.peek().is_some_and(|tok| tok.is_any(keywords));
        self.at += usize::from(found);
        found
    }

    /// Takes all before the first of these keywords that stands in no parentheses; all that is left, if there is none.
    pub(super) fn take_until(&mut self, keywords: &[&str]) -> &'a [Tok] {
        let rest = self.rest();
        let mut depth = 0_i64;
        let ends = |tok: &Tok| {
            match tok.token {
                Token::LParen => depth += 1,
                Token::RParen => depth -= 1,
                _ => {}
            }
            depth == 0 && tok.is_any(keywords)
        };
        let taken = rest.iter().position(ends).unwrap_or(rest.len());
        self.at += taken;
        &rest[..taken]
    }

    /// Takes this punctuation, if it comes next.
    pub(super) fn take_token(&mut self, token: &Token) -> bool {
        let found = self.peek().is_some_and(|tok| tok.token == *token);
        self.at += usize::from(found);
        found
    }

    /// Where reading stands: the next token, or the end of the last one.
    pub(super) fn place(&self) -> Range<usize> {
        let last = self.tokens.last().map_or(0..0, |tok| tok.range.clone());
        self.peek().map_or(last, |tok| tok.range.clone())
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Result<Name, Refusal> {
        let found = self.peek().and_then(|tok| Some((tok.name()?.to_owned(), tok.range.clone())));
        match found {
            Some((text, range)) if text.is_empty() => Err(Refusal::new("a name is empty", range)),
            Some((text, range)) => {
                self.at += 1;
                Ok(Name { text, range })
            }
            None if self.peek().is_some_and(Tok::is_string) => {
                Err(Refusal::new("a name is missing", self.place()).help(
                    "double quotes are read as strings; dump without sql_mode ANSI_QUOTES, or use backquotes",
                ))
            }
            None => Err(Refusal::new("a name is missing", self.place())),
        }
    }

    /// Takes a table's name, with its database where that is written.
    pub(super) fn table_name(&mut self) -> Result<TableName, Refusal> {
        let first = self.name()?;
        if !self.take_token(&Token::Period) {
            return Ok(TableName { database: None, name: first.text, range: first.range });
        }
        let name = self.name()?;
        Ok(TableName { database: Some(first.text), name: name.text, range: name.range })
    }

    /// What is left has no meaning here.
    pub(super) fn end(&self) -> Result<(), Refusal> {
        if self.is_done() {
            return Ok(());
        }
        Err(Refusal::new("it goes on where it should end", self.place()).stopped())
    }
}

/// A name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

/// A table's name as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TableName {
    pub(super) database: Option<String>,
    pub(super) name: String,
    /// Where the name itself stands, without the database.
    pub(super) range: Range<usize>,
}
