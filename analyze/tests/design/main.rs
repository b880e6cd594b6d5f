//! The design's rules, through its front door: a schema in, a contract out.
#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod fixtures;
mod hints;
mod names;
mod rules;
mod schema;
mod whole;
