//! The MySQL side of a plan: statements with every name quoted and every value bound.
//!
//! Columns are selected so that no driver can misread them: exact and calendar types as text, BIT and YEAR as unsigned
//! integers, FLOAT as the double it really is (its text form is rounded to 6 digits by the server).

mod computed;
mod derived;
mod expression;
mod holders;
mod inverse;
mod key;
mod keyed;
mod view;

pub(crate) use holders::same_holders;
pub use holders::{Holders, holders};
pub use inverse::by_item_key;
pub use keyed::{Statement, all, by_keys, page};
pub use view::{LeftOut, MAX_NAME, View, view};

use std::sync::Arc;

use crate::Text;
use crate::key::Ends;
use crate::mysql::MySqlType;
use crate::plan::{AccessPattern, Column, Join, PatternKind, PatternSql, Plan};
use crate::value::Value;

/// An identifier in backquotes, with backquotes in it doubled.
pub fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// How a column is selected.
fn select_expression(column: &Column) -> String {
    select_form(&column.ty, &qualified(column))
}

/// How a value of this type is selected.
fn select_form(ty: &MySqlType, name: &str) -> String {
    match ty {
        MySqlType::Decimal { .. }
        | MySqlType::Date
        | MySqlType::Time { .. }
        | MySqlType::DateTime { .. }
        | MySqlType::Timestamp { .. }
        | MySqlType::Json => format!("CAST({name} AS CHAR)"),
        MySqlType::Bit { .. } | MySqlType::Year => format!("CAST({name} AS UNSIGNED)"),
        MySqlType::Float { .. } => format!("{name} + 0e0"),
        // Each by name: a new type has to say how drivers read it exactly.
        MySqlType::Int { .. }
        | MySqlType::Double { .. }
        | MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. }
        | MySqlType::Set { .. }
        | MySqlType::Binary { .. }
        | MySqlType::VarBinary { .. }
        | MySqlType::Blob { .. } => name.to_owned(),
    }
}

/// A value as the bytes of its exact text in UTF-8, or its own bytes.
fn exact_text(ty: &MySqlType, name: &str) -> String {
    match ty {
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => name.to_owned(),
        _ => format!("CAST({} AS CHAR CHARACTER SET utf8mb4)", select_form(ty, name)),
    }
}

/// A column of the tables `t0`, `t1` and so on, with what stands for its NULL.
fn qualified(column: &Column) -> String {
    let name = format!("t{}.{}", column.table, quote(&column.name));
    match &column.when_null {
        None => name,
        Some(text) => format!("COALESCE({name}, {})", expression::literal(text)),
    }
}

/// What a column is ordered by: numbers and times as they are, text by its bytes in UTF-8, as DynamoDB orders keys.
fn order_expression(column: &Column) -> String {
    order_form(&column.ty, &qualified(column))
}

/// What a value of this type is ordered by.
fn order_form(ty: &MySqlType, name: &str) -> String {
    match ty.collation() {
        None => name.to_owned(),
        Some(collation) => {
            let text = format!("CONVERT({name} USING utf8mb4)");
            if collation.pads() {
                format!("CAST(TRIM(TRAILING ' ' FROM {text}) AS BINARY)")
            } else {
                format!("CAST({text} AS BINARY)")
            }
        }
    }
}

/// The placeholder a value of this type is compared through. MySQL compares a DECIMAL with a text as doubles, which
/// would join different numbers.
fn placeholder(ty: &MySqlType) -> String {
    match ty {
        MySqlType::Decimal { precision, scale, .. } => format!("CAST(? AS DECIMAL({precision},{scale}))"),
        _ => "?".to_owned(),
    }
}

/// The same, for a value alone.
fn placeholder_of(value: &Value) -> String {
    match value {
        Value::Decimal(number) => format!("CAST(? AS DECIMAL(65,{}))", number.scale()),
        _ => "?".to_owned(),
    }
}

fn order_placeholder(ty: &MySqlType) -> String {
    if ty.collation().is_some() { "CAST(? AS BINARY)".to_owned() } else { placeholder(ty) }
}

fn equals(column: &Column) -> String {
    format!("{} = {}", qualified(column), placeholder(&column.ty))
}

/// The SELECT of a plan's rows.
///
/// `filter` columns are compared by equality and `keyset` columns say after which row to go on; both, like `order`, are
/// positions in the plan's columns. Bind `filter`, then [`keyset_binds`] of `keyset`, then the limit.
pub fn select(
    plan: &Plan,
    filter: &[usize],
    keyset: &[usize],
    order: &[usize],
    descending: bool,
    limit: bool,
) -> String {
    let mut conditions: Vec<String> = filter.iter().map(|column| equals(&plan.columns[*column])).collect();
    conditions.extend(after(plan, keyset, descending));
    let limit = if limit { " LIMIT ?" } else { "" };
    statement(plan, &conditions, &ordered(plan, order, descending), limit)
}

