//! The contract's tables: planned, compared and said without an engine, and made on the embedded one.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

mod between;
mod compared;
mod embedded;
mod errors;
mod faults;
mod planned;
mod setup;
