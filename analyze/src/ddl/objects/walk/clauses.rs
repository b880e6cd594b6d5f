//! The clauses that names of tables stand in, each from its first word on.

use sqlparser::tokenizer::Token;

use super::{AFTER_TABLES, Listed, MODIFIERS, NO_ALIAS, Part, TableName, Verb, Walk};
use crate::ddl::lexer::{Tok, Tokens};

impl<'a> Walk<'a> {
    /// FROM starts a list of tables in SELECT and DELETE; in EXTRACT and TRIM, SHOW and FETCH it does not.
    pub(super) fn from(&mut self) {
        if self.level().statement.as_ref().is_some_and(|statement| statement.verb != Verb::Update) {
            self.level().part = Part::Tables { next: true };
        }
        self.at += 1;
    }

    /// A table, or what can stand in its place.
    pub(super) fn table(&mut self, tok: &'a Tok) {
        if tok.is("LATERAL") || tok.is("OJ") {
            return self.at += 1;
        }
        if tok.is_any(&["SELECT", "WITH", "VALUES", "TABLE"]) {
            // A query in parentheses: it has a list of tables of its own.
            let level = self.level();
            level.outer = None;
            level.part = Part::Elsewhere;
            return self.word(tok);
        }
        self.level().part = Part::Tables { next: false };
        let Some((table, length)) = self.qualified(0) else { return self.at += 1 };
        let is_function = self.sign(length, &Token::LParen);
        self.at += length;
        if is_function || tok.is("DUAL") {
            return;
        }
        let alias = self.alias().unwrap_or_else(|| table.name.clone());
        if !self.is_query(&table)
            && let Some(statement) = &mut self.owner().statement
        {
            statement.tables.push(Listed { table, alias });
        }
    }

    /// What a table is called in its statement, if that is said here.
    fn alias(&mut self) -> Option<String> {
        let explicit = self.tok(0).is_some_and(|tok| tok.is("AS"));
        let tok = self.tok(usize::from(explicit))?;
        let name = tok.name()?;
        if !explicit && (tok.is_any(&NO_ALIAS) || tok.is_any(&AFTER_TABLES)) {
            return None;
        }
        self.at += 1 + usize::from(explicit);
        Some(name.to_owned())
    }

    /// Whether WITH gave the name to a query.
    fn is_query(&self, table: &TableName) -> bool {
        let is_it = |name: &String| name.eq_ignore_ascii_case(&table.name);
        table.database.is_none() && self.queries.iter().any(is_it)
    }

    /// `WITH [RECURSIVE] name [(columns)] AS (`; other words also follow a WITH.
    pub(super) fn with(&mut self) {
        let recursive = self.tok(1).is_some_and(|tok| tok.is("RECURSIVE"));
        self.at += 1 + usize::from(recursive);
        self.named_query(recursive);
    }

    pub(super) fn named_query(&mut self, recursive: bool) {
        let rest = &self.tokens[self.at.min(self.tokens.len())..];
        let Some(name) = rest.first().and_then(Tok::name) else { return };
        let column = |tok: &&Tok| matches!(tok.token, Token::Word(_) | Token::Comma);
        let columns = if rest.opens_at(1) { 3 + rest[2..].iter().take_while(column).count() } else { 1 };
        if !rest.keywords_at(columns, &["AS"]) || !rest.opens_at(columns + 1) {
            return;
        }
        self.at += columns + 1;
        if recursive {
            self.queries.push(name.to_owned());
        }
        self.level().naming = Some(name.to_owned());
    }

    /// `DELETE FROM a, b USING a JOIN b`: what was listed is what is deleted from. `JOIN b USING (x)` is passed over.
    pub(super) fn using(&mut self) {
        let lists = !self.sign(1, &Token::LParen);
        self.at += 1;
        let level = self.level();
        if let Some(statement) = level.doing(Verb::Delete).filter(|_| lists) {
            statement.targets = statement.tables.drain(..).map(|listed| listed.alias).collect();
            level.part = Part::Tables { next: true };
        }
    }

    /// `USE INDEX FOR JOIN (a, b)`.
    pub(super) fn index_hint(&mut self) {
        self.at += 2;
        if self.tok(0).is_some_and(|tok| tok.is("FOR")) {
            let words = if self.tok(1).is_some_and(|tok| tok.is("JOIN")) { 2 } else { 3 };
            self.at += words;
        }
    }

    pub(super) fn set(&mut self) {
        self.level().part = Part::Assignments;
        self.at += 1;
    }

