//! What is checked before a write, in any store: [`ValidRow`] is a row that passed.
//!
//! | what | limit | where the failure is |
//! | --- | --- | --- |
//! | every column | its type, NOT NULL, the policy for zero dates ([`Misfit`](crate::mysql::Misfit)) | the field, `tags[2]` for a member of a SET |
//! | every attribute | what DynamoDB's type holds: 38 digits, 1E-130 to 9.99E+125; 0 and 1 as BOOL | the field |
//! | every key attribute of the table and its indexes | not empty; 2048 bytes of a partition key, 1024 of a sort key; text its collation folds | `key PK` |
//! | every CHECK that can be evaluated here | not FALSE ([`Check`]) | `check NAME` |
//! | the whole item | 409,600 bytes ([`item_bytes`](crate::dynamodb::item_bytes)) | `item` |
//!
//! A row that passes costs no memory and no second item: what no row can fail is worked out of the plan once, the other keys
//! and sizes are bounded from the row's lengths, and only built where that bound is not below the limit.

mod eval;
mod expr;
mod failure;
mod keys;
mod number;
mod open;
mod row;
mod size;
mod text;

pub use self::eval::Verdict;
pub(crate) use self::eval::truth;
pub use self::expr::{Check, Expr, Op};
pub use self::failure::{Failure, FailureKind, Invalid, KeyRole};
pub(crate) use self::open::Open;
pub use self::row::{Draft, ValidRow};
