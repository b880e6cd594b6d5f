//! The contract's tables: what there should be, what there is, how the two differ, and what makes them equal.
//!
//! [`WantedTable`] is what the contract says, [`Described`] what an engine says; [`Plan::of`] compares them without asking
//! anybody. [`describe`] asks, [`create`] makes what is missing and changes nothing that is there.

mod compare;
mod create;
mod describe;
mod model;
mod plan;
mod report;
mod request;

pub use compare::{Change, Difference, Kind, compare};
pub use create::{Created, Failed, Patience, create, wait};
pub use describe::{Engine, describe};
pub use migratable_contract::model::{Billing, Capacity, Payment, Storage, Stream};
pub use model::{
    Described, Feature, Found, FoundIndex, Index, Key, KeyPart, KeyType, NotAKey, Projection, State,
    WantedTable,
};
pub use plan::{Plan, Step, TablePlan, Verdict};
pub use report::{differences, failure, lacking};
pub use request::create_table;
