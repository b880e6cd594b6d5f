//! What a body of SQL touches, from its tokens alone.
//!
//! Names of tables stand behind few words: FROM, JOIN, INTO, UPDATE, DELETE, CALL and their like. The walk keeps a level
//! for each depth of parentheses, because the FROM in `EXTRACT(DAY FROM a)` is not the SELECT's around it, and because a
//! comma goes on a list of tables only where that list is.

mod clauses;

use std::ops::Range;

use sqlparser::tokenizer::Token;

use super::TableName;
use super::level::{Level, Listed, Part, Verb};
use crate::ddl::lexer::Tok;

/// What a body touches, as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ddl) struct Touched {
    pub(super) reads: Vec<TableName>,
    pub(super) writes: Vec<TableName>,
    /// Procedures, by CALL.
    pub(super) calls: Vec<TableName>,
    /// What stands before parentheses as a function does; the server's own are among them.
    pub(super) functions: Vec<TableName>,
    /// Columns of NEW that are assigned.
    pub(super) sets: Vec<String>,
    /// PREPARE, EXECUTE IMMEDIATE.
    pub(super) dynamic: bool,
    /// Where a BEGIN opens that has no END.
    pub(super) open: Option<Range<usize>>,
}

/// Words that end a list of tables, at its level.
const AFTER_TABLES: [&str; 16] = [
    "WHERE",
    "GROUP",
    "HAVING",
    "ORDER",
    "LIMIT",
    "WINDOW",
    "UNION",
    "EXCEPT",
    "INTERSECT",
    "MINUS",
    "PROCEDURE",
    "FOR",
    "LOCK",
    "RETURNING",
    "VALUES",
    "INTO",
];

/// Words that can stand behind a table and are no alias of it.
const NO_ALIAS: [&str; 14] = [
    "PARTITION",
    "USE",
    "IGNORE",
    "FORCE",
    "JOIN",
    "INNER",
    "CROSS",
    "LEFT",
    "RIGHT",
    "NATURAL",
    "STRAIGHT_JOIN",
    "ON",
    "USING",
    "SET",
];

/// Words that a statement can follow: what comes next may be a verb, even if its word is no reserved one.
/// A handler's statement follows what it handles.
const BEFORE_STATEMENT: [&str; 10] =
    ["BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT", "ATOMIC", "SQLEXCEPTION", "SQLWARNING", "FOUND"];

/// Modifiers between a verb and the name of its table.
const MODIFIERS: [&str; 7] = ["LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE", "INTO", "TABLE"];

/// Walks through a body.
pub(super) fn walk(tokens: &[Tok]) -> Touched {
    let mut walk = Walk {
        tokens,
        at: 0,
        levels: vec![Level::default()],
        queries: Vec::new(),
        found: Touched::default(),
        temporary: Vec::new(),
        blocks: Vec::new(),
    };
    while walk.at < tokens.len() {
        walk.step();
    }
    walk.finish()
}

struct Walk<'a> {
    tokens: &'a [Tok],
    at: usize,
    /// Never empty.
    levels: Vec<Level>,
    /// Names that WITH gave to queries, which hide tables of the same names.
    queries: Vec<String>,
    found: Touched,
    /// Temporary tables that the body makes: they are its own.
    temporary: Vec<String>,
    /// Where each BEGIN and CASE opens that isn't closed yet.
    blocks: Vec<Range<usize>>,
}

impl<'a> Walk<'a> {
    fn finish(mut self) -> Touched {
        while let Some(mut level) = self.levels.pop() {
            level.finish(&mut self.found);
        }
        let own = |table: &TableName| {
            let is_own = |name: &String| name.eq_ignore_ascii_case(&table.name);
            !self.temporary.iter().any(is_own)
        };
        self.found.reads.retain(own);
        self.found.writes.retain(own);
        self.found.open = self.blocks.into_iter().next();
        self.found
    }

    fn step(&mut self) {
        let tok = &self.tokens[self.at];
        match &tok.token {
            Token::LParen => self.open(),
            Token::RParen => self.close(),
            Token::SemiColon => {
                self.finish_statement();
                let queries = self.level().queries;
                self.queries.truncate(queries);
                self.at += 1;
            }
            Token::Comma => {
                let level = self.level();
                if level.in_tables() {
                    level.part = Part::Tables { next: true };
                }
                self.at += 1;
            }
            Token::Word(_) if self.levels.last().is_some_and(Level::wants_table) => self.table(tok),
            Token::Word(_) if self.after_sign(&Token::Period) => self.name(),
            Token::Word(_) => self.word(tok),
            _ => self.at += 1,
        }
    }

    fn level(&mut self) -> &mut Level {
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    /// The level whose statement the tables here belong to.
    fn owner(&mut self) -> &mut Level {
        let last = self.levels.len() - 1;
        let owner = self.levels[last].outer.unwrap_or(last);
        &mut self.levels[owner]
    }

    fn finish_statement(&mut self) {
        let last = self.levels.len() - 1;
        self.levels[last].finish(&mut self.found);
    }

    fn start(&mut self, verb: Verb) {
        let last = self.levels.len() - 1;
        let level = &mut self.levels[last];
        level.outer = None;
        level.start(verb, &mut self.found);
    }

    fn tok(&self, ahead: usize) -> Option<&'a Tok> {
        self.tokens.get(self.at + ahead)
    }

