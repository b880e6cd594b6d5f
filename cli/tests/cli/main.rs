//! The command as people and programs see it: what it prints, where, its exit code, and what it leaves on disk.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod analyze;
mod bad_input;
mod deny;
mod diff;
mod drift;
mod explain;
mod fmt;
mod generate;
mod help;
mod import;
mod json;
mod sandbox;
mod schemas;
mod tables;
