//! Ways from an entity's row to others, as DynamoDB has to go them without MySQL: which items a step finds by a key, and
//! which it lists.

use std::collections::HashMap;

use migratable_core::Text;
use migratable_core::plan::{Aggregate, ChildRows, DerivedSource, Tree, TreeValue};

use crate::diagnostic::Place;
use crate::language::{Map, Scalar};
use crate::lower::Draft;
use crate::lower::derived::{Extra, ExtraKind};
use crate::lower::entity::Entity;
use crate::lower::key::Key;
use crate::lower::path::Target;

/// Whether nothing is missing that could be what is looked for.
pub(super) fn is_whole(draft: &Draft<'_>) -> bool {
    let tables = draft.node.tables.iter().all(|(_, table)| table.indexes.as_ref().is_none_or(Map::is_whole));
    draft.whole && tables && draft.entities.iter().all(|entity| entity.whole)
}

/// The first entity of each MySQL table's rows.
pub(super) fn by_rows<'d, 's>(draft: &'d Draft<'s>) -> HashMap<&'s str, &'d Entity<'s>> {
    let mut entities = HashMap::new();
    for entity in &draft.entities {
        entities.entry(entity.node.rows.text.as_str()).or_insert(entity);
    }
    entities
}

/// Whether keys are made of these columns of the entity's rows and of nothing else.
fn made_of(entity: &Entity<'_>, keys: &[&Key<'_>], columns: &[&str]) -> bool {
    let attributes: Option<Vec<Vec<usize>>> = keys.iter().map(|key| entity.key_attributes(key)).collect();
    attributes.is_some_and(|attributes| {
        let mut all = attributes.concat().into_iter().peekable();
        all.peek().is_some()
            && all.all(|attribute| {
                entity.attributes[attribute].root_column().is_some_and(|column| columns.contains(&column))
            })
    })
}

/// Whether the one item with these values is found by a key.
pub(super) fn is_found_by(entity: &Entity<'_>, columns: &[&str]) -> bool {
    let table: Vec<&Key<'_>> = entity.table_keys().collect();
    made_of(entity, &table, columns)
        || entity.complete_indexes().any(|index| made_of(entity, &index.keys().collect::<Vec<_>>(), columns))
}

/// Whether all items with these values are in one partition of the table or an index.
pub(super) fn are_listed_by(entity: &Entity<'_>, columns: &[&str]) -> bool {
    let table: Vec<&Key<'_>> = entity.partition.iter().collect();
    made_of(entity, &table, columns)
        || entity.complete_indexes().any(|index| {
            let partition: Vec<&Key<'_>> =
                index.partition.iter().filter_map(|(_, key)| key.as_ref()).collect();
            made_of(entity, &partition, columns)
        })
}

/// From columns of a row to the row of another table that has the same in its own.
#[derive(Clone)]
pub(super) struct Step<'e> {
    pub(super) from: Vec<&'e str>,
    pub(super) rows: &'e str,
    pub(super) to: Vec<&'e str>,
}

/// A value of another row, and the way there.
pub(super) struct Lead<'e> {
    /// What stands in the contract.
    pub(super) written: &'e Scalar,
    /// What the value is: its path, or the table and column it is of.
    pub(super) what: String,
    /// The column in the source, where one is taken as it is.
    pub(super) column: Option<&'e Place>,
    /// The table whose row the way starts at.
    pub(super) start: &'e str,
    /// At least one.
    pub(super) steps: Vec<Step<'e>>,
    /// The columns taken of the last row.
    pub(super) taken: Vec<&'e str>,
    /// Whether the value follows that row.
    pub(super) follows: Follows,
}

/// Whether a value of another row follows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// It does, and it could be said that it doesn't.
    Live,
    /// It always does.
    Always,
    /// It stays what it was.
    Never,
}

