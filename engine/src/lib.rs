//! What a contract means for DynamoDB at run time.
//!
//! [`tables`] plans, makes and compares the tables. With the feature `connect`, [`connect`] makes a client as the SDK's
//! other tools do: region and credentials by its standard chain.

#[cfg(feature = "connect")]
pub mod connect;
mod error;
pub mod tables;

pub use error::Error;
