//! Statements that change tables that are there.

use migratable_contract::diagnostic::Place;
use sqlparser::tokenizer::Token;

use super::Session;
use crate::ddl::alter::{self, Action, Altered};
use crate::ddl::cursor::{Cursor, TableName};
use crate::ddl::lexer::{Tok, Tokens};
use crate::ddl::objects;
use crate::ddl::problem::{Refusal, Reporter};
use crate::ddl::schema::{Fact, Table};
use crate::ddl::table::{self, Context};

/// What reads and applies one kind of statement.
type Applies = fn(&mut Session, &[Tok], &Reporter, &mut String) -> Result<(), Refusal>;

impl Session {
    /// Applies a statement. What it is about is said in its diagnostics; `said` becomes more exact as it is read.
    pub(super) fn change(&mut self, verb: &str, place: &Place, report: &Reporter, apply: Applies) {
        let mut said = verb.to_owned();
        let tokens = match self.lex(place) {
            Ok(tokens) if tokens.is_empty() => {
                self.passed_over += 1;
                return;
            }
            Ok(tokens) => tokens,
            Err(refusal) => {
                self.diagnostics.push(report.not_understood(&said, refusal));
                return;
            }
        };
        if let Err(refusal) = apply(self, &tokens, report, &mut said) {
            self.diagnostics.push(report.not_understood(&said, refusal));
        }
    }

    /// The position of the table a statement changes. Nothing: it is none of ours, or there is none, which is said.
    fn target(
        &mut self,
        said: &str,
        name: &mut TableName,
        if_exists: bool,
        report: &Reporter,
    ) -> Option<usize> {
        self.resolve(name);
        if self.is_temporary(name) {
            return None;
        }
        let found = self.catalog.find(name);
        if found.is_none() && !if_exists {
            let reason = if self.missing.contains(&name.name) {
                format!("the CREATE TABLE of `{}` was not understood", name.name)
            } else {
                format!("there is no table `{}`", name.name)
            };
            self.refuse(said, Refusal::new(reason, name.range.clone()), report);
        }
        found
    }

    fn refuse(&mut self, said: &str, refusal: Refusal, report: &Reporter) {
        self.diagnostics.push(report.refused(said, self.server, refusal));
    }

    pub(super) fn alter_table(
        &mut self,
        tokens: &[Tok],
        report: &Reporter,
        said: &mut String,
    ) -> Result<(), Refusal> {
        let mut head = alter::head(tokens, &report.file.text)?;
        *said = format!("ALTER TABLE `{}`", head.name.name);
        let if_exists = head.if_exists;
        let Some(at) = self.target(said, &mut head.name, if_exists, report) else { return Ok(()) };
        let collation = self.collation_of(head.name.database.as_deref());
        let context = Context { report, server: self.server, collation: &collation };
        let Some(table) = self.catalog.tables.get(at) else { return Ok(()) };
        let actions = alter::actions(&head, tokens, table, context, &mut self.diagnostics);
        for refusal in actions.refused {
            self.diagnostics.push(report.action_not_applied(said, refusal));
        }
        self.apply(at, actions.read, tokens, report, said);
        Ok(())
    }

    /// Applies actions to a table, or says why the server would not.
    fn apply(&mut self, at: usize, actions: Vec<Action>, tokens: &[Tok], report: &Reporter, said: &str) {
        let Some(table) = self.catalog.tables.get(at) else { return };
        let collation = self.collation_of(table.database.as_deref());
        let context = Context { report, server: self.server, collation: &collation };
        let statement = tokens.whole().unwrap_or_default();
        match alter::apply(table, actions, statement, context) {
            Ok(altered) => self.put_back(at, altered, said, report),
            Err(refusal) => self.refuse(said, refusal, report),
        }
    }

