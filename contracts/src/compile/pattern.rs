//! Access patterns, compiled: what is bound, what orders, what a cursor carries, and the SQL.

use migratable_core::plan::{AccessPattern, PatternKind, Plan};
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
    let by = plan.key_columns(None);
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
        PatternKind::List { .. } => plan.cursor(&by, index, &order),
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
