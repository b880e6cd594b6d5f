//! Reads MySQL DDL: a file of statements becomes a [`Schema`] with places.
//!
//! Stages: [`splitter`] (bytes → statements) → classification by first words → tokens → entries of a table, cut down
//! to what the parser takes → sqlparser → the schema. Each statement stands alone: one that isn't understood is said,
//! with its place, and costs no other. sqlparser's tree never leaves this module, and its printer is never used: it
//! loses backslashes. Expressions are carried as the file's own text.
//!
//! What changes a table after its CREATE TABLE (ALTER TABLE, CREATE INDEX, …) is not applied, and each such statement
//! is said (MG0602).

mod charset;
mod element;
mod keys;
mod lexer;
mod options;
mod problem;
mod scan;
mod schema;
pub mod splitter;
mod statement;
mod table;
mod text;
mod types;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use migratable_contract::diagnostic::{self, Diagnostic, SourceFile};

pub use charset::{Server, UnknownServer};
pub use schema::{
    CheckFacts, ColumnFacts, Fact, ForeignKeyFacts, Indexed, KeyFacts, KeyKind, KeyPart, Note, Schema,
    Subject, Table,
};
pub use text::decode;

use problem::{Refusal, Reporter};
use scan::first_words;
use splitter::Piece;
use statement::Statement;
use table::Context;

/// How to read a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The server the DDL is for.
    pub server: Server,
    /// The server's default collation, if it isn't [`Server::default_collation`].
    pub collation: Option<String>,
}

impl From<Server> for ReadOptions {
    fn from(server: Server) -> Self {
        Self { server, collation: None }
    }
}

/// What reading a file gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What was understood.
    pub schema: Schema,
    /// What was not, and what will surprise, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file of DDL. Never fails as a whole: what wasn't understood is in the diagnostics, as an error for each
/// statement that is missing from the schema, and a warning for each that would have changed it.
pub fn read(file: &Arc<SourceFile>, options: impl Into<ReadOptions>) -> Reading {
    let ReadOptions { server, collation } = options.into();
    let server_collation = match collation {
        Some(name) => charset::collation_name(&name, server),
        None => server.default_collation().to_owned(),
    };
    let schema = Schema { server, server_collation, tables: Vec::new(), passed_over: 0 };
    let report = Reporter { file: Arc::clone(file) };
    let mut session = Session {
        report,
        schema,
        databases: HashMap::new(),
        database: None,
        diagnostics: Vec::new(),
        pending: Vec::new(),
        resumes: 0,
    };
    for piece in splitter::split(file.text.as_bytes()) {
        session.statement(&piece);
        while let Some(piece) = session.pending.pop() {
            session.statement(&piece);
        }
    }
    session.finish()
}

/// The state that statements leave to those after them.
struct Session {
    report: Reporter,
    schema: Schema,
    /// Default collations of the databases that name one.
    databases: HashMap<String, String>,
    /// The database in use: named by USE, or else the one created or altered last.
    database: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// Statements found behind others that have no semicolon.
    pending: Vec<Piece>,
    /// How often reading was taken up again inside a statement.
    resumes: usize,
}

/// After so many the file isn't SQL, and each costs another look at what is left of its statement.
const MAX_RESUMES: usize = 64;

impl Session {
    fn statement(&mut self, piece: &Piece) {
        if let Some(opening) = piece.unterminated {
            self.diagnostics.push(self.report.unterminated(opening));
            return;
        }
        let file = Arc::clone(&self.report.file);
        let text = &file.text[piece.range.clone()];
        match statement::classify(text, self.schema.server) {
            Statement::CreateTable => self.create_table(text, piece),
            Statement::Database { name, alter } => self.database(name, alter, text, piece),
            Statement::Use(name) => self.database = Some(name),
            Statement::DropTable(names) => {
                for name in names.iter().filter(|name| self.schema.table(name).is_some()) {
                    let said = format!("DROP TABLE `{name}`");
                    self.diagnostics.push(self.report.not_applied(&said, self.headline(text, piece)));
                }
            }
            Statement::DropDatabase if !self.schema.tables.is_empty() => {
                self.diagnostics.push(self.report.not_applied("DROP DATABASE", self.headline(text, piece)));
            }
            Statement::Change(said) => {
                self.diagnostics.push(self.report.not_applied(&said, self.headline(text, piece)));
            }
            Statement::Addition(said) => {
                self.diagnostics.push(self.report.no_word_for(&said, self.headline(text, piece)));
            }
            Statement::Nothing | Statement::DropDatabase => self.schema.passed_over += 1,
            Statement::Unknown(word) => {
                let refusal = Refusal::new(
                    "no statement that is known here starts so",
                    self.headline(text, piece),
                )
                .help("if it changes tables, put its effect into CREATE TABLE by hand; if not, take it out");
                self.diagnostics
                    .push(self.report.not_understood(&format!("the statement `{word} …`"), refusal));
            }
        }
    }

    fn create_table(&mut self, text: &str, piece: &Piece) {
        let mut said = "CREATE TABLE".to_owned();
        if let Err(refusal) = self.try_create_table(text, piece, &mut said) {
            self.diagnostics.push(self.report.not_understood(&said, refusal));
            if self.pending.is_empty() {
                self.resume(text, piece);
            }
        }
    }

