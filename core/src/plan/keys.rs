//! The keys of a plan, of its table and of each index: which columns they are built from, and which ranges of them both
//! stores answer alike.

use super::{AccessPattern, KeyAttribute, KeySource, PatternKind, PatternSql, Plan};
use crate::Text;
use crate::key::{Disorder, KeyFormat, KeyPart};

/// The ranges of a key that both stores answer alike. Positions are of [`Plan::columns`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranges {
    /// What the partition key is built from; a range gives all of it.
    pub partition: Vec<usize>,
    /// What else the sort key is built from, in its order: a range gives the first few, and ends for the next.
    pub sort: Vec<usize>,
    /// How many of `sort` a range gives at least: those behind sort alike in both stores and are never NULL. Less than
    /// there are.
    pub fixed: usize,
    /// Items in a page when the caller doesn't say.
    pub page: u32,
}

impl Plan {
    /// The partition key attributes of an index, or of the table.
    pub fn partition_keys(&self, index: Option<usize>) -> &[KeyAttribute] {
        match index.and_then(|index| self.indexes.get(index)) {
            Some(index) => &index.partition,
            None => std::slice::from_ref(&self.partition),
        }
    }

    /// The sort key attributes of an index, or of the table.
    pub fn sort_keys(&self, index: Option<usize>) -> &[KeyAttribute] {
        match index.and_then(|index| self.indexes.get(index)) {
            Some(index) => &index.sort,
            None => self.sort.as_slice(),
        }
    }

    /// The key attributes of an index, or of the table: partition, then sort.
    pub fn keys(&self, index: Option<usize>) -> impl Iterator<Item = &KeyAttribute> {
        self.partition_keys(index).iter().chain(self.sort_keys(index))
    }

    /// What the key of an index, or of the table, is built from, each column once.
    pub fn key_columns(&self, index: Option<usize>) -> Vec<usize> {
        self.columns_of(self.keys(index))
    }

