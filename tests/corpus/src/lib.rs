//! Real schemas, read by us and by a real server, and compared fact by fact.
//!
//! `corpus DIR` takes every file of `DIR/ddl` and `DIR/ddl-grammar`. Each is read for two servers and held against a
//! scan of its own ([`scan`]): a table that is missing is named by a diagnostic, and nothing panics. Each file of
//! `ddl` then goes to a private MariaDB, statement by statement ([`oracle`]); what the server takes is read by us, and
//! our model is compared with the server's information_schema, fact by fact ([`facts`]). What the two say differently
//! and mean alike is a row of a table ([`rows`]); any other difference fails.

pub mod catalog;
pub mod facts;
pub mod feed;
pub mod oracle;
pub mod ours;
pub mod probe;
pub mod read;
pub mod rows;
pub mod scan;
pub mod server;
