//! Dates and times of the crate `time`. They reach further than MySQL's and have no zero dates: what doesn't fit is an error,
//! in both directions. (They have no leap seconds.)

use migratable_core::ValueError;
use migratable_core::value::{Date, DateTime, Value};
use time::{Month, OffsetDateTime, PrimitiveDateTime, UtcOffset};

use super::{Field, range, unexpected};
use crate::kind;

impl Field<kind::Date> for time::Date {
    fn to_value(&self) -> Result<Value, ValueError> {
        from_date(*self, "date").map(Value::Date)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Date(date) => to_date(date),
            other => Err(unexpected("a date", &other)),
        }
    }
}

impl Field<kind::DateTime> for PrimitiveDateTime {
    fn to_value(&self) -> Result<Value, ValueError> {
        from_moment(*self, "datetime").map(Value::DateTime)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::DateTime(value) => to_moment(value),
            other => Err(unexpected("a date and time", &other)),
        }
    }
}

/// An instant is an instant, whatever its offset; what is read has the offset of UTC.
impl Field<kind::Timestamp> for OffsetDateTime {
    fn to_value(&self) -> Result<Value, ValueError> {
        let utc = self.checked_to_offset(UtcOffset::UTC);
        let utc = utc.ok_or_else(|| range("timestamp", "its year in UTC is none that the type holds"))?;
        from_moment(PrimitiveDateTime::new(utc.date(), utc.time()), "timestamp").map(Value::Timestamp)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Timestamp(value) => to_moment(value).map(PrimitiveDateTime::assume_utc),
            other => Err(unexpected("a timestamp", &other)),
        }
    }
}

fn from_date(date: time::Date, ty: &str) -> Result<Date, ValueError> {
    let year = u16::try_from(date.year()).ok().filter(|year| *year <= 9999);
    Ok(Date {
        year: year.ok_or_else(|| range(ty, "years are 0000 to 9999"))?,
        month: date.month().into(),
        day: date.day(),
    })
}

fn from_moment(value: PrimitiveDateTime, ty: &str) -> Result<DateTime, ValueError> {
    if !value.nanosecond().is_multiple_of(1000) {
        return Err(range(ty, "MySQL has no digits below a microsecond"));
    }
    Ok(DateTime {
        date: from_date(value.date(), ty)?,
        hour: value.hour(),
        minute: value.minute(),
        second: value.second(),
        micros: value.microsecond(),
    })
}

fn to_date(date: Date) -> Result<time::Date, ValueError> {
    let month = Month::try_from(date.month).map_err(|_| ValueError::ZeroDate)?;
    time::Date::from_calendar_date(i32::from(date.year), month, date.day).map_err(|_| ValueError::ZeroDate)
}

fn to_moment(value: DateTime) -> Result<PrimitiveDateTime, ValueError> {
    let time = time::Time::from_hms_micro(value.hour, value.minute, value.second, value.micros)
        .map_err(|_| ValueError::Malformed { what: "time of day" })?;
    Ok(PrimitiveDateTime::new(to_date(value.date)?, time))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is the failure")]
mod tests {
    use proptest::prelude::*;
    use time::Duration;

    use super::*;

    /// Every microsecond of MySQL's years, from the first.
    fn moments() -> impl Strategy<Value = PrimitiveDateTime> {
        let first = time::Date::from_calendar_date(0, Month::January, 1).unwrap().midnight();
        (0..315_569_520_000_000_000_i64).prop_map(move |micros| first + Duration::microseconds(micros))
    }

    proptest! {
        #[test]
        fn dates_and_times_come_back(moment in moments()) {
            let date = Field::<kind::Date>::to_value(&moment.date()).unwrap();
            prop_assert_eq!(<time::Date as Field<kind::Date>>::from_value(date), Ok(moment.date()));
            let value = Field::<kind::DateTime>::to_value(&moment).unwrap();
            prop_assert_eq!(<PrimitiveDateTime as Field<kind::DateTime>>::from_value(value), Ok(moment));
        }

        /// Both crates make the same value of one moment.
        #[test]
        fn both_crates_agree(moment in moments()) {
            let text = format!("{:04}-{}T{}", moment.year(), &moment.date().to_string()[moment.date().to_string().len() - 5..], moment.time());
            let chrono: chrono::NaiveDateTime = text.parse().unwrap();
            prop_assert_eq!(Field::<kind::DateTime>::to_value(&moment), Field::<kind::DateTime>::to_value(&chrono));
            let instant = moment.assume_utc();
            prop_assert_eq!(Field::<kind::Timestamp>::to_value(&instant), Field::<kind::Timestamp>::to_value(&chrono.and_utc()));
        }

        #[test]
        fn an_instant_is_the_same_at_any_offset(moment in moments(), seconds in -86_399..=86_399_i32) {
            let utc = moment.assume_utc();
            let Some(elsewhere) = utc.checked_to_offset(UtcOffset::from_whole_seconds(seconds).unwrap()) else {
                return Ok(());
            };
            let value = Field::<kind::Timestamp>::to_value(&elsewhere).unwrap();
            prop_assert_eq!(&value, &Field::<kind::Timestamp>::to_value(&utc).unwrap());
            let read = <OffsetDateTime as Field<kind::Timestamp>>::from_value(value).unwrap();
            prop_assert_eq!((read, read.offset()), (elsewhere, UtcOffset::UTC));
        }
    }

    fn is_out_of_range<T: std::fmt::Debug>(result: &Result<T, ValueError>) -> bool {
        matches!(result, Err(ValueError::Range { .. }))
    }

    #[test]
    fn what_mysql_cannot_hold_is_refused() {
        let date = time::Date::from_calendar_date(-1, Month::December, 31).unwrap();
        assert!(is_out_of_range(&Field::<kind::Date>::to_value(&date)));
        let moment = date.with_hms_nano(23, 59, 59, 0).unwrap();
        assert!(is_out_of_range(&Field::<kind::DateTime>::to_value(&moment)));
        // Year -1 in UTC, year 0 where it is said.
        let early = time::Date::from_calendar_date(0, Month::January, 1).unwrap().midnight();
        let early = early.assume_offset(UtcOffset::from_hms(1, 0, 0).unwrap());
        assert!(is_out_of_range(&Field::<kind::Timestamp>::to_value(&early)));
        let fine =
            time::Date::from_calendar_date(2024, Month::May, 1).unwrap().with_hms_nano(1, 1, 1, 1).unwrap();
        assert!(is_out_of_range(&Field::<kind::DateTime>::to_value(&fine)));
        // The last moment of all, said west of UTC, is none in UTC.
        let late = PrimitiveDateTime::MAX.assume_offset(UtcOffset::from_hms(-1, 0, 0).unwrap());
        assert!(is_out_of_range(&Field::<kind::Timestamp>::to_value(&late)));
    }

    #[test]
    fn zero_dates_have_no_form_here() {
        for (month, day) in [(0, 0), (0, 15), (2, 30), (13, 1)] {
            let read =
                <time::Date as Field<kind::Date>>::from_value(Value::Date(Date { year: 2024, month, day }));
            assert_eq!(read, Err(ValueError::ZeroDate), "{month} {day}");
        }
        let date = Date { year: 2024, month: 1, day: 1 };
        let value = DateTime { date, hour: 24, minute: 0, second: 0, micros: 0 };
        assert!(<PrimitiveDateTime as Field<kind::DateTime>>::from_value(Value::DateTime(value)).is_err());
        assert_eq!(
            <PrimitiveDateTime as Field<kind::DateTime>>::from_value(Value::Null),
            Err(ValueError::Null)
        );
    }
}
