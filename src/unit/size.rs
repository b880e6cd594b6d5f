//! What one transaction of DynamoDB takes: each item once, and so much. It is the limit of both stores: a unit that only MySQL takes would fail on the
//! day on which DynamoDB answers.

use migratable_core::dynamodb::item_bytes;
use migratable_core::projection;

use super::{Action, Step};
use crate::error::Error;

/// Most changes that a unit of work may have: as many items as one transaction of DynamoDB writes (Amazon DynamoDB Developer
/// Guide, "Quotas": 100 unique items). Markers of unique keys are items, too.
pub const MAX_CHANGES: usize = 100;

/// Most bytes of the items of one transaction (the same: 4 MB).
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Rows that can't have more bytes together, however large they are: an item has at most 400 KB.
const SURELY_SMALL: usize = 10;

/// Refuses what neither store does whatever it holds: two changes of one item, and what is too large. The rest shows once
/// DynamoDB's items are known.
pub(crate) fn check(steps: &[&Step<'_>]) -> Result<(), Error> {
    let total = steps.len();
    for (position, step) in steps.iter().enumerate() {
        let same = |other: &&Step<'_>| other.plan.table == step.plan.table && other.item == step.item;
        if let Some(other) = steps[..position].iter().position(same) {
            return Err(same_item(other).during(step.operation, step.plan).of_change(position, total));
        }
    }
    check_changes(total)?;
    let rows = || {
        steps.iter().filter_map(|step| match &step.action {
            Action::Insert(row) | Action::Put(row) => Some((step.plan, row)),
            _ => None,
        })
    };
    let most: usize = rows().map(|(plan, _)| plan.markers.len()).sum();
    if total + most > MAX_CHANGES {
        let markers =
            rows().map(|(plan, row)| projection::markers(plan, row.values()).map_or(0, |found| found.len()));
        check_items(total + markers.sum::<usize>())?;
    }
    if rows().count() > SURELY_SMALL {
        let bytes = rows()
            .map(|(plan, row)| projection::item(plan, row.values()).map_or(0, |item| item_bytes(&item)));
        check_bytes(bytes.sum())?;
    }
    Ok(())
}

/// The error for a change of an item that another change is of.
pub(crate) fn same_item(other: usize) -> Error {
    Error::argument(format!("change {} of the unit is of the same item; make them one", other + 1))
}

/// Refuses too many changes.
pub(crate) fn check_changes(total: usize) -> Result<(), Error> {
    if total <= MAX_CHANGES {
        return Ok(());
    }
    Err(Error::too_large(format!("it has {total} changes, and can have {MAX_CHANGES}")))
}

/// Refuses too many items.
pub(crate) fn check_items(items: usize) -> Result<(), Error> {
    if items <= MAX_CHANGES {
        return Ok(());
    }
    Err(Error::too_large(format!(
        "with the markers of unique keys, and with what foreign keys lead to, it writes {items} items, and can write {MAX_CHANGES}"
    )))
}

/// The error for a change that takes too many rows along.
#[cfg(feature = "dynamodb")]
pub(crate) fn with_what_follows(rows: usize) -> Error {
    Error::too_large(format!(
        "with the rows that go with another one it changes {rows} rows or more, and can change {MAX_CHANGES}"
    ))
}

/// Refuses too many bytes.
pub(crate) fn check_bytes(bytes: u64) -> Result<(), Error> {
    if bytes <= MAX_BYTES {
        return Ok(());
    }
    Err(Error::too_large(format!("its items have {bytes} bytes, and can have {MAX_BYTES}")))
}
