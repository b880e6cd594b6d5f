//! Reads MySQL DDL: a file of statements becomes a [`Schema`] with places.
//!
//! Stages: [`splitter`] (bytes → statements) → classification by first words → tokens → entries of a table, cut down
//! to what the parser takes → sqlparser → the schema. Each statement stands alone: one that isn't understood is said,
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
mod keys;
mod lexer;
mod objects;
mod options;
mod problem;
mod scan;
mod schema;
mod session;
pub mod splitter;
mod statement;
mod table;
mod text;
mod types;

use std::sync::Arc;

use migratable_contract::diagnostic::{Diagnostic, Origin, Place, SourceFile};

pub use charset::{Server, UnknownServer};
pub use objects::{Object, ObjectKind, TableName, TriggerFacts};
pub use schema::{Check, Column, Fact, ForeignKey, Key, KeyKind, Note, Schema, Subject, Table};
pub use text::decode;

use session::Session;

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

/// Reads a file of DDL. Never fails as a whole: what wasn't understood is in the diagnostics, as an error for each
/// statement that is missing from the schema, and a warning for each that would have changed it.
pub fn read(file: &Arc<SourceFile>, options: impl Into<ReadOptions>) -> Reading {
    let ReadOptions { server, collation, database } = options.into();
    let server_collation = match collation {
        Some(name) => charset::collation_name(&name, server),
        None => server.default_collation().to_owned(),
    };
    let mut session = Session::new(server, server_collation, database);
    session.file(file);
    session.finish()
}

/// Hands a file's statements to the session one by one, each as an excerpt of its own that starts where its line does.
impl Session {
    fn file(&mut self, file: &Arc<SourceFile>) {
        self.inputs.push(file.name.clone());
        let (mut lines, mut counted) = (file.origin.lines, 0);
        for piece in splitter::split(file.text.as_bytes()) {
            let start = file.text[..piece.range.start].rfind('\n').map_or(0, |newline| newline + 1);
            lines += file.text[counted..start].matches('\n').count();
            counted = start;
            let origin = Origin { offset: file.origin.offset + start, lines, ..file.origin };
            // What is never closed may open behind the line that reading goes on at.
            let end = piece.unterminated.map_or(0, |opening| file.text.ceil_char_boundary(opening + 2));
            let text = &file.text[start..piece.range.end.max(end)];
            let excerpt = SourceFile::excerpt(file.name.clone(), text, origin);
            let statement =
                Place { file: excerpt, range: piece.range.start - start..piece.range.end - start };
            self.statement(&statement, piece.unterminated.map(|opening| opening - start));
        }
    }
}
