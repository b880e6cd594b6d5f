//! Tokens, read from left to right.

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::TableName;
use crate::ddl::lexer::{Tok, Tokens};
use crate::ddl::problem::Refusal;

/// A place between two tokens of a statement.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    tokens: &'a [Tok],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: &'a [Tok]) -> Self {
        Self { tokens, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<&'a Tok> {
        self.tokens.get(self.at)
    }

    pub(super) fn rest(&self) -> &'a [Tok] {
        &self.tokens[self.at..]
    }

    /// Where it stands, as bytes: the next token, or the last one.
    pub(super) fn range(&self) -> Range<usize> {
        self.peek().or(self.tokens.last()).map_or(0..0, |tok| tok.range.clone())
    }

    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.tokens.len());
    }

    /// Takes the keywords, if all of them stand here.
    pub(super) fn take(&mut self, keywords: &[&str]) -> bool {
        let there = self.rest().keywords_at(0, keywords);
        self.skip(if there { keywords.len() } else { 0 });
        there
    }

    /// Takes the one of these keywords that stands here.
    pub(super) fn take_any<T: Copy>(&mut self, keywords: &[(&str, T)]) -> Option<T> {
        keywords.iter().find(|(keyword, _)| self.take(&[keyword])).map(|(_, value)| *value)
    }

    /// Takes the sign, if it stands here.
    pub(super) fn take_sign(&mut self, sign: &Token) -> bool {
        let there = self.peek().is_some_and(|tok| tok.token == *sign);
        self.skip(usize::from(there));
        there
    }

    /// Takes all tokens before the first of these keywords that stands in no parentheses; all, if there is none.
    pub(super) fn before_any(&mut self, keywords: &[&str]) -> &'a [Tok] {
        let (start, mut depth) = (self.at, 0_i64);
        while let Some(tok) = self.peek() {
            match tok.token {
                Token::LParen => depth += 1,
                Token::RParen => depth -= 1,
                _ if depth == 0 && tok.is_any(keywords) => break,
                _ => {}
            }
            self.skip(1);
        }
        &self.tokens[start..self.at]
    }

    /// `name` or `database.name`, and the bytes of the last part.
    pub(super) fn table_name(&mut self) -> Result<(TableName, Range<usize>), Refusal> {
        let missing = |cursor: &Self| Refusal::new("a name is missing", cursor.range());
        let part = |cursor: &mut Self| {
            let name = cursor.peek().and_then(Tok::name).filter(|name| !name.is_empty());
            let found = name.map(|name| (name.to_owned(), cursor.range())).ok_or_else(|| missing(cursor))?;
            cursor.skip(1);
            Ok(found)
        };
        let (name, range) = part(self)?;
        if !self.take_sign(&Token::Period) {
            return Ok((TableName { database: None, name }, range));
        }
        let database = Some(name);
        let (name, range) = part(self)?;
        Ok((TableName { database, name }, range))
    }
}