    fn put_back(&mut self, at: usize, altered: Altered, said: &str, report: &Reporter) {
        let Altered { table, renamed_to, columns } = altered;
        let to = renamed_to.map(|mut to| {
            to.database = to.database.take().or_else(|| table.database.clone());
            to
        });
        if let Some(to) = &to
            && self.catalog.exact(to).is_some_and(|other| other != at)
        {
            let reason = format!("there is a table `{}` already", to.name);
            return self.refuse(said, Refusal::new(reason, to.range.clone()), report);
        }
        self.catalog.tables[at] = table;
        self.catalog.rename_columns(at, &columns);
        if let Some(to) = to {
            self.rename(at, to, report);
        }
    }

    fn rename(&mut self, at: usize, to: TableName, report: &Reporter) {
        let table = &self.catalog.tables[at];
        let new = objects::TableName { database: to.database.clone(), name: to.name.clone() };
        self.objects.table_renamed(table.database.as_deref(), &table.name, &new);
        let place = report.place(to.range.clone());
        self.catalog.rename(at, to, place, self.server);
    }

    pub(super) fn create_index(
        &mut self,
        tokens: &[Tok],
        report: &Reporter,
        said: &mut String,
    ) -> Result<(), Refusal> {
        let context = Context { report, server: self.server, collation: &self.server_collation };
        let (name, actions) = alter::create_index(tokens, context, &mut self.diagnostics)?;
        self.index(name, actions, tokens, report, said);
        Ok(())
    }

    pub(super) fn drop_index(
        &mut self,
        tokens: &[Tok],
        report: &Reporter,
        said: &mut String,
    ) -> Result<(), Refusal> {
        let (name, actions) = alter::drop_index(tokens, &report.file.text)?;
        self.index(name, actions, tokens, report, said);
        Ok(())
    }

    fn index(
        &mut self,
        mut name: TableName,
        actions: Vec<Action>,
        tokens: &[Tok],
        report: &Reporter,
        said: &mut String,
    ) {
        *said = format!("{said} on `{}`", name.name);
        if let Some(at) = self.target(said, &mut name, false, report) {
            self.apply(at, actions, tokens, report, said);
        }
    }

    /// `RENAME TABLE a TO b, c TO d`: one after the other, so that names can be swapped.
    pub(super) fn rename_tables(
        &mut self,
        tokens: &[Tok],
        report: &Reporter,
        said: &mut String,
    ) -> Result<(), Refusal> {
        let mut cursor = Cursor::new(tokens, &report.file.text);
        cursor.at = 2;
        let if_exists = cursor.take(&["IF", "EXISTS"]);
        let mut renames = Vec::new();
        loop {
            let from = cursor.table_name()?;
            if cursor.take(&["WAIT"]) {
                cursor.at += 1;
            }
            cursor.take(&["NOWAIT"]);
            if !cursor.take(&["TO"]) {
                return Err(Refusal::new("expected TO and a name", cursor.place()));
            }
            renames.push((from, cursor.table_name()?));
            if !cursor.take_token(&Token::Comma) {
                break;
            }
        }
        cursor.end()?;
        for (from, to) in renames {
            *said = format!("RENAME TABLE `{}`", from.name);
            self.rename_table(from, to, if_exists, report, said);
        }
        Ok(())
    }

    fn rename_table(
        &mut self,
        mut from: TableName,
        mut to: TableName,
        if_exists: bool,
        report: &Reporter,
        said: &str,
    ) {
        self.resolve(&mut to);
        self.resolve(&mut from);
        let object = |name: &TableName| objects::TableName {
            database: name.database.clone(),
            name: name.name.clone(),
        };
        if self.objects.view_renamed(&object(&from), &object(&to)) {
            return;
        }
        let Some(at) = self.known(&mut from, if_exists, report, said) else { return };
        if self.catalog.exact(&to).is_some_and(|other| other != at) {
            let reason = format!("there is a table `{}` already", to.name);
            return self.refuse(said, Refusal::new(reason, to.range), report);
        }
        self.rename(at, to, report);
    }

    /// The position of a table that a statement drops or renames. Nothing: it is none of ours, or there is none, which
    /// is said, but changes nothing.
    fn known(
        &mut self,
        name: &mut TableName,
        if_exists: bool,
        report: &Reporter,
        said: &str,
    ) -> Option<usize> {
        self.resolve(name);
        if self.temporary.remove(&key(name)) {
            return None;
        }
        let found = self.catalog.find(name);
        if found.is_none() && !if_exists && !self.missing.remove(&name.name) {
            self.diagnostics.push(report.no_such_table(said, name.range.clone()));
        }
        found
    }

