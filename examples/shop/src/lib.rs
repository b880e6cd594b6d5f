//! An online shop, taken from MySQL to DynamoDB: `schema.sql` is its DDL, `contract.yaml` was analyzed from it, and
//! [`shop`] was generated from that. Regenerate both with `cargo xtask codegen`.

pub mod shop;

pub use self::shop::*;

// The README's code is compiled against this crate.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}

// The guide's, too.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/guide.md")]
mod guide {}
