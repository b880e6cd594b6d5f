//! What becomes of a row, or why nothing does: the same for both stores.

use migratable_core::change::{Change as Edits, Refusal};
use migratable_core::check::{Expr, ValidRow};
use migratable_core::plan::{DerivedSource, Plan};
use migratable_core::value::Row;

use crate::entity::{Failure, Invalid};
use crate::error::{Error, Kind};

/// The row after a change, whole and checked.
pub(crate) fn changed<'p>(plan: &'p Plan, edits: &Edits, row: Row) -> Result<ValidRow<'p>, Error> {
    let row = edits.apply(plan, row).map_err(|refusal| refused(plan, refusal))?;
    ValidRow::new(plan, row).map_err(Error::invalid)
}

/// The row after a change, where only the columns of the entity's own table are known: they are checked.
pub(crate) fn changed_own(plan: &Plan, edits: &Edits, row: Row) -> Result<Row, Error> {
    let computed =
        |derived: &migratable_core::plan::Derived| matches!(derived.source, DerivedSource::Computed { .. });
    if plan.joins.is_empty() && plan.derived.iter().all(computed) {
        return changed(plan, edits, row).map(ValidRow::into_row);
    }
    let mut row = edits.apply(plan, row).map_err(|refusal| refused(plan, refusal))?;
    ValidRow::check_own(plan, &mut row).map_err(Error::invalid)?;
    Ok(row)
}

/// Whether a row meets a requirement.
pub(crate) fn required(plan: &Plan, required: &Expr, row: Row) -> Result<(), Error> {
    let edits = Edits { edits: Vec::new(), condition: Some(required.clone()) };
    edits.apply(plan, row).map(drop).map_err(|refusal| refused(plan, refusal))
}

fn refused(plan: &Plan, refusal: Refusal) -> Error {
    match refusal {
        Refusal::Condition => Error::new(Kind::ConditionFailed),
        Refusal::Undecided => Error::argument(
            "whether its condition holds of this row is not known outside MySQL; ask for it in another way",
        ),
        Refusal::Column { column, error } => {
            let failure = Failure::value(plan.field_name(column).to_owned(), error);
            Error::invalid(Invalid::new(plan, vec![failure]))
        }
    }
}
