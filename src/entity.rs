//! What the derive implements for a struct, and the check every write passes first.

use std::fmt;

use migratable_core::ValueError;
use migratable_core::dynamodb::Item;
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{Column, Plan};
use migratable_core::projection;
use migratable_core::value::{Row, Value};

use crate::error::Error;
use crate::field::FieldError;

/// One kind of item, as a struct. `#[derive(Migratable)]` implements it; nothing else should.
pub trait Entity: Sized + Send + Sync + 'static {
    /// How rows of this entity become items.
    fn plan() -> &'static Plan;

    /// The entity as a row: a value for each of the plan's columns.
    ///
    /// # Errors
    /// A field holds a value that has no exact form in MySQL.
    fn to_row(&self) -> Result<Row, FieldError>;

    /// The entity of a row.
    ///
    /// # Errors
    /// A value is of another kind than its field, or the field's type can't hold it exactly.
    fn from_row(row: Row) -> Result<Self, FieldError>;

    /// Checks every field against the contract: NULL, range, length, members. Every write does this first.
    ///
    /// # Errors
    /// All failures, with the fields' names.
    fn validate(&self) -> Result<(), Invalid> {
        entity_row(self).map(drop)
    }

    /// The item DynamoDB holds for this entity: attributes, table keys and index keys.
    ///
    /// # Errors
    /// The entity is not valid ([`Error::is_invalid`]), or DynamoDB can't hold a value.
    fn to_item(&self) -> Result<Item, Error> {
        let plan = Self::plan();
        let row =
            entity_row(self).map_err(|invalid| Error::invalid(invalid).during("build an item of", plan))?;
        projection::item(plan, &row)
            .map_err(|error| Error::unfit(&error.place, error.source).during("build an item of", plan))
    }

    /// The entity of an item.
    ///
    /// # Errors
    /// The item is of another entity, or an attribute can't be read by the contract ([`Error::is_unreadable`]).
    fn from_item(item: &Item) -> Result<Self, Error> {
        let plan = Self::plan();
        let row =
            crate::store::row_of_item(plan, item).map_err(|error| error.during("read an item of", plan))?;
        Self::from_row(row)
            .map_err(|error| Error::unreadable(&error.field, error.source).during("read an item of", plan))
    }
}

/// The row of an entity, checked.
pub(crate) fn entity_row<E: Entity>(entity: &E) -> Result<Row, Invalid> {
    let plan = E::plan();
    let row = entity.to_row().map_err(|error| Invalid::one(plan, &error.field, error.source))?;
    checked(plan, row)
}

/// Everything wrong with an entity. Names fields, never prints values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    entity: String,
    failures: Vec<FieldError>,
}

impl Invalid {
    /// The failure of one field.
    pub(crate) fn one(plan: &Plan, field: &str, source: ValueError) -> Self {
        Self::new(plan, vec![FieldError::new(field.to_owned(), source)])
    }

    pub(crate) fn new(plan: &Plan, failures: Vec<FieldError>) -> Self {
        Self { entity: plan.entity.to_string(), failures }
    }

    /// The entity's name.
    pub fn entity(&self) -> &str {
        &self.entity
    }

    /// The failures, in the fields' order; there is at least one.
    pub fn failures(&self) -> &[FieldError] {
        &self.failures
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, failure) in self.failures.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}`{}`: {}", failure.field, failure.source)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// Checks a row against the plan's columns and brings it into the one form a store holds: a set's members stand in
/// declaration order, whatever order they came in.
pub(crate) fn checked(plan: &Plan, row: Row) -> Result<Row, Invalid> {
    if row.len() != plan.columns.len() {
        return Err(Invalid::one(plan, "row", columns_error(plan.columns.len())));
    }
    let mut failures = Vec::new();
    let mut checked = Row::with_capacity(row.len());
    for (position, (column, mut value)) in plan.columns.iter().zip(row).enumerate() {
        order_members(&column.ty, &mut value);
        match check_value(column, value) {
            Ok(value) => checked.push(value),
            Err(error) => failures.push(FieldError::new(field_name(plan, position).to_owned(), error)),
        }
    }
    if failures.is_empty() { Ok(checked) } else { Err(Invalid::new(plan, failures)) }
}

/// The value, if the column holds it: NULL, zero dates, type.
pub(crate) fn check_value(column: &Column, value: Value) -> Result<Value, ValueError> {
    let value = projection::admit(column, value)?;
    column.ty.check(&value)?;
    Ok(value)
}

/// The name of the field that carries a column; the column's own where none does.
pub(crate) fn field_name(plan: &Plan, column: usize) -> &str {
    let attribute = plan.attributes.iter().find(|attribute| attribute.column == column);
    attribute.map_or_else(
        || plan.columns.get(column).map_or("?", |column| &column.name),
        |attribute| &attribute.name,
    )
}

/// The error for a row that isn't one of the plan's.
pub(crate) fn columns_error(expected: usize) -> ValueError {
    ValueError::Kind { expected: format!("{expected} values"), found: "another number of values" }
}

/// A set has no order of its own; MySQL holds its members in declaration order, each once.
fn order_members(ty: &MySqlType, value: &mut Value) {
    if let (MySqlType::Set { members, .. }, Value::Set(chosen)) = (ty, value) {
        let position = |text: &String| members.iter().position(|member| member == text).unwrap_or(usize::MAX);
        chosen.sort_by_key(position);
        chosen.dedup();
    }
}

#[cfg(test)]
mod tests;
