//! Derived attributes in a SELECT: scalar subqueries over rows that point at the row, and the ways up trees.
//!
//! Collections and trees come as one text each, `N:` (how many elements there are) and the elements, each its values with
//! `,` between them and `);` at its end; see [`crate::derived::rows`]. A server that cuts the text is found out.

use super::{exact_text, expression, order_form, quote, select_form};
use crate::derived::rows::{CLOSE, ELEMENT, NULL, VALUE};
use crate::plan::{
    Aggregate, ChildRows, Collection, CollectionForm, Column, DerivedSource, Plan, Tree, TreeValue,
};

/// What stands for a derived attribute in a SELECT whose tables are `t0`, `t1` and so on. What is computed here stands as
/// NULL; a tree as the key it starts from.
pub(super) fn select(plan: &Plan, position: usize) -> String {
    let alias = format!("d{position}_");
    match plan.derived.get(position).map(|derived| &derived.source) {
        None | Some(DerivedSource::Computed { .. }) => "NULL".to_owned(),
        Some(DerivedSource::Aggregate(found)) => aggregate(found, &alias),
        Some(DerivedSource::Collection(found)) => collection(found, &alias),
        Some(DerivedSource::Tree(tree)) => start(tree),
    }
}

/// The trees of a plan, by the positions of their attributes.
pub(super) fn trees(plan: &Plan) -> impl Iterator<Item = (usize, &Tree)> {
    plan.derived.iter().enumerate().filter_map(|(position, derived)| match &derived.source {
        DerivedSource::Tree(tree) => Some((position, tree)),
        _ => None,
    })
}

/// The key a tree starts from.
pub(super) fn start(tree: &Tree) -> String {
    format!("t{}.{}", tree.table, quote(&tree.key))
}

/// The rows above, as a recursive common table expression named `x{position}`, over `r`, whose column `starts` holds the
/// keys the ways start from. UNION takes each row once, so that a circle ends.
pub(super) fn way_up(plan: &Plan, position: usize, tree: &Tree, starts: &str) -> String {
    let table = match tree.table.checked_sub(1).and_then(|join| plan.joins.get(join)) {
        Some(join) => &join.table,
        None => &plan.root,
    };
    let (table, key, parent) = (quote(table), quote(&tree.key), quote(&tree.parent));
    let taken = match &tree.value {
        TreeValue::Depth => String::new(),
        TreeValue::Path { take, .. } => format!(", CONVERT(n.{} USING utf8mb4) AS v", quote(take)),
    };
    let columns = if taken.is_empty() { "s, k, p" } else { "s, k, p, v" };
    format!(
        "x{position} ({columns}) AS (SELECT r.{starts} AS s, n.{key} AS k, n.{parent} AS p{taken} FROM r JOIN {table} AS n \
         ON n.{key} = r.{starts} UNION SELECT x.s, n.{key}, n.{parent}{} FROM x{position} AS x JOIN {table} AS n ON n.{key} = x.p)",
        taken.strip_suffix(" AS v").unwrap_or_default(),
    )
}

/// The text of a tree, from its common table expression: the key it starts from, and the elements.
pub(super) fn way_text(position: usize, tree: &Tree, starts: &str) -> String {
    let digits =
        |column: &str| format!("IFNULL(HEX(CAST({column} AS CHAR CHARACTER SET utf8mb4)), '{NULL}')");
    let mut values = vec![digits("x.k"), digits("x.p")];
    if let TreeValue::Path { .. } = tree.value {
        values.push(format!("IFNULL(HEX(x.v), '{NULL}')"));
    }
    let element = values.join(&format!(", '{VALUE}', "));
    format!(
        "CONCAT({start}, '{CLOSE}', (SELECT CONCAT(COUNT(*), ':', IFNULL(GROUP_CONCAT({element}, '{CLOSE}{ELEMENT}' SEPARATOR ''), '')) \
         FROM x{position} AS x WHERE x.s = r.{starts}))",
        start = format_args!("HEX(CAST(r.{starts} AS CHAR CHARACTER SET utf8mb4))"),
    )
}

