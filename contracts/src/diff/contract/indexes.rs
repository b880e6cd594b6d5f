//! The indexes an entity's items are in. What an index is, its table says.

use migratable_core::plan::Index;

use super::change::{Changes, Class};
use super::entity::Pair;
use super::{keys, steps};
use crate::codes;

pub(super) fn compare(old: &[Index], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.plan.indexes;
    let table = &pair.new.plan.table;
    for index in old {
        match new.iter().find(|candidate| candidate.name == index.name) {
            Some(today) => keys(index, today, pair, changes),
            None if pair.new_index_is_there(&index.name) => {
                let message =
                    format!("the items of `{}` are no longer in the index `{}`", pair.name, index.name);
                let change = changes.breaks(Class::Projection, codes::INDEX_LEFT, message);
                let change = change.newer(&["entities", pair.name], "no key attributes of it now");
                let change =
                    change.older(&["tables", table.as_ref(), "indexes", &index.name], "they were in here");
                changes.add(change.steps(steps::INDEX_LATER));
            }
            // That it is gone is said of the table.
            None => {}
        }
    }
    let joins = |index: &&Index| !old.iter().any(|known| known.name == index.name);
    for index in new.iter().filter(joins).filter(|index| pair.old_index_is_there(&index.name)) {
        let message = format!("the items of `{}` are in the index `{}`", pair.name, index.name);
        let change = changes.breaks(Class::Projection, codes::INDEX_ENTERED, message);
        let change =
            change.newer(&["tables", table.as_ref(), "indexes", &index.name], "they are in here now");
        let change = change.older(&["entities", pair.name], "no key attributes of it");
        changes.add(
            change
                .means("items that are there lack its key attributes, so it lacks them")
                .steps(steps::INDEX_FIRST),
        );
    }
}

/// The key attributes that both have; others are another key schema, which the table says.
fn keys(old: &Index, new: &Index, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let Index { name, partition, sort } = old;
    let today: Vec<_> = new.partition.iter().chain(new.sort.iter()).collect();
    for key in partition.iter().chain(sort.iter()) {
        if let Some(today) = today.iter().find(|today| today.name == key.name) {
            let what = format!("the key `{}` of the index `{name}`", key.name);
            keys::one(&what, key, today, steps::INDEX, pair, changes);
        }
    }
}
