//! The Rust types of entities' fields, under one roof, so that generated code needs no dependency but this crate.

mod json;
mod time;

pub use bigdecimal::BigDecimal;
pub use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
/// A DATE that may be a zero date, for columns with `zero_dates: keep`.
pub use migratable_core::value::Date as ZeroableDate;
/// A DATETIME, or a TIMESTAMP in UTC, that may be a zero date, for columns with `zero_dates: keep`.
pub use migratable_core::value::DateTime as ZeroableDateTime;
pub use migratable_core::value::Value;
pub use rust_decimal::Decimal;

pub use self::json::{Json, JsonError};
pub use self::time::Time;
