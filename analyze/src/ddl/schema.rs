//! The schema as DDL says it: what a contract records, and beside it the places and the facts a contract can't hold.

use migratable_contract::diagnostic::Place;
use migratable_contract::source::{SourceSchema, SourceTable};

use super::charset::Server;

/// What a DDL file creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The server it was read for.
    pub server: Server,
    /// The collation of a text column where neither column, table nor database names one.
    pub server_collation: String,
    /// Tables, in the file's order.
    pub tables: Vec<Table>,
    /// Statements that were passed over because they change no table: data, sessions, accounts.
    pub passed_over: usize,
}

impl Schema {
    /// As a contract records it.
    pub fn source(&self) -> SourceSchema {
        let tables = self.tables.iter().map(|table| table.source.clone()).collect();
        SourceSchema { server: self.server.name().to_owned(), tables }
    }

    /// The table of that name, spelled exactly so.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.source.name == name)
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What a contract records of it.
    pub source: SourceTable,
    /// Its name in CREATE TABLE.
    pub place: Place,
    /// The whole statement.
    pub statement: Place,
    /// The database it was created in, where the file says.
    pub database: Option<String>,
    /// The collation its text columns have if they name none.
    pub collation: String,
    /// COMMENT.
    pub comment: Option<String>,
    /// One for each of `source.columns`.
    pub columns: Vec<ColumnFacts>,
    /// The primary key, if there is one.
    pub primary_key: Option<KeyFacts>,
    /// One for each of `source.unique`.
    pub unique: Vec<KeyFacts>,
    /// One for each of `source.indexes`.
    pub indexes: Vec<KeyFacts>,
    /// One for each of `source.foreign_keys`.
    pub foreign_keys: Vec<ForeignKeyFacts>,
    /// One for each of `source.checks`.
    pub checks: Vec<CheckFacts>,
    /// Facts that a contract can't hold, in the statement's order.
    pub notes: Vec<Note>,
}

impl Table {
    /// The position of a column, whatever the case it is asked for in: MySQL's column names have none.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.source.columns.iter().position(|column| same_name(&column.name, name))
    }
}

/// Whether two column or key names are the same to MySQL.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// What a contract's column text doesn't say about a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnFacts {
    /// Its name in the DDL.
    pub place: Place,
    /// Its whole definition.
    pub definition: Place,
    /// Declared as BOOL or BOOLEAN, which MySQL stores as `tinyint(1)`: only 0 and 1 are meant.
    pub declared_boolean: bool,
    /// ZEROFILL: the client sees leading zeros, which the value doesn't have.
    pub zerofill: bool,
    /// STORED: a generated column whose value is kept, not computed with each read.
    pub stored: bool,
    /// INVISIBLE: `SELECT *` leaves it out.
    pub invisible: bool,
    /// COMMENT.
    pub comment: Option<String>,
}

/// What a contract doesn't say about a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFacts {
    /// The key in the DDL: its whole definition, or the word behind the column.
    pub place: Place,
    /// What it answers.
    pub kind: KeyKind,
    /// Its parts, expressions included.
    pub parts: Vec<KeyPart>,
    /// INVISIBLE (MariaDB: IGNORED): kept up to date, not used to answer.
    pub invisible: bool,
}

/// What a key answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Equality, ranges, order.
    Plain,
    /// MATCH … AGAINST, and nothing else.
    FullText,
    /// Spatial predicates, and nothing else.
    Spatial,
}

/// One part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// What is indexed.
    pub what: Indexed,
    /// DESC.
    pub descending: bool,
}

/// What a key part indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Indexed {
    /// A column.
    Column(String),
    /// The first so many characters (bytes, of a binary column).
    Prefix(String, u64),
    /// An expression, as written, without its parentheses.
    Expression(String),
}

/// What a contract doesn't say about a foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKeyFacts {
    /// Its definition in the DDL.
    pub place: Place,
    /// Its name, where one is written.
    pub name: Option<String>,
    /// The database it points into, where that is named and is another.
    pub database: Option<String>,
}

/// What a contract doesn't say about a CHECK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckFacts {
    /// Its definition in the DDL.
    pub place: Place,
    /// False after NOT ENFORCED: rows may break it.
    pub enforced: bool,
}

/// A fact that a contract can't hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub subject: Subject,
    /// What kind of fact it is.
    pub fact: Fact,
    /// The fact, in a few words, for people.
    pub text: String,
    /// Where it is written.
    pub place: Place,
}

/// What a note is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The table.
    Table,
    /// A column of it.
    Column(String),
    /// A key of it, by name; the primary key is `PRIMARY`.
    Key(String),
    /// A foreign key, by its columns.
    ForeignKey(Vec<String>),
    /// A CHECK, by name.
    Check(String),
}

/// Kinds of facts that a contract can't hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// ZEROFILL and the width it fills to.
    ZeroFill,
    /// Digits of FLOAT(m,d) and DOUBLE(m,d), which round what is stored.
    FloatDigits,
    /// Whether a generated column is stored or virtual.
    Generation,
    /// INVISIBLE columns and keys.
    Invisible,
    /// COMMENT.
    Comment,
    /// SRID, COLUMN_FORMAT, STORAGE and other options of a column.
    ColumnOption,
    /// A key over the first characters of a column.
    Prefix,
    /// A key over an expression.
    Expression,
    /// A key part that runs backwards.
    Descending,
    /// A FULLTEXT key.
    FullText,
    /// A SPATIAL key.
    Spatial,
    /// Other options of a key.
    KeyOption,
    /// MATCH FULL and the like.
    Match,
    /// A CHECK that is NOT ENFORCED.
    NotEnforced,
    /// A CHECK on a server that reads over them.
    ReadOver,
    /// ENGINE, AUTO_INCREMENT, ROW_FORMAT and other options of a table.
    TableOption,
    /// PARTITION BY.
    Partitions,
}
