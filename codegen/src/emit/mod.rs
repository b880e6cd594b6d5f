//! What a contract is turned into, one module for each language.

pub mod rust;
#[cfg(feature = "files")]
pub mod sql;
