//! Rules about foreign keys that units of work keep: what counts the rows, and what finds them.

use migratable_core::plan::{Aggregate, DerivedSource, Function};

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{Reader, quoted_list};
use crate::lower::Draft;
use crate::lower::derived::ExtraKind;
use crate::lower::entity::Entity;
use crate::lower::names::Found;
use crate::lower::reference::Reference;
use crate::lower::source::ForeignKey;
use crate::source::Action;

/// What is wrong at a place, and what to do about it.
struct Wrong {
    place: Place,
    label: String,
    help: String,
}

fn wrong(place: &Place, label: impl Into<String>, help: impl Into<String>) -> Option<Wrong> {
    Some(Wrong { place: place.clone(), label: label.into(), help: help.into() })
}

/// A foreign key that is kept is there, its columns are carried, every row becomes an item, and what goes with the row it
/// points at can be found.
pub(super) fn key(entity: &Entity<'_>, reader: &mut Reader) {
    if !entity.whole {
        return;
    }
    for reference in entity.references() {
        let Some(Wrong { place, label, help }) = unkept(entity, &reference) else { continue };
        let message = format!("`{}` can't keep the foreign key `{}`", entity.name.text, reference.name.text);
        let mut finding = Diagnostic::error(codes::REFERENCE_KEY, message).label(place.clone(), label);
        if place != reference.name.place {
            finding = finding.label(reference.name.place.clone(), "kept here");
        }
        reader.report(finding.help(help));
    }
}

fn unkept(entity: &Entity<'_>, reference: &Reference<'_, '_>) -> Option<Wrong> {
    let root = entity.root?;
    let Some(key) = reference.key else {
        let keys: Vec<&str> = root.foreign_keys.iter().map(|key| key.key.text.as_str()).collect();
        let help = match &keys[..] {
            [] => format!("remove it: `{}` has no foreign key", root.name.text),
            keys => format!("choose from {}", quoted_list(keys)),
        };
        return wrong(&reference.name.place, "no such foreign key", help);
    };
    if reference.counted().is_none() {
        return wrong(
            &reference.count.place,
            "no attribute of an entity",
            "write what counts these rows, as in `User.order_count`",
        );
    }
    if let Some(filter) = &entity.node.r#where {
        return wrong(
            &filter.place,
            "MySQL keeps the key of the other rows, too",
            "make every row an item; or drop the foreign key, with what is done instead",
        );
    }
    let Some(by) = entity.carriers(key) else {
        let missing = key.facts.columns.iter().find(|column| entity.carrier(column).is_none())?;
        let help = format!("add an attribute with the path `{missing}`");
        return wrong(&reference.name.place, format!("no attribute carries `{missing}`"), help);
    };
    match key.facts.on_delete {
        Action::Cascade | Action::SetNull if entity.listed(&by).is_none() => {
            let columns: Vec<&str> = key.facts.columns.iter().map(String::as_str).collect();
            wrong(
                &reference.name.place,
                "no key finds these rows",
                format!(
                    "what goes with another row has to be found by it: give the table `{}` an index that holds every `{}` \
                     and whose partition key is made of {} alone",
                    entity.node.table.text,
                    entity.name.text,
                    quoted_list(&columns)
                ),
            )
        }
        Action::SetDefault => wrong(
            &key.target.place,
            "InnoDB refuses it",
            "write what the foreign key does, or drop it with a reason",
        ),
        _ => None,
    }
}

/// A kept foreign key does nothing on update: who changes a key that rows point at is refused.
pub(super) fn on_update(entity: &Entity<'_>, reader: &mut Reader) {
    for reference in entity.references() {
        let Some(key) = reference.key.filter(|key| key.facts.on_update != Action::Restrict) else { continue };
        let message = format!(
            "`{}` of `{}` changes with what it points at, and units of work don't do it",
            reference.name.text, entity.name.text
        );
        reader.report(
            Diagnostic::warning(codes::REFERENCE_ON_UPDATE, message)
                .label(reference.name.place.clone(), "kept here")
                .label(key.target.place.clone(), "does something on update")
                .help(
                    "in DynamoDB, a key that rows point at can't be changed; take `on update` away in MySQL, or allow this \
                     if no such key ever changes",
                ),
        );
    }
}

