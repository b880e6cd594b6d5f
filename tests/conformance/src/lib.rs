//! One suite for any contract: random rows go through both stores, and every access pattern is asked of both, DynamoDB's on
//! either of two engines.
//!
//! The suite works on rows and plans, so it needs no generated code: the shop, the contracts beside it and any schema
//! given to `cargo xtask trial` run the very same checks.

pub mod cited;
mod engines;
mod inverses;
mod ranges;
mod rows;
mod suite;
mod views;

pub use engines::{Engines, each, run_on_engines, run_on_second_engine};
pub use rows::random_row;
pub use suite::{Report, Stores, run};
