//! What becomes of the shop's questions and units of work on DynamoDB when something goes wrong on the way: nothing is done
//! in part or twice, no answer is cut, and errors say what happened and what to do.

mod foreign_keys;
mod reads;
mod said;
mod setup;
mod shops;
#[path = "../../../conformance/tests/units/theatre/mod.rs"]
mod theatre;
mod units;
