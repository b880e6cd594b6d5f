//! Access patterns, compiled: what is bound, what orders, what a cursor carries, and the SQL.

use migratable_core::plan::{AccessPattern, KeyAttribute, KeySource, PatternKind, Plan};
use migratable_core::{List, sql};

use super::text;
use crate::lower::entity::Entity;
use crate::lower::pattern::Pattern;

/// The name of the pattern every entity has: by the columns of its own key.
const BY_KEY: &str = "get";

/// Every pattern of an entity, the implicit one first.
pub(super) fn all(entity: &Entity<'_>, plan: &Plan) -> Option<List<AccessPattern>> {
    let declared = entity.patterns.iter().map(|pattern| declared(entity, pattern, plan));
    std::iter::once(Some(by_key(plan))).chain(declared).collect()
}

fn by_key(plan: &Plan) -> AccessPattern {
    let by = distinct(plan_keys(plan).flat_map(columns));
    let kind = PatternKind::Get;
    AccessPattern {
        name: text(BY_KEY),
        kind,
        sql: sql::pattern_sql(plan, &by, &[], kind),
        by: by.into(),
        index: None,
        order: List::default(),
        cursor: List::default(),
    }
}

fn declared(entity: &Entity<'_>, pattern: &Pattern<'_>, plan: &Plan) -> Option<AccessPattern> {
    let by: Vec<usize> = pattern.by.iter().map(|(_, attribute)| *attribute).collect();
    let index = match pattern.index {
        None => None,
        Some(index) => {
            let name = &entity.indexes[index].name.text;
            Some(plan.indexes.iter().position(|index| index.name == *name)?)
        }
    };
    let order = match pattern.kind {
        PatternKind::Get => Vec::new(),
        PatternKind::List { .. } => entity.question(pattern)?.order,
    };
    let cursor = match pattern.kind {
        PatternKind::Get => Vec::new(),
        PatternKind::List { .. } => cursor(plan, &by, index, &order),
    };
    Some(AccessPattern {
        name: text(&pattern.name.method.text),
        kind: pattern.kind,
        sql: sql::pattern_sql(plan, &by, &order, pattern.kind),
        by: by.into(),
        index,
        order: order.into(),
        cursor: cursor.into(),
    })
}

/// The order's columns, then what else the keys of the table and the index need; what the caller gives is left out.
fn cursor(plan: &Plan, by: &[usize], index: Option<usize>, order: &[usize]) -> Vec<usize> {
    let index = index.map(|index| &plan.indexes[index]);
    let index_keys = index.into_iter().flat_map(|index| index.partition.iter().chain(index.sort.iter()));
    let keys = plan_keys(plan).chain(index_keys).flat_map(columns);
    distinct(order.iter().copied().chain(keys).filter(|column| !by.contains(column)))
}

fn plan_keys(plan: &Plan) -> impl Iterator<Item = &KeyAttribute> {
    std::iter::once(&plan.partition).chain(&plan.sort)
}

fn columns(key: &KeyAttribute) -> Vec<usize> {
    match &key.source {
        // An attribute carries the column of its own position.
        KeySource::Attribute(attribute) => vec![*attribute],
        KeySource::Template(template) => template.columns().collect(),
    }
}

fn distinct(columns: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut distinct = Vec::new();
    for column in columns {
        if !distinct.contains(&column) {
            distinct.push(column);
        }
    }
    distinct
}
