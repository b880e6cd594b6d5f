//! The key types of an entity: one for its table, one for each index. The derive makes them; generated modules name them.

use migratable_core::plan::{Plan, Ranges};
use proc_macro2::Ident;

use crate::names::{self, KeyNames};

/// A key type.
pub(crate) struct KeyType {
    /// Its name.
    pub(crate) name: Ident,
    /// The name of its prefixes, if they have steps.
    pub(crate) prefix: Ident,
    /// The index, as a position in the plan's; `None` is the table.
    pub(crate) index: Option<usize>,
    /// Its fields, by the columns they carry.
    pub(crate) columns: Vec<usize>,
    /// What ranges it has.
    pub(crate) ranges: Option<Ranges>,
}

impl KeyType {
    /// Whether its prefixes go on by steps: the last column of the sort key has ranges only.
    pub(crate) fn has_steps(&self) -> bool {
        self.ranges.as_ref().is_some_and(|ranges| ranges.sort.len() > 1)
    }
}

/// The key types of an entity's struct of this name, the table's first.
pub(crate) fn all(structure: &str, plan: &Plan) -> Vec<KeyType> {
    let indexes = std::iter::once(None).chain((0..plan.indexes.len()).map(Some));
    let named = names::of_keys(structure, plan).into_iter().zip(indexes);
    named
        .map(|(KeyNames { key, prefix }, index)| KeyType {
            name: key,
            prefix,
            index,
            columns: plan.key_columns(index),
            ranges: plan.ranges(index),
        })
        .collect()
}
