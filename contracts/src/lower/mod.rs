//! Lowering: typed nodes become a draft, in which every name is the thing it names.
//!
//! A draft can have holes. What could not be resolved has been reported, and whatever depends on it stays silent, so
//! that one mistake is one finding. Rules read drafts; [`crate::compile`] turns a draft without holes into plans.

mod children;
pub(crate) mod derived;
pub(crate) mod entity;
pub(crate) mod form;
pub(crate) mod key;
pub(crate) mod marker;
pub(crate) mod names;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod reference;
pub(crate) mod relation;
pub(crate) mod rust;
pub(crate) mod source;
pub(crate) mod template;
mod words;

use std::collections::HashMap;

use entity::Entity;
use names::unknown;
use source::Source;

use crate::codes;
use crate::language::{self, MapEntry, PatternName, Reader};

/// A contract with its names resolved.
#[derive(Debug)]
pub(crate) struct Draft<'s> {
    /// The typed nodes.
    pub(crate) node: &'s language::Contract,
    /// The MySQL schema.
    pub(crate) source: &'s Source<'s>,
    /// The entities that could be read at all.
    pub(crate) entities: Vec<Entity<'s>>,
    /// Whether nothing is missing: every entity and table could be read, and every name in them resolved.
    pub(crate) whole: bool,
}

/// An access pattern's entry in the file.
pub(crate) type PatternEntry = MapEntry<PatternName, language::Pattern>;

/// Resolves a contract's entities against its source and its tables.
pub(crate) fn lower<'s>(
    node: &'s language::Contract,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Draft<'s> {
    let found_before = reader.diagnostics.len();
    words::of_contract(node, source, reader);
    let patterns = patterns_by_entity(node, reader);
    words::of_writes(node, reader);
    let none = Vec::new();
    let entities = node
        .entities
        .iter()
        .map(|(name, body)| {
            let patterns = patterns.get(name.text.as_str()).unwrap_or(&none);
            entity::lower(name, body, node, source, patterns, reader)
        })
        .collect();
    let resolved = reader.diagnostics.len() == found_before;
    let whole = resolved && node.entities.is_whole() && node.tables.is_whole() && source.is_whole();
    Draft { node, source, entities, whole }
}

/// Access patterns by the entity they ask for; those of no entity are reported.
fn patterns_by_entity<'s>(
    node: &'s language::Contract,
    reader: &mut Reader,
) -> HashMap<&'s str, Vec<&'s PatternEntry>> {
    let mut patterns: HashMap<&str, Vec<&PatternEntry>> =
        node.entities.entries.iter().map(|entry| (entry.key.text.as_str(), Vec::new())).collect();
    for entry in node.access_patterns.iter().flat_map(|patterns| &patterns.entries) {
        let entity = &entry.key.entity;
        match patterns.get_mut(entity.text.as_str()) {
            Some(patterns) => patterns.push(entry),
            None => {
                let names = node.entities.entries.iter().map(|entry| entry.key.text.as_str());
                let finding =
                    unknown(codes::UNKNOWN_ENTITY, &entity.text, entity.place.clone(), "an entity", names);
                reader.report(finding);
            }
        }
    }
    patterns
}
