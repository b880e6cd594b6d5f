//! Units of work on both stores: the same changes end alike, all or nothing, whoever else writes.

mod bugs;
mod changes;
mod club;
mod clubs;
mod courses;
mod crowds;
mod ids;
mod refused;
mod shops;
mod transactions;
mod values;
