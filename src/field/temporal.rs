//! Dates and times. chrono's types reach further than MySQL's and have no zero dates: what doesn't fit is an error, in both
//! directions.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use migratable_core::ValueError;
use migratable_core::value::{Date, DateTime, Value};

use super::{Field, range, unexpected};
use crate::kind;
use crate::types::Time;

impl Field<kind::Date> for NaiveDate {
    fn to_value(&self) -> Result<Value, ValueError> {
        from_chrono_date(*self, "date").map(Value::Date)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Date(date) => to_chrono_date(date),
            other => Err(unexpected("a date", &other)),
        }
    }
}

impl Field<kind::DateTime> for NaiveDateTime {
    fn to_value(&self) -> Result<Value, ValueError> {
        from_chrono(self, "datetime").map(Value::DateTime)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::DateTime(value) => to_chrono(value),
            other => Err(unexpected("a date and time", &other)),
        }
    }
}

impl Field<kind::Timestamp> for chrono::DateTime<Utc> {
    fn to_value(&self) -> Result<Value, ValueError> {
        from_chrono(&self.naive_utc(), "timestamp").map(Value::Timestamp)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Timestamp(value) => to_chrono(value).map(|value| value.and_utc()),
            other => Err(unexpected("a timestamp", &other)),
        }
    }
}

impl Field<kind::Time> for Time {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Time((*self).into()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Time(time) => Self::try_from(time),
            other => Err(unexpected("a time", &other)),
        }
    }
}

macro_rules! zeroable {
    ($($kind:ident, $rust:ty, $variant:ident, $name:literal;)*) => {$(
        impl Field<kind::$kind> for $rust {
            fn to_value(&self) -> Result<Value, ValueError> {
                // The fields are public.
                if self.is_in_range() {
                    Ok(Value::$variant(*self))
                } else {
                    Err(range($name, "a part of it is out of bounds"))
                }
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::$variant(value) => Ok(value),
                    other => Err(unexpected($name, &other)),
                }
            }
        }
    )*};
}

zeroable! {
    ZeroableDate, Date, Date, "a date";
    ZeroableDateTime, DateTime, DateTime, "a date and time";
    ZeroableTimestamp, DateTime, Timestamp, "a timestamp";
}

fn from_chrono_date(date: NaiveDate, ty: &str) -> Result<Date, ValueError> {
    let year = u16::try_from(date.year()).ok().filter(|year| *year <= 9999);
    Ok(Date {
        year: year.ok_or_else(|| range(ty, "years are 0000 to 9999"))?,
        month: small(date.month())?,
        day: small(date.day())?,
    })
}

fn from_chrono(value: &NaiveDateTime, ty: &str) -> Result<DateTime, ValueError> {
    let nanos = value.nanosecond();
    // chrono counts the nanoseconds of a leap second on from the second before it.
    if nanos >= 1_000_000_000 {
        return Err(range(ty, "MySQL has no leap seconds"));
    }
    if !nanos.is_multiple_of(1000) {
        return Err(range(ty, "MySQL has no digits below a microsecond"));
    }
    Ok(DateTime {
        date: from_chrono_date(value.date(), ty)?,
        hour: small(value.hour())?,
        minute: small(value.minute())?,
        second: small(value.second())?,
        micros: nanos / 1000,
    })
}

fn small(number: u32) -> Result<u8, ValueError> {
    u8::try_from(number).map_err(|_| ValueError::Malformed { what: "date and time" })
}

fn to_chrono_date(date: Date) -> Result<NaiveDate, ValueError> {
    NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
        .ok_or(ValueError::ZeroDate)
}

fn to_chrono(value: DateTime) -> Result<NaiveDateTime, ValueError> {
    let time = NaiveTime::from_hms_micro_opt(
        u32::from(value.hour),
        u32::from(value.minute),
        u32::from(value.second),
        value.micros,
    )
    .filter(|_| value.micros < 1_000_000)
    .ok_or(ValueError::Malformed { what: "time of day" })?;
    Ok(to_chrono_date(value.date)?.and_time(time))
}
