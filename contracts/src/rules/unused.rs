//! Rules about what nobody asks for.

use std::collections::{HashMap, HashSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Map, Reader};
use crate::lower::Draft;
use crate::lower::entity::Entity;

/// Some access pattern asks every index: each is paid for at every write.
pub(super) fn index_unused(draft: &Draft<'_>, reader: &mut Reader) {
    let patterns = draft.node.access_patterns.as_ref();
    if !draft.whole || !patterns.is_none_or(Map::is_whole) {
        return;
    }
    let tables: HashMap<&str, &str> = draft
        .entities
        .iter()
        .map(|entity| (entity.name.text.as_str(), entity.node.table.text.as_str()))
        .collect();
    let patterns = patterns.into_iter().flat_map(Map::iter);
    let asked: HashSet<(&str, &str)> = patterns
        .filter_map(|(name, pattern)| {
            Some((*tables.get(name.entity.text.as_str())?, pattern.index.as_ref()?.text.as_str()))
        })
        .collect();
    for (table, node) in draft.node.tables.iter() {
        for (index, _) in node.indexes.iter().flat_map(|indexes| indexes.iter()) {
            let has_items = |entity: &Entity<'_>| {
                entity.node.table.text == table.text
                    && entity.complete_indexes().any(|own| own.name.text == index.text)
            };
            if asked.contains(&(table.text.as_str(), index.text.as_str()))
                || !draft.entities.iter().any(has_items)
            {
                continue;
            }
            let message = format!("no access pattern asks the index `{}`", index.text);
            reader.report(
                Diagnostic::warning(codes::INDEX_UNUSED, message)
                    .label(index.place.clone(), "written with every item, and never read")
                    .label(table.place.clone(), "of this table")
                    .help(format!("name it in an access pattern, `index: {}`, or remove it", index.text)),
            );
        }
    }
}
