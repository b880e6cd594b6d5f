//! The rows whose items a write changes.

use super::keyed::{key_columns, name, one_of};
use super::{Statement, quote, select_form};
use crate::ValueError;
use crate::plan::{ChildRows, DerivedSource, Dirty, Join, Path, Plan, Tree};
use crate::value::Value;

/// The primary keys of rows whose items a write changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Holders {
    /// They were given.
    Keys(Vec<Vec<Value>>),
    /// The server says: each row it selects is the primary key of one, each once. Whether the entity leaves the row out is
    /// not asked: its item may have to go.
    Asked(Statement),
}

/// The holders of written rows, by values of [`Dirty::by`]: those before the write, and those after. A NULL leads to nobody.
///
/// # Errors
/// There are too few values, or too many.
pub fn holders(plan: &Plan, dirty: &Dirty, values: &[Vec<Value>]) -> Result<Holders, ValueError> {
    let values: Vec<Vec<Value>> = values.iter().filter(|row| !row.contains(&Value::Null)).cloned().collect();
    let Some(found) = Found::of(plan, dirty.path) else { return Ok(Holders::Keys(values)) };
    let mut binds = Vec::new();
    let mut with = String::new();
    let condition = match found.tree {
        None => one_of(&found.columns, &values, &mut binds)?,
        Some((table, tree)) => {
            let (table, key, parent) = (quote(&table), quote(&tree.key), quote(&tree.parent));
            let start = one_of(&[format!("n.{key}")], &values, &mut binds)?;
            let below = one_of(&[format!("n.{parent}")], &values, &mut binds)?;
            with = format!(
                "WITH RECURSIVE w (k) AS (SELECT n.{key} FROM {table} AS n WHERE {start} UNION SELECT n.{key} FROM {table} AS n \
                 WHERE {below} UNION SELECT n.{key} FROM {table} AS n JOIN w ON n.{parent} = w.k) "
            );
            format!("{} IN (SELECT w.k FROM w)", found.columns.join(", "))
        }
    };
    let key: Vec<String> = key_columns(plan).map(|column| select_form(&column.ty, &name(column))).collect();
    let sql = format!("{with}SELECT DISTINCT {}{} WHERE {condition}", key.join(", "), found.from);
    Ok(Holders::Asked(Statement { sql, binds }))
}

/// Whether two paths have the same holders, whatever is written.
pub(crate) fn same_holders(plan: &Plan, one: Path, other: Path) -> bool {
    Found::of(plan, one) == Found::of(plan, other)
}

/// Where holders are found.
#[derive(PartialEq, Eq)]
struct Found {
    /// FROM.
    from: String,
    /// What is compared.
    columns: Vec<String>,
    /// The table of a tree, and which: then the column is compared with all below.
    tree: Option<(crate::Text, TreeLinks)>,
}

#[derive(PartialEq, Eq)]
struct TreeLinks {
    key: crate::Text,
    parent: crate::Text,
}

impl Found {
    /// `None` where the written row is the holder.
    fn of(plan: &Plan, path: Path) -> Option<Self> {
        let mut from = format!(" FROM {} AS t0", quote(&plan.root));
        match path {
            Path::Row => None,
            Path::Joined { table } => {
                let join = plan.joins.get(table.checked_sub(1)?)?;
                push_chain(&mut from, &plan.joins, "t", join.parent);
                Some(Self { from, columns: starts(join, "t"), tree: None })
            }
            Path::Child { derived, table } => {
                let rows = child_rows(plan, derived)?;
                let Some(join) = table.checked_sub(1).and_then(|join| rows.joins.get(join)) else {
                    let columns = rows.on.iter().map(|(own, _)| format!("t0.{}", quote(own))).collect();
                    return Some(Self { from, columns, tree: None });
                };
                let on =
                    rows.on.iter().map(|(own, child)| format!("d0.{} = t0.{}", quote(child), quote(own)));
                let on: Vec<String> = on.collect();
                from.push_str(&format!(" JOIN {} AS d0 ON {}", quote(&rows.table), on.join(" AND ")));
                push_chain(&mut from, &rows.joins, "d", join.parent);
                Some(Self { from, columns: starts(join, "d"), tree: None })
            }
            Path::Ancestor { derived } => {
                let DerivedSource::Tree(tree) = &plan.derived.get(derived)?.source else { return None };
                let Tree { table, key, parent, .. } = tree;
                push_chain(&mut from, &plan.joins, "t", *table);
                let links = TreeLinks { key: key.clone(), parent: parent.clone() };
                let tree = Some((plan.table_name(*table), links));
                Some(Self { from, columns: vec![format!("t{table}.{}", quote(key))], tree })
            }
        }
    }
}

fn child_rows(plan: &Plan, derived: usize) -> Option<&ChildRows> {
    match &plan.derived.get(derived)?.source {
        DerivedSource::Aggregate(aggregate) => Some(&aggregate.rows),
        DerivedSource::Collection(collection) => Some(&collection.rows),
        DerivedSource::Computed { .. } | DerivedSource::Tree(_) => None,
    }
}

/// The columns a join starts from.
fn starts(join: &Join, alias: &str) -> Vec<String> {
    join.on.iter().map(|(from, _)| format!("{alias}{}.{}", join.parent, quote(from))).collect()
}

/// Adds the joins that lead to a table, each a JOIN: a holder has a row at every step.
fn push_chain(sql: &mut String, joins: &[Join], alias: &str, table: usize) {
    let mut chain = Vec::new();
    let mut at = table;
    while let Some(join) = at.checked_sub(1).and_then(|join| joins.get(join)) {
        chain.push((at, join));
        at = join.parent;
    }
    for (table, join) in chain.into_iter().rev() {
        let on = join.on.iter();
        let on: Vec<String> = on
            .map(|(from, to)| {
                format!("{alias}{table}.{} = {alias}{}.{}", quote(to), join.parent, quote(from))
            })
            .collect();
        sql.push_str(&format!(" JOIN {} AS {alias}{table} ON {}", quote(&join.table), on.join(" AND ")));
    }
}
