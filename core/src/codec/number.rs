//! Numbers as DynamoDB's N.

use super::at_scale;
use crate::ValueError;
use crate::dynamodb::MAX_DIGITS;
use crate::mysql::MySqlType;
use crate::value::{Decimal, Value};

/// Exponents of ten a DynamoDB number may have (Developer Guide: 1E-130 to 9.9999999999999999999999999999999999999E+125).
const EXPONENTS: std::ops::RangeInclusive<i32> = -130..=125;

/// Writes a value as the digits of an N, without an exponent and without needless zeros.
pub(super) fn write(ty: &MySqlType, value: &Value) -> Result<String, ValueError> {
    match value {
        Value::Int(number) => Ok(number.to_string()),
        Value::UInt(number) => Ok(number.to_string()),
        Value::Decimal(number) => {
            if number.significant_digits() > usize::from(MAX_DIGITS) {
                return Err(too_long());
            }
            Ok(number.normalized())
        }
        // `{:e}` gives the shortest digits that read back to the same number, for each width.
        Value::Float(number) => plain(&format!("{number:e}")),
        Value::Double(number) => plain(&format!("{number:e}")),
        other => Err(ty.kind_error(other)),
    }
}

/// Whether an N holds the value, which is one of its column's.
pub(super) fn check(value: &Value) -> Result<(), ValueError> {
    let magnitude = match value {
        Value::Decimal(number) if number.significant_digits() > usize::from(MAX_DIGITS) => {
            return Err(too_long());
        }
        Value::Float(number) => f64::from(number.abs()),
        Value::Double(number) => number.abs(),
        _ => return Ok(()),
    };
    // 1E-130 and the first number past 9.99E+125.
    if magnitude == 0.0 || (1e-130..1e126).contains(&magnitude) { Ok(()) } else { Err(out_of_range()) }
}

fn out_of_range() -> ValueError {
    ValueError::DynamoDb { reason: "numbers have magnitudes of 1E-130 to 9.99E+125".to_owned() }
}

fn too_long() -> ValueError {
    ValueError::DynamoDb { reason: format!("numbers have at most {MAX_DIGITS} significant digits") }
}

/// Turns `1.25e-7` into `0.000000125`.
fn plain(scientific: &str) -> Result<String, ValueError> {
    let exponent = scientific.split_once('e').and_then(|(_, exponent)| exponent.parse::<i32>().ok());
    match exponent {
        Some(exponent) if EXPONENTS.contains(&exponent) => Ok(Decimal::parse(scientific)?.normalized()),
        Some(_) => Err(out_of_range()),
        None => Err(ValueError::DynamoDb { reason: "it is not a finite number".to_owned() }),
    }
}

/// Reads the digits of an N by the column's type.
pub(super) fn read(ty: &MySqlType, digits: &str) -> Result<Value, ValueError> {
    let malformed = || ValueError::Malformed { what: "number of the column's type" };
    let value = match ty {
        MySqlType::Float { .. } => Value::Float(digits.parse().map_err(|_| malformed())?),
        MySqlType::Double { .. } => Value::Double(digits.parse().map_err(|_| malformed())?),
        MySqlType::Decimal { .. } => at_scale(ty, &Decimal::parse(digits)?)?,
        MySqlType::Int { unsigned: false, .. } => {
            Value::Int(whole(digits)?.parse().map_err(|_| malformed())?)
        }
        MySqlType::Int { unsigned: true, .. } | MySqlType::Bit { .. } | MySqlType::Year => {
            Value::UInt(whole(digits)?.parse().map_err(|_| malformed())?)
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