    fn sign(&self, ahead: usize, sign: &Token) -> bool {
        self.tok(ahead).is_some_and(|tok| tok.token == *sign)
    }

    fn before(&self) -> Option<&'a Tok> {
        self.tokens.get(self.at.checked_sub(1)?)
    }

    fn after_sign(&self, sign: &Token) -> bool {
        self.before().is_some_and(|tok| tok.token == *sign)
    }

    /// Whether a statement can start here.
    fn starts(&self) -> bool {
        self.before().is_none_or(|tok| {
            matches!(tok.token, Token::SemiColon | Token::Colon | Token::LParen)
                || tok.is_any(&BEFORE_STATEMENT)
        })
    }

    fn open(&mut self) {
        let (at, queries) = (self.levels.len() - 1, self.queries.len());
        let level = self.level();
        let mut inner = Level { queries, ..Level::default() };
        if level.wants_table() {
            level.part = Part::Tables { next: false };
            inner.part = Part::Tables { next: true };
            inner.outer = Some(level.outer.unwrap_or(at));
        }
        self.levels.push(inner);
        self.at += 1;
    }

    fn close(&mut self) {
        self.at += 1;
        self.finish_statement();
        if self.levels.len() == 1 {
            return;
        }
        let inner = self.levels.pop().unwrap_or_default();
        self.queries.truncate(inner.queries);
        if let Some(name) = self.level().naming.take() {
            self.queries.push(name);
            if self.sign(0, &Token::Comma) {
                self.at += 1;
                self.named_query(false);
            }
        }
    }

    /// A name where none of a table is expected.
    fn name(&mut self) {
        let Some((name, length)) = self.qualified(0) else { return self.at += 1 };
        if self.sign(length, &Token::LParen) {
            self.found.functions.push(name);
        }
        self.at += length;
    }

    /// `name` or `database.name`, and how many tokens it takes.
    fn qualified(&self, ahead: usize) -> Option<(TableName, usize)> {
        let name = self.tok(ahead)?.name()?.to_owned();
        if self.sign(ahead + 1, &Token::Period)
            && let Some(last) = self.tok(ahead + 2).and_then(Tok::name)
        {
            return Some((TableName { database: Some(name), name: last.to_owned() }, 3));
        }
        Some((TableName { database: None, name }, 1))
    }

    /// A keyword, or a name without quotes.
    fn word(&mut self, tok: &'a Tok) {
        // No keyword is empty.
        let word = tok.keyword().unwrap_or_default();
        let called = self.sign(1, &Token::LParen);
        let starts = self.starts();
        match word.to_ascii_uppercase().as_str() {
            "SELECT" => {
                self.start(Verb::Select);
                self.at += 1;
            }
            "FROM" => self.from(),
            "WITH" => self.with(),
            "JOIN" | "STRAIGHT_JOIN" if self.level().in_tables() => {
                self.level().part = Part::Tables { next: true };
                self.at += 1;
            }
            "ON" if self.tok(1).is_some_and(|tok| tok.is("DUPLICATE")) => {
                self.level().part = Part::Elsewhere;
                // Up to UPDATE, which is no verb here.
                self.at += 4;
            }
            "ON" if self.tok(1).is_some_and(|tok| tok.is_any(&["UPDATE", "DELETE"])) => self.at += 2,
            "USING" => self.using(),
            "USE" | "FORCE" | "IGNORE" if self.tok(1).is_some_and(|tok| tok.is_any(&["INDEX", "KEY"])) => {
                self.index_hint();
            }
            "FOR" if self.tok(1).is_some_and(|tok| tok.is("SYSTEM_TIME")) => self.at += 2,
            "FOR" if self.tok(1).is_some_and(|tok| tok.is("UPDATE")) => {
                self.level().part = Part::Elsewhere;
                self.at += 2;
            }
            "SET" => self.set(),
            "INTO" => self.into(),
            "INSERT" | "REPLACE" if !called && !self.before().is_some_and(|tok| tok.is("OR")) => {
                self.write();
            }
            "UPDATE" if !called => self.update(),
            "DELETE" if !called => self.delete(),
            "TRUNCATE" if starts && !called => self.write(),
            "CALL" if !called => self.call(),
            "PREPARE" | "EXECUTE" if starts && !called => {
                self.found.dynamic = true;
                self.at += 1;
            }
            "CREATE" | "DROP" | "ALTER" | "RENAME" if starts => self.definition(),
            "TABLE" if starts => self.whole_table(),
            "BEGIN" if starts => {
                self.blocks.push(tok.range.clone());
                self.at += 1;
            }
            "CASE" => {
                self.blocks.push(tok.range.clone());
                self.at += 1;
            }
            "END" => self.end(),
            upper if AFTER_TABLES.contains(&upper) => {
                self.level().part = Part::Elsewhere;
                self.at += 1;
            }
            _ if self.level().part == Part::Assignments => self.assigned(),
            _ => self.name(),
        }
    }

    /// END closes a BEGIN or a CASE; END IF, END LOOP and their like close what isn't counted.
    fn end(&mut self) {
        if !self.tok(1).is_some_and(|tok| tok.is_any(&["IF", "LOOP", "WHILE", "REPEAT", "FOR"])) {
            self.blocks.pop();
        }
        // Or the CASE of END CASE would open one.
        self.at += if self.tok(1).is_some_and(|tok| tok.is("CASE")) { 2 } else { 1 };
    }
}