fn column(alias: &str, column: &Column) -> String {
    format!("{alias}{}.{}", column.table, quote(&column.name))
}

/// `FROM … WHERE …` of the rows that point at `t0`.
fn rows(rows: &ChildRows, alias: &str) -> String {
    rows_where(rows, alias, &|position| child(rows, alias, position))
}

/// The same, the columns of its condition as they are said to be.
pub(super) fn rows_where(rows: &ChildRows, alias: &str, column: &dyn Fn(usize) -> String) -> String {
    let mut sql = format!(" FROM {} AS {alias}0", quote(&rows.table));
    super::push_joins(&mut sql, &rows.joins, alias);
    let mut conditions: Vec<String> =
        rows.on.iter().map(|(own, child)| format!("{alias}0.{} = t0.{}", quote(child), quote(own))).collect();
    if let Some(filter) = &rows.filter {
        conditions.push(expression::render(filter, column));
    }
    sql.push_str(&format!(" WHERE {}", conditions.join(" AND ")));
    sql
}

fn child(rows: &ChildRows, alias: &str, position: usize) -> String {
    rows.columns.get(position).map_or_else(|| "NULL".to_owned(), |found| column(alias, found))
}

fn aggregate(aggregate: &Aggregate, alias: &str) -> String {
    let of = match &aggregate.of {
        None => "*".to_owned(),
        Some(of) => expression::render(of, &|position| child(&aggregate.rows, alias, position)),
    };
    let mut value = format!("{}({of})", aggregate.function.name());
    if let Some(otherwise) = &aggregate.when_null {
        value = format!("COALESCE({value}, {})", expression::literal(otherwise));
    }
    let value = select_form(&aggregate.scalar.ty, &value);
    format!("(SELECT {value}{})", rows(&aggregate.rows, alias))
}

/// A step of the order within GROUP_CONCAT, where MariaDB takes NULL for 0 and for the empty text: NULL is put first, as
/// ORDER BY has it, and last where values go down.
fn ordering(of: &Column, alias: &str, descending: bool) -> String {
    let (name, down) = (column(alias, of), if descending { " DESC" } else { "" });
    let value = format!("{}{down}", order_form(&of.ty, &name));
    match (of.nullable, descending) {
        (false, _) => value,
        (true, false) => format!("{name} IS NULL DESC, {value}"),
        (true, true) => format!("{name} IS NULL, {value}"),
    }
}

fn collection(collection: &Collection, alias: &str) -> String {
    let found = &collection.rows;
    let value = |position: usize| {
        found.columns.get(position).map_or_else(
            || format!("'{NULL}'"),
            |of| format!("IFNULL(HEX({}), '{NULL}')", exact_text(&of.ty, &column(alias, of))),
        )
    };
    let values: Vec<String> = collection.element().into_iter().map(value).collect();
    let element = values.join(&format!(", '{VALUE}', "));
    let order = order(collection, alias);
    let all = format!("IFNULL(GROUP_CONCAT({element}, '{CLOSE}{ELEMENT}'{order} SEPARATOR ''), '')");
    let mut from = rows(found, alias);
    if let CollectionForm::Values(member) | CollectionForm::Set(member) = &collection.form {
        from.push_str(&format!(" AND {} IS NOT NULL", child(found, alias, member.column)));
    }
    match collection.limit {
        None => format!("(SELECT CONCAT(COUNT(*), ':', {all}){from})"),
        Some(limit) => format!(
            "(SELECT CONCAT(LEAST(COUNT(*), {limit}), ':', SUBSTRING_INDEX({all}, '{ELEMENT}', {limit})){from})"
        ),
    }
}

/// ORDER BY of a collection's rows; nothing where it has none.
pub(super) fn order(collection: &Collection, alias: &str) -> String {
    let columns = &collection.rows.columns;
    let steps = collection.order.iter().filter_map(|step| Some((columns.get(step.column)?, step)));
    let steps: Vec<String> = steps.map(|(of, step)| ordering(of, alias, step.descending)).collect();
    if steps.is_empty() { String::new() } else { format!(" ORDER BY {}", steps.join(", ")) }
}
