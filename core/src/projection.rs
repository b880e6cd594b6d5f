//! The interpreter of plans: row → item, and back. Generated code, and every mover of data, goes through here.

use thiserror::Error;

use crate::ValueError;
use crate::codec;
use crate::dynamodb::{AttributeValue, ENTITY_ATTRIBUTE, Item};
use crate::mysql::ZeroDates;
use crate::plan::{Attribute, Column, KeyAttribute, KeySource, Plan};
use crate::value::{Row, Value};

/// A row that can't become an item, or an item that can't become a row. Says where, never what: values may be secrets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{entity}.{place}")]
pub struct ProjectionError {
    /// The entity.
    pub entity: String,
    /// The attribute or key attribute.
    pub place: String,
    /// What is wrong there.
    #[source]
    pub source: ValueError,
}

/// The whole item of a row: attributes, table keys, index keys, and the entity's name.
///
/// An index key with a NULL in it is left out, so that the item is not in that index.
pub fn item(plan: &Plan, row: &[Value]) -> Result<Item, ProjectionError> {
    let mut item = key(plan, row)?;
    for attribute in plan.attributes.iter() {
        let value = attribute_value(plan, attribute, row)?;
        item.extend(value.map(|value| (attribute.name.to_string(), value)));
    }
    for attribute in plan.indexes.iter().flat_map(|index| index.partition.iter().chain(index.sort.iter())) {
        let value = key_value(plan, attribute, row)?;
        item.extend(value.map(|value| (attribute.name.to_string(), value)));
    }
    item.insert(ENTITY_ATTRIBUTE.to_owned(), AttributeValue::S(plan.entity.to_string()));
    Ok(item)
}

/// The table key attributes of a row, alone. They can't be NULL.
pub fn key(plan: &Plan, row: &[Value]) -> Result<Item, ProjectionError> {
    let mut key = Item::new();
    for attribute in std::iter::once(&plan.partition).chain(plan.sort.as_ref()) {
        let value = key_value(plan, attribute, row)?;
        let value = value.ok_or_else(|| error(plan, &attribute.name, ValueError::Null))?;
        key.insert(attribute.name.to_string(), value);
    }
    Ok(key)
}

/// One key attribute's value; `None` where a column of it is NULL.
pub fn key_value(
    plan: &Plan,
    attribute: &KeyAttribute,
    row: &[Value],
) -> Result<Option<AttributeValue>, ProjectionError> {
    if row.len() != plan.columns.len() {
        return Err(error(plan, "row", ValueError::Malformed { what: "row of this plan" }));
    }
    let value = match &attribute.source {
        KeySource::Template(template) => template
            .build(&plan.columns, row)
            .map(|key| key.map(AttributeValue::S))
            .map_err(|source| error(plan, &attribute.name, source))?,
        KeySource::Attribute(position) => attribute_value(plan, &plan.attributes[*position], row)?,
    };
    let empty = matches!(&value, Some(AttributeValue::S(text)) if text.is_empty())
        || matches!(&value, Some(AttributeValue::B(bytes)) if bytes.is_empty());
    if empty {
        let reason = "key attributes can't be empty".to_owned();
        return Err(error(plan, &attribute.name, ValueError::DynamoDb { reason }));
    }
    Ok(value)
}

/// The row an item was made of.
pub fn row(plan: &Plan, item: &Item) -> Result<Row, ProjectionError> {
    let mut row: Row = vec![Value::Null; plan.columns.len()];
    for attribute in plan.attributes.iter() {
        let column = &plan.columns[attribute.column];
        let value = codec::decode(&column.ty, attribute.ty, item.get(attribute.name.as_ref()))
            .and_then(|value| admit(column, value))
            .map_err(|source| error(plan, &attribute.name, source))?;
        row[attribute.column] = value;
    }
    Ok(row)
}

/// Whether a column takes the value: NULL only where it may be, zero dates only where the contract keeps them.
pub fn admit(column: &Column, value: Value) -> Result<Value, ValueError> {
    let zero_date = match &value {
        Value::Null if !column.nullable => return Err(ValueError::Null),
        Value::Date(date) => date.is_zero(),
        Value::DateTime(moment) | Value::Timestamp(moment) => moment.date.is_zero(),
        _ => false,
    };
    if zero_date && column.zero_dates == ZeroDates::Refuse { Err(ValueError::ZeroDate) } else { Ok(value) }
}

fn attribute_value(
    plan: &Plan,
    attribute: &Attribute,
    row: &[Value],
) -> Result<Option<AttributeValue>, ProjectionError> {
    let column = &plan.columns[attribute.column];
    admit(column, row[attribute.column].clone())
        .and_then(|value| codec::encode(&column.ty, attribute.ty, &value))
        .map_err(|source| error(plan, &attribute.name, source))
}

fn error(plan: &Plan, place: &str, source: ValueError) -> ProjectionError {
    ProjectionError { entity: plan.entity.to_string(), place: place.to_owned(), source }
}
