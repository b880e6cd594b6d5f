//! Rows by an item's key.

use super::{Statement, placeholder_of, qualified, statement};
use crate::dynamodb::Item;
use crate::key::read_given;
use crate::plan::{Column, Inverse, Plan};
use crate::projection::ProjectionError;
use crate::value::Value;

/// The rows that may have this item key (or marker key): all columns that the key gives back are the row's.
/// [`Inverse::having`] says which have it.
///
/// A folded text is compared by the column's collation, which is what an index of it is sorted by. A text that stands in the
/// key as it is, is compared by the collation for the index, and by its bytes.
///
/// # Errors
/// It is no key of the plan.
pub fn by_item_key(plan: &Plan, inverse: &Inverse, key: &Item) -> Result<Statement, ProjectionError> {
    let values = read_given(plan, &inverse.keys, key)?;
    let mut conditions = Vec::with_capacity(values.len());
    let mut binds = Vec::with_capacity(values.len());
    for (position, value) in values {
        let Some(column) = plan.columns.get(position) else { continue };
        let name = qualified(column);
        conditions.push(format!("{name} = {}", placeholder_of(&value)));
        let exact = inverse.given.iter().any(|given| given.column == position && given.exact);
        if exact && spelled(column, &value) {
            conditions.push(format!("CAST(CONVERT({name} USING utf8mb4) AS BINARY) = CAST(? AS BINARY)"));
            binds.push(value.clone());
        }
        binds.push(value);
    }
    Ok(Statement { sql: statement(plan, &conditions, &[], ""), binds })
}

/// Whether several texts are equal to this value.
fn spelled(column: &Column, value: &Value) -> bool {
    matches!(value, Value::Text(_)) && column.ty.collation().is_some_and(|collation| !collation.is_binary())
}
