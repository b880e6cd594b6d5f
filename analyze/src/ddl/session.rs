//! Statements, one after the other, to a schema: what each does to it, and what it leaves to those after it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use migratable_contract::diagnostic::{self, Diagnostic, Place};

use super::charset::Server;
use super::objects::{self, Objects, TableName};
use super::problem::{self, Refusal, Reporter};
use super::scan::first_words;
use super::schema::{self, Schema, Table};
use super::statement::{self, Statement};
use super::table::Context;
use super::{Reading, lexer, options, splitter, table};

/// The state that statements leave to those after them.
pub(super) struct Session {
    schema: Schema,
    /// Views, triggers, routines, events, whose names are not looked up yet.
    objects: Objects,
    /// The names of the files read.
    pub(super) inputs: Vec<String>,
    /// Default collations of the databases that name one.
    databases: HashMap<String, String>,
    /// The database in use: named by USE, or else the one created or altered last.
    database: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// Statements found behind others that have no semicolon.
    pending: Vec<Place>,
    /// How often reading was taken up again inside a statement.
    resumes: usize,
}

/// After so many the file isn't SQL, and each costs another look at what is left of its statement.
const MAX_RESUMES: usize = 64;

impl Session {
    pub(super) fn new(server: Server, server_collation: String) -> Self {
        Self {
            schema: Schema {
                server,
                server_collation,
                tables: Vec::new(),
                objects: Vec::new(),
                passed_over: 0,
            },
            objects: Objects::default(),
            inputs: Vec::new(),
            databases: HashMap::new(),
            database: None,
            diagnostics: Vec::new(),
            pending: Vec::new(),
            resumes: 0,
        }
    }

    /// Takes a statement. `unterminated`: where in its excerpt a quote or a comment opens that is never closed.
    pub(super) fn statement(&mut self, place: &Place, unterminated: Option<usize>) {
        self.one(place, unterminated);
        while let Some(next) = self.pending.pop() {
            self.one(&next, None);
        }
    }

    fn one(&mut self, place: &Place, unterminated: Option<usize>) {
        let report = Reporter { file: Arc::clone(&place.file) };
        if let Some(opening) = unterminated {
            self.diagnostics.push(report.unterminated(opening));
            return;
        }
        let text = place.text();
        match statement::classify(text, self.schema.server) {
            Statement::CreateTable => self.create_table(place, &report),
            Statement::Database { name, alter } => self.database(name, alter, place, &report),
            Statement::Use(name) => self.database = Some(name),
            Statement::DropTable(names) => {
                for name in names.iter().filter(|name| self.schema.table(name).is_some()) {
                    let said = format!("DROP TABLE `{name}`");
                    self.diagnostics.push(report.not_applied(&said, self.headline(place)));
                }
            }
            Statement::DropDatabase if !self.schema.tables.is_empty() => {
                self.diagnostics.push(report.not_applied("DROP DATABASE", self.headline(place)));
            }
            Statement::Change(said) => {
                self.diagnostics.push(report.not_applied(&said, self.headline(place)));
            }
            Statement::Object(said) => {
                if let Err(refusal) = self.object(&said, place, &report) {
                    self.diagnostics.push(report.object_not_understood(&said, refusal));
                }
            }
            Statement::Nothing | Statement::DropDatabase => self.schema.passed_over += 1,
            Statement::Unknown(word) => {
                let refusal = Refusal::new("no statement that is known here starts so", self.headline(place))
                    .help(
                        "if it changes tables, put its effect into CREATE TABLE by hand; if not, take it out",
                    );
                self.diagnostics.push(report.not_understood(&format!("the statement `{word} …`"), refusal));
            }
        }
    }

    /// What a schema has besides tables: made, changed, dropped.
    fn object(&mut self, said: &str, place: &Place, report: &Reporter) -> Result<(), Refusal> {
        let tokens = lexer::lex(place.text(), place.range.start, self.schema.server)?;
        if tokens.is_empty() {
            // All of it is in a versioned comment for another server.
            self.schema.passed_over += 1;
            return Ok(());
        }
        let change = objects::read(&tokens, &report.file.text)?;
        if change.has_no_word() {
            self.diagnostics.push(report.no_word_for(said, self.headline(place)));
        }
        let tables = &self.schema.tables;
        let is_table =
            |name: &TableName| tables.iter().any(|table| name.is(table.database.as_deref(), &table.name));
        let applied =
            self.objects.apply(change, self.database.as_deref(), |range| report.place(range), is_table);
        if let Err(reason) = applied {
            self.diagnostics.push(report.not_applied_because(said, reason, self.headline(place)));
        }
        Ok(())
    }

    fn create_table(&mut self, place: &Place, report: &Reporter) {
        let mut said = "CREATE TABLE".to_owned();
        if let Err(refusal) = self.try_create_table(place, report, &mut said) {
            self.diagnostics.push(report.not_understood(&said, refusal));
            if self.pending.is_empty() {
                self.resume(place);
            }
        }
    }

    /// A missing semicolon, or a quote that closes in the wrong place, makes several statements one: what looks like
    /// another in one that wasn't understood is read as one.
    fn resume(&mut self, place: &Place) {
        let text = place.text();
        let Some(line) = splitter::next_statement_line(text.as_bytes(), 0) else { return };
        if self.resumes == MAX_RESUMES {
            return;
        }
        self.resumes += 1;
        let base = place.range.start + line;
        for inner in splitter::split(&text.as_bytes()[line..]) {
            let range = base + inner.range.start..base + inner.range.end;
            let unterminated = inner.unterminated.map(|opening| base + opening);
            self.statement(&Place::new(&place.file, range), unterminated);
        }
    }