    /// A missing semicolon, or a quote that closes in the wrong place, makes several statements one: what looks like
    /// another in one that wasn't understood is read as one.
    fn resume(&mut self, text: &str, piece: &Piece) {
        let Some(line) = splitter::next_statement_line(text.as_bytes(), 0) else { return };
        if self.resumes == MAX_RESUMES {
            return;
        }
        self.resumes += 1;
        let base = piece.range.start + line;
        for inner in splitter::split(&text.as_bytes()[line..]) {
            let range = base + inner.range.start..base + inner.range.end;
            let unterminated = inner.unterminated.map(|opening| base + opening);
            self.statement(&Piece { range, unterminated });
        }
    }

    fn try_create_table(&mut self, text: &str, piece: &Piece, said: &mut String) -> Result<(), Refusal> {
        let mut tokens = lexer::lex(text, piece.range.start, self.schema.server)?;
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
            self.pending.push(Piece { range: start..piece.range.end, unterminated: None });
        }
        head.database = head.database.or_else(|| self.database.clone());
        if let Some(first) = self.schema.table(&head.name).filter(|_| !head.or_replace) {
            let first = first.place.clone();
            self.diagnostics.push(if head.if_not_exists {
                self.report.ignored_table(&head.name, head.name_range, first)
            } else {
                self.report.duplicate_table(&head.name, head.name_range, first)
            });
            return Ok(());
        }
        let of_database = head.database.as_ref().and_then(|name| self.databases.get(name));
        let collation = of_database.unwrap_or(&self.schema.server_collation).clone();
        let context = Context { report: &self.report, server: self.schema.server, collation: &collation };
        let table = table::read(&head, &tokens, context, &mut self.diagnostics)?;
        self.schema.tables.retain(|other| other.source.name != head.name);
        self.schema.tables.push(table);
        Ok(())
    }

    fn database(&mut self, name: Option<String>, alter: bool, text: &str, piece: &Piece) {
        let Some(name) = name.or_else(|| self.database.clone()) else { return };
        let skip: &[&str] =
            &["CREATE", "ALTER", "OR", "REPLACE", "DATABASE", "SCHEMA", "IF", "NOT", "EXISTS"];
        let read = lexer::lex(text, piece.range.start, self.schema.server).and_then(|tokens| {
            let words = tokens.iter().take_while(|tok| tok.is_any(skip)).count();
            let named = tokens.get(words).and_then(|tok| tok.name()).is_some_and(|word| word == name);
            options::read(&tokens[words + usize::from(named)..], &self.report.file.text, self.schema.server)
        });
        match read {
            Ok(options) => {
                if let Some(collation) = options.collation {
                    self.databases.insert(name.clone(), collation);
                }
            }
            Err(refusal) => {
                let said = format!("{} DATABASE `{name}`", if alter { "ALTER" } else { "CREATE" });
                self.diagnostics.push(self.report.not_understood(&said, refusal));
            }
        }
        self.database = Some(name);
    }

    fn finish(mut self) -> Reading {
        self.schema.tables.sort_by_key(|table| table.place.range.start);
        self.drop_foreign_references();
        self.spell_references();
        if self.schema.tables.is_empty() && !diagnostic::has_errors(&self.diagnostics) {
            self.diagnostics.push(self.report.no_table());
        }
        diagnostic::sort(&mut self.diagnostics);
        Reading { schema: self.schema, diagnostics: self.diagnostics }
    }

    /// A contract holds the tables of one database, and of others only what the file creates.
    fn drop_foreign_references(&mut self) {
        let known: Vec<(Option<String>, String)> = self
            .schema
            .tables
            .iter()
            .map(|table| (table.database.clone(), table.source.name.clone()))
            .collect();
        for table in &mut self.schema.tables {
            let mut facts = table.foreign_keys.drain(..).collect::<Vec<_>>().into_iter();
            let (report, diagnostics) = (&self.report, &mut self.diagnostics);
            table.source.foreign_keys.retain(|key| {
                let Some(facts) = facts.next() else { return false };
                let outside =
                    facts.database.is_some() && !known.contains(&(facts.database.clone(), key.table.clone()));
                if outside {
                    diagnostics.push(report.other_database(key, &facts));
                } else {
                    table.foreign_keys.push(facts);
                }
                !outside
            });
        }
    }

    /// The line a statement starts on: enough to show which one is meant.
    fn headline(&self, text: &str, piece: &Piece) -> Range<usize> {
        let start = first_words(text, 1, Some(self.schema.server)).first().map_or(0, |word| word.range.start);
        let line = text[start..].lines().next().unwrap_or_default().trim_end();
        piece.range.start + start..piece.range.start + start + line.len()
    }

    /// Foreign keys may spell tables and columns in another case than these spell themselves, and may stand before
    /// the table they point at. Table names that differ by case alone are two tables to a server on Linux.
    fn spell_references(&mut self) {
        let names: Vec<(String, Vec<String>)> = (self.schema.tables.iter())
            .map(|table| {
                let columns = table.source.columns.iter().map(|column| column.name.clone());
                (table.source.name.clone(), columns.collect())
            })
            .collect();
        for key in self.schema.tables.iter_mut().flat_map(|table| &mut table.source.foreign_keys) {
            let exact = names.iter().find(|(name, _)| *name == key.table);
            let Some((table, columns)) =
                exact.or_else(|| names.iter().find(|(name, _)| schema::same_name(name, &key.table)))
            else {
                continue;
            };
            key.table.clone_from(table);
            for name in &mut key.references {
                if let Some(column) = columns.iter().find(|column| schema::same_name(column, name)) {
                    name.clone_from(column);
                }
            }
        }
    }
}
