//! Units of work on both stores: the same changes end alike, all or nothing, whoever else writes.

mod bugs;
mod changes;
mod club;
mod clubs;
mod courses;
mod crowds;
mod foreign_keys;
mod ids;
mod refused;
mod shops;
mod theatre;
mod theatres;
mod transactions;
mod values;
