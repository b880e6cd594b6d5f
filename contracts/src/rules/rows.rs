//! Rules about which rows become items, and which paths they follow.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, quoted_list};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::names::Found;

/// A row of the root has at most one row behind each foreign key or relation that a path follows.
pub(super) fn join_not_unique(entity: &Entity<'_>, reader: &mut Reader) {
    for (position, join) in entity.joins.joins.iter().enumerate() {
        if !join.table.whole
            || join.table.is_unique_but_for_null(&join.to())
            || join.to().iter().any(|column| matches!(join.table.column(column), Found::No))
        {
            continue;
        }
        let by = entity
            .attributes
            .iter()
            .find(|attribute| attribute.target.as_ref().is_some_and(|target| target.table == position + 1));
        let place = by.and_then(|attribute| attribute.path()).map_or(&entity.name.place, |path| &path.place);
        let to = quoted_list(&join.to());
        let message = format!("several rows of `{}` may have one {to}", join.table.name.text);
        reader.report(
            Diagnostic::error(codes::JOIN_NOT_UNIQUE, message)
                .label(place.clone(), "which of them?")
                .label(join.table.name.place.clone(), format!("{to} is no unique key"))
                .help("follow foreign keys and relations to primary or unique keys only"),
        );
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

/// The primary key is made of whole columns: an item's key is, too.
pub(super) fn primary_key_part(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root else { return };
    for part in root.primary_key.iter().filter(|part| part.facts.whole().is_none()) {
        let message = format!("the primary key of `{}` holds no whole values", root.name.text);
        reader.report(
            Diagnostic::error(codes::PRIMARY_KEY_PART, message)
                .label(part.text.place.clone(), "not a whole column")
                .label(entity.node.rows.place.clone(), "items are keyed by whole values")
                .help("give the table a primary key over whole columns in MySQL first, or drop the table"),
        );
    }
}

/// Every primary key column is carried.
pub(super) fn primary_key_not_carried(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|_| entity.whole) else { return };
    for part in &root.primary_key {
        let Some(column) = part.facts.name() else { continue };
        if entity.carrier(column).is_some() || matches!(root.column(column), Found::No) {
            continue;
        }
        let message = format!("`{}` doesn't carry the primary key column `{column}`", entity.name.text);
        reader.report(
            Diagnostic::error(codes::PRIMARY_KEY_NOT_CARRIED, message)
                .label(part.text.place.clone(), "in the primary key")
                .label(entity.name.place.clone(), "has no attribute for it")
                .help(format!("add an attribute with the path `{column}`")),
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
