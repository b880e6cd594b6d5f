//! One entry between the parentheses of CREATE TABLE, as it goes to the parser.
//!
//! The parser refuses much that is ordinary in MySQL's columns and keys, and keeps no places for what it takes. So
//! the parts it has no word for are cut out here and kept beside it, and every expression is replaced by `0`: an
//! expression is only ever carried as text, and so none can be nested too deep for the parser.

use std::ops::Range;

use migratable_contract::source::{Indexed, KeyPart, expression_text};
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::lexer::{Tok, Tokens, for_parser, quote, split_commas, text_of};
use super::problem::Refusal;
use super::schema::Fact;
use super::types::{self, Attributes, Written};

/// A note before it is known what it is about.
pub(super) type Remark = (Fact, String, Range<usize>);

/// An entry, read as far as the parser can't.
#[derive(Clone, Debug)]
pub(super) enum Element {
    Column(Box<ColumnElement>),
    Key(KeyElement),
    Check { expression: String },
    ForeignKey,
}

/// What the parser isn't given of a column.
#[derive(Clone, Debug)]
pub(super) struct ColumnElement {
    pub(super) name: Range<usize>,
    pub(super) written: Written,
    pub(super) attributes: Attributes,
    pub(super) default: Option<String>,
    pub(super) on_update: Option<String>,
    pub(super) generated: Option<String>,
    /// CHECKs: expression and place.
    pub(super) checks: Vec<(String, Range<usize>)>,
    pub(super) comment: Option<String>,
    pub(super) invisible: bool,
    /// SERIAL DEFAULT VALUE.
    pub(super) serial: bool,
    /// Where PRIMARY KEY, KEY or UNIQUE stands.
    pub(super) key: Option<Range<usize>>,
    /// Where REFERENCES stands, with what follows.
    pub(super) references: Option<Range<usize>>,
    pub(super) remarks: Vec<Remark>,
}

/// What the parser isn't given of a key.
#[derive(Clone, Debug)]
pub(super) struct KeyElement {
    pub(super) parts: Vec<(KeyPart, Range<usize>)>,
    pub(super) invisible: bool,
    pub(super) remarks: Vec<Remark>,
}

/// Whether an entry is a column's: it starts with a name that is no keyword of keys and constraints.
pub(super) fn is_column(tokens: &[Tok]) -> bool {
    let words =
        ["CONSTRAINT", "PRIMARY", "UNIQUE", "INDEX", "KEY", "FULLTEXT", "SPATIAL", "CHECK", "FOREIGN"];
    tokens.first().is_some_and(|tok| tok.name().is_some() && !tok.is_any(&words))
}

/// The value that these tokens start with, read as DEFAULT reads it, and how many of them it takes. No value: NULL.
pub(super) fn default_value(tokens: &[Tok], file: &str) -> Option<(Option<String>, usize)> {
    let mut reader = Reader { tokens, offset: 0, file, at: 0, parser: Vec::new() };
    let value = reader.value()?;
    Some(((value != "null").then_some(value), reader.at))
}

/// Reads an entry whose first token is the statement's token `offset`.
pub(super) fn read(
    tokens: &[Tok],
    offset: usize,
    file: &str,
) -> Result<(Element, Vec<TokenWithSpan>), Refusal> {
    let mut reader = Reader { tokens, offset, file, at: 0, parser: Vec::new() };
    let named = tokens.keywords_at(0, &["CONSTRAINT"]);
    // CONSTRAINT without a name says nothing.
    let unnamed =
        named && tokens.get(1).is_some_and(|tok| tok.is_any(&["PRIMARY", "UNIQUE", "FOREIGN", "CHECK"]));
    let kind = tokens.get(if unnamed {
        1
    } else if named {
        2
    } else {
        0
    });
    if unnamed {
        reader.at = 1;
    }
    let element = match kind {
        Some(tok) if tok.is_any(&["PRIMARY", "UNIQUE", "INDEX", "KEY", "FULLTEXT", "SPATIAL"]) => {
            Element::Key(reader.key()?)
        }
        Some(tok) if tok.is("CHECK") => Element::Check { expression: reader.check()? },
        Some(tok) if tok.is("FOREIGN") => {
            reader.keep_rest();
            Element::ForeignKey
        }
        Some(tok) if tok.is("PERIOD") && tokens.keywords_at(1, &["FOR"]) => {
            return Err(Refusal::new("system-versioned tables are not known here", tok.range.clone()));
        }
        Some(tok) if tok.name().is_some() && !named => Element::Column(Box::new(reader.column()?)),
        // Whatever this is, the parser says it best.
        _ => {
            reader.keep_rest();
            Element::ForeignKey
        }
    };
    Ok((element, reader.parser))
}

