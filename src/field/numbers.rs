//! Integers, flags, floats, decimals.

use std::str::FromStr;

use migratable_core::ValueError;
use migratable_core::value::{Decimal, Value};

use super::{Field, range, unexpected};
use crate::kind;

/// The most digits, and zeros written for an exponent, a [`bigdecimal::BigDecimal`] may have here. DECIMAL holds 65;
/// the bound keeps a hostile exponent from making a text of gigabytes.
const MOST_DIGITS: u64 = 130;

macro_rules! integers {
    ($($kind:ident, $rust:ty, $variant:ident, $name:literal;)*) => {$(
        impl Field<kind::$kind> for $rust {
            fn to_value(&self) -> Result<Value, ValueError> {
                Ok(Value::$variant((*self).into()))
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::$variant(number) => {
                        <$rust>::try_from(number).map_err(|_| range($name, "the field's type can't hold it"))
                    }
                    other => Err(unexpected($name, &other)),
                }
            }
        }
    )*};
}

integers! {
    I8, i8, Int, "an 8-bit integer";
    U8, u8, UInt, "an 8-bit unsigned integer";
    I16, i16, Int, "a 16-bit integer";
    U16, u16, UInt, "a 16-bit unsigned integer";
    I32, i32, Int, "a 32-bit integer";
    U32, u32, UInt, "a 32-bit unsigned integer";
    I64, i64, Int, "a 64-bit integer";
    U64, u64, UInt, "a 64-bit unsigned integer";
    Year, u16, UInt, "a year";
    Bit, u64, UInt, "bits";
}

macro_rules! flags {
    ($($kind:ident, $variant:ident;)*) => {$(
        impl Field<kind::$kind> for bool {
            fn to_value(&self) -> Result<Value, ValueError> {
                Ok(Value::$variant((*self).into()))
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::$variant(0) => Ok(false),
                    Value::$variant(1) => Ok(true),
                    Value::$variant(_) => Err(range("a flag", "it is neither 0 nor 1")),
                    other => Err(unexpected("a flag (0 or 1)", &other)),
                }
            }
        }
    )*};
}

flags! {
    Flag, Int;
    UnsignedFlag, UInt;
}

macro_rules! floats {
    ($($kind:ident, $rust:ty, $variant:ident, $name:literal;)*) => {$(
        impl Field<kind::$kind> for $rust {
            fn to_value(&self) -> Result<Value, ValueError> {
                if self.is_finite() {
                    Ok(Value::$variant(*self))
                } else {
                    Err(range($name, "MySQL has no NaN and no infinity"))
                }
            }

            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::$variant(number) => Ok(number),
                    other => Err(unexpected($name, &other)),
                }
            }
        }
    )*};
}

floats! {
    F32, f32, Float, "a 32-bit float";
    F64, f64, Double, "a 64-bit float";
}

impl Field<kind::Decimal> for rust_decimal::Decimal {
    fn to_value(&self) -> Result<Value, ValueError> {
        // It has at most 29 digits, and at most 28 of them after the point.
        let scale = u8::try_from(self.scale()).unwrap_or(u8::MAX);
        Decimal::from_mantissa(self.mantissa(), scale)
            .map(Value::Decimal)
            .ok_or(ValueError::Malformed { what: "decimal number" })
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Decimal(number) => number
                .mantissa()
                .and_then(|mantissa| Self::try_from_i128_with_scale(mantissa, number.scale().into()).ok())
                .ok_or_else(|| {
                    range("a decimal of 28 digits", "it has more digits than the field's type holds")
                }),
            other => Err(unexpected("a decimal", &other)),
        }
    }
}

impl Field<kind::BigDecimal> for bigdecimal::BigDecimal {
    fn to_value(&self) -> Result<Value, ValueError> {
        let (_, scale) = self.as_bigint_and_scale();
        if self.digits() > MOST_DIGITS || scale.unsigned_abs() > MOST_DIGITS {
            return Err(range("a decimal of 65 digits", "it has more"));
        }
        Decimal::parse(&self.to_plain_string()).map(Value::Decimal)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Decimal(number) => Self::from_str(&number.to_string())
                .map_err(|_| ValueError::Malformed { what: "decimal number" }),
            other => Err(unexpected("a decimal", &other)),
        }
    }
}
