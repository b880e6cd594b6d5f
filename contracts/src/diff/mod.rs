//! What has changed: between the source a contract records and the DDL of today, and between two contracts.
//!
//! Everything here is pure: facts and places in, diagnostics out. [`source`] compares two schemas fact by fact, [`drift`]
//! says what that means for a contract that was written against the older one. [`contracts`] compares two contracts, and says
//! what each change breaks.

mod contract;
mod drift;
mod places;
mod readers;
mod source;

pub use contract::{Class, ContractChange, contracts};
pub use drift::drift;
pub use places::ContractPlaces;
pub use source::{SourcePlaces, Spot};
