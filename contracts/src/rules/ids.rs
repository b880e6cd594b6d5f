//! Rules about ids: who counts up what MySQL counted up.

use migratable_core::mysql::MySqlType;

use super::sharing::of_table;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Ids, Map, Reader, Scalar};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::source::SourceType;

/// What an entity says of its ids: the column, and who counts it up.
pub(super) fn of<'s>(entity: &Entity<'s>) -> impl Iterator<Item = (&'s Scalar, &'s Ids)> {
    entity.node.ids.iter().flat_map(Map::iter)
}

/// Ids are handed out for a column that MySQL counts up and that an attribute carries as it is.
pub(super) fn column(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|_| entity.whole) else { return };
    for (name, _) in of(entity) {
        let counted = root.columns.iter().find(|column| column.facts.auto_increment);
        let found = root.columns.iter().find(|column| column.name.text == name.text);
        let (label, help) = match (found, counted) {
            (Some(found), _) if !found.facts.auto_increment => (
                "not AUTO_INCREMENT",
                match counted {
                    Some(counted) => format!("write `{}`, which is; or remove it", counted.name.text),
                    None => format!("remove it: nothing counts up in `{}`", root.name.text),
                },
            ),
            (Some(found), _) if !matches!(&found.facts.ty, SourceType::Known(MySqlType::Int { .. })) => {
                ("no integer", "make it one in MySQL, or remove it: ids are whole numbers".to_owned())
            }
            (Some(_), _) if entity.carrier(&name.text).is_none() => {
                ("no attribute carries it", format!("add an attribute with the path `{}`", name.text))
            }
            (Some(_), _) => continue,
            (None, Some(counted)) => {
                ("no such column", format!("write `{}`, the column that is", counted.name.text))
            }
            (None, None) => {
                ("no such column", format!("remove it: nothing counts up in `{}`", root.name.text))
            }
        };
        let message = format!("`{}` can't hand out ids for `{}`", entity.name.text, name.text);
        reader.report(
            Diagnostic::error(codes::IDS_COLUMN, message)
                .label(name.place.clone(), label)
                .label(root.name.place.clone(), "its rows are these")
                .help(help),
        );
    }
}

/// Ids are counted in a table that has nothing else: a counter's key could be an item's.
pub(super) fn table(draft: &Draft<'_>, reader: &mut Reader) {
    for (entity, name, ids) in
        draft.entities.iter().flat_map(|entity| of(entity).map(move |(name, ids)| (entity, name, ids)))
    {
        let table = &ids.table.scalar;
        let found = draft.node.tables.iter().find(|(name, _)| name.text == table.text);
        let (label, help) = match found {
            None => (
                "no such table",
                format!("add it to `tables`, as in `{}: {{ partition: counter }}`", table.text),
            ),
            Some(_) if of_table(draft, &table.text).next().is_some() => {
                ("entities are in it", "name a table of its own, with a partition key alone".to_owned())
            }
            Some((_, node)) if node.sort.is_some() || node.indexes.is_some() => (
                "has more than a partition key",
                "take its sort key and its indexes away: a counter is one item".to_owned(),
            ),
            Some(_) => continue,
        };
        let message = format!("`{}` can't count the ids of `{}`", table.text, entity.name.text);
        reader.report(
            Diagnostic::error(codes::IDS_TABLE, message)
                .label(table.place.clone(), label)
                .label(name.place.clone(), "counted there")
                .help(help),
        );
    }
}
