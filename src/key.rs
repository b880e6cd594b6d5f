//! Keys of entities as structs: to the key attributes of an item, and back.

use migratable_core::ValueError;
use migratable_core::dynamodb::Item;
use migratable_core::key::read_key;
use migratable_core::plan::Plan;
use migratable_core::projection;
use migratable_core::value::{Row, Value};

use crate::entity::{Entity, Failure, Invalid};
use crate::error::Error;
use crate::field::FieldError;
use crate::row::RowReader;

/// The key of an entity, in its table or in an index: a struct of the fields it is built from.
/// `#[derive(Migratable)]` makes one for the table and one for each index; nothing else should implement this.
///
/// Where both stores answer ranges of a key alike, its type has a function `prefix`, from which they are built: see
/// [`Prefix`](crate::Prefix).
pub trait Key: Sized {
    /// The entity it is the key of.
    type Entity: Entity;

    /// The index, as a position in the plan's; `None` is the table itself.
    #[doc(hidden)]
    const INDEX: Option<usize>;

    /// The fields as values, in the order of the plan's key columns.
    #[doc(hidden)]
    fn to_values(&self) -> Result<Row, FieldError>;

    /// The key with these values.
    #[doc(hidden)]
    fn from_values(values: &mut RowReader) -> Result<Self, FieldError>;

    /// The key attributes of the item: those of the table, or those of the index.
    ///
    /// # Errors
    /// A field holds what its column can't ([`Error::is_invalid`]), or DynamoDB can't hold it in a key.
    fn to_attributes(&self) -> Result<Item, Error> {
        let plan = Self::Entity::plan();
        let values = self.to_values().map_err(|error| Error::invalid(Invalid::new(plan, vec![error.into()])));
        let attributes = values.and_then(|values| attributes(plan, Self::INDEX, values));
        attributes.map_err(|error| error.during("build a key of", plan))
    }

    /// The key with these attributes, as [`Key::to_attributes`] gives them, or as a whole item has them among others.
    ///
    /// Text that a key has only folded comes back folded: not as it was written, but equal to it under its collation.
    ///
    /// # Errors
    /// The attributes are no key of this entity, or are absent because the item is not in the index
    /// ([`Error::is_unreadable`]).
    fn from_attributes(attributes: &Item) -> Result<Self, Error> {
        let plan = Self::Entity::plan();
        let values = read_key(plan, Self::INDEX, attributes)
            .map_err(|error| Error::unreadable(&error.place, error.source));
        let key = values.and_then(|values| {
            let key = of_values::<Self>(values);
            key.map_err(|error| Error::unreadable(&error.field, error.source))
        });
        key.map_err(|error| error.during("read a key of", plan))
    }

    /// The key of an entity; `None` where a field it is built from is NULL, so that the item is not in the index.
    ///
    /// # Errors
    /// A field holds a value that has no exact form in MySQL ([`Error::is_invalid`]).
    fn of(entity: &Self::Entity) -> Result<Option<Self>, Error> {
        let plan = Self::Entity::plan();
        let key = entity.to_row().and_then(|row| {
            let columns = plan.key_columns(Self::INDEX);
            let values: Row = columns.into_iter().filter_map(|column| row.get(column).cloned()).collect();
            if values.contains(&Value::Null) { Ok(None) } else { of_values(values).map(Some) }
        });
        key.map_err(|error| {
            Error::invalid(Invalid::new(plan, vec![error.into()])).during("build a key of", plan)
        })
    }
}

fn of_values<K: Key>(values: Row) -> Result<K, FieldError> {
    let columns = values.len();
    K::from_values(&mut RowReader::new(values, columns)?)
}

/// The error of a key's column, by its position in the key.
pub(crate) fn key_error(plan: &Plan, index: Option<usize>, position: usize, error: ValueError) -> FieldError {
    let column = plan.key_columns(index).get(position).copied();
    FieldError::new(column.map_or("?", |column| plan.field_name(column)).to_owned(), error)
}

fn attributes(plan: &Plan, index: Option<usize>, values: Row) -> Result<Item, Error> {
    let row = row(plan, index, values).map_err(Error::invalid)?;
    let mut attributes = Item::new();
    for key in plan.keys(index) {
        let value = projection::key_value(plan, key, &row);
        let value = value.map_err(|error| Error::unfit(&error.place, error.source))?;
        let value = value.ok_or_else(|| Error::unfit(&key.name, ValueError::Null))?;
        attributes.insert(key.name.to_string(), value);
    }
    Ok(attributes)
}

/// A row with the key's values, checked, and NULL elsewhere.
pub(crate) fn row(plan: &Plan, index: Option<usize>, values: Row) -> Result<Row, Invalid> {
    let mut row = vec![Value::Null; plan.width()];
    let mut failures = Vec::new();
    for (column, value) in plan.key_columns(index).into_iter().zip(values) {
        match plan.columns[column].check(&value) {
            Ok(()) => row[column] = value,
            Err(error) => failures.push(Failure::value(plan.field_name(column).to_owned(), error)),
        }
    }
    if failures.is_empty() { Ok(row) } else { Err(Invalid::new(plan, failures)) }
}

#[cfg(test)]
mod tests;
