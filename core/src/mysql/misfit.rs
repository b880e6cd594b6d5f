//! Why a value does not fit its column, and what MySQL would make of it.

use std::fmt;

use crate::Text;

/// Why a value does not fit its column's type, with the numbers a program needs; never the value.
///
/// The text also says what MySQL would store instead. `outside strict mode` means an `sql_mode` without
/// `STRICT_TRANS_TABLES` and `STRICT_ALL_TABLES`; the rest happens in every mode. (MySQL Reference Manual, "Server SQL
/// Modes" and "Out-of-Range and Overflow Handling"; each is compared with a server's doing in tests/conformance.)
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Misfit {
    /// More characters than the column's length.
    Characters {
        /// Characters of the text.
        actual: u64,
        /// Characters that fit.
        most: u64,
    },
    /// More bytes than fit, counted in the column's character set.
    Bytes {
        /// Bytes of the value.
        actual: u64,
        /// Bytes that fit.
        most: u64,
    },
    /// Fewer bytes than a BINARY column's values have.
    Short {
        /// Bytes of the value.
        actual: u64,
        /// Bytes of every value of the column.
        exactly: u64,
    },
    /// Blanks at the end of a CHAR, or past the end of a VARCHAR.
    TrailingBlanks,
    /// A character that the column's character set lacks.
    Character {
        /// The character set.
        charset: String,
        /// The character's position in the text, counted in characters from 0.
        position: usize,
    },
    /// Above the range of numbers or times.
    Above {
        /// The largest value of the column, as MySQL writes it.
        most: String,
    },
    /// Below the range of numbers or times.
    Below {
        /// The least value of the column, as MySQL writes it.
        least: String,
    },
    /// More digits after the point than the column keeps.
    Scale {
        /// Digits after the point that aren't needless zeros.
        actual: u8,
        /// Digits that fit.
        most: u8,
    },
    /// NaN or an infinity.
    NotFinite,
    /// A number YEAR has no year for.
    Year,
    /// A number of 1 to 99, which YEAR takes for a year of two digits.
    ShortYear,
    /// A fraction of a second finer than the column keeps.
    Fraction {
        /// Digits of fractions of a second that fit.
        most: u8,
    },
    /// A month, a day, an hour … that no date or time has.
    Calendar,
    /// Outside the range of TIMESTAMP.
    Timestamp,
    /// A text that is no member of the ENUM or SET.
    Member {
        /// What MySQL would do with it.
        taken: Taken,
    },
    /// Members of a SET in another order than declared, or one twice.
    MemberOrder,
    /// No JSON document.
    Json {
        /// The byte at which it can't go on.
        at: usize,
    },
    /// A limit of the Rust side: said in words only.
    Other(Text),
}

/// What MySQL makes of a text that is no member of an ENUM or SET.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// An ENUM column would hold the empty text, the mark of an invalid value.
    Emptied,
    /// A SET column would leave it out.
    LeftOut,
    /// The member at this position, counted from 1: spelt otherwise, or named by its number.
    Member(usize),
    /// Not known here: how the column's collation compares the text was not measured.
    Unknown,
}

impl Misfit {
    /// The reason as one stable word, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Characters { .. } => "characters",
            Self::Bytes { .. } => "bytes",
            Self::Short { .. } => "short",
            Self::TrailingBlanks => "trailing_blanks",
            Self::Character { .. } => "character",
            Self::Above { .. } => "above",
            Self::Below { .. } => "below",
            Self::Scale { .. } => "scale",
            Self::NotFinite => "not_finite",
            Self::Year | Self::ShortYear => "year",
            Self::Fraction { .. } => "fraction",
            Self::Calendar => "calendar",
            Self::Timestamp => "timestamp",
            Self::Member { .. } => "member",
            Self::MemberOrder => "member_order",
            Self::Json { .. } => "json",
            Self::Other(_) => "range",
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Characters { actual, most } => write!(
                f,
                "it has {actual} characters, {most} fit; MySQL would cut it off outside strict mode"
            ),
            Self::Bytes { actual, most } => {
                write!(f, "it has {actual} bytes, {most} fit; MySQL would cut it off outside strict mode")
            }
            Self::Short { actual, exactly } => {
                write!(f, "it has {actual} bytes, not {exactly}; MySQL would add zero bytes")
            }
            Self::TrailingBlanks => f.write_str("it ends with blanks that MySQL would cut off"),
            Self::Character { charset, position } => write!(
                f,
                "the character set {charset} lacks its character {position} (from 0); \
                 MySQL would store a question mark outside strict mode"
            ),
            Self::Above { most } => {
                write!(f, "it is above {most}; MySQL would store {most} outside strict mode")
            }
            Self::Below { least } => {
                write!(f, "it is below {least}; MySQL would store {least} outside strict mode")
            }
            Self::Scale { actual, most } => {
                write!(
                    f,
                    "it has {actual} digits after the point, {most} fit; MySQL would round it, in strict mode too"
                )
            }
            Self::NotFinite => f.write_str("MySQL has no NaN and no infinity"),
            Self::Year => {
                f.write_str("years are 1901 to 2155, and 0; MySQL would store 0 outside strict mode")
            }
            Self::ShortYear => f.write_str(
                "years are 1901 to 2155, and 0; MySQL would take 1 to 69 for 2001 to 2069, \
                 and 70 to 99 for 1970 to 1999, in strict mode too",
            ),
            Self::Fraction { most } => write!(
                f,
                "fractions of a second have {most} digits; \
                 MySQL would round the rest, and MariaDB cut it, in strict mode too"
            ),
            Self::Calendar => f.write_str(
                "a part of it is out of bounds; MySQL would store a zero date outside strict mode",
            ),
            Self::Timestamp => f.write_str(
                "timestamps are 1970-01-01 00:00:01 to 2038-01-19 03:14:07 in UTC; \
                 MySQL would store a zero date outside strict mode",
            ),
            Self::Member { taken } => write!(f, "it is no member; {taken}"),
            Self::MemberOrder => f.write_str("members stand in declaration order, each once"),
            Self::Json { at } => {
                write!(f, "it is no JSON document from byte {at} on, and MySQL refuses it")
            }
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl fmt::Display for Taken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Emptied => f.write_str("MySQL would store the empty text outside strict mode"),
            Self::LeftOut => f.write_str("MySQL would leave it out outside strict mode"),
            Self::Member(position) => {
                write!(f, "MySQL would take it for member {position} (from 1), in strict mode too")
            }
            Self::Unknown => f.write_str("write it as the column declares it"),
        }
    }
}

impl From<&str> for Misfit {
    fn from(reason: &str) -> Self {
        Self::Other(Text::Owned(reason.to_owned()))
    }
}

impl From<String> for Misfit {
    fn from(reason: String) -> Self {
        Self::Other(Text::Owned(reason))
    }
}
