//! Every known way to lose data between two stores, forced on the protocol that production runs.
//!
//! [`model`] explores every interleaving of writers, appliers, a copy and crashes over small data, [`data`], whose MySQL and
//! DynamoDB ([`stores`]) do what the real ones promise and nothing more.

pub mod data;
pub mod model;
pub mod stores;
