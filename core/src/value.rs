//! Values as MySQL holds them, exactly.

use std::fmt;

/// One row of a projection: a value for each of the plan's columns, in their order.
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
}

/// An exact decimal: digits and where the point stands. MySQL holds up to 65 digits, more than any machine number.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    negative: bool,
    /// All digits, most significant first, at least `scale + 1` of them; no other leading zeros.
    digits: String,
    scale: u8,
}

/// A DATE. Months and days may be zero, as MySQL allows; [`Date::is_zero`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 0..=9999.
    pub year: u16,
    /// 0..=12.
    pub month: u8,
    /// 0..=31.
    pub day: u8,
}

/// A DATETIME, or a TIMESTAMP in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateTime {
    /// The day.
    pub date: Date,
    /// 0..=23.
    pub hour: u8,
    /// 0..=59.
    pub minute: u8,
    /// 0..=59.
    pub second: u8,
    /// 0..=999_999.
    pub micros: u32,
}

/// A TIME: a signed duration, not a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Microseconds, within ±838:59:59.
    pub micros: i64,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
