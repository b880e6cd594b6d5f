//! What the derive implements for a struct, and the check every write passes first.

use migratable_core::ValueError;
use migratable_core::check::{Draft, ValidRow};
pub use migratable_core::check::{Failure, FailureKind, Invalid, KeyRole};
use migratable_core::dynamodb::Item;
use migratable_core::plan::Plan;
use migratable_core::projection::{Projected, ProjectionError};
use migratable_core::value::Row;

use crate::error::Error;
use crate::field::FieldError;
use crate::store::row_of_item;
use crate::view::View;

/// One kind of item, as a struct. `#[derive(Migratable)]` implements it; nothing else should.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no entity of a contract",
    label = "no entity",
    note = "`#[derive(Migratable)]` makes a struct one, unless it says `subset`"
)]
pub trait Entity: Sized + Send + Sync + 'static {
    /// Changes with anything that is derived from the entity.
    #[doc(hidden)]
    const FINGERPRINT: u64;

    /// The entity's columns, by the names of their fields.
    type Columns: 'static;

    /// Its columns.
    #[doc(hidden)]
    const COLUMNS: Self::Columns;

    /// How rows of this entity become items.
    fn plan() -> &'static Plan;

    /// The entity's fields as values, each with what keeps it from being one: a value for each of the plan's columns.
    fn draft(&self) -> Draft;

    /// The entity as a row.
    ///
    /// # Errors
    /// The first field that holds a value without an exact form in MySQL.
    fn to_row(&self) -> Result<Row, FieldError> {
        let draft = self.draft();
        match draft.failure() {
            Some((column, error)) => {
                let field = Self::plan().field_name(*column).to_owned();
                Err(FieldError::new(field, error.clone()))
            }
            None => Ok(draft.into_values()),
        }
    }

    /// The entity of a row.
    ///
    /// # Errors
    /// A value is of another kind than its field, or the field's type can't hold it exactly.
    fn from_row(row: Row) -> Result<Self, FieldError>;

    /// Checks the entity against the contract. Every write does this first, once.
    ///
    /// | what | limit | path of the failure |
    /// | --- | --- | --- |
    /// | every field | its column's type: integer ranges, digits of DECIMAL, characters and bytes of text, its character set, members of ENUM and SET, dates and times; NOT NULL; the policy for zero dates | `email`, `tags[2]` |
    /// | every attribute | what DynamoDB's type holds | `ratio` |
    /// | every CHECK of the table that has an exact answer here (the struct's documentation lists them) | not FALSE | `check NAME` |
    /// | every key attribute of the table and its indexes | not empty; 2048 bytes of a partition key, 1024 of a sort key; text that its collation folds | `key PK` |
    /// | the item | 409,600 bytes | `item` |
    ///
    /// What MySQL would have clamped, cut or rounded is an error that says so.
    ///
    /// # Errors
    /// All failures. A CHECK is judged where the fields it reads are right, keys and the item's size where every field is.
    fn validate(&self) -> Result<(), Invalid> {
        entity_row(self).map(drop)
    }

    /// The item DynamoDB holds for this entity: attributes, table keys and index keys.
    ///
    /// # Errors
    /// The entity is not valid ([`Error::is_invalid`]), or DynamoDB can't hold a value.
    fn to_item(&self) -> Result<Item, Error> {
        written(self, |row| Projected::new(row)?.into_item())
    }

    /// The entity of an item.
    ///
    /// # Errors
    /// The item is of another entity, or an attribute can't be read by the contract ([`Error::is_unreadable`]).
    fn from_item(item: &Item) -> Result<Self, Error> {
        read(|plan| row_of_item(plan, item))
    }
}

/// Checks an entity and makes its item.
pub(crate) fn written<E: Entity, I>(
    entity: &E,
    item: impl FnOnce(ValidRow<'static>) -> Result<I, ProjectionError>,
) -> Result<I, Error> {
    let plan = E::plan();
    entity_row(entity)
        .map_err(Error::invalid)
        .and_then(|row| item(row).map_err(|error| Error::unfit(&error.place, error.source)))
        .map_err(|error| error.during("build an item of", plan))
}

/// Reads a row of an item as an entity, or as a part of one.
pub(crate) fn read<V: View>(row: impl FnOnce(&'static Plan) -> Result<Row, Error>) -> Result<V, Error> {
    let plan = V::Entity::plan();
    row(plan)
        .and_then(|row| V::of_row(row).map_err(|error| Error::unreadable(&error.field, error.source)))
        .map_err(|error| error.during("read an item of", plan))
}

/// The row of an entity, checked.
pub(crate) fn entity_row<E: Entity>(entity: &E) -> Result<ValidRow<'static>, Invalid> {
    ValidRow::new(E::plan(), entity.draft())
}

/// The error for a row that isn't one of the plan's.
pub(crate) fn columns_error(expected: usize) -> ValueError {
    ValueError::Kind { expected: format!("{expected} values"), found: "another number of values" }
}

#[cfg(test)]
mod tests;
