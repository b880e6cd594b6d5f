//! Schema → access patterns → layout → contract, by written rules: the same schema always gives the same contract, and
//! every choice that could have gone another way says why in a comment.
//!
//! 1. `roles`: which rows are found by their own key, which live in another row's partition.
//! 2. `questions`: what the application is expected to ask (primary key, unique keys, foreign keys), and whether the
//!    table or an index answers it. `keys` says what columns can be a key at all.
//! 3. `draft`: the names, and the limits of whole tables.
//! 4. `write`, `source`, `ledger`, `findings`: the contract, and what people have to know about it.
//!
//! A proposal is a beginning: it knows the schema, not the application. What only the application knows (which of the
//! patterns are asked, how often, which foreign keys to follow) is left to the people who edit the contract.

mod draft;
mod facts;
mod findings;
mod hints;
mod keys;
mod ledger;
pub mod names;
mod questions;
mod roles;
mod source;
mod write;

use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::SourceSchema;
use migratable_contract::yaml::{self, Entry, Node};

use draft::Draft;
use facts::Facts;
pub use hints::Hints;

/// How items are spread over DynamoDB tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// One table for everything, with generic keys and indexes.
    SingleTable,
    /// A table for each row that is looked up by its own key, with the rows that belong to it in its partition.
    #[default]
    TablePerAggregate,
    /// A table for each entity.
    TablePerEntity,
}

impl Layout {
    /// Every layout, in the order help texts list them.
    pub const ALL: [Self; 3] = [Self::SingleTable, Self::TablePerAggregate, Self::TablePerEntity];

    /// The name on the command line: `single-table`, `table-per-aggregate`, `table-per-entity`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SingleTable => "single-table",
            Self::TablePerAggregate => "table-per-aggregate",
            Self::TablePerEntity => "table-per-entity",
        }
    }

    /// The layout with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

impl std::fmt::Display for Layout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// What the caller decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the contract is to be called. Made a name the language takes, whatever it is.
    pub name: String,
    /// How items are spread over tables.
    pub layout: Layout,
}

/// A contract, proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// As a tree.
    pub document: Node,
    /// As the file's text.
    pub text: String,
    /// Warnings about what the proposal leaves out, in the order of the schema's tables.
    pub diagnostics: Vec<Diagnostic>,
}

/// Proposes a contract for a schema.
///
/// It passes every rule of the language. Tables without a primary key, or with one that can't be a key of DynamoDB, are
/// dropped with the reason, and so are columns of types that items can't carry.
pub fn propose(schema: &SourceSchema, hints: &Hints, options: &Options) -> Proposal {
    let facts = Facts::new(schema, hints);
    let order: Vec<&str> = schema.tables.iter().map(|table| table.name.as_str()).collect();
    let draft = Draft::new(&facts, &order, options);
    let document = write::document(schema, &facts, &draft, hints, options);
    let text = yaml::write(&document);
    Proposal { document, text, diagnostics: findings::of(schema, hints, &facts, &draft) }
}

/// The `source:` block of a schema, for a contract that is laid out elsewhere.
pub fn source_block(schema: &SourceSchema, hints: &Hints) -> Node {
    source::block(schema, &Facts::new(schema, hints), hints)
}

/// What an entity of this table's rows drops, with the reasons: what DynamoDB doesn't do, and columns items can't carry.
/// Empty for a table the schema doesn't have.
pub fn dropped_of_table(schema: &SourceSchema, hints: &Hints, table: &str) -> Vec<Entry> {
    Facts::new(schema, hints).tables.get(table).map(ledger::of_table).unwrap_or_default()
}

/// What a contract drops of views, routines and events, with the reasons.
pub fn dropped_objects(schema: &SourceSchema, hints: &Hints) -> Vec<Entry> {
    ledger::of_objects(schema, hints)
}
