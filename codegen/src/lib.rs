//! Emits Rust from a validated contract: files in memory, for `migratable generate`, and the tokens of the derive.
//!
//! Emitters take a validated [`Contract`](migratable_contract::model::Contract) and can't fail on what a user wrote. Names
//! reach emitted code only through [`names`], texts only as literals. Everything about files is behind the feature `files`,
//! which the derive does without; only [`output`] touches them.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod command;
pub mod derive;
pub mod emit;
#[cfg(feature = "files")]
mod file;
mod keys;
pub mod names;
#[cfg(feature = "files")]
pub mod output;
#[cfg(feature = "files")]
mod print;

pub use self::command::command_line;
#[cfg(feature = "files")]
pub use self::file::{File, Options, generate, generate_in_one_file, generate_views};
