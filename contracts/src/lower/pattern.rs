//! Access patterns: what the caller gives, which key answers, and in what order.

use migratable_core::plan::PatternKind;

use super::PatternEntry;
use super::entity::Entity;
use super::key::Key;
use super::names::unknown;
use super::words;
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{self, AttributeName, PatternName, Reader, Scalar};

/// Items in a page where neither the contract nor the caller says.
const DEFAULT_PAGE: u32 = 20;

/// An access pattern with its names resolved.
#[derive(Debug)]
pub(crate) struct Pattern<'s> {
    /// Its name.
    pub(crate) name: &'s PatternName,
    /// Its node.
    pub(crate) node: &'s language::Pattern,
    /// How many answers it may have.
    pub(crate) kind: PatternKind,
    /// The attributes the caller gives, as written and by position.
    pub(crate) by: Vec<(&'s Scalar, usize)>,
    /// Where `get` or `list` gives them.
    pub(crate) by_place: Place,
    /// The index asked, as a position in the entity's; `None` is the table.
    pub(crate) index: Option<usize>,
}

/// What a pattern asks of the key that answers it. Positions are of attributes.
#[derive(Debug, PartialEq)]
pub(crate) struct Question {
    /// What the partition key is made from.
    pub(crate) partition: Vec<usize>,
    /// What the sort key is made from.
    pub(crate) sort: Vec<usize>,
    /// The leading part of `sort` the caller gives.
    pub(crate) leading: usize,
    /// The rest of `sort`: what orders the answers.
    pub(crate) order: Vec<usize>,
    /// What the keys hold only in part: a month of a moment, a shard.
    pub(crate) partial: Vec<usize>,
    /// What the partition key has nothing but a shard of: where it isn't given, all shards are asked.
    pub(crate) scattered: Vec<usize>,
}

impl<'s> Entity<'s> {
    /// The keys a pattern asks: partition, and sort. `None` where the entity lacks one.
    pub(crate) fn asked_keys(&self, pattern: &Pattern<'_>) -> Option<(Vec<&Key<'s>>, Vec<&Key<'s>>)> {
        match pattern.index {
            None => Some((vec![self.partition.as_ref()?], self.sort.iter().collect())),
            Some(index) => {
                let index = &self.indexes[index];
                if !index.is_complete() {
                    return None;
                }
                Some((
                    index.partition.iter().filter_map(|(_, key)| key.as_ref()).collect(),
                    index.sort.iter().filter_map(|(_, key)| key.as_ref()).collect(),
                ))
            }
        }
    }

    /// What a pattern asks; `None` where the entity lacks a key of its index, or a key could not be resolved.
    pub(crate) fn question(&self, pattern: &Pattern<'_>) -> Option<Question> {
        let (partition, sort) = self.asked_keys(pattern)?;
        let attributes = |keys: &[&Key<'_>]| -> Option<Vec<usize>> {
            let attributes: Option<Vec<_>> = keys.iter().map(|key| self.key_attributes(key)).collect();
            Some(attributes?.concat())
        };
        let elsewhere: Vec<usize> = partition.iter().flat_map(|key| self.told_apart(key)).collect();
        let mut scattered: Vec<usize> = partition.iter().flat_map(|key| self.scattered(key)).collect();
        scattered.retain(|attribute| !elsewhere.contains(attribute));
        let whole: Vec<usize> = partition.iter().chain(&sort).flat_map(|key| self.told_apart(key)).collect();
        let (partition, sort) = (attributes(&partition)?, attributes(&sort)?);
        let partial = |attribute: &&usize| !whole.contains(attribute);
        let partial = partition.iter().chain(&sort).filter(partial).copied().collect();
        let given = |attribute: &usize| pattern.by.iter().any(|(_, by)| by == attribute);
        let leading = sort.iter().take_while(|attribute| given(attribute)).count();
        let mut order = Vec::new();
        for attribute in &sort[leading..] {
            if !given(attribute) && !order.contains(attribute) {
                order.push(*attribute);
            }
        }
        Some(Question { partition, sort, leading, order, partial, scattered })
    }
}

/// Resolves an entity's patterns. One that can't be resolved is left out, after its finding.
pub(crate) fn lower<'s>(entity: &mut Entity<'s>, entries: &[&'s PatternEntry], reader: &mut Reader) {
    for entry in entries {
        let Some(node) = &entry.value else { continue };
        words::of_pattern(node, &entry.key.scalar, reader);
        if let Some(pattern) = lower_one(&entry.key, node, entity, reader) {
            entity.patterns.push(pattern);
        }
    }
}

fn lower_one<'s>(
    name: &'s PatternName,
    node: &'s language::Pattern,
    entity: &Entity<'s>,
    reader: &mut Reader,
) -> Option<Pattern<'s>> {
    // One that isn't served asks nothing. Without any of the three, or with two, it has been reported already.
    let (given, kind) = match (&node.get, &node.list) {
        (Some(given), None) => (given, PatternKind::Get),
        (None, Some(given)) => {
            (given, PatternKind::List { page: node.page.map_or(DEFAULT_PAGE, |page| page.0) })
        }
        _ => return None,
    };
    let index = match &node.index {
        Some(index) => find_index(index, entity, reader).map(Some),
        None => Some(None),
    };
    let by = attributes(&given.items, entity, reader);
    Some(Pattern { name, node, kind, by: by?, by_place: given.place.clone(), index: index? })
}

fn find_index(name: &Scalar, entity: &Entity<'_>, reader: &mut Reader) -> Option<usize> {
    let (table_name, table) = entity.table?;
    let found = entity.indexes.iter().position(|index| index.name.text == name.text);
    let broken =
        table.indexes.iter().flat_map(|indexes| &indexes.entries).any(|entry| entry.key.text == name.text);
    if found.is_none() && !broken {
        let what = format!("an index of `{}`", table_name.text);
        let names = entity.indexes.iter().map(|index| index.name.text.as_str());
        reader.report(unknown(codes::UNKNOWN_INDEX, &name.text, name.place.clone(), &what, names));
    }
    found
}

fn attributes<'s>(
    names: &'s [AttributeName],
    entity: &Entity<'_>,
    reader: &mut Reader,
) -> Option<Vec<(&'s Scalar, usize)>> {
    let mut found: Vec<(&Scalar, usize)> = Vec::with_capacity(names.len());
    let mut whole = true;
    for name in names {
        let Some(attribute) = entity.attribute(&name.text) else {
            if let Some(extra) = entity.extra(&name.text) {
                reader.report(
                    Diagnostic::error(codes::DERIVED_KEY, format!("`{}` can't be asked by", name.text))
                        .label(name.place.clone(), "worked out, not carried as it is")
                        .label(extra.name.place.clone(), "here")
                        .help("ask by columns that are attributes as they are"),
                );
                whole = false;
                continue;
            }
            let what = format!("an attribute of `{}`", entity.name.text);
            let names = entity.attributes.iter().map(|attribute| attribute.name.text.as_str());
            reader.report(unknown(codes::UNKNOWN_ATTRIBUTE, &name.text, name.place.clone(), &what, names));
            whole = false;
            continue;
        };
        if let Some((first, _)) = found.iter().find(|(_, other)| *other == attribute) {
            reader.report(
                Diagnostic::error(codes::REPEATED, format!("`{}` is given twice", name.text))
                    .label(name.place.clone(), "again")
                    .label(first.place.clone(), "first here")
                    .help("keep one of them"),
            );
            whole = false;
        }
        found.push((&name.scalar, attribute));
    }
    whole.then_some(found)
}
