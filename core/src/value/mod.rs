//! Values as MySQL holds them, exactly.

mod decimal;
pub(crate) mod digits;
mod temporal;
#[cfg(feature = "serde")]
mod wire;

pub use decimal::Decimal;
pub use temporal::{Date, DateTime, Time};

/// One row of a projection: a value for each of the plan's columns, in their order, then one for each derived attribute.
pub type Row = Vec<Value>;

/// A value as MySQL holds it. The column's type says which variant is right; nothing is guessed from the value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// NULL.
    Null,
    /// A signed integer column.
    Int(i64),
    /// An unsigned integer column, BIT, YEAR.
    UInt(u64),
    /// FLOAT.
    Float(f32),
    /// DOUBLE.
    Double(f64),
    /// DECIMAL.
    Decimal(Decimal),
    /// CHAR, VARCHAR, TEXT, ENUM.
    Text(String),
    /// BINARY, VARBINARY, BLOB.
    Bytes(Vec<u8>),
    /// DATE.
    Date(Date),
    /// TIME.
    Time(Time),
    /// DATETIME.
    DateTime(DateTime),
    /// TIMESTAMP, in UTC.
    Timestamp(DateTime),
    /// SET: members, in declaration order.
    Set(Vec<String>),
    /// JSON, as the text the server returns.
    Json(String),
    /// Rows of a collection, in its order: each a value for each of its columns.
    Rows(Vec<Row>),
}

impl Value {
    /// What kind of value this is, for error messages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Int(_) => "a signed integer",
            Self::UInt(_) => "an unsigned integer",
            Self::Float(_) => "a 32-bit float",
            Self::Double(_) => "a 64-bit float",
            Self::Decimal(_) => "a decimal",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Date(_) => "a date",
            Self::Time(_) => "a time",
            Self::DateTime(_) => "a date and time",
            Self::Timestamp(_) => "a timestamp",
            Self::Set(_) => "a set",
            Self::Json(_) => "JSON",
            Self::Rows(_) => "rows",
        }
    }
}
