//! The MySQL schema inside a contract, in MySQL's words.
//!
//! Columns and foreign keys are one line of text each. Reading ([`parse_column`], [`parse_reference`], [`parse_names`])
//! takes one spelling for each fact; writing (`Display`) gives that spelling, and reading it back gives the same facts.

mod column;
mod lexer;
mod names;
mod text;
mod types;

use migratable_core::mysql::MySqlType;

pub use column::parse_column;
pub use names::{names_text, parse_names, parse_reference};
pub use text::TextError;

/// Tables as the contract records them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSchema {
    /// The server it was read for: `mysql 8.0`, `mariadb 10.11`.
    pub server: String,
    /// Tables, in the file's order.
    pub tables: Vec<SourceTable>,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceTable {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<SourceColumn>,
    /// Primary key columns; empty where the table has none.
    pub primary_key: Vec<String>,
    /// Unique keys: name and columns.
    pub unique: Vec<SourceKey>,
    /// Other indexes (plain, FULLTEXT, SPATIAL): they carry no data, but say what is looked up.
    pub indexes: Vec<SourceKey>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// CHECK constraints: name and expression as written.
    pub checks: Vec<SourceCheck>,
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceKey {
    /// Its name.
    pub name: String,
    /// Its columns. Prefix lengths, functional parts and directions are not part of it.
    pub columns: Vec<String>,
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
