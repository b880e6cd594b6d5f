//! What stands behind the closing parenthesis of CREATE TABLE: options and partitions.

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::charset::{self, Server};
use super::lexer::{Tok, Tokens, text_of};
use super::problem::Refusal;
use super::schema::Fact;

/// The options of a table, or of a database.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Options {
    /// The default collation they make.
    pub(super) collation: Option<String>,
    pub(super) engine: Option<String>,
    pub(super) comment: Option<String>,
    /// What else they say.
    pub(super) notes: Vec<(Fact, String, Range<usize>)>,
}

/// Options whose name is two words.
const TWO_WORDS: [[&str; 2]; 6] = [
    ["CHARACTER", "SET"],
    ["CHAR", "SET"],
    ["DATA", "DIRECTORY"],
    ["INDEX", "DIRECTORY"],
    ["READ", "ONLY"],
    ["UPGRADE", "DATA"],
];

/// Options that may go without `=`; anything else without one is not understood.
const NAMES: [&str; 40] = [
    "AUTOEXTEND_SIZE",
    "AUTO_INCREMENT",
    "AVG_ROW_LENGTH",
    "CHECKSUM",
    "CHARSET",
    "COLLATE",
    "COMMENT",
    "COMPRESSION",
    "CONNECTION",
    "DELAY_KEY_WRITE",
    "ENCRYPTED",
    "ENCRYPTION",
    "ENCRYPTION_KEY_ID",
    "ENGINE",
    "ENGINE_ATTRIBUTE",
    "IETF_QUOTES",
    "INSERT_METHOD",
    "KEY_BLOCK_SIZE",
    "MAX_ROWS",
    "MIN_ROWS",
    "NODEGROUP",
    "PACK_KEYS",
    "PAGE_CHECKSUM",
    "PAGE_COMPRESSED",
    "PAGE_COMPRESSION_LEVEL",
    "PASSWORD",
    "ROW_FORMAT",
    "SECONDARY_ENGINE",
    "SECONDARY_ENGINE_ATTRIBUTE",
    "SEQUENCE",
    "STATS_AUTO_RECALC",
    "STATS_PERSISTENT",
    "STATS_SAMPLE_PAGES",
    "STORAGE",
    "TABLESPACE",
    "TABLE_CHECKSUM",
    "TRANSACTIONAL",
    "TYPE",
    "UNION",
    "READ",
];

/// Reads the options of CREATE TABLE, CREATE DATABASE or ALTER DATABASE.
pub(super) fn read(tokens: &[Tok], file: &str, server: Server) -> Result<Options, Refusal> {
    let mut reader = Reader { tokens, file, server, at: 0, charset: None, options: Options::default() };
    while reader.at < tokens.len() {
        reader.option()?;
    }
    let Reader { charset, mut options, .. } = reader;
    if options.collation.is_none() {
        options.collation = charset;
    }
    Ok(options)
}

struct Reader<'a> {
    tokens: &'a [Tok],
    file: &'a str,
    server: Server,
    at: usize,
    /// The default collation of the character set named; COLLATE goes before it, wherever it stands.
    charset: Option<String>,
    options: Options,
}