/// Where an entity's items have values of other rows from.
pub(super) fn leads<'e>(entity: &'e Entity<'_>) -> Vec<Lead<'e>> {
    let joins: Joins<'e> = entity
        .joins
        .joins
        .iter()
        .map(|join| (join.parent, Step { from: join.from(), rows: &join.table.name.text, to: join.to() }))
        .collect();
    let own = &entity.node.rows.text;
    let path = |written: &'e Scalar, target: &'e Target<'_>, follows| Lead {
        written,
        what: written.text.clone(),
        column: Some(&target.column.text.place),
        start: own,
        steps: steps(&joins, target.table),
        taken: vec![&target.column.name.text],
        follows,
    };
    let attributes = entity.attributes.iter().filter_map(|attribute| {
        let follows = if attribute.is_live() { Follows::Live } else { Follows::Never };
        Some(path(attribute.path()?, attribute.target.as_ref()?, follows))
    });
    let members = entity.members().map(|(_, written, target)| path(written, target, Follows::Always));
    let mut leads: Vec<Lead<'e>> = attributes.chain(members).collect();
    for extra in &entity.extras {
        leads.extend(of_extra(entity, extra, &joins));
    }
    leads.retain(|lead| !lead.steps.is_empty());
    leads
}

/// Each join's parent, and its step; join n is table n + 1.
type Joins<'e> = Vec<(usize, Step<'e>)>;

/// The steps to a table, from the first one.
fn steps<'e>(joins: &Joins<'e>, table: usize) -> Vec<Step<'e>> {
    let mut steps = Vec::new();
    let mut at = table;
    while let Some((parent, step)) = at.checked_sub(1).and_then(|position| joins.get(position)) {
        steps.push(step.clone());
        at = *parent;
    }
    steps.reverse();
    steps
}

fn of_extra<'e>(entity: &'e Entity<'_>, extra: &'e Extra<'_>, joins: &Joins<'e>) -> Vec<Lead<'e>> {
    let Some(ExtraKind::Derived(derived)) = &extra.kind else { return Vec::new() };
    match &derived.source {
        DerivedSource::Computed { .. } => Vec::new(),
        DerivedSource::Tree(tree) => of_tree(entity, extra, tree, joins).into_iter().collect(),
        DerivedSource::Aggregate(Aggregate { rows, .. }) => of_rows(extra, rows),
        DerivedSource::Collection(collection) => of_rows(extra, &collection.rows),
    }
}

/// The way up a tree: a step from each row to the one above.
fn of_tree<'e>(
    entity: &'e Entity<'_>,
    extra: &'e Extra<'_>,
    tree: &'e Tree,
    joins: &Joins<'e>,
) -> Option<Lead<'e>> {
    let mut steps = steps(joins, tree.table);
    let rows = steps.last().map_or(entity.node.rows.text.as_str(), |step| step.rows);
    steps.push(Step { from: vec![&tree.parent], rows, to: vec![&tree.key] });
    let mut taken: Vec<&str> = vec![&tree.parent];
    if let TreeValue::Path { take, .. } = &tree.value {
        taken.push(take);
    }
    let written = extra.node.ancestors.as_ref().or(extra.node.depth.as_ref())?;
    let what = format!("{rows}.{}", taken.last()?);
    Some(Lead {
        written,
        what,
        column: None,
        start: &entity.node.rows.text,
        steps,
        taken,
        follows: Follows::Always,
    })
}

/// From the rows that point at an item to others.
fn of_rows<'e>(extra: &'e Extra<'_>, rows: &'e ChildRows) -> Vec<Lead<'e>> {
    let names = |on: &'e [(Text, Text)]| -> (Vec<&'e str>, Vec<&'e str>) {
        on.iter().map(|(from, to)| (from.as_ref(), to.as_ref())).unzip()
    };
    let joins: Joins<'e> = rows
        .joins
        .iter()
        .map(|join| {
            let (from, to) = names(&join.on);
            (join.parent, Step { from, rows: &join.table, to })
        })
        .collect();
    let columns = rows.columns.iter().filter(|column| column.table > 0);
    let leads = columns.filter_map(|column| {
        Some(Lead {
            written: extra.node.rows()?,
            what: format!("{}.{}", rows.joins.get(column.table - 1)?.table, column.name),
            column: None,
            start: &rows.table,
            steps: steps(&joins, column.table),
            taken: vec![&column.name],
            follows: Follows::Always,
        })
    });
    leads.collect()
}
