//! The MySQL side of a plan: statements with every name quoted and every value bound.
//!
//! Columns are selected so that no driver can misread them: exact and calendar types as text, BIT and YEAR as unsigned
//! integers, FLOAT as the double it really is (its text form is rounded to 6 digits by the server).

use crate::Text;
use crate::key::Ends;
use crate::mysql::MySqlType;
use crate::plan::{AccessPattern, Column, PatternKind, PatternSql, Plan};

/// An identifier in backquotes, with backquotes in it doubled.
pub fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// How a column is selected.
fn select_expression(column: &Column) -> String {
    let name = qualified(column);
    match column.ty {
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
        | MySqlType::Blob { .. } => name,
    }
}

fn qualified(column: &Column) -> String {
    format!("t{}.{}", column.table, quote(&column.name))
}

/// What a column is ordered by: numbers and times as they are, text by its bytes in UTF-8, as DynamoDB orders keys.
fn order_expression(column: &Column) -> String {
    let name = qualified(column);
    match column.ty.collation() {
        None => name,
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
    let mut sql = matching(plan, &conditions);
    sql.push_str(&order_by(plan, order, descending));
    if limit {
        sql.push_str(" LIMIT ?");
    }
    sql
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
    let order = order_by(plan, &pattern.order, descending);
    format!("{}{order} LIMIT ?", matching(plan, &conditions))
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

/// The rows that meet all conditions.
fn matching(plan: &Plan, conditions: &[String]) -> String {
    let columns: Vec<String> = plan.columns.iter().map(select_expression).collect();
    let mut sql = format!("SELECT {} FROM {} AS t0", columns.join(", "), quote(&plan.root));
    for (position, join) in plan.joins.iter().enumerate() {
        let (table, parent) = (position + 1, join.parent);
        let on: Vec<String> = join
            .on
            .iter()
            .map(|(from, to)| format!("t{table}.{} = t{parent}.{}", quote(to), quote(from)))
            .collect();
        sql.push_str(&format!(" LEFT JOIN {} AS t{table} ON {}", quote(&join.table), on.join(" AND ")));
    }
    if !conditions.is_empty() {
        sql.push_str(&format!(" WHERE {}", conditions.join(" AND ")));
    }
    sql
}

fn order_by(plan: &Plan, order: &[usize], descending: bool) -> String {
    if order.is_empty() {
        return String::new();
    }
    let direction = if descending { " DESC" } else { "" };
    let order: Vec<String> = order
        .iter()
        .map(|column| format!("{}{direction}", order_expression(&plan.columns[*column])))
        .collect();
    format!(" ORDER BY {}", order.join(", "))
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

/// The statements of an access pattern.
pub fn pattern_sql(plan: &Plan, by: &[usize], order: &[usize], kind: PatternKind) -> PatternSql {
    let statement =
        |keyset: &[usize], descending| Text::Owned(select(plan, by, keyset, order, descending, true));
    match kind {
        // Two rows where there should be one is an error, not a choice.
        PatternKind::Get => PatternSql {
            first: Text::Owned(format!("{} LIMIT 2", select(plan, by, &[], &[], false, false))),
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

fn by_primary_key(plan: &Plan) -> String {
    let conditions: Vec<String> =
        plan.primary_key.iter().map(|column| equals(&plan.columns[*column])).collect();
    conditions.join(" AND ")
}
