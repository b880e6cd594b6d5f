//! What the derive asks of a field's type: a trait for each kind of column, so that rustc says of a type that can't carry
//! one which type does, in that column's words. rustc lets a trait have one text, which is why there are so many.
//!
//! Types of an application's own implement [`Field`]; every trait here follows from it.

use migratable_core::ValueError;
use migratable_core::value::Value;

use crate::field::Field;
use crate::kind;

/// The same for collections, whose kinds have kinds of their own in them.
macro_rules! collections {
    ($($name:ident $(<$of:ident>)?: $message:literal, $label:literal, $note:literal;)*) => {$(
        #[doc = concat!("`Field<kind::", stringify!($name), ">`, in other words.")]
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $name $(<$of>)?: Sized {
            /// As [`Field::to_value`].
            ///
            /// # Errors
            /// As [`Field::to_value`].
            fn to_value(&self) -> Result<Value, ValueError>;

            /// As [`Field::from_value`].
            ///
            /// # Errors
            /// As [`Field::from_value`].
            fn from_value(value: Value) -> Result<Self, ValueError>;
        }

        #[diagnostic::do_not_recommend]
        impl<$($of,)? T: Field<kind::$name $(<$of>)?>> $name $(<$of>)? for T {
            fn to_value(&self) -> Result<Value, ValueError> {
                Field::to_value(self)
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                Field::from_value(value)
            }
        }
    )*};
}

collections! {
    Elements: "`{Self}` can't carry the rows of a collection",
        "`Vec` of a struct that implements `migratable::Element` carries them",
        "`migratable generate` writes that struct, too";
    Values<K>: "`{Self}` can't carry the values of a collection",
        "`Vec` of a type that carries `{K}` carries them",
        "`migratable::kind` lists the Rust types of each kind";
    Keyed<K>: "`{Self}` can't carry the rows of a collection that is a map",
        "`BTreeMap` of a type that carries `{K}` and of a struct that implements `migratable::Element` carries them",
        "`migratable generate` writes that struct, too";
}

/// A trait for a kind of column, with what is said of types that don't carry it.
macro_rules! carrier {
    ($name:ident, $kind:ty, $message:literal, $label:literal, $note:literal) => {
        #[doc = concat!("`Field<", stringify!($kind), ">`, in other words.")]
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $name: Sized {
            /// As [`Field::to_value`].
            ///
            /// # Errors
            /// As [`Field::to_value`].
            fn to_value(&self) -> Result<Value, ValueError>;

            /// As [`Field::from_value`].
            ///
            /// # Errors
            /// As [`Field::from_value`].
            fn from_value(value: Value) -> Result<Self, ValueError>;
        }

        // Keeps rustc from looking through this trait to `Field`, whose text is the same for all kinds.
        #[diagnostic::do_not_recommend]
        impl<T: Field<$kind>> $name for T {
            fn to_value(&self) -> Result<Value, ValueError> {
                Field::to_value(self)
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                Field::from_value(value)
            }
        }
    };
}

/// For each kind: what is said where the column is NOT NULL, and where it may be NULL.
macro_rules! carriers {
    ($(
        $kind:ident: $message:literal, $label:literal, $note:literal;
        $nullable:ident: $message_null:literal, $label_null:literal, $note_null:literal;
    )*) => {$(
        carrier!($kind, kind::$kind, $message, $label, $note);
        carrier!($nullable, kind::Nullable<kind::$kind>, $message_null, $label_null, $note_null);
    )*};
}

