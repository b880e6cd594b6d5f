//! Rows whose ids nobody knows yet: the store hands them out as the unit is done.

use std::fmt;

use migratable_core::check::ValidRow;
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{Ids, Plan};
use migratable_core::value::{Row, Value};

use super::Entry;
use super::step::{Action, Step};
use crate::error::Error;

/// What follows once a row has its id. It may be asked again, with another id, where the unit is tried again.
pub(crate) type Then<'s> = Box<dyn Fn(&Row) -> Result<Vec<Entry<'s>>, Error> + Send + Sync + 's>;

/// A row to be added with an id that the store hands out.
pub(crate) struct New<'s> {
    pub(crate) plan: &'static Plan,
    /// The row, with any id.
    pub(crate) row: ValidRow<'static>,
    pub(crate) ids: &'static Ids,
    pub(crate) then: Then<'s>,
}

impl<'s> New<'s> {
    pub(super) fn of(row: ValidRow<'static>, then: Then<'s>) -> Result<Self, Error> {
        let plan = row.plan();
        match &plan.ids {
            Some(ids) => Ok(Self { plan, row, ids, then }),
            None => Err(Error::argument(
                "the contract doesn't say who hands out its ids; say so, `ids`, or insert it with an id",
            )
            .during("insert", plan)),
        }
    }

    /// The step that adds the row with this id, and what follows it.
    pub(crate) fn with(&self, id: u64) -> Result<(Step<'static>, Vec<Entry<'s>>), Error> {
        let mut row = self.row.values().to_vec();
        let column = self.plan.columns.get(self.ids.column).zip(row.get_mut(self.ids.column));
        let Some((column, slot)) = column else { return Err(Error::plan("its ids are of no column")) };
        *slot = match &column.ty {
            MySqlType::Int { unsigned: true, .. } => Value::UInt(id),
            // What is beyond is beyond the largest of them.
            _ => Value::Int(i64::try_from(id).unwrap_or(i64::MAX)),
        };
        let row = ValidRow::new(self.plan, row);
        let row = row.map_err(|invalid| Error::invalid(invalid).during("insert", self.plan))?;
        let followers = (self.then)(&row.values().to_vec())?;
        Ok((Step::of_row("insert", row, Action::Insert)?, followers))
    }
}

impl fmt::Debug for New<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("New").field("entity", &self.plan.entity).finish_non_exhaustive()
    }
}
