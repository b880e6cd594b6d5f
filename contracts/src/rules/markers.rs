//! Rules about markers, the items that hold unique keys. What they have in common with entities is reported by the rules of
//! [`sharing`](super::sharing), one code each.

use super::sharing::{Start, is_natural, start, start_of};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{Reader, Scalar, quoted_list};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::key::{Key, Template};
use crate::lower::marker::Marker;

/// Two rows have one marker exactly where MySQL holds their values of the unique key equal.
pub(super) fn columns(entity: &Entity<'_>, reader: &mut Reader) {
    for marker in entity.markers.iter().filter(|_| entity.whole) {
        let Some(columns) = &marker.columns else {
            reader.report(
                Diagnostic::error(
                    codes::MARKER_COLUMNS,
                    format!("`{}` is not over whole columns", marker.name.text),
                )
                .label(marker.name.place.clone(), "no marker can hold it")
                .help(format!(
                    "remove it, and write `unique {}: why` in `dropped`: only MySQL works out the start of a value, or an expression",
                    marker.name.text
                )),
            );
            continue;
        };
        let made_of = made_of(entity, marker);
        let whole: Vec<&str> = made_of.iter().filter(|(_, whole)| *whole).map(|(name, _)| *name).collect();
        let missing: Vec<&str> = columns.iter().copied().filter(|column| !whole.contains(column)).collect();
        let others = made_of.iter().map(|(name, _)| *name).filter(|name| !columns.contains(name));
        let others: Vec<&str> = others.collect();
        let (message, label) = if !missing.is_empty() {
            let message = format!("`{}` is held without {}", marker.name.text, quoted_list(&missing));
            (message, "rows that MySQL tells apart would have one marker")
        } else if !others.is_empty() {
            let message = format!("`{}` is held with {}", marker.name.text, quoted_list(&others));
            (message, "rows that MySQL holds equal would have markers of their own")
        } else {
            continue;
        };
        reader.report(
            Diagnostic::error(codes::MARKER_COLUMNS, message).label(marker.name.place.clone(), label).help(
                format!(
                    "build it from {}, all of it and nothing else, in full or folded",
                    quoted_list(columns)
                ),
            ),
        );
    }
}

/// The columns a marker's key is made of, and whether it has each in full. A value of another table's row is called by its
/// path.
fn made_of<'e>(entity: &'e Entity<'_>, marker: &'e Marker<'_>) -> Vec<(&'e str, bool)> {
    let variables = marker.templates().flat_map(|template| template.variables());
    let value = variables.map(|variable| {
        let column = variable.attribute.and_then(|attribute| entity.attributes[attribute].root_column());
        (column.unwrap_or(&variable.path), variable.form.tells_apart())
    });
    value.collect()
}

/// Every marker, its entity, and an entity of the same table: its own, too.
fn markers_and_entities<'d, 's>(
    draft: &'d Draft<'s>,
) -> impl Iterator<Item = (&'d Entity<'s>, &'d Marker<'s>, &'d Entity<'s>)> {
    all_markers(draft).flat_map(|(owner, marker)| {
        let same = draft.entities.iter().filter(|entity| entity.node.table.text == owner.node.table.text);
        same.map(move |entity| (owner, marker, entity))
    })
}

fn all_markers<'d, 's>(draft: &'d Draft<'s>) -> impl Iterator<Item = (&'d Entity<'s>, &'d Marker<'s>)> {
    draft.entities.iter().flat_map(|entity| entity.markers.iter().map(move |marker| (entity, marker)))
}

/// Whether what a template builds and another start may be equal.
fn meets(template: Option<&Template<'_>>, other: Option<Start>) -> bool {
    template.and_then(start_of).zip(other).is_some_and(|(one, other)| one.may_equal(&other))
}

/// No marker takes the place of an item or of another marker.
pub(super) fn collision(draft: &Draft<'_>, reader: &mut Reader) {
    let mut report = |marker: &Marker<'_>, other: String, place: Place| {
        let message = format!("a marker of `{}` and {other} may have one key", marker.name.text);
        reader.report(
            Diagnostic::error(codes::KEY_COLLISION, message)
                .label(marker.name.place.clone(), "may be the same text")
                .label(place, "as this")
                .help("start it with text of its own, as in `UNIQUE#` …"),
        );
    };
    for (_, marker, entity) in markers_and_entities(draft).filter(|(.., entity)| !is_natural(entity)) {
        let meet = |template: Option<&Template<'_>>, key: Option<&Key<'_>>| match (template, key) {
            (Some(template), Some(key)) => meets(Some(template), start(entity, key)),
            _ => template.is_none() && key.is_none(),
        };
        let meets = meet(marker.partition.as_ref(), entity.partition.as_ref())
            && meet(marker.sort.as_ref(), entity.sort.as_ref());
        if let Some(key) = entity.partition.as_ref().filter(|_| meets) {
            report(marker, format!("a `{}`", entity.name.text), entity.key_place(key));
        }
    }
    let markers: Vec<(&Entity<'_>, &Marker<'_>)> = all_markers(draft).collect();
    for (position, (owner, marker)) in markers.iter().enumerate() {
        let before = markers[..position].iter();
        for (_, other) in before.filter(|(first, _)| first.node.table.text == owner.node.table.text) {
            let meet = |one: &Option<Template<'_>>, other: &Option<Template<'_>>| match (one, other) {
                (Some(one), Some(other)) => meets(Some(one), start_of(other)),
                (one, other) => one.is_none() && other.is_none(),
            };
            if meet(&marker.partition, &other.partition) && meet(&marker.sort, &other.sort) {
                report(marker, format!("one of `{}`", other.name.text), other.name.place.clone());
            }
        }
    }
}

/// An index of the table's own keys has markers, too.
pub(super) fn index_mixed(draft: &Draft<'_>, reader: &mut Reader) {
    for (_, marker, entity) in markers_and_entities(draft) {
        for index in entity.complete_indexes() {
            let template = |name: &str| marker.templates().find(|template| template.name.text == name);
            if index.attributes().any(|(name, _)| template(&name.text).is_none()) {
                continue;
            }
            let apart = |keys: &[(&Scalar, Option<Key<'_>>)]| {
                let mut keys =
                    keys.iter().filter_map(|(name, key)| Some((template(&name.text), key.as_ref()?)));
                keys.any(|(template, key)| !meets(template, start(entity, key)))
            };
            if apart(&index.partition) || apart(&index.sort[..index.sort.len().min(1)]) {
                continue;
            }
            let message = format!("the index `{}` mixes `{}` and markers", index.name.text, entity.name.text);
            reader.report(
                Diagnostic::error(codes::INDEX_MIXED, message)
                    .label(index.name.place.clone(), "has items of both")
                    .label(marker.name.place.clone(), "markers have the table's keys, too")
                    .help("start the marker's keys with text of its own, or give the index keys of its own"),
            );
        }
    }
}

/// Keys that are plain attributes may be equal to any marker's.
pub(super) fn natural_table(draft: &Draft<'_>, reader: &mut Reader) {
    for (_, marker, entity) in markers_and_entities(draft).filter(|(.., entity)| is_natural(entity)) {
        let message = format!(
            "`{}` and markers of `{}` share a table, and nothing tells their keys apart",
            entity.name.text, marker.name.text
        );
        reader.report(
            Diagnostic::error(codes::NATURAL_TABLE_SHARED, message)
                .label(marker.name.place.clone(), "shared here")
                .label(entity.node.table.place.clone(), "and here")
                .help(format!(
                    "build the keys of `{}` by templates that start with text of their own",
                    entity.name.text
                )),
        );
    }
}