/// The SELECT of a range's rows: `pattern` is [`Plan::range_pattern`], and a column lies within ends. Bind the pattern's
/// `by`, then [`Ends::values`], then (for a next page) [`keyset_binds`] of its order, then the limit.
///
/// Ends are compared as the order compares, so that no row lies outside by one rule and inside by the other.
pub fn range(
    plan: &Plan,
    pattern: &AccessPattern,
    ends: Option<(usize, &Ends)>,
    next: bool,
    descending: bool,
) -> String {
    let mut conditions: Vec<String> =
        pattern.by.iter().map(|column| equals(&plan.columns[*column])).collect();
    conditions.extend(ends.into_iter().map(|(column, ends)| within(&plan.columns[column], ends)));
    let keyset = if next { &*pattern.order } else { &[] };
    conditions.extend(after(plan, keyset, descending));
    statement(plan, &conditions, &ordered(plan, &pattern.order, descending), " LIMIT ?")
}

/// A column within ends.
fn within(column: &Column, ends: &Ends) -> String {
    let (name, bind) = (order_expression(column), order_placeholder(&column.ty));
    let operator = match ends {
        Ends::Between(..) => return format!("{name} BETWEEN {bind} AND {bind}"),
        Ends::From(_) => ">=",
        Ends::After(_) => ">",
        Ends::Until(_) => "<=",
        Ends::Before(_) => "<",
    };
    format!("{name} {operator} {bind}")
}

/// Adds LEFT JOINs, each table named by the alias and its number.
fn push_joins(sql: &mut String, joins: &[Join], alias: &str) {
    for (position, join) in joins.iter().enumerate() {
        let (table, parent) = (position + 1, join.parent);
        let on: Vec<String> = join
            .on
            .iter()
            .map(|(from, to)| format!("{alias}{table}.{} = {alias}{parent}.{}", quote(to), quote(from)))
            .collect();
        sql.push_str(&format!(" LEFT JOIN {} AS {alias}{table} ON {}", quote(&join.table), on.join(" AND ")));
    }
}

/// A SELECT of rows that become items and meet all conditions, with what follows them: its order and its limit.
///
/// Ways up trees need the rows first, so that what is bound stands once: then the SELECT is of a common table expression.
fn statement(plan: &Plan, conditions: &[String], order: &[(String, bool)], limit: &str) -> String {
    let filter =
        plan.filter.as_ref().map(|filter| expression::render(&filter.rule, &|at| filtered(plan, at)));
    let conditions: Vec<&str> = conditions.iter().chain(&filter).map(String::as_str).collect();
    rows(plan, &conditions, order, limit)
}

fn filtered(plan: &Plan, column: usize) -> String {
    plan.columns.get(column).map_or_else(|| "NULL".to_owned(), qualified)
}

fn rows(plan: &Plan, conditions: &[&str], order: &[(String, bool)], limit: &str) -> String {
    let columns = plan.columns.iter().map(select_expression);
    let columns = columns.chain((0..plan.derived.len()).map(|position| derived::select(plan, position)));
    let trees: Vec<_> = derived::trees(plan).collect();
    let mut from = format!(" FROM {} AS t0", quote(&plan.root));
    push_joins(&mut from, &plan.joins, "t");
    if !conditions.is_empty() {
        from.push_str(&format!(" WHERE {}", conditions.join(" AND ")));
    }
    if trees.is_empty() {
        let columns: Vec<String> = columns.collect();
        return format!("SELECT {}{from}{}{limit}", columns.join(", "), order_by(order));
    }
    let named = columns.enumerate().map(|(position, column)| format!("{column} AS c{position}"));
    let ordered = order.iter().enumerate().map(|(position, (by, _))| format!("{by} AS o{position}"));
    let inner: Vec<String> = named.chain(ordered).collect();
    let inner = format!("SELECT {}{from}{}{limit}", inner.join(", "), order_by(order));
    let start = |position: usize| format!("c{}", plan.columns.len() + position);
    let ways: Vec<String> = trees
        .iter()
        .map(|(position, tree)| derived::way_up(plan, *position, tree, &start(*position)))
        .collect();
    let outer = (0..plan.width()).map(|position| {
        let tree = trees.iter().find(|(tree, _)| plan.columns.len() + tree == position);
        match tree {
            Some((at, tree)) => derived::way_text(*at, tree, &start(*at)),
            None => format!("r.c{position}"),
        }
    });
    let outer: Vec<String> = outer.collect();
    let again: Vec<(String, bool)> =
        order.iter().enumerate().map(|(position, (_, down))| (format!("r.o{position}"), *down)).collect();
    format!(
        "WITH RECURSIVE r AS ({inner}), {} SELECT {} FROM r{}",
        ways.join(", "),
        outer.join(", "),
        order_by(&again)
    )
}

