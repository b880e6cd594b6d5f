//! Rules about what nobody asks for.

use std::collections::{HashMap, HashSet};

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Map, Reader};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::source::Action;

/// Somebody asks for every entity, or a path leads to its rows.
pub(super) fn entity_unused(draft: &Draft<'_>, reader: &mut Reader) {
    if !draft.whole {
        return;
    }
    let patterns = draft.node.access_patterns.iter().flat_map(|patterns| &patterns.entries);
    let asked: HashSet<&str> = patterns.map(|entry| entry.key.entity.text.as_str()).collect();
    let joins = draft.entities.iter().flat_map(|entity| &entity.joins.joins);
    let joined: HashSet<&str> = joins.map(|join| join.table.name.text.as_str()).collect();
    for entity in &draft.entities {
        if asked.contains(entity.name.text.as_str()) || joined.contains(entity.node.rows.text.as_str()) {
            continue;
        }
        let message = format!("no access pattern asks for `{}`", entity.name.text);
        reader.report(
            Diagnostic::warning(codes::ENTITY_UNUSED, message)
                .label(entity.name.place.clone(), "found by its own key alone")
                .help(format!(
                    "say what the application asks, as in `{}.by_id: {{ get: […] }}`; or drop the table `{}` if nothing reads it",
                    entity.name.text, entity.node.rows.text
                )),
        );
    }
}

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
        .chain(draft.entities.iter().flat_map(listing))
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

/// The indexes that find what goes with another row: table and index.
fn listing<'e>(entity: &'e Entity<'_>) -> impl Iterator<Item = (&'e str, &'e str)> {
    entity.references().filter_map(|reference| {
        let key =
            reference.key.filter(|key| matches!(key.facts.on_delete, Action::Cascade | Action::SetNull))?;
        let index = entity.complete_indexes().nth(entity.listed(&entity.carriers(key)?)??)?;
        Some((entity.node.table.text.as_str(), index.name.text.as_str()))
    })
}

/// What isn't served here is answered by something else.
pub(super) fn no_remedy(draft: &Draft<'_>, reader: &mut Reader) {
    let patterns = draft.node.access_patterns.iter().flat_map(Map::iter);
    for (name, pattern) in patterns.filter(|(_, pattern)| pattern.remedy.is_none()) {
        let Some(reason) = &pattern.not_served else { continue };
        let message = format!("nothing is said to answer `{}`", name.scalar.text);
        reader.report(
            Diagnostic::warning(codes::NO_REMEDY, message)
                .label(reason.place.clone(), "not served")
                .help("say what answers it, as in `remedy: a search index fed from the table's stream`; or remove the pattern if nobody asks it"),
        );
    }
}
