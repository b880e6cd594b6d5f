//! The MySQL schema inside a contract, in MySQL's words.
//!
//! Columns, parts of keys, foreign keys, and what triggers, views, routines and events touch are one line of text each.
//! Reading ([`parse_column`], [`parse_key_part`], [`parse_reference`], [`parse_names`], [`parse_trigger`],
//! [`parse_touches`]) takes one spelling for each fact; writing (`Display`) gives that spelling, and reading it back
//! gives the same facts.

mod column;
mod key;
mod lexer;
mod names;
mod object;
mod text;
mod types;

use migratable_core::mysql::MySqlType;

pub use column::{expression_text, parse_column};
pub use key::{parse_key_part, whole_columns};
pub use names::{name_text, names_text, parse_names, parse_reference};
pub use object::{parse_touches, parse_trigger};
pub use text::TextError;

/// A schema as the contract records it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSchema {
    /// The server it was read for: `mysql 8.0`, `mariadb 10.11`.
    pub server: String,
    /// Tables, in the file's order.
    pub tables: Vec<SourceTable>,
    /// Views.
    pub views: Vec<SourceObject>,
    /// Stored procedures. A function may have the same name.
    pub procedures: Vec<SourceObject>,
    /// Stored functions.
    pub functions: Vec<SourceObject>,
    /// Events of the server's scheduler.
    pub events: Vec<SourceObject>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTable {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<SourceColumn>,
    /// The primary key's parts; empty where the table has none.
    pub primary_key: Vec<KeyPart>,
    /// Unique keys.
    pub unique: Vec<SourceKey>,
    /// Plain indexes: they carry no data, but say what is looked up.
    pub indexes: Vec<SourceKey>,
    /// FULLTEXT indexes: what is searched for words.
    pub fulltext: Vec<SourceKey>,
    /// SPATIAL indexes: what is searched by place.
    pub spatial: Vec<SourceKey>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// CHECK constraints: name and expression as written.
    pub checks: Vec<SourceCheck>,
    /// Triggers, in the order in which MySQL fires those of one timing and event.
    pub triggers: Vec<SourceTrigger>,
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceKey {
    /// Its name.
    pub name: String,
    /// Its parts, in order.
    pub parts: Vec<KeyPart>,
}

/// One part of a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPart {
    /// What is indexed.
    pub what: Indexed,
    /// DESC: it runs backwards.
    pub descending: bool,
}

/// What a part of a key holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indexed {
    /// The values of a column.
    Column(String),
    /// Their first so many characters (bytes, of a binary column).
    Prefix(String, u64),
    /// The values of an expression: its text, without the outer parentheses.
    Expression(String),
}

/// A trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTrigger {
    /// Its name.
    pub name: String,
    /// When it fires.
    pub timing: Timing,
    /// What it fires at.
    pub event: TriggerEvent,
    /// The columns of the row at hand that it sets (`SET NEW.total = …`).
    pub sets: Vec<String>,
    /// What else it touches.
    pub touches: Touches,
}

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timing {
    /// Before the row is written, which it can still change or refuse.
    Before,
    /// After it was written.
    After,
}

/// What a trigger fires at, for each row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TriggerEvent {
    /// A new row.
    Insert,
    /// A changed row.
    Update,
    /// A row that goes.
    Delete,
}

/// A view, a procedure, a function or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceObject {
    /// Its name.
    pub name: String,
    /// What it touches.
    pub touches: Touches,
}

/// The tables, views and routines that a body of SQL names, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touches {
    /// Tables and views it reads.
    pub reads: Vec<String>,
    /// Tables and views it inserts into, updates or deletes from.
    pub writes: Vec<String>,
    /// Routines it calls.
    pub calls: Vec<String>,
}

/// A CHECK constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCheck {
    /// Its name.
    pub name: String,
    /// The expression's text, without the outer parentheses.
    pub expression: String,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceColumn {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: SourceType,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// AUTO_INCREMENT.
    pub auto_increment: bool,
    /// DEFAULT, as an SQL expression: `'pending'`, `0`, `current_timestamp`, `(uuid())`.
    pub default: Option<String>,
    /// ON UPDATE, as an SQL expression: `current_timestamp(6)`.
    pub on_update: Option<String>,
    /// The expression of a generated column.
    pub generated: Option<String>,
}

/// A column's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceType {
    /// One that items can carry.
    Known(MySqlType),
    /// One they can't yet (spatial types): the column has to be dropped with a reason.
    Other(String),
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// Referencing columns.
    pub columns: Vec<String>,
    /// Referenced table.
    pub table: String,
    /// Referenced columns.
    pub references: Vec<String>,
    /// ON DELETE.
    pub on_delete: Action,
    /// ON UPDATE.
    pub on_update: Action,
}

/// What a foreign key does when the row it points at goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Action {
    /// Refuse (also NO ACTION: InnoDB treats them alike).
    #[default]
    Restrict,
    /// Go with it.
    Cascade,
    /// Forget it.
    SetNull,
    /// SET DEFAULT, which InnoDB refuses.
    SetDefault,
}
