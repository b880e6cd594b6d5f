//! From what a MySQL application has written down to a proposed contract: its DDL is read into a schema with places,
//! and the schema is laid out by written rules.
//!
//! This is the only room that knows sqlparser, and its syntax tree never leaves [`ddl`] and [`sql`].

pub mod ddl;
pub mod design;
pub mod sql;