fn order_by(order: &[(String, bool)]) -> String {
    let step = |(by, descending): &(String, bool)| format!("{by}{}", if *descending { " DESC" } else { "" });
    let steps: Vec<String> = order.iter().map(step).collect();
    if steps.is_empty() { String::new() } else { format!(" ORDER BY {}", steps.join(", ")) }
}

/// What orders rows by these columns.
fn ordered(plan: &Plan, order: &[usize], descending: bool) -> Vec<(String, bool)> {
    order.iter().map(|column| (order_expression(&plan.columns[*column]), descending)).collect()
}

/// The rows after a row, in order: `a >= ? AND (a > ? OR (b >= ? AND (b > ? OR c > ?)))`. Unlike a comparison of tuples,
/// MySQL reads this as a range of an index, up to the first text: its bytes are an expression, which no index has.
fn after(plan: &Plan, keyset: &[usize], descending: bool) -> Option<String> {
    let (first, rest) = keyset.split_first()?;
    let column = &plan.columns[*first];
    let operator = if descending { '<' } else { '>' };
    let (name, bind) = (order_expression(column), order_placeholder(&column.ty));
    Some(match after(plan, rest, descending) {
        None => format!("{name} {operator} {bind}"),
        Some(rest) => format!("{name} {operator}= {bind} AND ({name} {operator} {bind} OR ({rest}))"),
    })
}

/// The columns whose values a keyset condition binds, in order: each twice but the last.
pub fn keyset_binds(keyset: &[usize]) -> Vec<usize> {
    match keyset.split_last() {
        None => Vec::new(),
        Some((last, rest)) => rest.iter().flat_map(|column| [*column, *column]).chain([*last]).collect(),
    }
}

/// At most two of the rows with these values: two where there should be one is an error, not a choice.
fn get(plan: &Plan, by: &[usize]) -> String {
    let conditions: Vec<String> = by.iter().map(|column| equals(&plan.columns[*column])).collect();
    statement(plan, &conditions, &[], " LIMIT 2")
}

/// The statements of an access pattern.
pub fn pattern_sql(plan: &Plan, by: &[usize], order: &[usize], kind: PatternKind) -> PatternSql {
    let statement =
        |keyset: &[usize], descending| Text::Owned(select(plan, by, keyset, order, descending, true));
    match kind {
        PatternKind::Get => PatternSql {
            first: Text::Owned(get(plan, by)),
            after: Text::default(),
            first_descending: Text::default(),
            after_descending: Text::default(),
        },
        PatternKind::List { .. } => PatternSql {
            first: statement(&[], false),
            after: statement(order, false),
            first_descending: statement(&[], true),
            after_descending: statement(order, true),
        },
    }
}

/// The statements that write a row of a plan, put together once for all rows: [`Plan::statements`].
#[derive(Debug)]
pub struct Statements {
    /// [`insert`].
    pub insert: Arc<str>,
    /// [`update`].
    pub update: Option<Arc<str>>,
    /// [`lock`].
    pub lock: Arc<str>,
    /// [`locked`].
    pub locked: Arc<str>,
    /// [`delete`].
    pub delete: Arc<str>,
}

impl Statements {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            insert: insert(plan).into(),
            update: update(plan).map(Into::into),
            lock: lock(plan).into(),
            locked: locked(plan).into(),
            delete: delete(plan).into(),
        }
    }
}

/// The columns a write sets: the root's, but those MySQL computes.
pub fn written_columns(plan: &Plan) -> impl Iterator<Item = usize> + '_ {
    (0..plan.columns.len())
        .filter(|column| plan.columns[*column].table == 0 && !plan.columns[*column].generated)
}

/// The columns an update sets: the written ones outside the primary key, and those in it whose text may be another
/// spelling of the same key.
pub fn updated_columns(plan: &Plan) -> impl Iterator<Item = usize> + '_ {
    let spelled =
        |column: usize| plan.columns[column].ty.collation().is_some_and(|collation| !collation.is_binary());
    written_columns(plan).filter(move |column| !plan.primary_key.contains(column) || spelled(*column))
}

