//! The ground every room of migratable stands on: MySQL values and types, DynamoDB values and types, the one
//! codec between them, key templates, projection plans and their interpreter.
//!
//! Nothing here does I/O, parses YAML or SQL, or knows a driver. An item is a pure function of source rows, and
//! this crate is that function.

#[cfg(feature = "arbitrary")]
pub mod arbitrary;
pub mod change;
pub mod check;
pub mod codec;
pub mod collation;
pub mod derived;
pub mod dynamodb;
mod error;
pub mod fingerprint;
pub mod key;
pub mod mysql;
pub mod pattern;
pub mod plan;
pub mod projection;
pub mod protocol;
pub mod sql;
pub mod value;

pub use error::ValueError;

/// Text that is a constant in generated code and an owned string when a plan is compiled at run time.
pub type Text = std::borrow::Cow<'static, str>;

/// A list that is a constant in generated code and an owned vector when a plan is compiled at run time.
pub type List<T> = std::borrow::Cow<'static, [T]>;
