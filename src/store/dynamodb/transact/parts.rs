//! The parts of a transaction: what it does to each item.

use aws_sdk_dynamodb::types::{ConditionCheck, Delete, Put, TransactWriteItem, Update};
use migratable_core::dynamodb::{Item, item_bytes};
use migratable_core::plan::Plan;

use super::expression::{Clause, Condition, update};
use super::references::Target;
use crate::error::{Error, Kind};
use crate::store::dynamodb::attribute;
use crate::unit::size;

/// What a transaction does to one item.
#[derive(Debug)]
pub(super) struct Part<'s> {
    /// Which change of the unit it is of.
    pub(super) change: usize,
    pub(super) role: Role,
    pub(super) fate: Fate,
    pub(super) plan: &'s Plan,
    /// The item's key.
    pub(super) key: Item,
    pub(super) write: Write,
    pub(super) condition: Condition,
}

/// What the item is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Role {
    /// That of the row itself.
    Row,
    /// That of the row, under the key that it gets.
    Moved,
    /// The marker of the unique key with this name is taken, or kept. Its owners so far, and the new one.
    Take { name: String, owners: Vec<Item> },
    /// That of a row that is only counted in.
    Counted,
    /// A marker is given up. Its owner so far.
    GiveUp { owner: Item, marker: Item },
}

/// What becomes of the row whose item it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fate {
    /// It is new.
    Comes,
    /// It was there, and is still there.
    Stays,
    /// It was there.
    Goes,
    /// It isn't there.
    Absent,
    /// It is no row's item, or nobody needs to know.
    Other,
}

/// What is done to it.
#[derive(Debug)]
pub(super) enum Write {
    Put(Item),
    Update(Vec<Clause>),
    Delete,
    /// Nothing: its condition is asked.
    Check,
}

/// The parts of a transaction, each of an item of its own.
#[derive(Debug, Default)]
pub(super) struct Parts<'s>(pub(super) Vec<Part<'s>>);

impl<'s> Parts<'s> {
    /// Adds a part. A marker that one change gives up and a later one takes goes from owner to owner.
    pub(super) fn push(&mut self, part: Part<'s>, total: usize) -> Result<(), Error> {
        let same = |other: &&mut Part<'_>| other.plan.table == part.plan.table && other.key == part.key;
        let Some(earlier) = self.0.iter_mut().find(same) else {
            self.0.push(part);
            return Ok(());
        };
        match (&earlier.role, part.role) {
            (Role::GiveUp { owner, .. }, Role::Take { name, mut owners }) => {
                owners.push(owner.clone());
                earlier.condition = Condition::free(part.plan, &owners);
                earlier.change = part.change;
                earlier.role = Role::Take { name, owners };
                earlier.write = part.write;
                Ok(())
            }
            // It is taken while the other still has it.
            (Role::Take { name, .. }, Role::Take { .. } | Role::GiveUp { .. }) => {
                let error = Error::new(Kind::Duplicate { key: Some(name.clone()) });
                Err(error.of_change(earlier.change.min(part.change), total))
            }
            _ => {
                let what =
                    format!("change {} of the unit is of the same item; make them one", earlier.change + 1);
                Err(Error::argument(what).of_change(part.change, total))
            }
        }
    }

    /// The part that a change makes of an item that others point at.
    pub(super) fn of_row(&self, to: &Target) -> Option<&Part<'s>> {
        self.0.iter().find(|part| part.is_row_of(to))
    }

    /// The same, to be changed.
    pub(super) fn of_row_mut(&mut self, to: &Target) -> Option<&mut Part<'s>> {
        self.0.iter_mut().find(|part| part.is_row_of(to))
    }

    /// Whether one transaction takes them.
    pub(super) fn check_size(&self) -> Result<(), Error> {
        size::check_items(self.0.len())?;
        let bytes = |part: &Part<'_>| if let Write::Put(item) = &part.write { item_bytes(item) } else { 0 };
        size::check_bytes(self.0.iter().map(bytes).sum())
    }

    /// The parts as the SDK takes them.
    pub(super) fn to_sdk(&self) -> Result<Vec<TransactWriteItem>, Error> {
        self.0.iter().map(Part::to_sdk).collect()
    }
}

impl Part<'_> {
    fn is_row_of(&self, to: &Target) -> bool {
        matches!(self.role, Role::Row | Role::Moved) && to.is(self.plan, &self.key)
    }

    fn to_sdk(&self) -> Result<TransactWriteItem, Error> {
        let table = self.plan.table.as_ref();
        let key = || Some(attribute::to_sdk_item(self.key.clone()));
        let Condition { text, placeholders } = &self.condition;
        let (text, names, values) =
            (text.as_str(), Some(placeholders.names()), placeholders.clone().values());
        let item = TransactWriteItem::builder();
        Ok(match &self.write {
            Write::Put(whole) => {
                let put = Put::builder()
                    .table_name(table)
                    .set_item(Some(attribute::to_sdk_item(whole.clone())))
                    .condition_expression(text)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                item.put(put.build().map_err(built)?)
            }
            Write::Update(clauses) => {
                let changed = Update::builder()
                    .table_name(table)
                    .set_key(key())
                    .update_expression(update(clauses))
                    .condition_expression(text)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                item.update(changed.build().map_err(built)?)
            }
            Write::Delete => {
                let delete = Delete::builder()
                    .table_name(table)
                    .set_key(key())
                    .condition_expression(text)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                item.delete(delete.build().map_err(built)?)
            }
            Write::Check => {
                let check = ConditionCheck::builder()
                    .table_name(table)
                    .set_key(key())
                    .condition_expression(text)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values);
                item.condition_check(check.build().map_err(built)?)
            }
        }
        .build())
    }
}

fn built(error: aws_sdk_dynamodb::error::BuildError) -> Error {
    Error::plan(format!("a transaction can't be built: {error}"))
}