/// INSERT of a row. Bind [`written_columns`].
pub fn insert(plan: &Plan) -> String {
    let names: Vec<String> = written_columns(plan).map(|column| quote(&plan.columns[column].name)).collect();
    let binds = vec!["?"; names.len()];
    format!("INSERT INTO {} ({}) VALUES ({})", quote(&plan.root), names.join(", "), binds.join(", "))
}

/// INSERT of a row whose AUTO_INCREMENT column MySQL counts up. Bind [`written_columns`] but for that one.
pub fn insert_new(plan: &Plan, counted: usize) -> String {
    let columns = written_columns(plan).filter(|column| *column != counted);
    let names: Vec<String> = columns.map(|column| quote(&plan.columns[column].name)).collect();
    let binds = vec!["?"; names.len()];
    format!("INSERT INTO {} ({}) VALUES ({})", quote(&plan.root), names.join(", "), binds.join(", "))
}

/// UPDATE of a row by its primary key; `None` where there is nothing to set. Bind [`updated_columns`], then
/// the primary key.
pub fn update(plan: &Plan) -> Option<String> {
    let set: Vec<String> =
        updated_columns(plan).map(|column| format!("{} = ?", quote(&plan.columns[column].name))).collect();
    let sql =
        format!("UPDATE {} AS t0 SET {} WHERE {}", quote(&plan.root), set.join(", "), by_primary_key(plan));
    (!set.is_empty()).then_some(sql)
}

/// Locks a row by its primary key and tells whether it is there. Bind the primary key.
pub fn lock(plan: &Plan) -> String {
    format!("SELECT 1 FROM {} AS t0 WHERE {} FOR UPDATE", quote(&plan.root), by_primary_key(plan))
}

/// UPDATE of some columns of a row by its primary key; the others that are carried keep what they have, so that none of
/// them follows the clock by ON UPDATE. Bind the columns, then the primary key.
pub fn update_columns(plan: &Plan, columns: &[usize]) -> String {
    let name = |column: &usize| quote(&plan.columns[*column].name);
    let set = columns.iter().map(|column| format!("{} = ?", name(column)));
    // A text that was read and is written again may be another: JSON with numbers in it, say.
    let kept = written_columns(plan)
        .filter(|column| !columns.contains(column) && !plan.primary_key.contains(column));
    let kept = kept.map(|column| format!("{0} = t0.{0}", name(&column)));
    let set: Vec<String> = set.chain(kept).collect();
    format!("UPDATE {} AS t0 SET {} WHERE {}", quote(&plan.root), set.join(", "), by_primary_key(plan))
}

/// DELETE of a row by its primary key. Bind the primary key.
///
/// Without an alias, which a DELETE of one table takes since MySQL 8.0.16 and no MariaDB before 11.6 does.
pub fn delete(plan: &Plan) -> String {
    let conditions: Vec<String> = plan
        .primary_key
        .iter()
        .map(|column| &plan.columns[*column])
        .map(|column| format!("{} = {}", quote(&column.name), placeholder(&column.ty)))
        .collect();
    format!("DELETE FROM {} WHERE {}", quote(&plan.root), conditions.join(" AND "))
}

/// Locks the row that becomes the item with a table key, and reads the columns of its own table; the others are NULL, and
/// there are none for derived values. Bind [`Plan::key_columns`] of the table; at most two rows come.
///
/// Other tables are joined, and their rows locked, only where the key or the entity's `where` is made of them.
pub fn locked(plan: &Plan) -> String {
    let by = plan.key_columns(None);
    let columns: Vec<String> = plan
        .columns
        .iter()
        .map(|column| if column.table == 0 { select_expression(column) } else { "NULL".to_owned() })
        .collect();
    let mut conditions: Vec<String> = by.iter().map(|column| equals(&plan.columns[*column])).collect();
    let mut read = by;
    if let Some(filter) = &plan.filter {
        read.extend(filter.rule.columns());
        conditions.push(expression::render(&filter.rule, &|at| filtered(plan, at)));
    }
    let mut sql = format!("SELECT {} FROM {} AS t0", columns.join(", "), quote(&plan.root));
    if read.iter().any(|column| plan.columns[*column].table != 0) {
        push_joins(&mut sql, &plan.joins, "t");
    }
    format!("{sql} WHERE {} LIMIT 2 FOR UPDATE", conditions.join(" AND "))
}

fn by_primary_key(plan: &Plan) -> String {
    let conditions: Vec<String> =
        plan.primary_key.iter().map(|column| equals(&plan.columns[*column])).collect();
    conditions.join(" AND ")
}
