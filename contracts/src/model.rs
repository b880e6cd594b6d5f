//! A contract that passed every rule: what every emitter and every mover of data works from.
//!
//! Nothing here has a place in a file any more; what could be wrong has been said already.

use migratable_core::fingerprint::Fingerprint;
use migratable_core::plan::{Plan, Table};
use migratable_core::{List, Text};

mod words;

pub use words::{
    Asked, Billing, Capacity, Change, ChangeKind, Copied, Freshness, ItemType, NotServed, Others, Payment,
    Rate, Span, SpanUnit, Storage, Stream, Volume, Write, Zone,
};

use crate::source::SourceSchema;

/// A validated contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Its name; generated code has a handle of this name.
    pub name: String,
    /// The MySQL schema it was written against.
    pub source: SourceSchema,
    /// The DynamoDB tables, in the file's order.
    pub tables: Vec<Table>,
    /// The entities, in the file's order.
    pub entities: Vec<Entity>,
    /// Who sees the handle.
    pub visibility: Visibility,
    /// Enums that are generated from columns' members, in the order they are first named.
    pub enums: Vec<Enum>,
    /// What the application changes as one unit.
    pub writes: Vec<Write>,
    /// What is said of how much the MySQL tables hold and who writes them; tables of which nothing is said are not here.
    pub volumes: Vec<Volume>,
    /// How the DynamoDB tables are kept: entry n is of `tables[n]`.
    pub storage: Vec<Storage>,
}

/// One kind of item.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its name, also the struct's.
    pub name: String,
    /// What the repository is called on the handle: `orders`.
    pub repository: String,
    /// How rows become items.
    pub plan: Plan,
    /// What its struct is like.
    pub rust: Struct,
    /// The struct's fields: field n carries value n of a row, which is one of `plan.columns`, then of `plan.derived`.
    pub fields: Vec<Field>,
    /// Source facts left behind on purpose: what, and why.
    pub dropped: Vec<(Text, Text)>,
    /// CHECK constraints of the root table that are not in the plan: only MySQL enforces them.
    pub left_checks: Vec<LeftCheck>,
    /// Questions that nothing answers.
    pub not_served: Vec<NotServed>,
    /// What is said of how patterns are asked, by their names.
    pub asked: Vec<Asked>,
    /// Changes with anything the generated code depends on.
    pub fingerprint: Fingerprint,
}

/// A CHECK constraint that is left to MySQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftCheck {
    /// Its name.
    pub name: String,
    /// Its expression, in MySQL's words.
    pub expression: String,
    /// Why: what follows "because".
    pub reason: String,
}

/// One field of an entity's struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in Rust: the attribute's, unless the contract gives another. Becomes an identifier through codegen's one
    /// constructor.
    pub name: String,
    /// Where its value comes from, as the contract says it: `user_id.email`.
    pub path: String,
    /// Its type in a generated struct.
    pub ty: FieldType,
    /// Who sees it.
    pub visibility: FieldVisibility,
    /// Attributes it has, each without `#[` and `]`: Rust that can be read.
    pub attributes: Vec<String>,
}

impl Field {
    /// A field about which the contract says nothing but where its value comes from.
    pub fn plain(name: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            path: path.into(),
            ty: FieldType::default(),
            visibility: FieldVisibility::default(),
            attributes: Vec::new(),
        }
    }
}

/// The type of a field in a generated struct; a column that may be NULL makes it an `Option` of this.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum FieldType {
    /// What follows from the column.
    #[default]
    Column,
    /// What follows from the column, of the crate `time`.
    Time,
    /// One of the program's own types: Rust that can be read, which names the same wherever it stands.
    Own(String),
    /// One of [`Contract::enums`].
    Enum(String),
}

/// What an entity's struct is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// Who sees it, its key and its repository.
    pub visibility: Visibility,
    /// Derives besides those every struct has: paths of macros.
    pub derives: Vec<String>,
    /// Attributes, each without `#[` and `]`: Rust that can be read.
    pub attributes: Vec<String>,
    /// Whether serde reads and writes it and its key.
    pub serde: bool,
}

impl Struct {
    /// A struct about which the contract says nothing but its name.
    pub fn plain(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            visibility: Visibility::default(),
            derives: Vec::new(),
            attributes: Vec::new(),
            serde: false,
        }
    }
}

/// An enum that is generated from the members of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// The members, in the order of declaration.
    pub members: List<Text>,
    /// The columns it carries: entity, and the path as the contract says it.
    pub columns: Vec<(String, String)>,
    /// Who sees it: whoever sees one of its structs.
    pub visibility: Visibility,
    /// Whether serde reads and writes it, as one of its structs.
    pub serde: bool,
}

/// The crate that dates and times are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TimeCrate {
    /// `chrono`.
    #[default]
    Chrono,
    /// `time`.
    Time,
}

impl TimeCrate {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chrono => "chrono",
            Self::Time => "time",
        }
    }
}

/// Who sees a type. The wider one is the greater one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Visibility {
    /// The crate.
    Crate,
    /// Everybody.
    #[default]
    Public,
}

impl Visibility {
    /// The contract's word for it, which is Rust's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Crate => "pub(crate)",
            Self::Public => "pub",
        }
    }
}

/// Who sees a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FieldVisibility {
    /// The struct's module.
    Private,
    /// The crate.
    Crate,
    /// Everybody who sees the struct.
    #[default]
    Public,
}

impl FieldVisibility {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Crate => "pub(crate)",
            Self::Public => "pub",
        }
    }
}
