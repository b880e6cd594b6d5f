//! What rows are read as: whole entities, and structs with some of an entity's fields.

use migratable_core::dynamodb::Item;
use migratable_core::value::Row;

use crate::entity::{Entity, read};
use crate::error::Error;
use crate::field::FieldError;
use crate::store::row_of_item;

/// A struct that an entity's rows can be read as: the entity itself, or a struct with some of its fields
/// (`#[migratable(…, subset)]`). `#[derive(Migratable)]` implements it; nothing else should.
///
/// Only reading needs it; what is written is always an [`Entity`], whole.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not read from a store",
    label = "no entity, and no subset of one",
    note = "`#[derive(Migratable)]` makes a struct an entity of a contract, with the option `subset` a part of one"
)]
pub trait View: Sized + Send + Sync + 'static {
    /// The entity whose rows these are.
    type Entity: Entity;

    /// Reads a row: a value for each column of the entity's plan.
    ///
    /// # Errors
    /// A value is of another kind than its field, or the field's type can't hold it exactly.
    fn of_row(row: Row) -> Result<Self, FieldError>;

    /// Reads an item.
    ///
    /// # Errors
    /// The item is of another entity, or an attribute can't be read by the contract ([`Error::is_unreadable`]).
    fn of_item(item: &Item) -> Result<Self, Error> {
        read(|plan| row_of_item(plan, item))
    }
}

/// A whole entity is a view of itself.
impl<E: Entity> View for E {
    type Entity = E;

    fn of_row(row: Row) -> Result<Self, FieldError> {
        E::from_row(row)
    }
}
