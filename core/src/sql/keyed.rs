//! Rows by the root's primary key: some of them, page by page, all. Each row as the SELECT of one gives it.

use super::{placeholder_of, quote, statement};
use crate::ValueError;
use crate::mysql::MySqlType;
use crate::plan::{Column, Plan};
use crate::value::Value;

/// A statement with what its placeholders stand for, in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The text.
    pub sql: String,
    /// A value for each placeholder.
    pub binds: Vec<Value>,
}

/// The rows with these primary keys, in key order; keys that no row has are passed over. A key is the values of
/// [`Plan::primary_key`]. MySQL binds at most 65,535 values in a statement.
///
/// # Errors
/// A key has too few values, or too many, or a NULL.
pub fn by_keys(plan: &Plan, keys: &[Vec<Value>]) -> Result<Statement, ValueError> {
    let columns: Vec<String> = key_columns(plan).map(name).collect();
    let mut binds = Vec::new();
    let condition = one_of(&columns, keys, &mut binds)?;
    Ok(Statement { sql: statement(plan, &[condition], &order(plan), ""), binds })
}

/// The next rows in the order of the primary key, which is MySQL's own: what it compares keys by, collations included.
/// `after` is the key of the last row of the page before. Fewer rows than `limit` are the last.
///
/// # Errors
/// `after` is no key of the plan.
pub fn page(plan: &Plan, after: Option<&[Value]>, limit: u64) -> Result<Statement, ValueError> {
    let mut binds = Vec::new();
    let condition = after.map(|after| behind(plan, after, &mut binds)).transpose()?;
    binds.push(Value::UInt(limit));
    Ok(Statement { sql: statement(plan, condition.as_slice(), &order(plan), " LIMIT ?"), binds })
}

/// All rows, in the order of [`page`].
pub fn all(plan: &Plan) -> Statement {
    Statement { sql: statement(plan, &[], &order(plan), ""), binds: Vec::new() }
}

/// The columns of the root's primary key.
pub(super) fn key_columns(plan: &Plan) -> impl Iterator<Item = &Column> {
    plan.primary_key.iter().filter_map(|column| plan.columns.get(*column))
}

/// A column of the root itself: keys are never NULL, so nothing stands for it.
pub(super) fn name(column: &Column) -> String {
    format!("t0.{}", quote(&column.name))
}

fn order(plan: &Plan) -> Vec<(String, bool)> {
    key_columns(plan).map(|column| (name(column), false)).collect()
}

/// The condition that columns together have one of these values. One column is an IN list, several are ORs of ANDs: MySQL
/// and MariaDB read both as ranges of an index, and MariaDB not a list of tuples.
pub(super) fn one_of(
    columns: &[String],
    values: &[Vec<Value>],
    binds: &mut Vec<Value>,
) -> Result<String, ValueError> {
    let mut terms = Vec::with_capacity(values.len());
    for key in values {
        if key.len() != columns.len() || key.is_empty() {
            return Err(NO_KEY);
        }
        if key.contains(&Value::Null) {
            return Err(ValueError::Null);
        }
        terms.push(match (columns, key.as_slice()) {
            ([_], [value]) => placeholder_of(value),
            _ => {
                let equal = columns
                    .iter()
                    .zip(key)
                    .map(|(name, value)| format!("{name} = {}", placeholder_of(value)));
                format!("({})", equal.collect::<Vec<_>>().join(" AND "))
            }
        });
        binds.extend(key.iter().cloned());
    }
    Ok(match columns {
        _ if terms.is_empty() => "1 = 0".to_owned(),
        [column] => format!("{column} IN ({})", terms.join(", ")),
        _ => format!("({})", terms.join(" OR ")),
    })
}

const NO_KEY: ValueError = ValueError::Malformed { what: "key of this table" };

/// The rows behind a key: `(a > ? OR (a = ? AND b > ?))`. Each arm is a range of the key's index, so that a page starts where
/// the last one ended, however many rows share the first columns.
fn behind(plan: &Plan, after: &[Value], binds: &mut Vec<Value>) -> Result<String, ValueError> {
    let columns: Vec<&Column> = key_columns(plan).collect();
    if columns.len() != after.len() || columns.is_empty() {
        return Err(NO_KEY);
    }
    let mut arms = Vec::with_capacity(columns.len());
    for (last, column) in columns.iter().enumerate() {
        let mut arm = Vec::with_capacity(last + 1);
        for (column, value) in columns.iter().zip(after).take(last) {
            arm.push(format!("{} = {}", name(column), placeholder_of(value)));
            binds.push(value.clone());
        }
        let value = as_sorted(&column.ty, &after[last])?;
        arm.push(format!("{} > {}", name(column), placeholder_of(&value)));
        binds.push(value);
        arms.push(format!("({})", arm.join(" AND ")));
    }
    Ok(format!("({})", arms.join(" OR ")))
}

/// A value as MySQL sorts it: ENUM by its member's number, SET by its members' bits. With a text both would be compared as
/// texts.
fn as_sorted(ty: &MySqlType, value: &Value) -> Result<Value, ValueError> {
    let number = |members: &[crate::Text], text: &str| {
        members.iter().position(|member| member == text).ok_or_else(|| ty.kind_error(value))
    };
    Ok(match (ty, value) {
        (_, Value::Null) => return Err(ValueError::Null),
        // What a server without strict mode once stored for a text that is no member.
        (MySqlType::Enum { .. }, Value::Text(text)) if text.is_empty() => Value::UInt(0),
        (MySqlType::Enum { members, .. }, Value::Text(text)) => {
            Value::UInt(number(members, text)? as u64 + 1)
        }
        (MySqlType::Set { members, .. }, Value::Set(set)) => {
            let mut bits = 0_u64;
            for member in set {
                bits |= 1_u64.checked_shl(number(members, member)? as u32).unwrap_or_default();
            }
            Value::UInt(bits)
        }
        _ => value.clone(),
    })
}
