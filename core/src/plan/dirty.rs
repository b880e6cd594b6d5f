//! Which writes of source tables change an entity's items, and how the items they change are found.

use super::{DerivedSource, Join, Lookup, Plan, TreeValue};
use crate::Text;
use crate::sql;

/// One way in which a write of a row changes items.
///
/// Whoever writes a row of [`Dirty::table`] keeps the values that the columns [`Dirty::by`] had before the write and have
/// after it (a row that is inserted or deleted has them once), and asks [`sql::holders`] for both after the write: a row that
/// moves from one holder to another dirties both. Values that name a row are enough, so a row that is gone still finds its
/// holders. A write of several rows asks for each of them.
///
/// After is enough, in any later snapshot: between a holder and the changed row that is next to it stand only rows that did
/// not change, or that changed themselves and are asked for, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirty {
    /// The table written.
    pub table: Text,
    /// An UPDATE that changes none of these columns changes no item in this way.
    pub columns: Vec<Text>,
    /// What the row is to the holders.
    pub path: Path,
    /// The columns whose values find the holders.
    pub by: Vec<Text>,
    /// How they are found: an index has to serve each step. Without steps the values are the holders' own keys.
    pub way: Vec<Lookup>,
}

/// What a written row is to the rows whose items it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Path {
    /// The root's row itself.
    Row,
    /// A row joined to it: a table of the plan.
    Joined {
        /// n for `joins[n - 1]`.
        table: usize,
    },
    /// A row of an aggregate or a collection, or one joined to that.
    Child {
        /// The first derived attribute that has it, as a position in [`Plan::derived`].
        derived: usize,
        /// 0 for the rows themselves, n for their `joins[n - 1]`.
        table: usize,
    },
    /// A row of a tree, above the row that the way starts from or that row.
    Ancestor {
        /// The first derived attribute that has it, as a position in [`Plan::derived`].
        derived: usize,
    },
}

impl Plan {
    /// Every way in which a write changes items of this entity: a write that is none of them changes none. What is kept as it
    /// was when an item was written ([`Plan::snapshots`]) has no ways of its own. A way that several attributes share is one.
    pub fn dirties(&self) -> Vec<Dirty> {
        let mut dirties = vec![self.own_row()];
        let needed = Needed::of(self);
        dirties.extend((1..=self.joins.len()).filter_map(|table| self.joined(table, &needed)));
        for (position, derived) in self.derived.iter().enumerate() {
            if self.snapshots.contains(&derived.name) {
                continue;
            }
            for dirty in self.through(position, &derived.source) {
                self.merge(&mut dirties, dirty);
            }
        }
        dirties
    }

    fn merge(&self, dirties: &mut Vec<Dirty>, dirty: Dirty) {
        let same = |known: &&mut Dirty| {
            known.table == dirty.table
                && known.way == dirty.way
                && sql::same_holders(self, known.path, dirty.path)
        };
        match dirties.iter_mut().find(same) {
            Some(known) => add(&mut known.columns, dirty.columns),
            None => dirties.push(dirty),
        }
    }

    fn own_row(&self) -> Dirty {
        let by: Vec<Text> = self
            .primary_key
            .iter()
            .filter_map(|column| Some(self.columns.get(*column)?.name.clone()))
            .collect();
        let mut columns = by.clone();
        add(&mut columns, self.columns_of_table(0, |_| true));
        add(&mut columns, links(&self.joins, 0));
        for derived in self.derived.iter() {
            match &derived.source {
                DerivedSource::Computed { .. } => {}
                DerivedSource::Aggregate(aggregate) => add(&mut columns, firsts(&aggregate.rows.on)),
                DerivedSource::Collection(collection) => add(&mut columns, firsts(&collection.rows.on)),
                DerivedSource::Tree(tree) if tree.table == 0 => add(&mut columns, [tree.key.clone()]),
                DerivedSource::Tree(_) => {}
            }
        }
        Dirty { table: self.root.clone(), columns, path: Path::Row, by, way: Vec::new() }
    }

    fn joined(&self, table: usize, needed: &Needed) -> Option<Dirty> {
        let join = self.joins.get(table.checked_sub(1)?)?;
        if !*needed.tables.get(table)? {
            return None;
        }
        let by: Vec<Text> = join.on.iter().map(|(_, to)| to.clone()).collect();
        let mut columns = by.clone();
        add(&mut columns, self.columns_of_table(table, |position| needed.columns[position]));
        let below = self.joins.iter().enumerate();
        let below = below.filter(|(at, below)| below.parent == table && needed.tables[at + 1]);
        for (_, below) in below {
            add(&mut columns, firsts(&below.on));
        }
        for derived in self.derived.iter() {
            if let DerivedSource::Tree(tree) = &derived.source
                && tree.table == table
            {
                add(&mut columns, [tree.key.clone()]);
            }
        }
        let way = self.way_to_root(table);
        Some(Dirty { table: join.table.clone(), columns, path: Path::Joined { table }, by, way })
    }

