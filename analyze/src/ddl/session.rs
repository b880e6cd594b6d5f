//! Statements, one after the other, to a schema: what each does to it, and what it leaves to those after it.

mod finish;
mod tables;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use migratable_contract::diagnostic::{self, Diagnostic, Place};

use super::catalog::Catalog;
use super::charset::{self, Server};
use super::cursor::TableName;
use super::lexer::Tok;
use super::objects::{self, Objects};
use super::problem::{self, Refusal, Reporter};
use super::scan::first_words;
use super::schema::Schema;
use super::statement::{self, Statement};
use super::table::Context;
use super::{ReadOptions, Reading, lexer, options, splitter, table};

/// The state that statements leave to those after them.
pub(super) struct Session {
    server: Server,
    server_collation: String,
    /// The only database whose tables are kept, if one is asked for.
    only: Option<String>,
    catalog: Catalog,
    passed_over: usize,
    /// Views, triggers, routines, events, whose names are not looked up yet.
    objects: Objects,
    /// The names of the files read.
    pub(super) inputs: Vec<String>,
    /// Default collations of the databases that name one.
    databases: HashMap<String, String>,
    /// The database that USE names.
    used: Option<String>,
    /// The database created or altered last.
    made: Option<String>,
    /// Tables that only the session sees.
    temporary: HashSet<(Option<String>, String)>,
    /// Tables that are missing because their CREATE TABLE was not understood.
    missing: HashSet<String>,
    diagnostics: Vec<Diagnostic>,
    /// Statements found behind others that have no semicolon.
    pending: Vec<Place>,
    /// How often reading was taken up again inside a statement.
    resumes: usize,
}

/// After so many the file isn't SQL, and each costs another look at what is left of its statement.
const MAX_RESUMES: usize = 64;

impl Session {
    pub(super) fn new(options: ReadOptions) -> Self {
        let ReadOptions { server, collation, database } = options;
        let server_collation = match collation {
            Some(name) => charset::collation_name(&name, server),
            None => server.default_collation().to_owned(),
        };
        Self {
            server,
            server_collation,
            only: database.clone(),
            catalog: Catalog::default(),
            passed_over: 0,
            objects: Objects::default(),
            inputs: Vec::new(),
            databases: HashMap::new(),
            used: database,
            made: None,
            temporary: HashSet::new(),
            missing: HashSet::new(),
            diagnostics: Vec::new(),
            pending: Vec::new(),
            resumes: 0,
        }
    }

    /// The server that is read for.
    pub(super) fn server(&self) -> Server {
        self.server
    }

    /// Adds what reading the file itself has to say.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// How much was said so far.
    pub(super) fn said(&self) -> usize {
        self.diagnostics.len()
    }

    /// Unsays all but so much.
    pub(super) fn take_back(&mut self, said: usize) {
        self.diagnostics.truncate(said);
    }

