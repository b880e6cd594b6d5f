//! Reads MySQL DDL: a file of statements becomes a [`Schema`] with places.
//!
//! Stages: [`splitter`] (bytes → statements) → `input` (bytes → text) → classification by first words → tokens → entries
//! of a table, cut down to what the parser takes → sqlparser → the schema. Each statement stands alone: one that isn't understood is said,
//! with its place, and costs no other. sqlparser's tree never leaves this module, and its printer is never used: it
//! loses backslashes. Expressions are carried as the file's own text.
//!
//! Views, triggers, routines and events keep no body: `objects` finds what each touches.
//!
//! What changes a table after its CREATE TABLE (ALTER TABLE, CREATE INDEX, RENAME TABLE, …) is applied in order, so that
//! the result is the schema as it is in the end.

mod alter;
mod catalog;
mod charset;
mod cursor;
mod element;
mod input;
mod key_length;
mod keys;
mod lexer;
mod objects;
mod options;
mod places;
mod problem;
mod scan;
mod schema;
mod session;
pub mod splitter;
mod statement;
mod table;
mod types;

use migratable_contract::diagnostic::Diagnostic;

pub use charset::{Server, UnknownServer};
pub use input::{Reader, read};
pub use objects::{Object, ObjectKind, TableName, TriggerFacts};
pub use schema::{Check, Column, Fact, ForeignKey, Key, KeyKind, Note, Schema, Subject, Table};

/// How to read a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The server the DDL is for.
    pub server: Server,
    /// The server's default collation, if it isn't [`Server::default_collation`].
    pub collation: Option<String>,
    /// The database that statements before any USE are for, and the only one whose tables are kept. Without it all are
    /// kept, if no two of them have one name.
    pub database: Option<String>,
}

impl From<Server> for ReadOptions {
    fn from(server: Server) -> Self {
        Self { server, ..Self::default() }
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