    /// What these key attributes are built from, in order, each column once.
    pub fn columns_of<'k>(&self, keys: impl IntoIterator<Item = &'k KeyAttribute>) -> Vec<usize> {
        let mut distinct = Vec::new();
        for column in keys.into_iter().flat_map(|key| self.columns_of_key(key)) {
            if !distinct.contains(&column) {
                distinct.push(column);
            }
        }
        distinct
    }

    fn columns_of_key(&self, key: &KeyAttribute) -> Vec<usize> {
        match &key.source {
            KeySource::Attribute(position) => {
                self.attributes.get(*position).map(|attribute| attribute.column).into_iter().collect()
            }
            KeySource::Template(template) => template.columns().collect(),
        }
    }

    /// What a list gives of an index, or of the table: what its partition key is built from, but for columns of which it has
    /// nothing but a shard. A list asks all shards.
    pub fn asked_partition(&self, index: Option<usize>) -> Vec<usize> {
        let keys = self.partition_keys(index);
        let mut columns = self.columns_of(keys);
        columns.retain(|column| {
            keys.iter().any(|key| match &key.source {
                KeySource::Attribute(_) => self.columns_of_key(key).contains(column),
                KeySource::Template(template) => template.parts.iter().any(|part| {
                    part.column() == Some(*column)
                        && !matches!(part, KeyPart::Formatted { format: KeyFormat::Shard(_), .. })
                }),
            })
        });
        columns
    }

    /// How many partitions a pattern asks: one, or all shards of a value it doesn't give.
    pub fn partitions_asked(&self, pattern: &AccessPattern) -> u64 {
        let templates = self.partition_of(pattern).iter().filter_map(|key| match &key.source {
            KeySource::Template(template) => Some(template),
            KeySource::Attribute(_) => None,
        });
        let shards = templates.flat_map(|template| template.parts.iter()).filter_map(|part| match part {
            KeyPart::Formatted { column, format: KeyFormat::Shard(shards) } => {
                (!pattern.by.contains(column)).then_some(u64::from(*shards))
            }
            _ => None,
        });
        shards.fold(1, u64::saturating_mul)
    }

    /// Which ranges of a key both stores answer alike; `None` where there are none.
    ///
    /// A list of the contract has to ask the key: that it may is what says that its order tells rows apart, that every row
    /// is in the index, and that no other entity's items lie in between.
    pub fn ranges(&self, index: Option<usize>) -> Option<Ranges> {
        let page = self.patterns.iter().find_map(|pattern| match pattern.kind {
            PatternKind::List { page } if pattern.index == index => Some(page),
            _ => None,
        })?;
        let partition = self.asked_partition(index);
        let mut sort = self.columns_of(self.sort_keys(index));
        sort.retain(|column| !partition.contains(column));
        let alike = |column: &&usize| !self.columns[**column].nullable && !self.disordered(index, **column);
        let fixed = sort.len() - sort.iter().rev().take_while(alike).count();
        (fixed < sort.len()).then_some(Ranges { partition, sort, fixed, page })
    }

    /// Whether a column sorts in a sort key otherwise than in MySQL.
    fn disordered(&self, index: Option<usize>, column: usize) -> bool {
        let ty = &self.columns[column].ty;
        self.sort_keys(index).iter().any(|key| match &key.source {
            KeySource::Attribute(position) => self
                .attributes
                .get(*position)
                .filter(|attribute| attribute.column == column)
                .is_some_and(|attribute| Disorder::of_attribute(ty, attribute.ty).is_some()),
            KeySource::Template(template) => template.parts.iter().any(|part| match part {
                KeyPart::Column { column: found, fold } if *found == column => {
                    Disorder::in_template(ty, *fold).is_some()
                }
                // A stretch of values is no stretch of texts of another form.
                KeyPart::Formatted { column: found, .. } => *found == column,
                _ => false,
            }),
        })
    }

    /// The question a range of a key asks, as a list that gives the first `given` columns: those of the partition, then some
    /// of the sort columns. `None` where the stores would not answer it alike. It has no statements of its own: see
    /// [`crate::sql::range`].
    pub fn range_pattern(&self, index: Option<usize>, given: usize) -> Option<AccessPattern> {
        let ranges = self.ranges(index)?;
        let sorted = given.checked_sub(ranges.partition.len())?;
        let (fixed, order) = ranges.sort.split_at_checked(sorted).filter(|_| ranges.fixed <= sorted)?;
        let by = [&ranges.partition, fixed].concat();
        Some(AccessPattern {
            name: self.range_name(index),
            kind: PatternKind::List { page: ranges.page },
            index,
            cursor: self.cursor(&by, index, order).into(),
            by: by.into(),
            order: order.to_vec().into(),
            sql: PatternSql::NONE,
        })
    }

    /// What ranges of a key are called, where an access pattern would be named.
    pub fn range_name(&self, index: Option<usize>) -> Text {
        match index.and_then(|index| self.indexes.get(index)) {
            Some(index) => Text::Owned(format!("range of {}", index.name)),
            None => Text::Borrowed("range"),
        }
    }

    /// What a cursor of a list carries: the order's columns, then what else the keys of the table and the index need; what
    /// the caller gives is left out.
    pub fn cursor(&self, by: &[usize], index: Option<usize>, order: &[usize]) -> Vec<usize> {
        let keys = self.keys(None).chain(index.into_iter().flat_map(|index| self.keys(Some(index))));
        let mut columns = order.to_vec();
        for column in self.columns_of(keys) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns.retain(|column| !by.contains(column));
        columns
    }
}

impl PatternSql {
    /// No statements.
    const NONE: Self = Self {
        first: Text::Borrowed(""),
        after: Text::Borrowed(""),
        first_descending: Text::Borrowed(""),
        after_descending: Text::Borrowed(""),
    };
}
