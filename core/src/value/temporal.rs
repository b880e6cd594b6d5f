use std::fmt;

use super::digits::{self, pair, push_padded};
use crate::ValueError;

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
    /// Microseconds, within ±838:59:59.999999.
    pub micros: i64,
}

const MICROS_PER_SECOND: i64 = 1_000_000;

/// Reads a number of one byte.
fn small(bytes: &[u8]) -> Option<u8> {
    u8::try_from(digits::read(bytes)?).ok()
}

/// Reads `SS` or `SS.ffffff` as seconds and microseconds.
fn seconds(bytes: &[u8]) -> Option<(u8, u32)> {
    let (second, fraction) = bytes.split_at_checked(2)?;
    let second = small(second).filter(|second| *second < 60)?;
    let micros = match fraction {
        [] => 0,
        [b'.', digits @ ..] if (1..=6).contains(&digits.len()) => {
            digits::read(digits)? * 10_u32.pow(6 - u32::try_from(digits.len()).ok()?)
        }
        _ => return None,
    };
    Some((second, micros))
}

/// Appends the fraction `.ffffff` cut to `fsp` digits, none for 0.
fn push_fraction(out: &mut String, micros: u32, fsp: u8) {
    let digits = usize::from(fsp.min(6));
    if digits > 0 {
        out.push('.');
        push_padded(out, u64::from(micros / 10_u32.pow(6 - u32::from(fsp.min(6)))), digits);
    }
}

fn push_ascii(out: &mut String, bytes: &[u8]) {
    out.push_str(std::str::from_utf8(bytes).unwrap_or_default());
}

impl Date {
    /// Reads `2024-01-31`; zero months and days are allowed, days no month has are not.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::read(text.as_bytes()).ok_or(ValueError::Malformed { what: "date (YYYY-MM-DD)" })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let [year @ .., b'-', m1, m2, b'-', d1, d2] = bytes else { return None };
        let date = Self {
            year: u16::try_from(digits::read(year).filter(|_| year.len() == 4)?).ok()?,
            month: small(&[*m1, *m2])?,
            day: small(&[*d1, *d2])?,
        };
        date.is_in_range().then_some(date)
    }

    /// Appends its text, as in `2024-01-31`.
    pub(crate) fn push(&self, out: &mut String) {
        match self.digits() {
            Some(digits) => push_ascii(out, &digits),
            None => {
                push_padded(out, self.year.into(), 4);
                let ([m1, m2], [d1, d2]) = (pair(self.month), pair(self.day));
                push_ascii(out, &[b'-', m1, m2, b'-', d1, d2]);
            }
        }
    }

    /// Its text, if the year has four digits.
    fn digits(&self) -> Option<[u8; 10]> {
        let (century, year) = (u8::try_from(self.year / 100).ok()?, (self.year % 100) as u8);
        let ([y1, y2], [y3, y4]) = (pair(century), pair(year));
        let ([m1, m2], [d1, d2]) = (pair(self.month), pair(self.day));
        (century < 100).then_some([y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2])
    }

    /// Whether its numbers are within the bounds that the fields state.
    pub const fn is_in_range(&self) -> bool {
        self.year <= 9999 && self.month <= 12 && self.day <= 31
    }

    /// Whether no calendar has this day: a zero month or day, or a day past the month's end (which MySQL stores under
    /// ALLOW_INVALID_DATES).
    pub const fn is_zero(&self) -> bool {
        self.month == 0 || self.day == 0 || self.day > self.days_in_month()
    }

    const fn days_in_month(&self) -> u8 {
        match self.month {
            2 if self.is_leap_year() => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    const fn is_leap_year(&self) -> bool {
        self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(10);
        self.push(&mut text);
        f.write_str(&text)
    }
}

impl DateTime {
    /// Reads `2024-01-31 10:00:00`, with up to 6 fractional digits; `T` for the blank and a `Z` at the end are allowed.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let malformed = ValueError::Malformed { what: "date and time (YYYY-MM-DD HH:MM:SS)" };
        Self::read(text.as_bytes()).ok_or(malformed)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_suffix(b"Z").unwrap_or(bytes);
        let (date, clock) = bytes.split_at_checked(10)?;
        let [b' ' | b'T', h1, h2, b':', m1, m2, b':', rest @ ..] = clock else { return None };
        let (second, micros) = seconds(rest)?;
        Some(Self {
            date: Date::read(date)?,
            hour: small(&[*h1, *h2]).filter(|hour| *hour < 24)?,
            minute: small(&[*m1, *m2]).filter(|minute| *minute < 60)?,
            second,
            micros,
        })
    }

    /// Writes it with `fsp` fractional digits (0..=6) and this character between date and time.
    pub fn format(&self, fsp: u8, separator: char) -> String {
        let mut text = String::with_capacity(27);
        self.push(&mut text, fsp, separator);
        text
    }

    /// Appends what [`DateTime::format`] gives.
    pub(crate) fn push(&self, out: &mut String, fsp: u8, separator: char) {
        self.date.push(out);
        out.push(separator);
        let ([h1, h2], [m1, m2], [s1, s2]) = (pair(self.hour), pair(self.minute), pair(self.second));
        push_ascii(out, &[h1, h2, b':', m1, m2, b':', s1, s2]);
        push_fraction(out, self.micros, fsp);
    }

    /// Whether its numbers are within the bounds that the fields state.
    pub const fn is_in_range(&self) -> bool {
        let Self { date, hour, minute, second, micros } = self;
        date.is_in_range() && *hour < 24 && *minute < 60 && *second < 60 && *micros < 1_000_000
    }

    /// Whether it has digits past `fsp`, which MySQL would cut or round.
    pub const fn exceeds(&self, fsp: u8) -> bool {
        exceeds(self.micros as i64, fsp)
    }
}

