//! serde for this crate's own types: each is the text it prints, which it reads back. Values that no text of theirs is are
//! refused with the reason.

use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::{Json, Time};
use crate::cursor::Cursor;

/// Reads a text, and of it a `T`.
struct Text<T> {
    what: &'static str,
    read: fn(&str) -> Result<T, String>,
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(E::custom)
    }
}

macro_rules! texts {
    ($($ty:ty, $what:literal;)*) => {$(
        /// As its text.
        impl Serialize for $ty {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        /// From its text.
        impl<'de> Deserialize<'de> for $ty {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let read = |text: &str| text.parse::<$ty>().map_err(|error| error.to_string());
                deserializer.deserialize_str(Text { what: $what, read })
            }
        }
    )*};
}

texts! {
    Time, "a time, as `-26:30:00.500000`";
    Json, "the text of a JSON document";
    Cursor, "the text of a page cursor";
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a panic is the failure")]
mod tests {
    use serde::de::DeserializeOwned;
    use std::fmt::Debug;

    use super::super::{
        BigDecimal, DateTime, Decimal, NaiveDate, NaiveDateTime, Utc, ZeroableDate, ZeroableDateTime,
    };
    use super::*;

    /// What a value is in JSON; it comes back from there.
    fn json<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> String {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
        text
    }

    #[test]
    fn every_type_of_a_field_goes_over_a_wire_and_comes_back() {
        assert_eq!(json(&"-26:30:00.5".parse::<Time>().unwrap()), r#""-26:30:00.500000""#);
        assert_eq!(json(&Json::parse(r#"{"b": 1.50}"#).unwrap()), r#""{\"b\": 1.50}""#);
        assert_eq!(json(&ZeroableDate::parse("2024-00-00").unwrap()), r#""2024-00-00""#);
        let moment = ZeroableDateTime::parse("0000-00-00 00:00:00.25").unwrap();
        assert_eq!(json(&moment), r#""0000-00-00T00:00:00.250000""#);
        // More digits than a float has, and zeros that count.
        assert_eq!(json(&"12345678901234567.10".parse::<Decimal>().unwrap()), r#""12345678901234567.10""#);
        let wide = "123456789012345678901234567890.5".parse::<BigDecimal>().unwrap();
        assert_eq!(json(&wide), r#""123456789012345678901234567890.5""#);
        assert_eq!(json(&"2024-02-29".parse::<NaiveDate>().unwrap()), r#""2024-02-29""#);
        assert_eq!(
            json(&"2024-02-29T10:00:00.5".parse::<NaiveDateTime>().unwrap()),
            r#""2024-02-29T10:00:00.500""#
        );
        assert_eq!(
            json(&"2024-02-29T10:00:00Z".parse::<DateTime<Utc>>().unwrap()),
            r#""2024-02-29T10:00:00Z""#
        );
    }

    #[cfg(feature = "time")]
    #[test]
    fn times_of_the_crate_time_go_over_a_wire_too() {
        use super::super::time::{Date, OffsetDateTime};
        use ::time::Month;

        let date = Date::from_calendar_date(2024, Month::February, 29).unwrap();
        assert_eq!(json(&date), r#""2024-02-29""#);
        let moment = date.with_hms_micro(10, 0, 0, 500_000).unwrap();
        assert_eq!(json(&moment), r#""2024-02-29 10:00:00.5""#);
        assert_eq!(json::<OffsetDateTime>(&moment.assume_utc()), r#""2024-02-29 10:00:00.5 +00:00:00""#);
    }

    #[test]
    fn a_cursor_goes_over_a_wire() {
        let text = "AR_aFbHA3TosCwAAABoyMDI0LTAxLTMxIDEwOjAwOjAwLjAwMDAwMAEAAAAAAAAABw";
        let cursor: Cursor = text.parse().unwrap();
        assert_eq!(json(&cursor), format!("\"{text}\""));
    }

    #[test]
    fn what_is_no_such_text_is_refused_with_the_reason() {
        let error = |text: &str| serde_json::from_str::<Time>(text).unwrap_err().to_string();
        assert!(error("\"25h\"").starts_with("not a time"), "{}", error("\"25h\""));
        assert!(error("7").contains("expected a time, as `-26:30:00.500000`"), "{}", error("7"));
        assert!(serde_json::from_str::<Json>("{}").is_err());
        assert!(serde_json::from_str::<ZeroableDate>("\"2024-13-01\"").is_err());
    }
}