    /// In SET: what is assigned stands behind SET or a comma, and before an `=`.
    pub(super) fn assigned(&mut self) {
        let begins = self.before().is_some_and(|tok| tok.is("SET") || tok.token == Token::Comma);
        let path = if begins { self.path() } else { Vec::new() };
        let length = (2 * path.len()).saturating_sub(1);
        if path.is_empty() || !(self.sign(length, &Token::Eq) || self.sign(length, &Token::Assignment)) {
            return self.name();
        }
        self.at += length;
        match (self.level().doing(Verb::Update), path.as_slice()) {
            (Some(statement), [_]) => statement.writes_any = true,
            (Some(statement), [.., table, _]) => statement.targets.push(table.clone()),
            (None, [row, column]) if row.eq_ignore_ascii_case("NEW") => self.found.sets.push(column.clone()),
            _ => {}
        }
    }

    /// Names with periods between them.
    fn path(&self) -> Vec<String> {
        let mut path = Vec::new();
        while let Some(name) = self.tok(2 * path.len()).and_then(Tok::name) {
            path.push(name.to_owned());
            if !self.sign(2 * path.len() - 1, &Token::Period) {
                break;
            }
        }
        path
    }

    /// `INTO a, @b, NEW.c` of SELECT and FETCH, `INTO TABLE t` of LOAD DATA.
    pub(super) fn into(&mut self) {
        self.level().part = Part::Elsewhere;
        if self.tok(1).is_some_and(|tok| tok.is("TABLE")) {
            return self.write();
        }
        loop {
            self.at += 1;
            let path = self.path();
            if let [row, column] = path.as_slice()
                && row.eq_ignore_ascii_case("NEW")
            {
                self.found.sets.push(column.clone());
            }
            self.at += (2 * path.len()).saturating_sub(1);
            if !self.sign(0, &Token::Comma) {
                return;
            }
        }
    }

    /// A verb whose table comes right after it.
    pub(super) fn write(&mut self) {
        self.finish_statement();
        self.skip_modifiers();
        if let Some((table, length)) = self.qualified(0) {
            self.found.writes.push(table);
            self.at += length;
        }
    }

    fn skip_modifiers(&mut self) {
        self.at += 1;
        while self.tok(0).is_some_and(|tok| tok.is_any(&MODIFIERS)) {
            self.at += 1;
        }
    }

    pub(super) fn update(&mut self) {
        self.start(Verb::Update);
        self.skip_modifiers();
        self.level().part = Part::Tables { next: true };
    }

    /// `DELETE FROM t`, `DELETE a, b.* FROM a JOIN b`; FROM comes next, or has to be found behind what is deleted from.
    pub(super) fn delete(&mut self) {
        self.start(Verb::Delete);
        self.skip_modifiers();
        let mut targets = Vec::new();
        while let Some((table, length)) =
            self.qualified(0).filter(|_| !self.tok(0).is_some_and(|tok| tok.is("FROM")))
        {
            targets.push(table.name);
            self.at += length;
            while self.sign(0, &Token::Period) || self.sign(0, &Token::Mul) || self.sign(0, &Token::Comma) {
                self.at += 1;
            }
        }
        if let Some(statement) = self.level().doing(Verb::Delete) {
            statement.targets = targets;
        }
    }

    pub(super) fn call(&mut self) {
        self.at += 1;
        if let Some((routine, length)) = self.qualified(0) {
            self.found.calls.push(routine);
            self.at += length;
        }
    }

    /// `TABLE t`: the whole of it, as SELECT would give it.
    pub(super) fn whole_table(&mut self) {
        self.start(Verb::Select);
        self.level().part = Part::Tables { next: true };
        self.at += 1;
    }

    /// DDL in a body: temporary tables are its own, and who changes a table or takes it away writes it.
    pub(super) fn definition(&mut self) {
        let creates = self.tok(0).is_some_and(|tok| tok.is("CREATE"));
        self.at += 1;
        if self.tokens.keywords_at(self.at, &["OR", "REPLACE"]) {
            self.at += 2;
        }
        let temporary = self.tok(0).is_some_and(|tok| tok.is("TEMPORARY"));
        self.at += usize::from(temporary);
        if !self.tok(0).is_some_and(|tok| tok.is("TABLE")) {
            return;
        }
        self.at += 1;
        while self.tok(0).is_some_and(|tok| tok.is_any(&["IF", "NOT", "EXISTS"])) {
            self.at += 1;
        }
        while let Some((table, length)) = self.qualified(0) {
            self.at += length;
            if !temporary {
                self.found.writes.push(table);
            } else if creates {
                self.temporary.push(table.name);
            }
            if !self.sign(0, &Token::Comma) {
                return;
            }
            self.at += 1;
        }
    }
}