/// What keeps a foreign key is the count of all its rows, in the entity it points at, found by what the key holds.
pub(super) fn count(draft: &Draft<'_>, reader: &mut Reader) {
    if !draft.whole {
        return;
    }
    for entity in &draft.entities {
        for reference in entity.references() {
            let Some((key, (parent, attribute))) = reference.key.zip(reference.counted()) else { continue };
            // A key that points nowhere is a finding of its own.
            let Found::Yes(to) = draft.source.table(&key.facts.table) else { continue };
            if !key.facts.references.iter().all(|column| matches!(to.column(column), Found::Yes(_))) {
                continue;
            }
            let Some(Wrong { place, label, help }) =
                miscounted(draft, entity, &reference, key, parent, attribute)
            else {
                continue;
            };
            let message = format!(
                "`{}` doesn't keep the foreign key `{}` of `{}`",
                reference.count.text, reference.name.text, entity.name.text
            );
            let mut finding = Diagnostic::error(codes::REFERENCE_COUNT, message).label(place.clone(), label);
            if place != reference.count.place {
                finding = finding.label(reference.count.place.clone(), "kept by it");
            }
            reader.report(finding.help(help));
        }
    }
}

fn miscounted(
    draft: &Draft<'_>,
    entity: &Entity<'_>,
    reference: &Reference<'_, '_>,
    key: &ForeignKey<'_>,
    parent: &str,
    attribute: &str,
) -> Option<Wrong> {
    let here = &reference.count.place;
    let Some(parent) = draft.entities.iter().find(|entity| entity.name.text == parent) else {
        let of = draft.entities.iter().find(|entity| entity.node.rows.text == key.facts.table);
        let help = match of {
            Some(of) => format!("write `{}` and its attribute that counts these rows", of.name.text),
            None => format!("no entity has the rows of `{}`; drop the foreign key", key.facts.table),
        };
        return wrong(here, format!("no entity is called `{parent}`"), help);
    };
    if parent.node.rows.text != key.facts.table {
        let help = format!("name an attribute of the entity that has the rows of `{}`", key.facts.table);
        return wrong(here, format!("its rows are those of `{}`", parent.node.rows.text), help);
    }
    if let Some(filter) = &parent.node.r#where {
        return wrong(
            &filter.place,
            "a row that is no item counts nothing",
            "make every row an item; or drop the foreign key, with what is done instead",
        );
    }
    let written = format!("{}.{}", entity.node.rows.text, reference.name.text);
    let counts = parent.extra(attribute).and_then(|extra| match &extra.kind {
        Some(ExtraKind::Derived(derived)) => Some((extra.name, derived)),
        _ => None,
    });
    let Some((name, derived)) = counts else {
        let help = format!("add it to `{}`: `{attribute}: {{ count: {written} }}`", parent.name.text);
        return wrong(here, "no count", help);
    };
    let whole = match &derived.source {
        DerivedSource::Aggregate(Aggregate { function: Function::Count, rows, .. }) => {
            let pairs = key.facts.references.iter().zip(&key.facts.columns);
            let on = |(to, from): (&String, &String)| {
                rows.on.iter().any(|(one, other)| one == to && other == from)
            };
            rows.table == entity.node.rows.text
                && rows.filter.is_none()
                && rows.on.len() == key.facts.columns.len()
                && pairs.into_iter().all(on)
        }
        _ => false,
    };
    if !whole {
        let help = format!("count all rows of the foreign key and no others: `{{ count: {written} }}`");
        return wrong(&name.place, "counts something else", help);
    }
    for key_of_table in parent.table_keys() {
        let made = parent.key_attributes(key_of_table).unwrap_or_default();
        let held = |attribute: &usize| {
            let column = parent.attributes[*attribute].root_column();
            column.is_some_and(|column| key.facts.references.iter().any(|to| to == column))
        };
        if !made.iter().all(held) {
            let to: Vec<&str> = key.facts.references.iter().map(String::as_str).collect();
            return wrong(
                &parent.key_place(key_of_table),
                "made of more than the foreign key points at",
                format!("build the key of `{}` from {} alone", parent.name.text, quoted_list(&to)),
            );
        }
    }
    None
}
