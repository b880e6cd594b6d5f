//! Rules about phase 5 and what is worked out of rows that point at an item: each write of such a row keeps it, by an
//! increment or by a member of a map, in its own transaction; or it may be old, and it is said how old.

use migratable_core::plan::{Aggregate, ChildRows, Collection, CollectionForm, DerivedSource, Function};

use super::ways::{are_listed_by, by_rows, is_found_by, is_whole};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, Scalar, quoted_list};
use crate::lower::Draft;
use crate::lower::derived::{Extra, ExtraKind};
use crate::lower::entity::Entity;
use crate::source::parse_names;

/// The rows that a value is worked out of, and where it says so.
fn rows<'e>(extra: &'e Extra<'_>) -> Option<(&'e DerivedSource, &'e ChildRows, &'e Scalar)> {
    let Some(ExtraKind::Derived(derived)) = &extra.kind else { return None };
    let rows = match &derived.source {
        DerivedSource::Aggregate(Aggregate { rows, .. })
        | DerivedSource::Collection(Collection { rows, .. }) => rows,
        DerivedSource::Computed { .. } | DerivedSource::Tree(_) => return None,
    };
    Some((&derived.source, rows, extra.node.rows()?))
}

/// What no write of one row can keep.
pub(super) fn not_added_up(entity: &Entity<'_>, reader: &mut Reader) {
    for extra in entity.extras.iter().filter(|extra| extra.node.stale.is_none()) {
        let Some((source, _, written)) = rows(extra) else { continue };
        let (what, instead) = match source {
            DerivedSource::Aggregate(Aggregate { function: Function::Min | Function::Max, .. }) => (
                "the next one, when the row that has it goes,",
                "list the rows in their order and take the first",
            ),
            DerivedSource::Aggregate(Aggregate { function: Function::Avg, .. }) => {
                ("an average", "carry its `sum` and its `count`, which are kept")
            }
            DerivedSource::Collection(Collection { limit: Some(_), .. }) => (
                "the row that moves up, when another one goes,",
                "list the rows in their order, a page of them",
            ),
            _ => continue,
        };
        let message = format!("without MySQL, no write of a row keeps `{}`", extra.name.text);
        reader.report(
            Diagnostic::warning(codes::NOT_ADDED_UP, message)
                .label(written.place.clone(), format!("{what} follows from no single write"))
                .help(format!("{instead}; or say how old it may be in phase 5, `stale: 1h`")),
        );
    }
}

/// A list that is all there is grows by one with each row.
pub(super) fn list_grows(entity: &Entity<'_>, reader: &mut Reader) {
    for extra in entity.extras.iter().filter(|extra| extra.node.stale.is_none()) {
        let Some((DerivedSource::Collection(collection), _, written)) = rows(extra) else { continue };
        let Collection { limit: None, form: CollectionForm::List(_) | CollectionForm::Values(_), .. } =
            collection
        else {
            continue;
        };
        let message = format!("without MySQL, two writes at once lose one element of `{}`", extra.name.text);
        reader.report(
            Diagnostic::warning(codes::LIST_GROWS, message)
                .label(written.place.clone(), "a list, written whole each time")
                .help("make it a map, of which each row writes its own member: `keyed_by: id`; or say how old it may be in phase 5, `stale: 1h`"),
        );
    }
}

/// Whoever writes a row that points at an item knows what follows for it.
pub(super) fn rows_unkept(draft: &Draft<'_>, reader: &mut Reader) {
    if !is_whole(draft) {
        return;
    }
    let entities = by_rows(draft);
    for entity in &draft.entities {
        for extra in &entity.extras {
            let Some((_, rows, written)) = rows(extra) else { continue };
            if is_embedded(draft, entity, &rows.table) {
                continue;
            }
            let child = entities.get(rows.table.as_ref()).copied();
            let Some(remedy) = lost(entity, child, extra, rows) else { continue };
            let message =
                format!("without MySQL, nothing keeps `{}` of a `{}`", extra.name.text, entity.name.text);
            reader.report(
                Diagnostic::warning(codes::ROWS_UNKEPT, message)
                    .label(written.place.clone(), "worked out of other rows")
                    .help(remedy),
            );
        }
    }
}

/// Whether rows that are no items are written with the item that carries all of them.
fn is_embedded(draft: &Draft<'_>, entity: &Entity<'_>, table: &str) -> bool {
    let dropped = draft.node.dropped.iter().flat_map(|dropped| &dropped.entries);
    let is_dropped = dropped.map(|entry| &entry.key.text).any(|name| {
        parse_names(name).is_ok_and(|names| matches!(&names[..], [name] if name.eq_ignore_ascii_case(table)))
    });
    let carries_all = |extra: &Extra<'_>| match rows(extra) {
        Some((DerivedSource::Collection(Collection { limit: None, form, .. }), rows, _)) => {
            let is_whole = matches!(form, CollectionForm::List(_) | CollectionForm::Map { .. });
            is_whole && rows.table == table && rows.filter.is_none()
        }
        _ => false,
    };
    is_dropped && entity.extras.iter().any(carries_all)
}

/// What is missing.
fn lost(
    entity: &Entity<'_>,
    child: Option<&Entity<'_>>,
    extra: &Extra<'_>,
    rows: &ChildRows,
) -> Option<String> {
    let Some(child) = child else {
        return Some(format!("make an entity of the rows of `{}`, whose writes keep it", rows.table));
    };
    if let Some(missing) = needed(rows).into_iter().find(|column| !child.carries(column)) {
        return Some(format!("let `{}` carry `{missing}`", child.name.text));
    }
    let (own, pointing): (Vec<&str>, Vec<&str>) =
        rows.on.iter().map(|(own, pointing)| (own.as_ref(), pointing.as_ref())).unzip();
    if !is_found_by(entity, &own) {
        let columns = quoted_list(&own);
        return Some(format!("give `{}` a key made of {columns} alone", entity.name.text));
    }
    let has_age = extra.node.stale.is_some();
    (has_age && !are_listed_by(child, &pointing)).then(|| {
        let (name, columns) = (&child.name.text, quoted_list(&pointing));
        format!("give `{name}` an index whose partition key is made of {columns} alone, to work it out by")
    })
}

/// The columns of the pointing rows that follow for the item.
fn needed(rows: &ChildRows) -> Vec<&str> {
    let pointing = rows.on.iter().map(|(_, pointing)| pointing.as_ref());
    let onwards = rows.joins.iter().filter(|join| join.parent == 0);
    let onwards = onwards.flat_map(|join| join.on.iter().map(|(from, _)| from.as_ref()));
    let read = rows.columns.iter().filter(|column| column.table == 0).map(|column| column.name.as_ref());
    pointing.chain(onwards).chain(read).collect()
}