    fn try_create_table(
        &mut self,
        place: &Place,
        report: &Reporter,
        said: &mut String,
    ) -> Result<(), Refusal> {
        let mut tokens = lexer::lex(place.text(), place.range.start, self.schema.server)?;
        if tokens.is_empty() {
            // All of it is in a versioned comment for another server.
            self.schema.passed_over += 1;
            return Ok(());
        }
        let mut head = table::head(&tokens)?;
        *said = format!("CREATE TABLE `{}`", head.name);
        if let Some(next) = table::next_statement(&head, &tokens) {
            let start = tokens[next].range.start;
            tokens.truncate(next);
            self.pending.push(report.place(start..place.range.end));
        }
        head.database = head.database.or_else(|| self.database.clone());
        if let Some(first) = self.schema.table(&head.name).filter(|_| !head.or_replace) {
            let first = first.place.clone();
            self.diagnostics.push(if head.if_not_exists {
                report.ignored_table(&head.name, head.name_range, first)
            } else {
                report.duplicate_table(&head.name, head.name_range, first)
            });
            return Ok(());
        }
        let of_database = head.database.as_ref().and_then(|name| self.databases.get(name));
        let collation = of_database.unwrap_or(&self.schema.server_collation).clone();
        let context = Context { report, server: self.schema.server, collation: &collation };
        let table = table::read(&head, &tokens, context, &mut self.diagnostics)?;
        self.schema.tables.retain(|other| other.name != head.name);
        self.schema.tables.push(table);
        Ok(())
    }

    fn database(&mut self, name: Option<String>, alter: bool, place: &Place, report: &Reporter) {
        let Some(name) = name.or_else(|| self.database.clone()) else { return };
        let skip: &[&str] =
            &["CREATE", "ALTER", "OR", "REPLACE", "DATABASE", "SCHEMA", "IF", "NOT", "EXISTS"];
        let read = lexer::lex(place.text(), place.range.start, self.schema.server).and_then(|tokens| {
            let words = tokens.iter().take_while(|tok| tok.is_any(skip)).count();
            let named = tokens.get(words).and_then(|tok| tok.name()).is_some_and(|word| word == name);
            options::read(&tokens[words + usize::from(named)..], &report.file.text, self.schema.server)
        });
        match read {
            Ok(options) => {
                if let Some(collation) = options.collation {
                    self.databases.insert(name.clone(), collation);
                }
            }
            Err(refusal) => {
                let said = format!("{} DATABASE `{name}`", if alter { "ALTER" } else { "CREATE" });
                self.diagnostics.push(report.not_understood(&said, refusal));
            }
        }
        self.database = Some(name);
    }

    pub(super) fn finish(mut self) -> Reading {
        self.schema.tables.sort_by_key(|table| table.place.order());
        let (objects, said) = std::mem::take(&mut self.objects).resolve(&self.schema.tables);
        self.schema.objects = objects;
        self.diagnostics.extend(said);
        self.drop_foreign_references();
        self.spell_references();
        if self.schema.tables.is_empty() && !diagnostic::has_errors(&self.diagnostics) {
            self.diagnostics.push(problem::no_table(&self.inputs));
        }
        diagnostic::sort(&mut self.diagnostics);
        Reading { schema: self.schema, diagnostics: self.diagnostics }
    }

    /// A contract holds the tables of one database, and of others only what the file creates.
    fn drop_foreign_references(&mut self) {
        let name = |table: &Table| (table.database.clone(), table.name.clone());
        let known: HashSet<(Option<String>, String)> = self.schema.tables.iter().map(name).collect();
        let diagnostics = &mut self.diagnostics;
        for table in &mut self.schema.tables {
            table.foreign_keys.retain(|key| {
                let inside = key.database.is_none()
                    || known.contains(&(key.database.clone(), key.source.table.clone()));
                if !inside {
                    diagnostics.push(problem::other_database(key));
                }
                inside
            });
        }
    }

    /// The line a statement starts on: enough to show which one is meant.
    fn headline(&self, place: &Place) -> Range<usize> {
        let text = place.text();
        let start = first_words(text, 1, Some(self.schema.server)).first().map_or(0, |word| word.range.start);
        let line = text[start..].lines().next().unwrap_or_default().trim_end();
        place.range.start + start..place.range.start + start + line.len()
    }

    /// Foreign keys may spell tables and columns in another case than these spell themselves, and may stand before
    /// the table they point at. Table names that differ by case alone are two tables to a server on Linux.
    fn spell_references(&mut self) {
        let columns = |table: &Table| table.columns.iter().map(|column| column.source.name.clone()).collect();
        let names: Vec<(String, Vec<String>)> =
            self.schema.tables.iter().map(|table| (table.name.clone(), columns(table))).collect();
        for key in self.schema.tables.iter_mut().flat_map(|table| &mut table.foreign_keys) {
            let key = &mut key.source;
            let exact = names.iter().find(|(name, _)| *name == key.table);
            // Two that differ by case alone are of a server that tells cases apart: the key leads to neither.
            let mut alike = names.iter().filter(|(name, _)| schema::same_name(name, &key.table));
            let only = alike.next().filter(|_| alike.next().is_none());
            let Some((table, columns)) = exact.or(only) else { continue };
            key.table.clone_from(table);
            for name in &mut key.references {
                if let Some(column) = columns.iter().find(|column| schema::same_name(column, name)) {
                    name.clone_from(column);
                }
            }
        }
    }
}
