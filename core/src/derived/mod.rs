//! What derived attributes and maps are made of, and how they are read back.
//!
//! | attribute | who works it out |
//! | --- | --- |
//! | computed | [`compute`], here, of the row's columns: after every SELECT, and before every write |
//! | aggregate | the server, in a scalar subquery of the SELECT |
//! | tree | the server gives the rows above, [`tree`] the way through them |
//! | collection | the server gives its rows as one text, which [`rows`] reads |

pub mod compute;
pub(crate) mod nested;
pub mod rows;
pub mod tree;

use crate::ValueError;
use crate::mysql::MySqlType;
use crate::plan::{DerivedSource, Plan, Scalar};
use crate::value::Value;

impl Plan {
    /// Works out what is computed of the columns of a row as long as [`Plan::width`]; other derived values stay.
    ///
    /// # Errors
    /// The position of the first derived attribute that can't be worked out, and why.
    pub fn complete(&self, row: &mut [Value]) -> Result<(), (usize, ValueError)> {
        for (position, derived) in self.derived.iter().enumerate() {
            if let DerivedSource::Computed { compute, scalar } = &derived.source {
                let value = compute::value(self, compute, scalar, row).map_err(|error| (position, error))?;
                if let Some(slot) = row.get_mut(self.columns.len() + position) {
                    *slot = value;
                }
            }
        }
        Ok(())
    }
}

/// What a server says of an aggregate, as a value of its type: a number comes with as many digits after the point as the
/// server happened to count with.
///
/// # Errors
/// The type doesn't hold it, or it is NULL where it can't be.
pub fn aggregated(scalar: &Scalar, value: Value) -> Result<Value, ValueError> {
    let value = match (&scalar.ty, value) {
        (_, Value::Null) if !scalar.nullable => return Err(ValueError::Null),
        (MySqlType::Decimal { scale, .. }, Value::Decimal(number)) => Value::Decimal(number.rescale(*scale)?),
        (_, value) => value,
    };
    scalar.ty.check(&value).map(|()| value)
}

/// The error for a value that isn't rows.
fn not_rows(value: &Value) -> ValueError {
    ValueError::Kind { expected: "rows of a collection".to_owned(), found: value.kind() }
}

/// Whether a value is one of a derived attribute's.
pub(crate) fn check(plan: &Plan, position: usize, value: &Value) -> Result<(), ValueError> {
    let Some(derived) = plan.derived.get(position) else {
        return Err(ValueError::Malformed { what: "row of this plan" });
    };
    match (derived.scalar(), derived.collection(), value) {
        (Some(scalar), _, Value::Null) if !scalar.nullable => Err(ValueError::Null),
        (Some(scalar), _, value) => {
            scalar.ty.check(value)?;
            crate::codec::check(scalar.attribute, value)
        }
        (_, Some(collection), Value::Rows(rows)) => {
            rows.iter().try_for_each(|row| nested::check_element(collection, row))
        }
        _ => Err(not_rows(value)),
    }
}

/// A text in the exact form the server gives it in, as a value of its type. See [`crate::sql`].
pub(crate) fn parse(ty: &MySqlType, text: &[u8]) -> Result<Value, ValueError> {
    use crate::value::{Date, DateTime, Decimal, Time};
    let malformed = || ValueError::Malformed { what: "value of its column's type" };
    if let MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } = ty {
        return Ok(Value::Bytes(text.to_vec()));
    }
    let text = std::str::from_utf8(text).map_err(|_| malformed())?;
    Ok(match ty {
        MySqlType::Int { unsigned: false, .. } => Value::Int(text.parse().map_err(|_| malformed())?),
        MySqlType::Int { unsigned: true, .. } | MySqlType::Bit { .. } | MySqlType::Year => {
            Value::UInt(text.parse().map_err(|_| malformed())?)
        }
        MySqlType::Float { .. } => {
            // The text is of the double that the FLOAT is.
            Value::Float(text.parse::<f64>().map_err(|_| malformed())? as f32)
        }
        MySqlType::Double { .. } => Value::Double(text.parse().map_err(|_| malformed())?),
        MySqlType::Decimal { scale, .. } => Value::Decimal(Decimal::parse(text)?.rescale(*scale)?),
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => Value::Text(text.to_owned()),
        MySqlType::Date => Value::Date(Date::parse(text)?),
        MySqlType::Time { .. } => Value::Time(Time::parse(text)?),
        MySqlType::DateTime { .. } => Value::DateTime(DateTime::parse(text)?),
        MySqlType::Timestamp { .. } => Value::Timestamp(DateTime::parse(text)?),
        MySqlType::Set { .. } if text.is_empty() => Value::Set(Vec::new()),
        MySqlType::Set { .. } => Value::Set(text.split(',').map(str::to_owned).collect()),
        MySqlType::Json => Value::Json(text.to_owned()),
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => {
            return Err(malformed());
        }
    })
}