    /// The ways through a derived attribute.
    fn through(&self, derived: usize, source: &DerivedSource) -> Vec<Dirty> {
        let rows = match source {
            DerivedSource::Computed { .. } => return Vec::new(),
            DerivedSource::Aggregate(aggregate) => &aggregate.rows,
            DerivedSource::Collection(collection) => &collection.rows,
            DerivedSource::Tree(tree) => {
                let mut columns = vec![tree.key.clone(), tree.parent.clone()];
                if let TreeValue::Path { take, .. } = &tree.value {
                    add(&mut columns, [take.clone()]);
                }
                let table = self.table_name(tree.table);
                let step = |column: &Text| Lookup { table: table.clone(), columns: vec![column.clone()] };
                let mut way = vec![step(&tree.parent), step(&tree.key)];
                way.extend(self.way_to_root(tree.table));
                let by = vec![tree.key.clone()];
                return vec![Dirty { table, columns, path: Path::Ancestor { derived }, by, way }];
            }
        };
        let name = |table: usize| match table.checked_sub(1).and_then(|join| rows.joins.get(join)) {
            Some(join) => join.table.clone(),
            None => rows.table.clone(),
        };
        let last = Lookup { table: self.root.clone(), columns: firsts(&rows.on) };
        let mut dirties = Vec::new();
        for table in 0..=rows.joins.len() {
            let (mut way, mut at) = (Vec::new(), table);
            while let Some(join) = at.checked_sub(1).and_then(|join| rows.joins.get(join)) {
                way.push(Lookup { table: name(join.parent), columns: firsts(&join.on) });
                at = join.parent;
            }
            way.push(last.clone());
            let on =
                table.checked_sub(1).and_then(|join| rows.joins.get(join)).map_or(&rows.on, |join| &join.on);
            let by: Vec<Text> = on.iter().map(|(_, own)| own.clone()).collect();
            let mut columns = by.clone();
            let own = rows.columns.iter().filter(|column| column.table == table);
            add(&mut columns, own.map(|column| column.name.clone()));
            add(&mut columns, links(&rows.joins, table));
            dirties.push(Dirty {
                table: name(table),
                columns,
                path: Path::Child { derived, table },
                by,
                way,
            });
        }
        dirties
    }

    fn columns_of_table(&self, table: usize, which: impl Fn(usize) -> bool) -> Vec<Text> {
        let columns = self.columns.iter().enumerate();
        let columns = columns.filter(|(position, column)| column.table == table && which(*position));
        columns.map(|(_, column)| column.name.clone()).collect()
    }
}

/// The columns that joins of a table start from.
fn links(joins: &[Join], parent: usize) -> Vec<Text> {
    joins.iter().filter(|join| join.parent == parent).flat_map(|join| firsts(&join.on)).collect()
}

fn firsts(on: &[(Text, Text)]) -> Vec<Text> {
    on.iter().map(|(from, _)| from.clone()).collect()
}

fn add(columns: &mut Vec<Text>, more: impl IntoIterator<Item = Text>) {
    for column in more {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
}

/// What items need that are kept as rows are now.
struct Needed {
    /// Of [`Plan::columns`].
    columns: Vec<bool>,
    /// Of the plan's tables: a column of it, or of one that hangs on it.
    tables: Vec<bool>,
}

impl Needed {
    fn of(plan: &Plan) -> Self {
        let mut columns = vec![false; plan.columns.len()];
        let mut need = |column: usize| {
            if let Some(slot) = columns.get_mut(column) {
                *slot = true;
            }
        };
        let markers =
            plan.markers.iter().flat_map(|marker| std::iter::once(&marker.partition).chain(&marker.sort));
        let indexes = (0..plan.indexes.len()).flat_map(|index| plan.keys(Some(index)));
        plan.columns_of(plan.keys(None).chain(indexes).chain(markers)).into_iter().for_each(&mut need);
        let live = |name: &Text| !plan.snapshots.contains(name);
        plan.attributes.iter().filter(|found| live(&found.name)).for_each(|found| need(found.column));
        for map in plan.maps.iter().filter(|map| live(&map.name)) {
            map.members.iter().for_each(|member| need(member.column));
        }
        if let Some(filter) = &plan.filter {
            filter.rule.columns().into_iter().for_each(&mut need);
        }
        let mut tables = vec![false; plan.joins.len() + 1];
        for derived in plan.derived.iter().filter(|derived| live(&derived.name)) {
            match &derived.source {
                DerivedSource::Computed { compute, .. } => compute.columns().into_iter().for_each(&mut need),
                DerivedSource::Tree(tree) => tables[tree.table] = true,
                DerivedSource::Aggregate(_) | DerivedSource::Collection(_) => {}
            }
        }
        for (position, column) in plan.columns.iter().enumerate() {
            tables[column.table] |= columns[position];
        }
        // A join's parent comes before it.
        for (position, join) in plan.joins.iter().enumerate().rev() {
            tables[join.parent] |= tables[position + 1];
        }
        Self { columns, tables }
    }
}
