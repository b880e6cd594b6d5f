//! Which rows become items, and the items that hold their unique keys.

use migratable_core::plan::{Filter, Ids, KeyAttribute, Marker, OnDelete, Reference};

use super::change::{Changes, Class};
use super::entity::Pair;
use super::named::Named;
use super::steps;
use crate::codes;

/// The table whose rows become items.
pub(super) fn root(old: &str, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.plan.root;
    if old == new {
        return;
    }
    let path = ["entities", pair.name, "rows"];
    let message = format!("`{}` is made from rows of another table", pair.name);
    let change = changes.breaks(Class::Stored, codes::ENTITY_ROWS, message).both(&path, old, new);
    changes.add(change.steps(steps::KEY));
}

/// Which of them.
pub(super) fn filter(old: Option<&Filter>, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let rule = |named: Named<'_>, filter: Option<&Filter>| {
        filter.map(|Filter { expression: _, rule, tombstones }| (named.scope().expression(rule), *tombstones))
    };
    let new = pair.new.plan.filter.as_ref();
    if rule(pair.was(), old) == rule(pair.is(), new) {
        return;
    }
    let text = |filter: Option<&Filter>| match filter {
        None => "every row".to_owned(),
        Some(Filter { expression, rule: _, tombstones }) => {
            format!("where {expression}, {} otherwise", if *tombstones { "a tombstone" } else { "nothing" })
        }
    };
    let message = format!("other rows become items of `{}`", pair.name);
    let change = changes.breaks(Class::Stored, codes::ENTITY_FILTER, message);
    let change = change.both(&["entities", pair.name, "where"], text(old), text(new));
    changes.add(change.means("items that are there are those of the older rows").steps(steps::FILTER));
}

/// The items that hold unique keys.
pub(super) fn markers(old: &[Marker], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.plan.markers;
    let path =
        |name: &'_ str| ["entities".to_owned(), pair.name.to_owned(), "unique".to_owned(), name.to_owned()];
    for marker in old {
        let Marker { name, partition, sort } = marker;
        let Some(today) = new.iter().find(|candidate| candidate.name == *name) else {
            let message = format!("no items hold the unique key `{name}` of `{}` any more", pair.name);
            let change = changes.breaks(Class::Key, codes::MARKER_REMOVED, message);
            let change = change.newer(&["entities", pair.name], "no marker of it now");
            let change = change.older(&path(name), "was here");
            changes.add(
                change
                    .means("two items may have one key, and the markers that are there still refuse writes of older releases")
                    .steps(steps::MARKER_LATER),
            );
            continue;
        };
        let (was, is) = (
            key(pair.was(), partition, sort.as_ref()),
            key(pair.is(), &today.partition, today.sort.as_ref()),
        );
        if was != is {
            let message =
                format!("the items that hold the unique key `{name}` of `{}` lie elsewhere", pair.name);
            let change = changes.breaks(Class::Key, codes::MARKER_KEY, message).both(&path(name), was, is);
            let meaning = "releases that look for them in two places both take a key that is taken";
            changes.add(change.means(meaning).steps(steps::MARKER_KEY));
        }
    }
    for marker in new.iter().filter(|marker| !old.iter().any(|known| known.name == marker.name)) {
        let name = &marker.name;
        let message = format!("items hold the unique key `{name}` of `{}`", pair.name);
        let change = changes.breaks(Class::Key, codes::MARKER_ADDED, message);
        let change = change.newer(&path(name), "new").older(&["entities", pair.name], "no marker of it yet");
        let meaning = "rows that are there have no markers, so their keys can be taken";
        changes.add(change.means(meaning).steps(steps::MARKER_FIRST));
    }
}

/// Who hands out ids.
pub(super) fn ids(old: Option<&Ids>, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = pair.new.plan.ids.as_ref();
    // How many are taken at once is nobody's matter but the process's.
    let counter = |ids: &Ids, named: Named<'_>| {
        let column = named.plan.field_name(ids.column);
        format!("`{column}`, counted in {} by `{}`", ids.table, ids.key)
    };
    let (was, is) = (old.map(|ids| counter(ids, pair.was())), new.map(|ids| counter(ids, pair.is())));
    let path = ["entities", pair.name, "ids"];
    if was == is {
        let [before, now] = [old, new].map(|ids| ids.map_or(0, |ids| ids.block));
        if before != now {
            let message = format!("ids of `{}` are taken another number at once", pair.name);
            let change = changes.keeps(Class::Code, codes::IDS, message);
            let change = change.both(&path, format!("{before} at once"), format!("{now} at once"));
            changes.add(change.means("what a process has taken and not given out is lost when it ends"));
        }
        return;
    }
    let text = |said: Option<String>| said.unwrap_or_else(|| "the application's".to_owned());
    let message = format!("new ids of `{}` come from elsewhere", pair.name);
    let change = changes.breaks(Class::Stored, codes::IDS, message);
    let change = change.both(&path, text(was), text(is));
    changes.add(change.means("two counters hand out one id twice").steps(steps::IDS));
}

/// The foreign keys that are kept.
pub(super) fn references(old: &[Reference], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    // What finds the rows is an index's matter, and what columns they have is the source's.
    let text = |reference: &Reference| {
        let Reference { name, columns: _, entity, to: _, count, on_delete } = reference;
        let does = match on_delete {
            OnDelete::Restrict => "restrict",
            OnDelete::Cascade { .. } => "cascade",
            OnDelete::SetNull { .. } => "set null",
        };
        format!("`{name}` by {entity}.{count}, on delete {does}")
    };
    let all = |references: &[Reference]| {
        let texts: Vec<String> = references.iter().map(text).collect();
        if texts.is_empty() { "none".to_owned() } else { texts.join("; ") }
    };
    let (was, is) = (all(old), all(&pair.new.plan.references));
    if was == is {
        return;
    }
    let message = format!("other foreign keys of `{}` are kept", pair.name);
    let change = changes.breaks(Class::Stored, codes::REFERENCES, message);
    let change = change.both(&["entities", pair.name, "references"], was, is);
    let meaning = "releases that don't keep a foreign key don't count what they write, and its counts are wrong from then on";
    changes.add(change.means(meaning).steps(steps::REFERENCES));
}

/// A marker's key, and how its values are written.
fn key(named: Named<'_>, partition: &KeyAttribute, sort: Option<&KeyAttribute>) -> String {
    let one =
        |key: &KeyAttribute| format!("{} {} ({})", key.name, named.key(key), named.key_form(key).join(", "));
    let keys: Vec<String> = std::iter::once(partition).chain(sort).map(one).collect();
    keys.join(", ")
}