impl Reader<'_> {
    fn option(&mut self) -> Result<(), Refusal> {
        let start = self.at;
        let tok = &self.tokens[start];
        if tok.token == Token::Comma {
            self.at += 1;
            return Ok(());
        }
        if self.tokens.keywords_at(start, &["PARTITION", "BY"]) {
            return self.partitions();
        }
        if tok.is_any(&["AS", "SELECT", "IGNORE", "REPLACE", "VALUES", "TABLE"]) || tok.token == Token::LParen
        {
            return Err(Refusal::new("its rows and columns come from a query", tok.range.clone())
                .help("give what SHOW CREATE TABLE prints for it: a query's column types are known to the server alone"));
        }
        if self.tokens.keywords_at(start, &["START", "TRANSACTION"]) {
            self.at += 2;
            return Ok(());
        }
        if self.tokens.keywords_at(start, &["WITH", "SYSTEM", "VERSIONING"]) {
            self.at += 3;
            let range = self.tokens[start..self.at].whole().unwrap_or_default();
            self.options.notes.push((Fact::TableOption, "WITH SYSTEM VERSIONING".to_owned(), range));
            return Ok(());
        }
        if tok.is("DEFAULT") {
            self.at += 1;
        }
        let name = self.name()?;
        let equals = self.tokens.get(self.at).is_some_and(|tok| tok.token == Token::Eq);
        if equals {
            self.at += 1;
        }
        let known = NAMES.contains(&name.as_str()) || name.contains(' ');
        let value = self.value().filter(|_| known || equals);
        let Some(value) = value else {
            return Err(Refusal::new(format!("`{name}` is not a table option"), tok.range.clone()));
        };
        self.take(&name, &value, start)
    }

    fn name(&mut self) -> Result<String, Refusal> {
        if let Some(words) = TWO_WORDS.iter().find(|words| self.tokens.keywords_at(self.at, *words)) {
            self.at += 2;
            return Ok(words.join(" "));
        }
        let tok = self.tokens.get(self.at).or(self.tokens.last());
        match tok.and_then(Tok::name) {
            Some(name) if self.at < self.tokens.len() => {
                self.at += 1;
                Ok(name.to_ascii_uppercase())
            }
            _ => Err(Refusal::new("not a table option", tok.map_or(0..0, |tok| tok.range.clone()))),
        }
    }

    fn value(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let end = if self.tokens.opens_at(start) { self.tokens.close(start)? } else { start };
        self.tokens.get(end).filter(|tok| tok.token != Token::Comma)?;
        self.at = end + 1;
        Some(start..self.at)
    }

    fn take(&mut self, name: &str, value: &Range<usize>, start: usize) -> Result<(), Refusal> {
        let tokens = &self.tokens[value.clone()];
        let range = tokens.whole().unwrap_or_default();
        let text = text_of(tokens, self.file);
        let word =
            tokens.iter().find_map(|tok| tok.string(self.file).or_else(|| tok.name().map(str::to_owned)));
        match (name, word) {
            ("CHARSET" | "CHARACTER SET" | "CHAR SET", Some(word))
                if !word.eq_ignore_ascii_case("default") =>
            {
                let found = charset::default_collation(&word, self.server);
                let unknown = || Refusal::new(format!("there is no character set `{word}`"), range);
                self.charset = Some(found.ok_or_else(unknown)?);
            }
            ("COLLATE", Some(word)) if !word.eq_ignore_ascii_case("default") => {
                let collation = charset::collation_name(&word, self.server);
                if !charset::is_collation(&collation) {
                    return Err(Refusal::new(format!("there is no collation `{word}`"), range));
                }
                self.options.collation = Some(collation);
            }
            ("COMMENT", Some(word)) => {
                self.options.notes.push((Fact::Comment, word.clone(), range));
                self.options.comment = Some(word);
            }
            (name, word) => {
                if matches!(name, "ENGINE" | "TYPE") {
                    self.options.engine = word;
                }
                let whole = self.tokens[start..self.at].whole().unwrap_or(range);
                self.options.notes.push((Fact::TableOption, format!("{name} {text}"), whole));
            }
        }
        Ok(())
    }

    /// PARTITION BY is the last clause; only a query can follow it. Partitions move no data from where a reader looks.
    fn partitions(&mut self) -> Result<(), Refusal> {
        let rest = &self.tokens[self.at..];
        let mut end = 0;
        while end < rest.len() && !rest[end].is_any(&["SELECT", "AS", "IGNORE", "REPLACE"]) {
            end = if rest.opens_at(end) { rest.close(end).unwrap_or(rest.len() - 1) + 1 } else { end + 1 };
        }
        let range = rest[..end].whole().unwrap_or_default();
        self.options.notes.push((Fact::Partitions, text_of(&rest[..end], self.file), range));
        self.at += end;
        Ok(())
    }
}
