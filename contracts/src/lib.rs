//! The contract language of migratable: YAML events become a tree with places, the tree is lowered to a validated
//! [`model::Contract`], and every mistake on the way is a [`diagnostic::Diagnostic`] on its exact place.
//!
//! Stages: [`yaml`] (parse, write) → [`language`] (the one table of fields) → lowering → rules → [`model`].

/// Unit tests take mutations from the integration tests, which call the package by its name.
#[cfg(test)]
extern crate self as migratable_contract;

mod allow;
mod check;
pub mod codes;
mod compile;
pub mod diagnostic;
pub mod diff;
pub mod explain;
mod format;
pub mod language;
mod load;
mod lower;
pub mod model;
mod rules;
mod rust;
mod secret;
pub mod size;
pub mod source;
pub mod yaml;

pub use format::format;
pub use load::{entity_of, load, load_entity, load_on};
pub use secret::looks_secret;

/// What a stage gives: a value unless there was an error, and everything there was to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome<T> {
    /// `None` exactly when one of the diagnostics is an error.
    pub value: Option<T>,
    /// In the order of their places.
    pub diagnostics: Vec<diagnostic::Diagnostic>,
}
