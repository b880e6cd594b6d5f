//! Rules about phase 5, in which MySQL is gone: what its joins did is done by DynamoDB.

use std::collections::HashMap;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Map, Reader, quoted_list};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::key::Key;
use crate::lower::path::Join;

/// Whether nothing is missing that could be what is looked for.
fn is_whole(draft: &Draft<'_>) -> bool {
    let tables = draft.node.tables.iter().all(|(_, table)| table.indexes.as_ref().is_none_or(Map::is_whole));
    draft.whole && tables && draft.entities.iter().all(|entity| entity.whole)
}

/// The first entity of each MySQL table's rows.
fn by_rows<'d, 's>(draft: &'d Draft<'s>) -> HashMap<&'s str, &'d Entity<'s>> {
    let mut entities = HashMap::new();
    for entity in &draft.entities {
        entities.entry(entity.node.rows.text.as_str()).or_insert(entity);
    }
    entities
}

/// Whether keys are made of this column of the entity's rows and of nothing else.
fn made_of(entity: &Entity<'_>, keys: &[&Key<'_>], columns: &[&str]) -> bool {
    let attributes: Option<Vec<Vec<usize>>> = keys.iter().map(|key| entity.key_attributes(key)).collect();
    attributes.is_some_and(|attributes| {
        let mut all = attributes.concat().into_iter().peekable();
        all.peek().is_some()
            && all.all(|attribute| {
                entity.attributes[attribute].root_column().is_some_and(|column| columns.contains(&column))
            })
    })
}

/// Whether the one item with this value is found by a key.
fn is_found_by(entity: &Entity<'_>, columns: &[&str]) -> bool {
    let table: Vec<&Key<'_>> = entity.table_keys().collect();
    made_of(entity, &table, columns)
        || entity.complete_indexes().any(|index| made_of(entity, &index.keys().collect::<Vec<_>>(), columns))
}

/// Whether all items with this value are in one partition of the table or an index.
fn are_listed_by(entity: &Entity<'_>, columns: &[&str]) -> bool {
    let table: Vec<&Key<'_>> = entity.partition.iter().collect();
    made_of(entity, &table, columns)
        || entity.complete_indexes().any(|index| {
            let partition: Vec<&Key<'_>> =
                index.partition.iter().filter_map(|(_, key)| key.as_ref()).collect();
            made_of(entity, &partition, columns)
        })
}

/// The joins from the root to a table, in that order.
fn way<'e, 's>(entity: &'e Entity<'s>, table: usize) -> Vec<&'e Join<'s>> {
    let mut way = Vec::new();
    let mut at = table;
    while let Some(join) = at.checked_sub(1).and_then(|position| entity.joins.joins.get(position)) {
        way.push(join);
        at = join.parent;
    }
    way.reverse();
    way
}

/// What stands behind a foreign key is an item that can be got.
pub(super) fn join_unreachable(draft: &Draft<'_>, reader: &mut Reader) {
    if !is_whole(draft) {
        return;
    }
    let entities = by_rows(draft);
    for entity in &draft.entities {
        for attribute in &entity.attributes {
            let Some((target, path)) = attribute.target.as_ref().zip(attribute.path()) else { continue };
            let way = way(entity, target.table);
            let taken = way.iter().skip(1).map(|join| join.from());
            let taken = taken.chain([vec![target.column.name.text.as_str()]]);
            let lost = way.iter().zip(taken).find_map(|(join, columns)| {
                let rows = &join.table.name.text;
                let Some(other) = entities.get(rows.as_str()) else {
                    return Some(format!("make an entity of the rows of `{rows}`"));
                };
                if !is_found_by(other, &join.to()) {
                    let columns = quoted_list(&join.to());
                    return Some(format!("give `{}` a key made of {columns} alone", other.name.text));
                }
                let missing = columns.into_iter().find(|column| other.carrier(column).is_none())?;
                Some(format!("let `{}` carry `{missing}`", other.name.text))
            });
            let Some(remedy) = lost else { continue };
            let message =
                format!("without MySQL, nothing finds `{}` for a `{}`", path.text, entity.name.text);
            reader.report(
                Diagnostic::warning(codes::JOIN_UNREACHABLE, message)
                    .label(path.place.clone(), "another row's value")
                    .label(target.column.text.place.clone(), "the column")
                    .help(format!("{remedy}; or let the application bring the value in phase 5")),
            );
        }
    }
}

/// Copies of another row's value are found when that row changes.
pub(super) fn holders_unlisted(draft: &Draft<'_>, reader: &mut Reader) {
    if !is_whole(draft) {
        return;
    }
    let entities = by_rows(draft);
    for entity in &draft.entities {
        for attribute in entity.attributes.iter().filter(|attribute| attribute.is_live()) {
            let Some((target, path)) = attribute.target.as_ref().zip(attribute.path()) else { continue };
            let mut holder = Some(entity);
            let lost = way(entity, target.table).into_iter().find_map(|join| {
                let found = holder.filter(|holder| !are_listed_by(holder, &join.from()));
                holder = entities.get(join.table.name.text.as_str()).copied();
                found.map(|holder| (holder, join))
            });
            let Some((holder, join)) = lost else { continue };
            let message =
                format!("without MySQL, nothing finds the copies of `{}` when it changes", path.text);
            reader.report(
                Diagnostic::warning(codes::HOLDERS_UNLISTED, message)
                    .label(path.place.clone(), "a copy of another row's value")
                    .label(target.column.text.place.clone(), "the column")
                    .help(format!(
                        "give `{}` an index whose partition key is made of {} alone; or keep what it was when the item was written, `copy: at_write`",
                        holder.name.text,
                        quoted_list(&join.from())
                    )),
            );
        }
    }
}
