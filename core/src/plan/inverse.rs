//! The way from an item's key back to the row that has it.

use thiserror::Error;

use super::{KeyAttribute, KeySource, Marker, Plan};
use crate::Text;
use crate::dynamodb::Item;
use crate::key::KeyPart;
use crate::projection::{ProjectionError, key_value};
use crate::value::Row;

/// How a key is inverted: what it gives back, and how rows are found by that. See [`crate::sql::by_item_key`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inverse {
    /// The key's attributes.
    pub keys: Vec<KeyAttribute>,
    /// The columns it gives back, each once, in the key's order. A time by a pattern and a shard give nothing back.
    pub given: Vec<Given>,
    /// Ways from what is given to the root's rows. One whose every step an index serves is enough.
    pub ways: Vec<Vec<Lookup>>,
}

/// A column that a key gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its position in [`Plan::columns`].
    pub column: usize,
    /// Whether it comes back as it is; else it is folded: equal to the row's by the column's collation.
    pub exact: bool,
}

/// One step of a way to rows: the columns of a table that are compared for equality. An index serves it whose first columns
/// are among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The table, in MySQL.
    pub table: Text,
    /// Its columns.
    pub columns: Vec<Text>,
}

/// Why a key can't be inverted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoInverse {
    /// It is made of literals, patterns of times and shards.
    #[error("the key gives back no column, so every row would have to be looked at")]
    Nothing,
    /// Every column that it gives back has something that stands for NULL.
    #[error("the key gives back only columns with a value that stands for NULL, which no index finds")]
    StandsForNull,
}

impl Plan {
    /// How the items' key is inverted.
    ///
    /// # Errors
    /// It can't be.
    pub fn inverse(&self) -> Result<Inverse, NoInverse> {
        self.inverse_of(self.keys(None).cloned().collect())
    }

    /// How the key of a marker is inverted: the row found holds the unique key.
    ///
    /// # Errors
    /// It can't be.
    pub fn marker_inverse(&self, marker: &Marker) -> Result<Inverse, NoInverse> {
        self.inverse_of(std::iter::once(&marker.partition).chain(marker.sort.as_ref()).cloned().collect())
    }

    fn inverse_of(&self, keys: Vec<KeyAttribute>) -> Result<Inverse, NoInverse> {
        let mut given: Vec<Given> = Vec::new();
        for found in keys.iter().flat_map(|key| self.gives(key)) {
            match given.iter_mut().find(|known| known.column == found.column) {
                Some(known) => known.exact |= found.exact,
                None => given.push(found),
            }
        }
        if given.is_empty() {
            return Err(NoInverse::Nothing);
        }
        let ways = self.ways(&given);
        if ways.is_empty() { Err(NoInverse::StandsForNull) } else { Ok(Inverse { keys, given, ways }) }
    }

    /// What a key attribute gives back.
    fn gives(&self, key: &KeyAttribute) -> Vec<Given> {
        let template = match &key.source {
            KeySource::Attribute(position) => {
                let attribute = self.attributes.get(*position);
                return attribute
                    .map(|found| Given { column: found.column, exact: true })
                    .into_iter()
                    .collect();
            }
            KeySource::Template(template) => template,
        };
        let parts = template.parts.iter().filter_map(|part| {
            let exact = !matches!(part, KeyPart::Column { fold: true, .. });
            part.whole_column().map(|column| Given { column, exact })
        });
        parts.collect()
    }

    /// A way for each table that columns are given of, the root first.
    fn ways(&self, given: &[Given]) -> Vec<Vec<Lookup>> {
        let mut ways = Vec::new();
        for table in 0..=self.joins.len() {
            let columns = given.iter().filter_map(|given| self.columns.get(given.column));
            let bare = columns.filter(|column| column.table == table && column.when_null.is_none());
            let columns: Vec<Text> = bare.map(|column| column.name.clone()).collect();
            if !columns.is_empty() {
                let mut way = vec![Lookup { table: self.table_name(table), columns }];
                way.extend(self.way_to_root(table));
                ways.push(way);
            }
        }
        ways
    }

    /// The steps from a joined table's row to the root's rows: none from the root itself.
    pub(super) fn way_to_root(&self, table: usize) -> Vec<Lookup> {
        let mut way = Vec::new();
        let mut at = table;
        while let Some(join) = at.checked_sub(1).and_then(|join| self.joins.get(join)) {
            let columns = join.on.iter().map(|(from, _)| from.clone()).collect();
            way.push(Lookup { table: self.table_name(join.parent), columns });
            at = join.parent;
        }
        way
    }

    /// The name in MySQL of a table of the plan: 0 is the root.
    pub(crate) fn table_name(&self, table: usize) -> Text {
        let join = table.checked_sub(1).and_then(|join| self.joins.get(join));
        join.map_or(&self.root, |join| &join.table).clone()
    }
}

impl Inverse {
    /// Of the rows that [`crate::sql::by_item_key`] found, those that have the key. What a key doesn't give back was not
    /// asked for, so others may be among them. More than one is a key that is not unique.
    ///
    /// # Errors
    /// A key of a row can't be built.
    pub fn having(&self, plan: &Plan, key: &Item, rows: Vec<Row>) -> Result<Vec<Row>, ProjectionError> {
        let mut having = Vec::new();
        for row in rows {
            let mut same = true;
            for attribute in &self.keys {
                same &= key_value(plan, attribute, &row)?.as_ref() == key.get(attribute.name.as_ref());
            }
            if same {
                having.push(row);
            }
        }
        Ok(having)
    }
}
