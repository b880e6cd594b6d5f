//! Designs of other tools become contracts.
//!
//! `json` (text → tree with places) → a module for each tool: its format as types, then what that means for the schema
//! that the DDL says, then our contract. What a file says wrong is a diagnostic on its place; what can be mended is
//! mended and said, and what can't be is left out and said.

mod json;
pub mod workshop;
