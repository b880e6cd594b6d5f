//! The MySQL face of a value: column types with every fact that changes what a column can hold.

mod bounds;
pub(crate) mod check;
mod json;
mod misfit;
mod text;

use std::fmt;

pub(crate) use self::json::is_surely_json;
pub use self::misfit::{Misfit, Taken};
use crate::collation::Collation;
use crate::dynamodb::{AttributeType, MAX_DIGITS};
use crate::{List, Text};

/// Integer column sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IntSize {
    /// 8 bits.
    Tiny,
    /// 16 bits.
    Small,
    /// 24 bits.
    Medium,
    /// 32 bits.
    Int,
    /// 64 bits.
    Big,
}

impl IntSize {
    /// The number of bits.
    pub const fn bits(self) -> u32 {
        match self {
            Self::Tiny => 8,
            Self::Small => 16,
            Self::Medium => 24,
            Self::Int => 32,
            Self::Big => 64,
        }
    }
}

/// The four sizes of TEXT and BLOB columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LobSize {
    /// Up to 255 bytes.
    Tiny,
    /// Up to 65,535 bytes.
    Normal,
    /// Up to 16,777,215 bytes.
    Medium,
    /// Up to 4,294,967,295 bytes.
    Long,
}

impl LobSize {
    /// The most bytes a value may have.
    pub const fn max_bytes(self) -> u64 {
        match self {
            Self::Tiny => 255,
            Self::Normal => 65_535,
            Self::Medium => 16_777_215,
            Self::Long => 4_294_967_295,
        }
    }
}

/// A MySQL column type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MySqlType {
    /// TINYINT to BIGINT. `display` is the display width where it was written: `TINYINT(1)` is how MySQL stores BOOLEAN.
    Int {
        /// Size in bits.
        size: IntSize,
        /// UNSIGNED.
        unsigned: bool,
        /// Display width as written.
        display: Option<u8>,
    },
    /// DECIMAL(precision, scale): 1..=65 digits, 0..=30 of them after the point.
    Decimal {
        /// All digits.
        precision: u8,
        /// Digits after the point.
        scale: u8,
        /// UNSIGNED.
        unsigned: bool,
    },
    /// FLOAT, 32 bits.
    Float {
        /// UNSIGNED.
        unsigned: bool,
    },
    /// DOUBLE, 64 bits.
    Double {
        /// UNSIGNED.
        unsigned: bool,
    },
    /// BIT(n), 1..=64.
    Bit {
        /// Bits.
        length: u8,
    },
    /// YEAR: 1901..=2155 and 0000.
    Year,
    /// CHAR(n): n characters, trailing blanks stripped by the server.
    Char {
        /// Characters.
        length: u32,
        /// Character set and comparison.
        collation: Collation,
    },
    /// VARCHAR(n): up to n characters.
    VarChar {
        /// Characters.
        length: u32,
        /// Character set and comparison.
        collation: Collation,
    },
    /// TINYTEXT to LONGTEXT.
    Text {
        /// Size class.
        size: LobSize,
        /// Character set and comparison.
        collation: Collation,
    },
    /// BINARY(n): padded with zero bytes to n by the server.
    Binary {
        /// Bytes.
        length: u32,
    },
    /// VARBINARY(n).
    VarBinary {
        /// Bytes.
        length: u32,
    },
    /// TINYBLOB to LONGBLOB.
    Blob {
        /// Size class.
        size: LobSize,
    },
    /// DATE.
    Date,
    /// TIME: a signed duration, -838:59:59 to 838:59:59.
    Time {
        /// Fractional digits, 0..=6.
        fsp: u8,
    },
    /// DATETIME: a wall-clock time without a zone.
    DateTime {
        /// Fractional digits, 0..=6.
        fsp: u8,
    },
    /// TIMESTAMP: an instant; always handled in UTC here.
    Timestamp {
        /// Fractional digits, 0..=6.
        fsp: u8,
    },
    /// ENUM.
    Enum {
        /// Members in declaration order.
        members: List<Text>,
        /// Character set and comparison.
        collation: Collation,
    },
    /// SET: up to 64 members.
    Set {
        /// Members in declaration order.
        members: List<Text>,
        /// Character set and comparison.
        collation: Collation,
    },
    /// JSON, carried as the text the server returns.
    Json,
}

impl MySqlType {
    /// The collation of a text type.
    pub const fn collation(&self) -> Option<&Collation> {
        match self {
            Self::Char { collation, .. }
            | Self::VarChar { collation, .. }
            | Self::Text { collation, .. }
            | Self::Enum { collation, .. }
            | Self::Set { collation, .. } => Some(collation),
            _ => None,
        }
    }

    /// The DynamoDB types an attribute of this column may have, the default first.
    ///
    /// DynamoDB numbers hold 38 significant digits, so a wider DECIMAL can only be text. A SET is a list by default,
    /// because an empty DynamoDB set does not exist and an empty MySQL SET does.
    pub const fn attribute_types(&self) -> &'static [AttributeType] {
        use AttributeType::{B, Bool, L, N, S, Ss};
        match self {
            Self::Int { .. } if self.is_tinyint_1() => &[N, Bool, S],
            Self::Decimal { precision, .. } if *precision > MAX_DIGITS => &[S],
            Self::Int { .. } | Self::Decimal { .. } => &[N, S],
            Self::Float { .. } | Self::Double { .. } | Self::Bit { .. } | Self::Year => &[N],
            Self::Binary { .. } | Self::VarBinary { .. } | Self::Blob { .. } => &[B],
            Self::Set { .. } => &[L, Ss],
            Self::Char { .. }
            | Self::VarChar { .. }
            | Self::Text { .. }
            | Self::Enum { .. }
            | Self::Date
            | Self::Time { .. }
            | Self::DateTime { .. }
            | Self::Timestamp { .. }
            | Self::Json => &[S],
        }
    }

    /// The DynamoDB type an attribute of this column has when the contract doesn't say.
    pub const fn default_attribute_type(&self) -> AttributeType {
        self.attribute_types()[0]
    }

    /// Whether its values are dates, which may be zero.
    pub const fn has_dates(&self) -> bool {
        matches!(self, Self::Date | Self::DateTime { .. } | Self::Timestamp { .. })
    }

    /// Whether this is how MySQL stores BOOLEAN.
    pub const fn is_tinyint_1(&self) -> bool {
        matches!(self, Self::Int { size: IntSize::Tiny, display: Some(1), .. })
    }
}

/// What to do with MySQL's zero dates (`0000-00-00`, `2024-00-15`), which no calendar has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum ZeroDates {
    /// An error that names the row: the default, because any other answer changes data.
    #[default]
    Refuse,
    /// Carried as they are, as text; the Rust type is this crate's, not chrono's.
    Keep,
}

impl ZeroDates {
    /// The contract's word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Keep => "keep",
        }
    }
}

impl fmt::Display for ZeroDates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
