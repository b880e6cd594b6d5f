//! A contract that passed every rule: what every emitter and every mover of data works from.
//!
//! Nothing here has a place in a file any more; what could be wrong has been said already.

use migratable_core::Text;
use migratable_core::fingerprint::Fingerprint;
use migratable_core::plan::{Plan, Table};

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
    /// The struct's fields: field n carries `plan.columns[n]`, which is `plan.attributes[n]`.
    pub fields: Vec<Field>,
    /// Source facts left behind on purpose: what, and why.
    pub dropped: Vec<(Text, Text)>,
    /// Changes with anything the generated code depends on.
    pub fingerprint: Fingerprint,
}

/// One field of an entity's struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name: the attribute's. Becomes a Rust identifier through codegen's one constructor.
    pub name: String,
    /// Where its value comes from, as the contract says it: `user_id.email`.
    pub path: String,
}
