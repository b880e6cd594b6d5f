//! References: the foreign keys of an entity's rows that units of work keep, each by a count in what it points at.

use super::entity::Entity;
use super::key::Key;
use super::source::ForeignKey;
use crate::language::{Map, Scalar};
use crate::source::parse_names;

/// A foreign key that is kept, as far as it could be resolved.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reference<'e, 's> {
    /// The foreign key's columns, as written.
    pub(crate) name: &'s Scalar,
    /// What counts, as written.
    pub(crate) count: &'s Scalar,
    /// The foreign key.
    pub(crate) key: Option<&'e ForeignKey<'s>>,
}

impl<'s> Reference<'_, 's> {
    /// The entity that counts, and its attribute.
    pub(crate) fn counted(&self) -> Option<(&'s str, &'s str)> {
        counted(&self.count.text)
    }
}

/// The entity that counts, and its attribute: `User.order_count`.
pub(crate) fn counted(written: &str) -> Option<(&str, &str)> {
    let (entity, attribute) = written.split_once('.')?;
    (!entity.is_empty() && !attribute.is_empty()).then_some((entity, attribute))
}

impl<'s> Entity<'s> {
    /// The foreign keys that are kept.
    pub(crate) fn references(&self) -> impl Iterator<Item = Reference<'_, 's>> {
        let keys = self.root.map_or(&[][..], |root| &root.foreign_keys);
        self.node.references.iter().flat_map(Map::iter).map(move |(name, count)| {
            let columns = parse_names(&name.text).unwrap_or_default();
            let key = keys.iter().find(|key| key.facts.columns == columns);
            Reference { name, count, key }
        })
    }

    /// The attributes that carry a foreign key's columns; `None` where one is not carried as it is.
    pub(crate) fn carriers(&self, key: &ForeignKey<'_>) -> Option<Vec<usize>> {
        key.facts.columns.iter().map(|column| self.carrier(column)).collect()
    }

    /// What finds the rows with given values of some attributes, and every one of them: the table (`None`) or an index, by
    /// its position among the complete ones, whose partition key is made of them alone and that lacks no item.
    pub(crate) fn listed(&self, by: &[usize]) -> Option<Option<usize>> {
        let known = |key: &Key<'_>| {
            let made = self.key_attributes(key);
            made.is_some_and(|made| !made.is_empty() && made.iter().all(|attribute| by.contains(attribute)))
        };
        if self.partition.as_ref().is_some_and(known) {
            return Some(None);
        }
        // What `by` has of a row that is looked for is not NULL; anything else that may be keeps a row out.
        let there = |key: &Key<'_>| {
            self.key_attributes(key).is_some_and(|made| {
                made.iter().all(|attribute| {
                    let target = self.attributes[*attribute].target.as_ref();
                    by.contains(attribute) || target.is_some_and(|target| !target.nullable)
                })
            })
        };
        let finds = |index: &super::key::Index<'s>| {
            index.partition.iter().all(|(_, key)| key.as_ref().is_some_and(known)) && index.keys().all(there)
        };
        self.complete_indexes().position(finds).map(Some)
    }
}
