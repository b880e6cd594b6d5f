//! The Rust types of entities' fields, under one roof, so that generated code needs no dependency but this crate.

mod duration;
mod json;
#[cfg(feature = "serde")]
mod wire;

pub use bigdecimal::BigDecimal;
pub use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
/// A DATE that may be a zero date, for columns with `zero_dates: keep`.
pub use migratable_core::value::Date as ZeroableDate;
/// A DATETIME, or a TIMESTAMP in UTC, that may be a zero date, for columns with `zero_dates: keep`.
pub use migratable_core::value::DateTime as ZeroableDateTime;
pub use migratable_core::value::Value;
pub use rust_decimal::Decimal;

pub use self::duration::Time;
pub use self::json::{Json, JsonError};

/// Dates and times of the crate `time`, for contracts with `rust: { time: time }`; needs the feature `time`.
#[cfg(feature = "time")]
pub mod time {
    pub use ::time::{Date, OffsetDateTime, PrimitiveDateTime};
}