carriers! {
    I8: "`{Self}` can't carry a TINYINT column that is NOT NULL",
        "`i8` carries TINYINT",
        "a type of your own does if it implements `migratable::Field<migratable::kind::I8>`";
    NullableI8: "`{Self}` can't carry a TINYINT column that may be NULL",
        "`Option<i8>` carries TINYINT",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::I8>`";
    U8: "`{Self}` can't carry a TINYINT UNSIGNED column that is NOT NULL",
        "`u8` carries TINYINT UNSIGNED",
        "a type of your own does if it implements `migratable::Field<migratable::kind::U8>`";
    NullableU8: "`{Self}` can't carry a TINYINT UNSIGNED column that may be NULL",
        "`Option<u8>` carries TINYINT UNSIGNED",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::U8>`";
    I16: "`{Self}` can't carry a SMALLINT column that is NOT NULL",
        "`i16` carries SMALLINT",
        "a type of your own does if it implements `migratable::Field<migratable::kind::I16>`";
    NullableI16: "`{Self}` can't carry a SMALLINT column that may be NULL",
        "`Option<i16>` carries SMALLINT",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::I16>`";
    U16: "`{Self}` can't carry a SMALLINT UNSIGNED column that is NOT NULL",
        "`u16` carries SMALLINT UNSIGNED",
        "a type of your own does if it implements `migratable::Field<migratable::kind::U16>`";
    NullableU16: "`{Self}` can't carry a SMALLINT UNSIGNED column that may be NULL",
        "`Option<u16>` carries SMALLINT UNSIGNED",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::U16>`";
    I32: "`{Self}` can't carry an INT column that is NOT NULL",
        "`i32` carries INT and MEDIUMINT",
        "a type of your own does if it implements `migratable::Field<migratable::kind::I32>`";
    NullableI32: "`{Self}` can't carry an INT column that may be NULL",
        "`Option<i32>` carries INT and MEDIUMINT",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::I32>`";
    U32: "`{Self}` can't carry an INT UNSIGNED column that is NOT NULL",
        "`u32` carries INT UNSIGNED and MEDIUMINT UNSIGNED",
        "a type of your own does if it implements `migratable::Field<migratable::kind::U32>`";
    NullableU32: "`{Self}` can't carry an INT UNSIGNED column that may be NULL",
        "`Option<u32>` carries INT UNSIGNED and MEDIUMINT UNSIGNED",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::U32>`";
    I64: "`{Self}` can't carry a BIGINT column that is NOT NULL",
        "`i64` carries BIGINT",
        "a type of your own does if it implements `migratable::Field<migratable::kind::I64>`";
    NullableI64: "`{Self}` can't carry a BIGINT column that may be NULL",
        "`Option<i64>` carries BIGINT",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::I64>`";
    U64: "`{Self}` can't carry a BIGINT UNSIGNED column that is NOT NULL",
        "`u64` carries BIGINT UNSIGNED",
        "a type of your own does if it implements `migratable::Field<migratable::kind::U64>`";
    NullableU64: "`{Self}` can't carry a BIGINT UNSIGNED column that may be NULL",
        "`Option<u64>` carries BIGINT UNSIGNED",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::U64>`";
    Flag: "`{Self}` can't carry a BOOL column that is NOT NULL",
        "`bool` carries TINYINT(1) where the contract says BOOL",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Flag>`";
    NullableFlag: "`{Self}` can't carry a BOOL column that may be NULL",
        "`Option<bool>` carries TINYINT(1) where the contract says BOOL",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Flag>`";
    UnsignedFlag: "`{Self}` can't carry a BOOL column that is NOT NULL",
        "`bool` carries TINYINT(1) UNSIGNED where the contract says BOOL",
        "a type of your own does if it implements `migratable::Field<migratable::kind::UnsignedFlag>`";
    NullableUnsignedFlag: "`{Self}` can't carry a BOOL column that may be NULL",
        "`Option<bool>` carries TINYINT(1) UNSIGNED where the contract says BOOL",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::UnsignedFlag>`";
    F32: "`{Self}` can't carry a FLOAT column that is NOT NULL",
        "`f32` carries FLOAT",
        "a type of your own does if it implements `migratable::Field<migratable::kind::F32>`";
    NullableF32: "`{Self}` can't carry a FLOAT column that may be NULL",
        "`Option<f32>` carries FLOAT",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::F32>`";
    F64: "`{Self}` can't carry a DOUBLE column that is NOT NULL",
        "`f64` carries DOUBLE",
        "a type of your own does if it implements `migratable::Field<migratable::kind::F64>`";
    NullableF64: "`{Self}` can't carry a DOUBLE column that may be NULL",
        "`Option<f64>` carries DOUBLE",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::F64>`";
    Decimal: "`{Self}` can't carry a DECIMAL column that is NOT NULL",
        "`migratable::types::Decimal` carries DECIMAL of up to 28 digits exactly",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Decimal>`";
    NullableDecimal: "`{Self}` can't carry a DECIMAL column that may be NULL",
        "`Option<migratable::types::Decimal>` carries DECIMAL of up to 28 digits exactly",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Decimal>`";
    BigDecimal: "`{Self}` can't carry a DECIMAL column that is NOT NULL",
        "`migratable::types::BigDecimal` carries DECIMAL of more than 28 digits",
        "a type of your own does if it implements `migratable::Field<migratable::kind::BigDecimal>`";
    NullableBigDecimal: "`{Self}` can't carry a DECIMAL column that may be NULL",
        "`Option<migratable::types::BigDecimal>` carries DECIMAL of more than 28 digits",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::BigDecimal>`";
    Text: "`{Self}` can't carry a text column that is NOT NULL",
        "`String` carries CHAR, VARCHAR, TEXT and ENUM",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Text>`";
    NullableText: "`{Self}` can't carry a text column that may be NULL",
        "`Option<String>` carries CHAR, VARCHAR, TEXT and ENUM",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Text>`";
    Bytes: "`{Self}` can't carry a binary column that is NOT NULL",
        "`Vec<u8>` carries BINARY, VARBINARY and BLOB; `[u8; N]` carries BINARY(N)",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Bytes>`";
    NullableBytes: "`{Self}` can't carry a binary column that may be NULL",
        "`Option<Vec<u8>>` carries BINARY, VARBINARY and BLOB; `Option<[u8; N]>` carries BINARY(N)",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Bytes>`";
    Date: "`{Self}` can't carry a DATE column that is NOT NULL",
        "`migratable::types::NaiveDate` carries DATE",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Date>`";
    NullableDate: "`{Self}` can't carry a DATE column that may be NULL",
        "`Option<migratable::types::NaiveDate>` carries DATE",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Date>`";
    DateTime: "`{Self}` can't carry a DATETIME column that is NOT NULL",
        "`migratable::types::NaiveDateTime` carries DATETIME, which has no time zone",
        "a type of your own does if it implements `migratable::Field<migratable::kind::DateTime>`";
    NullableDateTime: "`{Self}` can't carry a DATETIME column that may be NULL",
        "`Option<migratable::types::NaiveDateTime>` carries DATETIME, which has no time zone",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::DateTime>`";
    Timestamp: "`{Self}` can't carry a TIMESTAMP column that is NOT NULL",
        "`migratable::types::DateTime<migratable::types::Utc>` carries TIMESTAMP, which is an instant",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Timestamp>`";
    NullableTimestamp: "`{Self}` can't carry a TIMESTAMP column that may be NULL",
        "`Option<migratable::types::DateTime<migratable::types::Utc>>` carries TIMESTAMP, which is an instant",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Timestamp>`";
    Time: "`{Self}` can't carry a TIME column that is NOT NULL",
        "`migratable::types::Time` carries TIME, which is a signed duration",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Time>`";
    NullableTime: "`{Self}` can't carry a TIME column that may be NULL",
        "`Option<migratable::types::Time>` carries TIME, which is a signed duration",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Time>`";
    Year: "`{Self}` can't carry a YEAR column that is NOT NULL",
        "`u16` carries YEAR",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Year>`";
    NullableYear: "`{Self}` can't carry a YEAR column that may be NULL",
        "`Option<u16>` carries YEAR",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Year>`";
    Bit: "`{Self}` can't carry a BIT column that is NOT NULL",
        "`u64` carries BIT",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Bit>`";
    NullableBit: "`{Self}` can't carry a BIT column that may be NULL",
        "`Option<u64>` carries BIT",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Bit>`";
    Set: "`{Self}` can't carry a SET column that is NOT NULL",
        "`Vec<String>` carries SET",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Set>`";
    NullableSet: "`{Self}` can't carry a SET column that may be NULL",
        "`Option<Vec<String>>` carries SET",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Set>`";
    Json: "`{Self}` can't carry a JSON column that is NOT NULL",
        "`migratable::types::Json` carries JSON",
        "a type of your own does if it implements `migratable::Field<migratable::kind::Json>`";
    NullableJson: "`{Self}` can't carry a JSON column that may be NULL",
        "`Option<migratable::types::Json>` carries JSON",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::Json>`";
    ZeroableDate: "`{Self}` can't carry a DATE column that is NOT NULL",
        "`migratable::types::ZeroableDate` carries DATE where the contract keeps zero dates",
        "a type of your own does if it implements `migratable::Field<migratable::kind::ZeroableDate>`";
    NullableZeroableDate: "`{Self}` can't carry a DATE column that may be NULL",
        "`Option<migratable::types::ZeroableDate>` carries DATE where the contract keeps zero dates",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::ZeroableDate>`";
    ZeroableDateTime: "`{Self}` can't carry a DATETIME column that is NOT NULL",
        "`migratable::types::ZeroableDateTime` carries DATETIME where the contract keeps zero dates",
        "a type of your own does if it implements `migratable::Field<migratable::kind::ZeroableDateTime>`";
    NullableZeroableDateTime: "`{Self}` can't carry a DATETIME column that may be NULL",
        "`Option<migratable::types::ZeroableDateTime>` carries DATETIME where the contract keeps zero dates",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::ZeroableDateTime>`";
    ZeroableTimestamp: "`{Self}` can't carry a TIMESTAMP column that is NOT NULL",
        "`migratable::types::ZeroableDateTime` carries TIMESTAMP where the contract keeps zero dates",
        "a type of your own does if it implements `migratable::Field<migratable::kind::ZeroableTimestamp>`";
    NullableZeroableTimestamp: "`{Self}` can't carry a TIMESTAMP column that may be NULL",
        "`Option<migratable::types::ZeroableDateTime>` carries TIMESTAMP where the contract keeps zero dates",
        "so does an `Option` of a type of your own that implements `migratable::Field<migratable::kind::ZeroableTimestamp>`";
}