    pub(super) fn drop_tables(
        &mut self,
        tokens: &[Tok],
        report: &Reporter,
        said: &mut String,
    ) -> Result<(), Refusal> {
        let mut cursor = Cursor::new(tokens, &report.file.text);
        cursor.at = 1;
        let temporary = cursor.take(&["TEMPORARY"]);
        cursor.at += 1;
        let if_exists = cursor.take(&["IF", "EXISTS"]);
        let mut names = vec![cursor.table_name()?];
        while cursor.take_token(&Token::Comma) {
            names.push(cursor.table_name()?);
        }
        if cursor.take(&["WAIT"]) {
            cursor.at += 1;
        }
        while cursor.take_any(&["RESTRICT", "CASCADE", "NOWAIT"]) {}
        cursor.end()?;
        for mut name in names {
            *said = format!("DROP TABLE `{}`", name.name);
            if temporary {
                self.resolve(&mut name);
                self.temporary.remove(&key(&name));
            } else if let Some(at) = self.known(&mut name, if_exists, report, said) {
                let table = self.catalog.tables.remove(at);
                self.objects.table_dropped(table.database.as_deref(), &table.name);
            }
        }
        Ok(())
    }

    pub(super) fn drop_database(&mut self, name: Option<String>) {
        let Some(name) = name else { return };
        let of_it = |database: &Option<String>| database.as_ref() == Some(&name);
        self.catalog.tables.retain(|table| !of_it(&table.database));
        self.objects.database_dropped(&name);
        self.databases.remove(&name);
        self.used.take_if(|used| *used == name);
        self.made.take_if(|made| *made == name);
    }

    /// What follows about a table of this name is about none of the schema's, until it is dropped.
    pub(super) fn create_temporary(&mut self, place: &Place, report: &Reporter) {
        let tokens = self.lex(place).unwrap_or_default();
        let mut cursor = Cursor::new(&tokens, &report.file.text);
        while !cursor.is_done() && !cursor.take(&["TABLE"]) {
            cursor.at += 1;
        }
        cursor.take(&["IF", "NOT", "EXISTS"]);
        if let Ok(mut name) = cursor.table_name() {
            self.resolve(&mut name);
            self.temporary.insert(key(&name));
            if let Some(next) = table::next_statement(cursor.at, &tokens) {
                self.pending.push(report.place(tokens[next].range.start..place.range.end));
            }
        }
        self.passed_over += 1;
    }

    fn is_temporary(&self, name: &TableName) -> bool {
        self.temporary.contains(&key(name))
    }

    /// `CREATE TABLE … LIKE`: a copy without foreign keys, and without the next number.
    pub(super) fn copy(
        &self,
        model: &TableName,
        name: &TableName,
        report: &Reporter,
    ) -> Result<Table, Refusal> {
        let mut model = model.clone();
        self.resolve(&mut model);
        let Some(at) = self.catalog.find(&model) else {
            return Err(Refusal::new(format!("there is no table `{}`", model.name), model.range)
                .help("give the file that creates it as well, before this one"));
        };
        let mut table = self.catalog.tables[at].clone();
        table.foreign_keys.clear();
        table.notes.retain(|note| note.fact != Fact::TableOption || !note.text.starts_with("AUTO_INCREMENT"));
        if !self.server.is_mariadb() {
            // The names of checks are the database's, so these get new ones.
            for (number, check) in (1..).zip(&mut table.checks) {
                check.source.name = format!("{}_chk_{number}", name.name);
            }
        }
        table.name.clone_from(&name.name);
        table.database.clone_from(&name.database);
        table.place = report.place(name.range.clone());
        table.statement = report.place(name.range.clone());
        Ok(table)
    }
}

fn key(name: &TableName) -> (Option<String>, String) {
    (name.database.clone(), name.name.clone())
}
