//! The odd half of the derive's cases: generated code whose names collide with everything they can. The others are compiled
//! one by one, by `tests/ui.rs`.

#![deny(warnings, missing_docs)]

pub mod odd;