    /// Counts a statement that is passed over unread.
    pub(super) fn pass_over(&mut self) {
        self.passed_over += 1;
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
        match statement::classify(text, self.server) {
            Statement::CreateTable { temporary: true } => self.create_temporary(place, &report),
            Statement::CreateTable { temporary: false } => self.create_table(place, &report),
            Statement::AlterTable => self.change("ALTER TABLE", place, &report, Self::alter_table),
            Statement::CreateIndex => self.change("CREATE INDEX", place, &report, Self::create_index),
            Statement::DropIndex => self.change("DROP INDEX", place, &report, Self::drop_index),
            Statement::RenameTable => self.change("RENAME TABLE", place, &report, Self::rename_tables),
            Statement::DropTable => self.change("DROP TABLE", place, &report, Self::drop_tables),
            Statement::Database { name, alter } => self.database(name, alter, place, &report),
            Statement::DropDatabase(name) => self.drop_database(name),
            Statement::Use(name) => self.used = Some(name),
            Statement::Hidden(said) => {
                self.diagnostics.push(report.not_applied(&said, self.headline(place)));
            }
            Statement::Object(said) => {
                if let Err(refusal) = self.object(&said, place, &report) {
                    self.diagnostics.push(report.object_not_understood(&said, refusal));
                }
            }
            Statement::Behind => self.set_statement(place, &report),
            Statement::Nothing => self.passed_over += 1,
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
        let tokens = self.lex(place)?;
        if tokens.is_empty() {
            // All of it is in a versioned comment for another server.
            self.passed_over += 1;
            return Ok(());
        }
        let change = objects::read(&tokens, &report.file.text)?;
        if change.has_no_word() {
            self.diagnostics.push(report.no_word_for(said, self.headline(place)));
        }
        let tables = &self.catalog.tables;
        let is_table = |name: &objects::TableName| {
            tables.iter().any(|table| name.is(table.database.as_deref(), &table.name))
        };
        let database = self.used.clone().or_else(|| self.made.clone());
        let applied = self.objects.apply(change, database.as_deref(), |range| report.place(range), is_table);
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

    /// The statement behind `SET STATEMENT variable = value, … FOR` is read like any other.
    fn set_statement(&mut self, place: &Place, report: &Reporter) {
        let tokens = self.lex(place).unwrap_or_default();
        let inner = tokens.iter().position(|tok| tok.is("FOR")).and_then(|at| tokens.get(at + 1));
        match inner {
            // It can't stand before itself.
            Some(first) if !first.is("SET") => {
                self.pending.push(report.place(first.range.start..place.range.end));
            }
            _ => {
                let refusal = Refusal::new("expected FOR and a statement", self.headline(place));
                self.diagnostics.push(report.not_understood("SET STATEMENT", refusal));
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
        let mut tokens = self.lex(place)?;
        if tokens.is_empty() {
            // All of it is in a versioned comment for another server.
            self.passed_over += 1;
            return Ok(());
        }
        let file = &report.file.text;
        let mut head = table::head(&tokens, file)?;
        *said = format!("CREATE TABLE `{}`", head.name.name);
        if let Some(next) = table::next_statement(head.length, &tokens) {
            let start = tokens[next].range.start;
            tokens.truncate(next);
            self.pending.push(report.place(start..place.range.end));
        }
        self.resolve(&mut head.name);
        let there = self.catalog.exact(&head.name);
        if let Some(first) = there.and_then(|at| self.catalog.tables.get(at)).filter(|_| !head.or_replace) {
            let (name, range, first) = (&head.name.name, head.name.range, first.place.clone());
            self.diagnostics.push(if head.if_not_exists {
                report.ignored_table(name, range, first)
            } else {
                report.duplicate_table(name, range, first)
            });
            return Ok(());
        }
        let made = match table::like(&head, &tokens, file)? {
            Some(model) => self.copy(&model, &head.name, report),
            None => {
                let collation = self.collation_of(head.name.database.as_deref());
                let context = Context { report, server: self.server, collation: &collation };
                table::read(&head, &tokens, context, &mut self.diagnostics)
            }
        };
        let table = made.inspect_err(|_| {
            self.missing.insert(head.name.name.clone());
        })?;
        self.missing.remove(&head.name.name);
        if let Some(at) = there {
            self.catalog.tables.remove(at);
        }
        self.catalog.tables.push(table);
        Ok(())
    }

    /// The default collation of a database. Where none is in use, people mean the one made last.
    fn collation_of(&self, database: Option<&str>) -> String {
        let database = database.or(self.made.as_deref());
        let named = database.and_then(|name| self.databases.get(name));
        named.unwrap_or(&self.server_collation).clone()
    }

    /// Names without a database are of the one in use.
    fn resolve(&self, name: &mut TableName) {
        if name.database.is_none() {
            name.database.clone_from(&self.used);
        }
    }

    fn lex(&self, place: &Place) -> Result<Vec<Tok>, Refusal> {
        lexer::lex(place.text(), place.range.start, self.server)
    }

    fn database(&mut self, name: Option<String>, alter: bool, place: &Place, report: &Reporter) {
        let in_use = || self.used.clone().or_else(|| self.made.clone());
        let Some(name) = name.or_else(in_use) else { return };
        let skip: &[&str] =
            &["CREATE", "ALTER", "OR", "REPLACE", "DATABASE", "SCHEMA", "IF", "NOT", "EXISTS"];
        let read = self.lex(place).and_then(|tokens| {
            let words = tokens.iter().take_while(|tok| tok.is_any(skip)).count();
            let named = tokens.get(words).and_then(|tok| tok.name()).is_some_and(|word| word == name);
            options::read(&tokens[words + usize::from(named)..], &report.file.text, self.server)
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
        self.made = Some(name);
    }

    pub(super) fn finish(mut self) -> Reading {
        let mut tables = self.catalog.tables;
        finish::keep_one_database(&mut tables, self.only.as_deref(), &mut self.diagnostics);
        if let Some(only) = &self.only {
            self.objects.keep_database(only);
        }
        let (objects, said) = self.objects.resolve(&tables);
        self.diagnostics.extend(said);
        finish::drop_foreign_references(&mut tables, &mut self.diagnostics);
        finish::spell_references(&mut tables);
        if tables.is_empty() && !diagnostic::has_errors(&self.diagnostics) {
            self.diagnostics.push(problem::no_table(&self.inputs));
        }
        diagnostic::sort(&mut self.diagnostics);
        let (server, server_collation) = (self.server, self.server_collation);
        let schema = Schema { server, server_collation, tables, objects, passed_over: self.passed_over };
        Reading { schema, diagnostics: self.diagnostics }
    }

    /// The line a statement starts on: enough to show which one is meant.
    fn headline(&self, place: &Place) -> Range<usize> {
        let text = place.text();
        let start = first_words(text, 1, Some(self.server)).first().map_or(0, |word| word.range.start);
        let line = text[start..].lines().next().unwrap_or_default().trim_end();
        place.range.start + start..place.range.start + start + line.len()
    }
}