struct Reader<'a> {
    tokens: &'a [Tok],
    offset: usize,
    file: &'a str,
    at: usize,
    parser: Vec<TokenWithSpan>,
}

impl Reader<'_> {
    /// Gives a token to the parser as one of `position`.
    fn push(&mut self, token: Token, position: usize) {
        self.parser.push(for_parser(token, self.offset + position));
    }

    fn keep(&mut self) {
        self.push(self.tokens[self.at].token.clone(), self.at);
        self.at += 1;
    }

    fn keep_rest(&mut self) {
        while self.at < self.tokens.len() {
            self.keep();
        }
    }

    fn is(&self, keywords: &[&str]) -> bool {
        self.tokens.keywords_at(self.at, keywords)
    }

    fn peek(&self, ahead: usize) -> Option<&Tok> {
        self.tokens.get(self.at + ahead)
    }

    /// The place from token `start` up to the one last read.
    fn since(&self, start: usize) -> Range<usize> {
        self.tokens[start..self.at].whole().unwrap_or_default()
    }

    /// The text in the parentheses that open at the current token, which the parser is given as `(0)`.
    fn group(&mut self) -> Option<String> {
        let open = self.at;
        let close = self.tokens.opens_at(open).then(|| self.tokens.close(open)).flatten()?;
        self.push(Token::LParen, open);
        self.push(Token::Number("0".to_owned(), false), open);
        self.push(Token::RParen, close);
        self.at = close + 1;
        Some(text_of(&self.tokens[open + 1..close], self.file))
    }

    fn check(&mut self) -> Result<String, Refusal> {
        while !self.is(&["CHECK"]) {
            self.keep();
        }
        let check = self.tokens[self.at].range.clone();
        self.keep();
        let expression =
            self.group().ok_or_else(|| Refusal::new("CHECK needs an expression in parentheses", check))?;
        self.keep_rest();
        Ok(expression)
    }

    fn column(&mut self) -> Result<ColumnElement, Refusal> {
        let name = self.tokens[0].range.clone();
        self.keep();
        if self.at == self.tokens.len() {
            return Err(Refusal::new("a type is missing", name));
        }
        let written = types::read(&self.tokens[1..], self.file)?;
        // The parser needs a type; which one is read here.
        self.push(Token::make_keyword("INT"), 1);
        self.at = (1 + written.length).min(self.tokens.len());
        let mut column = ColumnElement {
            name,
            written,
            attributes: Attributes::default(),
            default: None,
            on_update: None,
            generated: None,
            checks: Vec::new(),
            comment: None,
            invisible: false,
            serial: false,
            key: None,
            references: None,
            remarks: Vec::new(),
        };
        while self.at < self.tokens.len() {
            if !self.attribute(&mut column.attributes)
                && !self.expression(&mut column)?
                && !self.option(&mut column)
            {
                self.keep();
            }
        }
        Ok(column)
    }

    /// What changes the type.
    fn attribute(&mut self, attributes: &mut Attributes) -> bool {
        let tok = &self.tokens[self.at];
        let range = tok.range.clone();
        match tok.keyword().unwrap_or_default().to_ascii_uppercase().as_str() {
            "UNSIGNED" => attributes.unsigned = true,
            "SIGNED" => {}
            "ZEROFILL" => attributes.zerofill = true,
            "BINARY" => attributes.binary = true,
            "ASCII" => attributes.charset = Some(("latin1".to_owned(), range)),
            "UNICODE" => attributes.charset = Some(("ucs2".to_owned(), range)),
            "BYTE" => attributes.charset = Some(("binary".to_owned(), range)),
            "CHARSET" => return self.word(1, &mut attributes.charset),
            "CHARACTER" | "CHAR" if self.peek(1).is_some_and(|tok| tok.is("SET")) => {
                return self.word(2, &mut attributes.charset);
            }
            "COLLATE" => return self.word(1, &mut attributes.collation),
            _ => return false,
        }
        self.at += 1;
        true
    }

    /// A name or a string some tokens ahead.
    fn word(&mut self, ahead: usize, into: &mut Option<(String, Range<usize>)>) -> bool {
        let Some(tok) = self.peek(ahead) else { return false };
        let Some(text) = tok.string(self.file).or_else(|| tok.name().map(str::to_owned)) else {
            return false;
        };
        *into = Some((text, tok.range.clone()));
        self.at += ahead + 1;
        true
    }

    /// DEFAULT, ON UPDATE, AS, CHECK.
    fn expression(&mut self, column: &mut ColumnElement) -> Result<bool, Refusal> {
        let start = self.at;
        let range = self.tokens[start].range.clone();
        let keyword = self.tokens[start].keyword().unwrap_or_default().to_ascii_uppercase();
        let missing = || Refusal::new(format!("{keyword} needs an expression"), range.clone());
        if self.is(&["SERIAL", "DEFAULT", "VALUE"]) {
            self.at += 3;
            column.serial = true;
        } else if self.is(&["DEFAULT"]) && !(start > 0 && self.tokens[start - 1].is("SET")) {
            self.at += 1;
            let value = self.value().ok_or_else(missing)?;
            column.default = (value != "null").then_some(value);
        } else if self.is(&["ON", "UPDATE"]) && !self.peek(2).is_some_and(is_action) {
            self.at += 2;
            column.on_update = Some(self.value().ok_or_else(missing)?);
        } else if self.is(&["AS"]) && self.tokens.opens_at(start + 1) {
            self.keep();
            column.generated = Some(self.group().ok_or_else(missing)?);
        } else if self.is(&["CHECK"]) {
            self.keep();
            let expression = self.group().ok_or_else(missing)?;
            let place = self.since(start);
            column.checks.push((expression, place));
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// A value as DEFAULT takes it, in parentheses if it can't do without: CURRENT_USER, another column.
    fn value(&mut self) -> Option<String> {
        self.bare_value().map(|value| expression_text(&value).into_owned())
    }

    /// One literal, a function, or anything in parentheses.
    fn bare_value(&mut self) -> Option<String> {
        let start = self.at;
        if matches!(self.peek(0)?.token, Token::Minus | Token::Plus) {
            self.at += 1;
        }
        let tok = self.peek(0)?.clone();
        let word = tok.keyword().map(str::to_ascii_uppercase);
        self.at += 1;
        if tok.token == Token::LParen {
            self.at = self.tokens.close(self.at - 1)? + 1;
        } else if matches!(tok.token, Token::Comma | Token::RParen) {
            return None;
        } else if let Some(word) = word {
            return self.word_value(&word, start);
        } else {
            self.strings();
            let side_by_side = &self.tokens[start..self.at];
            if side_by_side.len() > 1
                && let Some(text) =
                    side_by_side.iter().map(|tok| tok.string(self.file)).collect::<Option<String>>()
            {
                return Some(quote(&text));
            }
        }
        Some(text_of(&self.tokens[start..self.at], self.file))
    }

    /// A value that starts with a word: NULL, TRUE, a function, `_utf8mb4'…'`, `DATE '…'`.
    fn word_value(&mut self, word: &str, start: usize) -> Option<String> {
        let mut argument = String::new();
        if self.tokens.opens_at(self.at) {
            let close = self.tokens.close(self.at)?;
            argument = text_of(&self.tokens[self.at + 1..close], self.file);
            self.at = close + 1;
        } else {
            self.strings();
        }
        Some(match word {
            "NULL" => "null".to_owned(),
            "TRUE" => "1".to_owned(),
            "FALSE" => "0".to_owned(),
            "CURRENT_TIMESTAMP" | "NOW" | "LOCALTIME" | "LOCALTIMESTAMP" => match argument.as_str() {
                "" | "0" => "current_timestamp".to_owned(),
                digits => format!("current_timestamp({digits})"),
            },
            _ => text_of(&self.tokens[start..self.at], self.file),
        })
    }

    /// Strings that follow one another are one string, and so is a literal behind its introducer.
    fn strings(&mut self) {
        let literal = |tok: &Tok| {
            tok.is_string()
                || matches!(tok.token, Token::HexStringLiteral(_) | Token::SingleQuotedByteStringLiteral(_))
        };
        while self.peek(0).is_some_and(literal) {
            self.at += 1;
        }
    }

    /// Options of a column that are notes, or that have to be found again.
    fn option(&mut self, column: &mut ColumnElement) -> bool {
        let start = self.at;
        let tok = &self.tokens[start];
        match tok.keyword().unwrap_or_default().to_ascii_uppercase().as_str() {
            "COMMENT" => match self.peek(1).and_then(|tok| tok.string(self.file)) {
                Some(text) => {
                    self.at += 2;
                    column.remarks.push((Fact::Comment, text.clone(), self.since(start)));
                    column.comment = Some(text);
                }
                None => return false,
            },
            "INVISIBLE" => {
                self.at += 1;
                column.invisible = true;
                column.remarks.push((Fact::Invisible, "INVISIBLE".to_owned(), self.since(start)));
            }
            "VISIBLE" => self.at += 1,
            "NOT" if self.peek(1).is_some_and(|tok| tok.is("SECONDARY")) => self.at += 2,
            "PERSISTENT" => {
                self.push(Token::make_keyword("STORED"), start);
                self.at += 1;
            }
            "SRID" | "COLUMN_FORMAT" | "STORAGE" | "ENGINE_ATTRIBUTE" | "SECONDARY_ENGINE_ATTRIBUTE" => {
                self.at += 1;
                self.setting();
                let text = text_of(&self.tokens[start..self.at], self.file);
                column.remarks.push((Fact::ColumnOption, text, self.since(start)));
            }
            "COMPRESSED" => {
                self.at += 1;
                if self.peek(0).is_some_and(|tok| tok.token == Token::Eq) {
                    self.setting();
                }
                let text = text_of(&self.tokens[start..self.at], self.file);
                column.remarks.push((Fact::ColumnOption, text, self.since(start)));
            }
            "CONSTRAINT" if self.peek(1).is_some_and(|tok| tok.is("CHECK")) => self.at += 1,
            "PRIMARY" | "UNIQUE" | "KEY" => {
                let end = tok.range.end;
                let place = column.key.get_or_insert(tok.range.clone());
                place.end = end;
                self.keep();
            }
            "REFERENCES" => {
                column.references = self.tokens[start..].whole();
                self.keep();
            }
            _ => return false,
        }
        true
    }

    /// `= value` or `value`.
    fn setting(&mut self) {
        if self.peek(0).is_some_and(|tok| tok.token == Token::Eq) {
            self.at += 1;
        }
        if self.peek(0).is_some() {
            self.at += 1;
        }
    }

    fn key(&mut self) -> Result<KeyElement, Refusal> {
        while self.at < self.tokens.len() && !self.tokens.opens_at(self.at) {
            if self.is(&["IF", "NOT", "EXISTS"]) {
                self.at += 3;
            } else if !self.index_type() {
                self.keep();
            }
        }
        let mut key = KeyElement { parts: Vec::new(), invisible: false, remarks: Vec::new() };
        let Some(close) = self.tokens.close(self.at) else {
            // The parser will ask for the columns.
            return Ok(key);
        };
        let open = self.at;
        for part in split_commas(&self.tokens[open + 1..close]) {
            let range = part.whole().unwrap_or(self.tokens[open].range.clone());
            let read = read_part(part, self.file);
            key.parts.push((read.ok_or_else(|| Refusal::new("not a part of a key", range.clone()))?, range));
        }
        self.push(Token::LParen, open);
        self.push(Token::make_word("x", None), open + 1);
        self.push(Token::RParen, close);
        self.at = close + 1;
        while self.at < self.tokens.len() {
            if !self.key_option(&mut key) {
                self.keep();
            }
        }
        Ok(key)
    }

    /// `USING BTREE`, or `TYPE BTREE`, as old dumps say it: it changes nothing that can be asked.
    fn index_type(&mut self) -> bool {
        let types = ["BTREE", "HASH", "RTREE"];
        let old = self.is(&["TYPE"]) && self.peek(1).is_some_and(|tok| tok.is_any(&types));
        let found = old || self.is(&["USING"]);
        if found {
            self.at += 2;
        }
        found
    }

    fn key_option(&mut self, key: &mut KeyElement) -> bool {
        let start = self.at;
        let fact = if self.index_type() {
            return true;
        } else if self.is(&["VISIBLE"]) {
            self.at += 1;
            return true;
        } else if self.is(&["NOT", "IGNORED"]) {
            self.at += 2;
            return true;
        } else if self.is(&["INVISIBLE"]) || self.is(&["IGNORED"]) {
            self.at += 1;
            key.invisible = true;
            Fact::Invisible
        } else if self.is(&["WITH", "PARSER"]) {
            self.at += 3;
            Fact::KeyOption
        } else if self.is(&["COMMENT"]) {
            self.at += 2;
            Fact::Comment
        } else if self.peek(0).is_some_and(|tok| {
            tok.is_any(&["KEY_BLOCK_SIZE", "ENGINE_ATTRIBUTE", "SECONDARY_ENGINE_ATTRIBUTE", "CLUSTERING"])
        }) {
            self.at += 1;
            self.setting();
            Fact::KeyOption
        } else {
            return false;
        };
        self.at = self.at.min(self.tokens.len());
        let tokens = &self.tokens[start..self.at];
        let text = match (fact, tokens.last().and_then(|tok| tok.string(self.file))) {
            (Fact::Comment, Some(comment)) => comment,
            _ => text_of(tokens, self.file),
        };
        key.remarks.push((fact, text, self.since(start)));
        true
    }
}

fn is_action(tok: &Tok) -> bool {
    tok.is_any(&["CASCADE", "RESTRICT", "SET", "NO"])
}

fn read_part(tokens: &[Tok], file: &str) -> Option<KeyPart> {
    let (descending, tokens) = match tokens.split_last()? {
        (last, rest) if last.is("DESC") && !rest.is_empty() => (true, rest),
        (last, rest) if last.is("ASC") && !rest.is_empty() => (false, rest),
        _ => (false, tokens),
    };
    let what = match tokens {
        [column] => Indexed::Column(column.name()?.to_owned()),
        [column, open, length, close] if open.token == Token::LParen && close.token == Token::RParen => {
            Indexed::Prefix(column.name()?.to_owned(), length.number()?)
        }
        [open, inner @ .., _] if open.token == Token::LParen && tokens.close(0) == Some(tokens.len() - 1) => {
            Indexed::Expression(text_of(inner, file))
        }
        _ => return None,
    };
    Some(KeyPart { what, descending })
}
