//! Rules about which rows become items, and which paths they follow.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Reader;
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::names::{Found, unknown};

/// A row of the root has at most one row behind each foreign key that a path follows.
pub(super) fn join_not_unique(entity: &Entity<'_>, reader: &mut Reader) {
    for (position, join) in entity.joins.joins.iter().enumerate() {
        if !join.table.whole
            || join.table.is_unique_but_for_null(&[join.to])
            || matches!(join.table.column(join.to), Found::No)
        {
            continue;
        }
        let by = entity
            .attributes
            .iter()
            .find(|attribute| attribute.target.as_ref().is_some_and(|target| target.table == position + 1));
        let place = by.and_then(|attribute| attribute.path()).map_or(&entity.name.place, |path| &path.place);
        let message = format!("several rows of `{}` may have one `{}`", join.table.name.text, join.to);
        reader.report(
            Diagnostic::error(codes::JOIN_NOT_UNIQUE, message)
                .label(place.clone(), "which of them?")
                .label(join.table.name.place.clone(), format!("`{}` is no unique key", join.to))
                .help("follow foreign keys to primary or unique keys only"),
        );
    }
}

/// Every source table is read by an entity or dropped.
pub(super) fn source_table_unused(draft: &Draft<'_>, reader: &mut Reader) {
    let known = draft.entities.iter().all(|entity| entity.root.is_some());
    if !known || !draft.node.entities.is_whole() {
        return;
    }
    for table in &draft.source.tables {
        let name = &table.name.text;
        let read = draft.entities.iter().any(|entity| entity.node.rows.text == *name);
        let dropped = draft.node.dropped.iter().flat_map(|dropped| &dropped.entries);
        if read || dropped.into_iter().any(|entry| entry.key.text == *name) {
            continue;
        }
        reader.report(
            Diagnostic::error(codes::SOURCE_TABLE_UNUSED, format!("no entity reads the rows of `{name}`"))
                .label(table.name.place.clone(), "not accounted for")
                .help(format!(
                    "add an entity with `rows: {name}`, or `{name}: why` to the contract's `dropped`"
                )),
        );
    }
}

/// Every entry of the contract's `dropped` names a table that no entity reads.
pub(super) fn dropped_table(draft: &Draft<'_>, reader: &mut Reader) {
    for entry in draft.node.dropped.iter().flat_map(|dropped| &dropped.entries) {
        let name = &entry.key;
        if matches!(draft.source.table(&name.text), Found::No) {
            let place = name.place.clone();
            let names = draft.source.table_names();
            reader.report(unknown(codes::DROPPED_TABLE, &name.text, place, "a table of the source", names));
        } else if let Some(entity) = draft.entities.iter().find(|entity| entity.node.rows.text == name.text) {
            reader.report(
                Diagnostic::error(
                    codes::DROPPED_TABLE,
                    format!("the table `{}` is read and dropped", name.text),
                )
                .label(name.place.clone(), "dropped here")
                .label(entity.node.rows.place.clone(), "read here")
                .help("remove the entry, or the entity"),
            );
        }
    }
}

/// The rows of one table become one entity's items.
pub(super) fn rows_twice(draft: &Draft<'_>, reader: &mut Reader) {
    for (position, entity) in draft.entities.iter().enumerate() {
        let rows = &entity.node.rows;
        let first = draft.entities[..position].iter().find(|other| other.node.rows.text == rows.text);
        if let Some(first) = first {
            let message = format!("the rows of `{}` already become `{}`", rows.text, first.name.text);
            reader.report(
                Diagnostic::error(codes::ROWS_TWICE, message)
                    .label(rows.place.clone(), "a second entity of the same rows")
                    .label(first.node.rows.place.clone(), "the first one")
                    .help("make one entity of each table's rows"),
            );
        }
    }
}

/// An entity's rows have a primary key.
pub(super) fn no_primary_key(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|root| root.node.primary_key.is_none()) else { return };
    reader.report(
        Diagnostic::error(codes::NO_PRIMARY_KEY, format!("`{}` has no primary key", root.name.text))
            .label(entity.node.rows.place.clone(), "rows that nothing tells apart")
            .label(root.name.place.clone(), "no `primary_key`")
            .help("give the table a primary key in MySQL first, or drop the table"),
    );
}

/// Every primary key column is carried.
pub(super) fn primary_key_not_carried(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|_| entity.whole) else { return };
    for column in root.node.primary_key.iter().flat_map(|key| &key.items) {
        if entity.carrier(&column.text).is_some() || matches!(root.column(&column.text), Found::No) {
            continue;
        }
        let message =
            format!("`{}` doesn't carry the primary key column `{}`", entity.name.text, column.text);
        reader.report(
            Diagnostic::error(codes::PRIMARY_KEY_NOT_CARRIED, message)
                .label(column.place.clone(), "in the primary key")
                .label(entity.name.place.clone(), "has no attribute for it")
                .help(format!("add an attribute with the path `{}`", column.text)),
        );
    }
}

/// A value is carried once.
pub(super) fn carried_twice(entity: &Entity<'_>, reader: &mut Reader) {
    for (position, attribute) in entity.attributes.iter().enumerate() {
        let Some((target, path)) = attribute.target.as_ref().zip(attribute.path()) else { continue };
        let first = entity.attributes[..position].iter().find(|other| {
            other.target.as_ref().is_some_and(|other| {
                other.table == target.table && other.column.name.text == target.column.name.text
            })
        });
        if let Some(first) = first {
            let message = format!("`{}` is carried twice", path.text);
            reader.report(
                Diagnostic::error(codes::CARRIED_TWICE, message)
                    .label(attribute.name.place.clone(), "again")
                    .label(first.name.place.clone(), "first here")
                    .help("keep one of the two attributes"),
            );
        }
    }
}
