//! Numbers as DynamoDB's N.

use std::fmt::{self, Write as _};

use super::at_scale;
use crate::ValueError;
use crate::dynamodb::MAX_DIGITS;
use crate::mysql::MySqlType;
use crate::value::{Decimal, Value};

/// Magnitudes a DynamoDB number may have, but for zero (Developer Guide: 1E-130 to
/// 9.9999999999999999999999999999999999999E+125).
const MAGNITUDES: std::ops::Range<f64> = 1e-130..1e126;

/// Writes a value as the digits of an N, without an exponent and without needless zeros.
pub(super) fn write(ty: &MySqlType, value: &Value) -> Result<String, ValueError> {
    match value {
        Value::Int(number) => Ok(number.to_string()),
        Value::UInt(number) => Ok(number.to_string()),
        Value::Decimal(number) => {
            if number.exceeds_digits(usize::from(MAX_DIGITS)) {
                return Err(too_long());
            }
            Ok(number.normalized())
        }
        // The shortest digits that read back to the same number, for each width, and never an exponent.
        Value::Float(number) => plain(f64::from(*number), number),
        Value::Double(number) => plain(*number, number),
        other => Err(ty.kind_error(other)),
    }
}

/// Whether an N holds the value, which is one of its column's.
pub(super) fn check(value: &Value) -> Result<(), ValueError> {
    let magnitude = match value {
        Value::Decimal(number) if number.exceeds_digits(usize::from(MAX_DIGITS)) => {
            return Err(too_long());
        }
        Value::Float(number) => f64::from(number.abs()),
        Value::Double(number) => number.abs(),
        _ => return Ok(()),
    };
    if magnitude == 0.0 || MAGNITUDES.contains(&magnitude) { Ok(()) } else { Err(out_of_range()) }
}

fn out_of_range() -> ValueError {
    ValueError::DynamoDb { reason: "numbers have magnitudes of 1E-130 to 9.99E+125".to_owned() }
}

fn too_long() -> ValueError {
    ValueError::DynamoDb { reason: format!("numbers have at most {MAX_DIGITS} significant digits") }
}

/// The text of a float, if DynamoDB has numbers of its magnitude.
fn plain(number: f64, text: &impl fmt::Display) -> Result<String, ValueError> {
    if !number.is_finite() {
        return Err(ValueError::DynamoDb { reason: "it is not a finite number".to_owned() });
    }
    if number == 0.0 {
        // There is no minus zero.
        return Ok("0".to_owned());
    }
    if !MAGNITUDES.contains(&number.abs()) {
        return Err(out_of_range());
    }
    // Room for the 17 digits that most of them have at most, a sign, and a point with a zero.
    let mut digits = String::with_capacity(20);
    write!(digits, "{text}").map_err(|_| out_of_range())?;
    Ok(digits)
}

/// Reads the digits of an N by the column's type.
pub(super) fn read(ty: &MySqlType, digits: &str) -> Result<Value, ValueError> {
    let malformed = || ValueError::Malformed { what: "number of the column's type" };
    let value = match ty {
        MySqlType::Float { .. } => Value::Float(digits.parse().map_err(|_| malformed())?),
        MySqlType::Double { .. } => Value::Double(digits.parse().map_err(|_| malformed())?),
        MySqlType::Decimal { .. } => at_scale(ty, &Decimal::parse(digits)?)?,
        // Nearly always it is plain digits.
        MySqlType::Int { unsigned: false, .. } => match digits.parse() {
            Ok(number) => Value::Int(number),
            Err(_) => Value::Int(whole(digits)?.parse().map_err(|_| malformed())?),
        },
        MySqlType::Int { unsigned: true, .. } | MySqlType::Bit { .. } | MySqlType::Year => {
            match digits.parse() {
                Ok(number) => Value::UInt(number),
                Err(_) => Value::UInt(whole(digits)?.parse().map_err(|_| malformed())?),
            }
        }
        _ => return Err(ValueError::Kind { expected: ty.to_string(), found: "N" }),
    };
    ty.check(&value)?;
    Ok(value)
}

/// An integer's digits, from whatever spelling a store returns (`42`, `42.0`, `4.2E1`).
fn whole(digits: &str) -> Result<String, ValueError> {
    Ok(Decimal::parse(digits)?.rescale(0)?.to_string())
}
