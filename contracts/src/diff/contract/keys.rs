//! The keys that items lie under.

use migratable_core::plan::KeyAttribute;

use super::change::{Changes, Class};
use super::entity::Pair;
use super::steps;
use crate::codes;

/// The DynamoDB table.
pub(super) fn table(old: &str, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.plan.table;
    if old == new {
        return;
    }
    let path = ["entities", pair.name, "table"];
    let message = format!("the items of `{}` lie in another table", pair.name);
    let change = changes.breaks(Class::Key, codes::KEY_TABLE, message).both(&path, old, new);
    changes.add(change.steps(steps::MOVE));
}

/// The table's key. What its attributes are called is the table's, and is said there.
pub(super) fn compare(
    partition: &KeyAttribute,
    sort: Option<&KeyAttribute>,
    pair: &Pair<'_>,
    changes: &mut Changes<'_>,
) {
    let new = &pair.new.plan;
    let what = format!("the partition key `{}`", new.partition.name);
    one(&what, partition, &new.partition, steps::KEY, pair, changes);
    if let (Some(old), Some(new)) = (sort, &new.sort) {
        one(&format!("the sort key `{}`", new.name), old, new, steps::KEY, pair, changes);
    }
}

/// One key attribute of the table or of an index.
pub(super) fn one(
    what: &str,
    old: &KeyAttribute,
    new: &KeyAttribute,
    steps: &'static [&'static str],
    pair: &Pair<'_>,
    changes: &mut Changes<'_>,
) {
    let (was, is) = (pair.was().key(old), pair.is().key(new));
    let path = ["entities", pair.name, "key", new.name.as_ref()];
    if was != is {
        let message = format!("{what} of `{}` is built otherwise", pair.name);
        let change = changes.breaks(Class::Key, codes::KEY_BUILT, message).both(&path, was, is);
        changes.add(change.means("items lie under keys that nobody asks any more").steps(steps));
        return;
    }
    let (was, is) = (pair.was().key_form(old), pair.is().key_form(new));
    if was != is {
        let message = format!("the values in {what} of `{}` are written otherwise", pair.name);
        let change = changes.breaks(Class::Key, codes::KEY_FORM, message);
        let change = change.both(&path, was.join(", "), is.join(", "));
        changes.add(change.means("the column's type decides how a key is written").steps(steps));
    }
}
