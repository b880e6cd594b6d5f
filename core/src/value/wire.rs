//! serde for dates and times that may be zero: the text MySQL has for them, with a `T` between date and time.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Date, DateTime};

/// As `2024-01-31`.
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// From `2024-01-31`; zero dates are taken, days no month has are not.
impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// As `2024-01-31T10:00:00`, with six digits behind the seconds where there is a fraction.
impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = if self.micros == 0 { 0 } else { 6 };
        serializer.serialize_str(&self.format(digits, 'T'))
    }
}

/// From `2024-01-31T10:00:00`, with up to six digits behind the seconds.
impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
