use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use migratable_core::ValueError;
use migratable_core::value::Time as Stored;

const MICROS_PER_SECOND: u64 = 1_000_000;

/// A MySQL TIME: a signed duration of up to 838:59:59, exact to the microsecond. Not a time of day.
///
/// ```
/// use migratable::types::Time;
///
/// let time: Time = "-26:30:00.5".parse()?;
/// assert!(time.is_negative());
/// assert_eq!((time.hours(), time.minutes(), time.seconds(), time.micros()), (26, 30, 0, 500_000));
/// assert_eq!(time.to_string(), "-26:30:00.500000");
/// # Ok::<(), migratable::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    micros: i64,
}

impl Time {
    /// No time at all, 00:00:00.
    pub const ZERO: Self = Self { micros: 0 };
    /// The longest, 838:59:59.999999.
    pub const MAX: Self = Self { micros: Stored::MAX_MICROS };
    /// The longest backwards, -838:59:59.999999.
    pub const MIN: Self = Self { micros: -Stored::MAX_MICROS };

    /// The duration of this many microseconds.
    ///
    /// # Errors
    /// It is longer than [`Time::MAX`].
    pub fn from_micros(micros: i64) -> Result<Self, ValueError> {
        if micros.unsigned_abs() > Self::MAX.micros.unsigned_abs() {
            return Err(ValueError::Range {
                ty: "time".to_owned(),
                reason: "it holds -838:59:59 to 838:59:59".into(),
            });
        }
        Ok(Self { micros })
    }

    /// The duration with these parts; `negative` is the sign of the whole.
    ///
    /// # Errors
    /// Minutes or seconds are past 59, microseconds past 999,999, or the whole is longer than [`Time::MAX`].
    pub fn from_parts(
        negative: bool,
        hours: u16,
        minutes: u8,
        seconds: u8,
        micros: u32,
    ) -> Result<Self, ValueError> {
        if minutes > 59 || seconds > 59 || micros > 999_999 {
            return Err(ValueError::Malformed { what: "time ([-]HHH:MM:SS)" });
        }
        let whole = i64::from(hours) * 3600 + i64::from(minutes) * 60 + i64::from(seconds);
        let total = whole * 1_000_000 + i64::from(micros);
        Self::from_micros(if negative { -total } else { total })
    }

    /// Whether it is less than zero.
    pub const fn is_negative(self) -> bool {
        self.micros < 0
    }

    /// The whole duration in microseconds, with its sign.
    pub const fn total_micros(self) -> i64 {
        self.micros
    }

    /// The hours of the absolute value, 0 to 838.
    pub const fn hours(self) -> u16 {
        // At most 838: it fits.
        (self.whole_seconds() / 3600) as u16
    }

    /// The minutes of the absolute value past the hour, 0 to 59.
    pub const fn minutes(self) -> u8 {
        // A remainder of 60: it fits.
        (self.whole_seconds() / 60 % 60) as u8
    }

    /// The seconds of the absolute value past the minute, 0 to 59.
    pub const fn seconds(self) -> u8 {
        // A remainder of 60: it fits.
        (self.whole_seconds() % 60) as u8
    }

    /// The microseconds of the absolute value past the second, 0 to 999,999.
    pub const fn micros(self) -> u32 {
        // A remainder of a million: it fits.
        (self.micros.unsigned_abs() % MICROS_PER_SECOND) as u32
    }

    /// The absolute value.
    pub const fn unsigned_abs(self) -> Duration {
        Duration::from_micros(self.micros.unsigned_abs())
    }

    const fn whole_seconds(self) -> u64 {
        self.micros.unsigned_abs() / MICROS_PER_SECOND
    }
}

impl fmt::Display for Time {
    /// As MySQL writes it, with six fractional digits where there is a fraction: `-26:30:00.500000`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fsp = if self.micros() == 0 { 0 } else { 6 };
        f.write_str(&Stored::from(*self).format(fsp))
    }
}

impl FromStr for Time {
    type Err = ValueError;

    /// Reads `[-]H…:MM:SS[.ffffff]`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Stored::parse(text).and_then(Self::try_from)
    }
}

impl From<Time> for Stored {
    fn from(time: Time) -> Self {
        Self { micros: time.micros }
    }
}

impl TryFrom<Stored> for Time {
    type Error = ValueError;

    fn try_from(time: Stored) -> Result<Self, Self::Error> {
        Self::from_micros(time.micros)
    }
}

impl TryFrom<Duration> for Time {
    type Error = ValueError;

    /// # Errors
    /// The duration is longer than [`Time::MAX`] or has digits below a microsecond.
    fn try_from(duration: Duration) -> Result<Self, Self::Error> {
        if !duration.subsec_nanos().is_multiple_of(1000) {
            return Err(below_a_microsecond());
        }
        Self::from_micros(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX))
    }
}

impl TryFrom<chrono::TimeDelta> for Time {
    type Error = ValueError;

    /// # Errors
    /// The duration is longer than [`Time::MAX`] or has digits below a microsecond.
    fn try_from(duration: chrono::TimeDelta) -> Result<Self, Self::Error> {
        if duration.subsec_nanos() % 1000 != 0 {
            return Err(below_a_microsecond());
        }
        Self::from_micros(duration.num_microseconds().unwrap_or(i64::MAX))
    }
}

impl From<Time> for chrono::TimeDelta {
    fn from(time: Time) -> Self {
        Self::microseconds(time.micros)
    }
}

fn below_a_microsecond() -> ValueError {
    ValueError::Range { ty: "time".to_owned(), reason: "MySQL has no digits below a microsecond".into() }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is the failure")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_of_the_range() {
        assert_eq!("838:59:59".parse::<Time>().unwrap().hours(), 838);
        assert_eq!(Time::MIN.to_string(), "-838:59:59.999999");
        assert!(Time::from_micros(Time::MAX.total_micros() + 1).is_err());
        assert!(Time::from_micros(i64::MIN).is_err());
        assert!(Time::from_parts(true, 839, 0, 0, 0).is_err());
        assert!(Time::from_parts(false, 1, 60, 0, 0).is_err());
        assert!(Time::try_from(Duration::MAX).is_err());
        assert!(Time::try_from(chrono::TimeDelta::MIN).is_err());
    }

    #[test]
    fn digits_below_a_microsecond_are_refused() {
        assert!(Time::try_from(Duration::from_nanos(1_000_000_001)).is_err());
        assert!(Time::try_from(chrono::TimeDelta::nanoseconds(-1)).is_err());
        assert_eq!(Time::try_from(chrono::TimeDelta::microseconds(-1)).unwrap().total_micros(), -1);
    }

    proptest! {
        #[test]
        fn text_and_parts_round_trip(micros in Time::MIN.total_micros()..=Time::MAX.total_micros()) {
            let time = Time::from_micros(micros).unwrap();
            prop_assert_eq!(time.to_string().parse::<Time>().unwrap(), time);
            let parts = Time::from_parts(time.is_negative(), time.hours(), time.minutes(), time.seconds(), time.micros());
            prop_assert_eq!(parts.unwrap(), time);
            prop_assert_eq!(Time::try_from(chrono::TimeDelta::from(time)).unwrap(), time);
            prop_assert_eq!(time.unsigned_abs().as_micros(), u128::from(micros.unsigned_abs()));
        }
    }
}
