//! What a schema has besides tables: views, triggers, procedures, functions, events. Their bodies are not parsed: what
//! they touch is found by a walk over their tokens (`walk`), which needs to know where names of tables stand and nothing
//! else, so that no body is too odd for it.

mod apply;
mod head;
mod level;
mod resolve;
mod walk;

use migratable_contract::diagnostic::Place;

use migratable_contract::source::{SourceObject, SourceTrigger, Timing, Touches, TriggerEvent};

use super::cursor;
use super::schema::Table;
pub(super) use apply::Objects;
pub(super) use head::read;

/// What a schema has besides tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// What it is, and what is to be known of such a thing alone.
    pub kind: ObjectKind,
    /// The database it is in, where the DDL says.
    pub database: Option<String>,
    /// Its name.
    pub name: String,
    /// Its name in the DDL.
    pub place: Place,
    /// What it touches, as far as the schema has it, in the schema's spelling. What the routines read and write that it
    /// calls is read and written by it.
    pub touches: Touches,
    /// Whether it runs SQL that it puts together itself (PREPARE): what that touches isn't known.
    pub dynamic: bool,
}

/// What an object is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    /// A view.
    View,
    /// A trigger.
    Trigger(TriggerFacts),
    /// A stored procedure.
    Procedure,
    /// A stored function, or one of a library.
    Function {
        /// The type it returns, as written.
        returns: String,
    },
    /// An event of the scheduler.
    Event {
        /// When it runs, as written.
        schedule: String,
    },
    /// A package of MariaDB, or its body.
    Package,
    /// A sequence of MariaDB.
    Sequence,
}

impl Object {
    /// As a contract records it.
    pub fn source(&self) -> SourceObject {
        SourceObject { name: self.name.clone(), touches: self.touches.clone() }
    }

    /// As a contract records it, if it is a trigger of this table.
    pub(super) fn trigger_of(&self, of: &Table) -> Option<SourceTrigger> {
        let ObjectKind::Trigger(TriggerFacts { table, timing, event, sets }) = &self.kind else {
            return None;
        };
        let (name, touches, sets) = (self.name.clone(), self.touches.clone(), sets.clone());
        let fires = table.is(of.database.as_deref(), &of.name);
        fires.then_some(SourceTrigger { name, timing: *timing, event: *event, sets, touches })
    }
}

impl ObjectKind {
    /// Its word in DDL: `VIEW`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::View => "VIEW",
            Self::Trigger(_) => "TRIGGER",
            Self::Procedure => "PROCEDURE",
            Self::Function { .. } => "FUNCTION",
            Self::Event { .. } => "EVENT",
            Self::Package => "PACKAGE",
            Self::Sequence => "SEQUENCE",
        }
    }
}

/// What is to be known of a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerFacts {
    /// The table whose rows fire it.
    pub table: TableName,
    /// When it fires.
    pub timing: Timing,
    /// What it fires at.
    pub event: TriggerEvent,
    /// The columns of NEW that it assigns.
    pub sets: Vec<String>,
}

/// A name that may say which database it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// The database, where the name says one.
    pub database: Option<String>,
    /// The name without it.
    pub name: String,
}

impl From<cursor::TableName> for TableName {
    fn from(name: cursor::TableName) -> Self {
        Self { database: name.database, name: name.name }
    }
}

impl TableName {
    /// Whether it names the table of that name, as far as it is known which database is meant: a dump of one database
    /// doesn't say which.
    pub(super) fn is(&self, database: Option<&str>, name: &str) -> bool {
        self.name == name && apply::same_database(self.database.as_deref(), database)
    }
}
