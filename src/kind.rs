//! The kinds of column an entity's field can carry. A kind is a marker: `Field<kind::Decimal>` is implemented by every
//! Rust type that can carry such a column exactly.
//!
//! | kind | MySQL | Rust types |
//! | --- | --- | --- |
//! | [`I8`] [`I16`] [`I32`] [`I64`] | TINYINT, SMALLINT, MEDIUMINT and INT, BIGINT | `i8` `i16` `i32` `i64` |
//! | [`U8`] [`U16`] [`U32`] [`U64`] | the same, UNSIGNED | `u8` `u16` `u32` `u64` |
//! | [`Flag`], [`UnsignedFlag`] | TINYINT(1) carried as BOOL | `bool` |
//! | [`F32`] [`F64`] | FLOAT, DOUBLE | `f32` `f64` |
//! | [`Decimal`] | DECIMAL of up to 28 digits | [`types::Decimal`](crate::types::Decimal) |
//! | [`BigDecimal`] | wider DECIMAL | [`types::BigDecimal`](crate::types::BigDecimal) |
//! | [`Text`] | CHAR, VARCHAR, TEXT, ENUM | `String` |
//! | [`Bytes`] | BINARY, VARBINARY, BLOB | `Vec<u8>`, `[u8; N]` |
//! | [`Date`] | DATE | [`types::NaiveDate`](crate::types::NaiveDate), `types::time::Date` |
//! | [`DateTime`] | DATETIME | [`types::NaiveDateTime`](crate::types::NaiveDateTime), `types::time::PrimitiveDateTime` |
//! | [`Timestamp`] | TIMESTAMP | [`types::DateTime<Utc>`](crate::types::DateTime), `types::time::OffsetDateTime` |
//! | [`Time`] | TIME | [`types::Time`](crate::types::Time) |
//! | [`Year`] | YEAR | `u16` |
//! | [`Bit`] | BIT | `u64` |
//! | [`Set`] | SET | `Vec<String>` |
//! | [`Json`] | JSON | [`types::Json`](crate::types::Json) |
//! | [`ZeroableDate`] | DATE with `zero_dates: keep` | [`types::ZeroableDate`](crate::types::ZeroableDate) |
//! | [`ZeroableDateTime`] | DATETIME with `zero_dates: keep` | [`types::ZeroableDateTime`](crate::types::ZeroableDateTime) |
//! | [`ZeroableTimestamp`] | TIMESTAMP with `zero_dates: keep`, in UTC | [`types::ZeroableDateTime`](crate::types::ZeroableDateTime) |
//! | [`Elements`] | rows of another table | `Vec<E>` of an [`Element`](crate::Element) |
//! | [`Values<K>`] | one value of each of another table's rows | `Vec<T>` |
//! | [`Keyed<K>`] | rows of another table by a value of each | `BTreeMap<T, E>` |
//! | [`Nullable<K>`] | any of them without NOT NULL | `Option<T>` |

use std::marker::PhantomData;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])* #[derive(Clone, Copy, Debug)] pub enum $name {})*
    };
}

kinds! {
    /// TINYINT.
    I8,
    /// TINYINT UNSIGNED.
    U8,
    /// SMALLINT.
    I16,
    /// SMALLINT UNSIGNED.
    U16,
    /// MEDIUMINT and INT. A MEDIUMINT's narrower range is checked before every write.
    I32,
    /// MEDIUMINT UNSIGNED and INT UNSIGNED.
    U32,
    /// BIGINT.
    I64,
    /// BIGINT UNSIGNED.
    U64,
    /// TINYINT(1) carried as BOOL: 0 and 1 only.
    Flag,
    /// TINYINT(1) UNSIGNED carried as BOOL: 0 and 1 only.
    UnsignedFlag,
    /// FLOAT.
    F32,
    /// DOUBLE.
    F64,
    /// DECIMAL of up to 28 digits, which a 96-bit integer holds.
    Decimal,
    /// DECIMAL of more than 28 digits.
    BigDecimal,
    /// CHAR, VARCHAR, TEXT and ENUM.
    Text,
    /// BINARY, VARBINARY and BLOB.
    Bytes,
    /// DATE without zero dates.
    Date,
    /// DATETIME without zero dates: a wall-clock time without a zone.
    DateTime,
    /// TIMESTAMP without zero dates: an instant, in UTC.
    Timestamp,
    /// TIME: a signed duration, not a time of day.
    Time,
    /// YEAR.
    Year,
    /// BIT.
    Bit,
    /// SET.
    Set,
    /// JSON, as the text the store returns.
    Json,
    /// DATE that may be a zero date.
    ZeroableDate,
    /// DATETIME that may be a zero date.
    ZeroableDateTime,
    /// TIMESTAMP that may be a zero date, in UTC.
    ZeroableTimestamp,
}

/// A column that may be NULL; `Option<T>` carries it.
#[derive(Clone, Copy, Debug)]
pub struct Nullable<K>(PhantomData<K>);

/// Rows of another table, each an [`Element`](crate::Element); `Vec<E>` carries them.
#[derive(Clone, Copy, Debug)]
pub enum Elements {}

/// Values of another table's rows; `Vec<T>` carries them.
#[derive(Clone, Copy, Debug)]
pub struct Values<K>(PhantomData<K>);

/// Rows of another table by a value of each; `BTreeMap<T, E>` carries them.
#[derive(Clone, Copy, Debug)]
pub struct Keyed<K>(PhantomData<K>);
