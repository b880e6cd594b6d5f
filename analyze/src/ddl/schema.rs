//! The schema as DDL says it. Each column, key, foreign key and check holds what a contract records of it, and beside
//! that its place and the facts a contract can't hold, so that a later statement can change, move or drop it whole.

use migratable_contract::diagnostic::Place;
use migratable_contract::source::{
    self, KeyPart, SourceCheck, SourceColumn, SourceKey, SourceSchema, SourceTable,
};

use super::charset::Server;
use super::objects::Object;

/// What DDL files make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The server it was read for.
    pub server: Server,
    /// The collation of a text column where neither column, table nor database names one.
    pub server_collation: String,
    /// Tables, in the order of their CREATE TABLE.
    pub tables: Vec<Table>,
    /// Views, triggers, routines, events, in the order of their making; triggers of a table in the order they fire in.
    pub objects: Vec<Object>,
    /// Statements that were passed over because they change no table: data, sessions, accounts.
    pub passed_over: usize,
}

impl Schema {
    /// As a contract records it.
    pub fn source(&self) -> SourceSchema {
        let tables = self.tables.iter().map(|table| {
            let triggers = self.objects.iter().filter_map(|object| object.trigger_of(table)).collect();
            SourceTable { triggers, ..table.source() }
        });
        let of = |word: &str| {
            let objects = self.objects.iter().filter(|object| object.kind.word() == word);
            objects.map(Object::source).collect()
        };
        SourceSchema {
            server: self.server.name().to_owned(),
            tables: tables.collect(),
            views: of("VIEW"),
            procedures: of("PROCEDURE"),
            functions: of("FUNCTION"),
            events: of("EVENT"),
        }
    }

    /// The table of that name, spelled exactly so.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its name in CREATE TABLE.
    pub place: Place,
    /// The whole statement.
    pub statement: Place,
    /// The database it was created in, where the file says.
    pub database: Option<String>,
    /// The collation its text columns have if they name none.
    pub collation: String,
    /// ENGINE, where it is said.
    pub engine: Option<String>,
    /// COMMENT.
    pub comment: Option<String>,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its keys of every kind, in the order they were made.
    pub keys: Vec<Key>,
    /// Its foreign keys, in the order they were made.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its CHECKs, in the order they were made.
    pub checks: Vec<Check>,
    /// Facts about the table itself that a contract can't hold.
    pub notes: Vec<Note>,
}

impl Table {
    /// As a contract records it, but for its triggers, which the schema has.
    pub fn source(&self) -> SourceTable {
        let keys = |wanted: KeyKind| {
            self.keys.iter().filter(|key| key.kind == wanted).map(Key::source).collect::<Vec<_>>()
        };
        SourceTable {
            name: self.name.clone(),
            columns: self.columns.iter().map(|column| column.source.clone()).collect(),
            primary_key: self.primary_key().map(|key| key.parts.clone()).unwrap_or_default(),
            unique: keys(KeyKind::Unique),
            indexes: keys(KeyKind::Plain),
            fulltext: keys(KeyKind::FullText),
            spatial: keys(KeyKind::Spatial),
            foreign_keys: self.foreign_keys.iter().map(|key| key.source.clone()).collect(),
            checks: self.checks.iter().map(|check| check.source.clone()).collect(),
            triggers: Vec::new(),
        }
    }

    /// A column, whatever the case it is asked for in: MySQL's column names have none.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| same_name(column.name(), name))
    }

    /// A key, whatever the case it is asked for in.
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| same_name(&key.name, name))
    }

    /// The primary key, if there is one.
    pub fn primary_key(&self) -> Option<&Key> {
        self.keys.iter().find(|key| key.kind == KeyKind::Primary)
    }

    /// All that a contract can't hold of the table and of what is in it.
    pub fn all_notes(&self) -> impl Iterator<Item = (Subject, &Note)> {
        let of_table = self.notes.iter().map(|note| (Subject::Table, note));
        let of_columns = self.columns.iter().flat_map(|column| {
            column.notes.iter().map(|note| (Subject::Column(column.source.name.clone()), note))
        });
        let of_keys = self
            .keys
            .iter()
            .flat_map(|key| key.notes.iter().map(|note| (Subject::Key(key.name.clone()), note)));
        let of_foreign_keys = self.foreign_keys.iter().flat_map(|key| {
            key.notes.iter().map(|note| (Subject::ForeignKey(key.source.columns.clone()), note))
        });
        let of_checks = self.checks.iter().flat_map(|check| {
            check.notes.iter().map(|note| (Subject::Check(check.source.name.clone()), note))
        });
        of_table.chain(of_columns).chain(of_keys).chain(of_foreign_keys).chain(of_checks)
    }
}

/// Whether two column or key names are the same to MySQL.
pub(super) fn same_name(left: &str, right: &str) -> bool {
    let in_ascii = left.is_ascii() && right.is_ascii();
    left.eq_ignore_ascii_case(right) || !in_ascii && left.to_lowercase() == right.to_lowercase()
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What a contract records of it.
    pub source: SourceColumn,
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
    /// Facts that a contract can't hold.
    pub notes: Vec<Note>,
}

impl Column {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.source.name
    }
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name; the primary key's is `PRIMARY`.
    pub name: String,
    /// The key in the DDL: its whole definition, or the word behind the column.
    pub place: Place,
    /// What it is for.
    pub kind: KeyKind,
    /// Its parts, expressions included.
    pub parts: Vec<KeyPart>,
    /// INVISIBLE (MariaDB: IGNORED): kept up to date, not used to answer.
    pub invisible: bool,
    /// Made by the server for a foreign key; it goes as soon as another key serves that.
    pub generated: bool,
    /// Facts that a contract can't hold.
    pub notes: Vec<Note>,
}

impl Key {
    fn source(&self) -> SourceKey {
        SourceKey { name: self.name.clone(), parts: self.parts.clone() }
    }
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// Names a row.
    Primary,
    /// Holds no values twice.
    Unique,
    /// Equality, ranges, order.
    Plain,
    /// MATCH … AGAINST, and nothing else.
    FullText,
    /// Spatial predicates, and nothing else.
    Spatial,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// What a contract records of it.
    pub source: source::ForeignKey,
    /// Its definition in the DDL.
    pub place: Place,
    /// Its name: the one written, or the one the server gives it.
    pub name: String,
    /// The database it points into, where that is named and is another.
    pub database: Option<String>,
    /// Facts that a contract can't hold.
    pub notes: Vec<Note>,
}

/// A CHECK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What a contract records of it.
    pub source: SourceCheck,
    /// Its definition in the DDL.
    pub place: Place,
    /// False after NOT ENFORCED: rows may break it.
    pub enforced: bool,
    /// The column it is written behind.
    pub column: Option<String>,
    /// Facts that a contract can't hold.
    pub notes: Vec<Note>,
}

/// A fact that a contract can't hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
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