impl Time {
    /// The largest TIME, 838:59:59.999999, in microseconds.
    pub const MAX_MICROS: i64 = (839 * 3600) * MICROS_PER_SECOND - 1;

    /// Whether it is no longer than [`Time::MAX_MICROS`] in either direction.
    pub const fn is_in_range(&self) -> bool {
        self.micros.unsigned_abs() <= Self::MAX_MICROS.unsigned_abs()
    }

    /// Reads `10:00:00`, `-838:59:59.5`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Self::read(text.as_bytes()).ok_or(ValueError::Malformed { what: "time ([-]HHH:MM:SS)" })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (negative, rest) = bytes.strip_prefix(b"-").map_or((false, bytes), |rest| (true, rest));
        let colon = rest.iter().position(|byte| *byte == b':').filter(|at| (1..=3).contains(at))?;
        let (hours, rest) = rest.split_at(colon);
        let [b':', m1, m2, b':', rest @ ..] = rest else { return None };
        let minutes = small(&[*m1, *m2]).filter(|minute| *minute < 60)?;
        let (second, micros) = seconds(rest)?;
        let whole = i64::from(digits::read(hours)?) * 3600 + i64::from(minutes) * 60 + i64::from(second);
        let total = whole * MICROS_PER_SECOND + i64::from(micros);
        (total <= Self::MAX_MICROS).then_some(Self { micros: if negative { -total } else { total } })
    }

    /// Writes it as MySQL does: at least two digits of hours, `fsp` fractional digits.
    pub fn format(&self, fsp: u8) -> String {
        let mut text = String::with_capacity(17);
        if self.micros < 0 {
            text.push('-');
        }
        self.push_magnitude(&mut text, 2, fsp);
        text
    }

    /// Appends the absolute value with at least this many digits of hours.
    pub(crate) fn push_magnitude(&self, out: &mut String, hour_digits: usize, fsp: u8) {
        let total = self.micros.unsigned_abs();
        let (seconds, micros) = (total / 1_000_000, (total % 1_000_000) as u32);
        push_padded(out, seconds / 3600, hour_digits);
        let ([m1, m2], [s1, s2]) = (pair((seconds / 60 % 60) as u8), pair((seconds % 60) as u8));
        push_ascii(out, &[b':', m1, m2, b':', s1, s2]);
        push_fraction(out, micros, fsp);
    }

    /// Whether it has digits past `fsp`, which MySQL would cut or round.
    pub const fn exceeds(&self, fsp: u8) -> bool {
        exceeds(self.micros % MICROS_PER_SECOND, fsp)
    }
}

const fn exceeds(micros: i64, fsp: u8) -> bool {
    fsp < 6 && micros % 10_i64.pow(6 - fsp as u32) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_no_calendar_has_are_told_apart() {
        for (text, zero) in [
            ("0000-00-00", true),
            ("2024-00-15", true),
            ("2024-01-00", true),
            ("2023-02-29", true),
            ("2024-02-29", false),
            ("1900-02-29", true),
            ("2000-02-29", false),
            ("9999-12-31", false),
        ] {
            let date = Date::parse(text).expect("a date as MySQL stores it");
            assert_eq!((date.to_string().as_str(), date.is_zero()), (text, zero));
        }
        for text in ["2024-1-31", "2024-13-01", "2024-01-32", "24-01-31", "2024-01-31 ", "", "2024-01"] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn date_times_keep_their_digits() {
        let value = DateTime::parse("2024-01-31 10:00:00.123").expect("a date and time");
        assert_eq!(value.format(6, 'T'), "2024-01-31T10:00:00.123000");
        assert_eq!(value.format(0, ' '), "2024-01-31 10:00:00");
        assert!(value.exceeds(2) && !value.exceeds(3) && !value.exceeds(6));
        assert_eq!(DateTime::parse("2024-01-31T10:00:00.123Z").expect("ISO"), value);
        for text in
            ["2024-01-31", "2024-01-31 24:00:00", "2024-01-31 10:60:00", "2024-01-31 10:00:00.1234567"]
        {
            assert!(DateTime::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_signed_durations() {
        for text in ["-838:59:59", "838:59:59", "00:00:00", "-00:00:01", "100:00:00"] {
            assert_eq!(Time::parse(text).expect("a time").format(0), text);
        }
        assert_eq!(Time::parse("-00:00:00.5").expect("a time").micros, -500_000);
        assert!(Time::parse("839:00:00").is_err() && Time::parse("10:00").is_err());
    }
}
