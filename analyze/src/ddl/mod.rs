//! Reads MySQL DDL: a file of statements becomes a [`Schema`] with places.
//!
//! Stages: [`splitter`] (bytes → statements) → classification by first words → tokens → entries of a table, cut down
//! to what the parser takes → sqlparser → [`schema`]. Each statement stands alone: one that isn't understood is said,
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
use std::sync::Arc;

use migratable_contract::diagnostic::{self, Diagnostic, SourceFile};

pub use charset::{Server, UnknownServer};
pub use schema::{
    CheckFacts, ColumnFacts, Fact, ForeignKeyFacts, Indexed, KeyFacts, KeyKind, KeyPart, Note, Schema,
    Subject, Table,
};
pub use text::decode;

use problem::{Refusal, Reporter};
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
    let mut session =
        Session { report, schema, databases: HashMap::new(), database: None, diagnostics: Vec::new() };
    for piece in splitter::split(file.text.as_bytes()) {
        session.statement(&piece);
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
}

impl Session {
    fn statement(&mut self, piece: &Piece) {
        if let Some(opening) = piece.unterminated {
            self.diagnostics.push(self.report.unterminated(opening));
            return;
        }
        let file = Arc::clone(&self.report.file);
        let text = &file.text[piece.range.clone()];
        match statement::classify(text) {
            Statement::CreateTable => self.create_table(text, piece),
            Statement::Database { name, alter } => self.database(name, alter, text, piece),
            Statement::Use(name) => self.database = Some(name),
            Statement::DropTable(names) => {
                for name in names.iter().filter(|name| self.schema.table(name).is_some()) {
                    let said = format!("DROP TABLE `{name}`");
                    self.diagnostics.push(self.report.not_applied(&said, headline(text, piece)));
                }
            }
            Statement::DropDatabase if !self.schema.tables.is_empty() => {
                self.diagnostics.push(self.report.not_applied("DROP DATABASE", headline(text, piece)));
            }
            Statement::Change(said) => {
                self.diagnostics.push(self.report.not_applied(&said, headline(text, piece)));
            }
            Statement::Nothing | Statement::DropDatabase => self.schema.passed_over += 1,
            Statement::Unknown(word) => {
                let refusal =
                    Refusal::new("no statement that is known here starts so", headline(text, piece));
                self.diagnostics
                    .push(self.report.not_understood(&format!("the statement `{word} …`"), refusal));
            }
        }
    }

    fn create_table(&mut self, text: &str, piece: &Piece) {
        let mut said = "CREATE TABLE".to_owned();
        if let Err(refusal) = self.try_create_table(text, piece, &mut said) {
            self.diagnostics.push(self.report.not_understood(&said, refusal));
        }
    }

    fn try_create_table(&mut self, text: &str, piece: &Piece, said: &mut String) -> Result<(), Refusal> {
        let tokens = lexer::lex(text, piece.range.start, self.schema.server)?;
        if tokens.is_empty() {
            // All of it is in a versioned comment for another server.
            self.schema.passed_over += 1;
            return Ok(());
        }
        let mut head = table::head(&tokens)?;
        *said = format!("CREATE TABLE `{}`", head.name);
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
        self.spell_references();
        if self.schema.tables.is_empty() && !diagnostic::has_errors(&self.diagnostics) {
            self.diagnostics.push(self.report.no_table());
        }
        diagnostic::sort(&mut self.diagnostics);
        Reading { schema: self.schema, diagnostics: self.diagnostics }
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

/// The first line of a statement: enough to show which one is meant.
fn headline(text: &str, piece: &Piece) -> std::ops::Range<usize> {
    let line = text.lines().next().unwrap_or_default().trim_end();
    piece.range.start..piece.range.start + line.len()
}
