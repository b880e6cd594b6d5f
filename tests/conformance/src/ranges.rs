//! Ranges of keys, asked of both stores: for every key that a list of the contract asks.

use std::cmp::Ordering;

use anyhow::{Context, ensure};
use migratable::RowRange;
use migratable_core::key::Ends;
use migratable_core::mysql::MySqlType;
use migratable_core::plan::Plan;
use migratable_core::value::{Row, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::rows::random_row;
use crate::suite::{Asked, Report, Stores, walk};

/// The most starts of one length that are asked; every one is asked with each kind of ends.
const STARTS: usize = 4;

/// Asks ranges of every key of an entity that has some.
pub(crate) async fn ask(
    stores: &Stores,
    plan: &Plan,
    rows: &[Row],
    runner: &mut TestRunner,
    report: &mut Report,
) -> anyhow::Result<()> {
    for index in std::iter::once(None).chain((0..plan.indexes.len()).map(Some)) {
        let Some(ranges) = plan.ranges(index) else { continue };
        report.ranges += 1;
        for fixed in ranges.fixed..=ranges.sort.len() {
            let by = [&ranges.partition, &ranges.sort[..fixed]].concat();
            let column = ranges.sort.get(fixed).copied();
            for given in starts(rows, &by) {
                // Ends that lie beside the rows of another start would hardly ever be a row's own.
                let started =
                    |row: &&Row| by.iter().zip(&given).all(|(column, value)| row[*column] == *value);
                let own: Vec<Row> = rows.iter().filter(started).cloned().collect();
                for ends in any_ends(plan, column, &own, runner)? {
                    let range = RowRange { index, given: given.clone(), ends };
                    let asked = ask_one(stores, plan, &by, column, rows, range, report).await;
                    asked.with_context(|| plan.range_name(index).into_owned())?;
                    report.questions += 1;
                }
            }
        }
    }
    Ok(())
}

/// Values of the given columns that some rows have, those of most rows first; NULL can't be asked for.
fn starts(rows: &[Row], by: &[usize]) -> Vec<Vec<Value>> {
    let mut found: Vec<(Vec<Value>, usize)> = Vec::new();
    for row in rows {
        let given: Vec<Value> = by.iter().map(|column| row[*column].clone()).collect();
        match found.iter_mut().find(|(other, _)| *other == given) {
            Some((_, count)) => *count += 1,
            None if given.contains(&Value::Null) => {}
            None => found.push((given, 1)),
        }
    }
    found.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    found.into_iter().take(STARTS).map(|(given, _)| given).collect()
}

/// No ends, and each kind of ends: values of rows, values near them, and any others.
fn any_ends(
    plan: &Plan,
    column: Option<usize>,
    rows: &[Row],
    runner: &mut TestRunner,
) -> anyhow::Result<Vec<Option<Ends>>> {
    let mut ends = vec![None];
    let Some(column) = column else { return Ok(ends) };
    let mut end = || an_end(plan, column, rows, runner);
    ends.push(Some(Ends::From(end()?)));
    ends.push(Some(Ends::After(end()?)));
    ends.push(Some(Ends::Until(end()?)));
    ends.push(Some(Ends::Before(end()?)));
    let (one, other) = (end()?, end()?);
    ends.push(Some(Ends::Between(one.clone(), one.clone())));
    // One of the two is crossed, unless they are one.
    ends.push(Some(Ends::Between(one.clone(), other.clone())));
    ends.push(Some(Ends::Between(other, one)));
    Ok(ends)
}

fn an_end(plan: &Plan, column: usize, rows: &[Row], runner: &mut TestRunner) -> anyhow::Result<Value> {
    let mut pick = |most: usize| -> anyhow::Result<usize> {
        let tree = (0..most.max(1)).new_tree(runner);
        Ok(tree.map_err(|reason| anyhow::anyhow!("{reason}"))?.current())
    };
    let (kind, row, more) = (pick(4)?, pick(rows.len())?, pick(6)?);
    let ty = &plan.columns[column].ty;
    let stored = rows.get(row).map(|row| row[column].clone());
    let near = match (stored, kind) {
        (_, 0) | (None, _) => None,
        (Some(Value::Text(text)), 1) => {
            let more = ["#", "$", "%", " ", "a", "\u{ffff}"][more];
            Some(Value::Text(format!("{text}{more}")))
        }
        (Some(Value::Text(text)), 2) => Some(Value::Text(text.chars().take(more).collect())),
        (Some(Value::Bytes(bytes)), 1) => Some(Value::Bytes([bytes, vec![0]].concat())),
        (stored, _) => stored,
    };
    match near.filter(|value| ty.check(value).is_ok()) {
        Some(value) => Ok(value),
        None => Ok(random_row(plan, runner)?[column].clone()),
    }
}

async fn ask_one(
    stores: &Stores,
    plan: &Plan,
    by: &[usize],
    column: Option<usize>,
    rows: &[Row],
    range: RowRange,
    report: &mut Report,
) -> anyhow::Result<()> {
    let in_range = |row: &&Row| {
        let given = by.iter().zip(&range.given).all(|(column, value)| row[*column] == *value);
        let ended = column.zip(range.ends.as_ref());
        given && ended.is_none_or(|(column, ends)| within(&plan.columns[column].ty, &row[column], ends))
    };
    let expected: Vec<&Row> = rows.iter().filter(in_range).collect();
    let asked = Asked::Range(&range);
    let forwards = walk(stores, plan, &asked, false, report).await.with_context(|| format!("{range:?}"))?;
    let mut backwards =
        walk(stores, plan, &asked, true, report).await.with_context(|| format!("{range:?}, backwards"))?;
    backwards.reverse();
    ensure!(forwards == backwards, "backwards is not forwards turned round, for {range:?}");
    ensure!(
        forwards.len() == expected.len() && expected.iter().all(|row| forwards.contains(row)),
        "{} of {} rows for {range:?}\nfound: {forwards:?}\nexpected: {expected:?}",
        forwards.len(),
        expected.len()
    );
    Ok(())
}

/// Whether a value lies within the ends; told from the values alone, apart from both stores' keys and comparisons.
fn within(ty: &MySqlType, value: &Value, ends: &Ends) -> bool {
    let to = |end: &Value| order(ty, value, end);
    match ends {
        Ends::Between(lower, upper) => to(lower).is_ge() && to(upper).is_le(),
        Ends::From(lower) => to(lower).is_ge(),
        Ends::After(lower) => to(lower).is_gt(),
        Ends::Until(upper) => to(upper).is_le(),
        Ends::Before(upper) => to(upper).is_lt(),
    }
}

/// The order of lists: numbers and times by what they are, text by its bytes, without blanks at the end where they don't
/// count.
fn order(ty: &MySqlType, a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::UInt(a), Value::UInt(b)) => a.cmp(b),
        (Value::Decimal(a), Value::Decimal(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
        (Value::Text(a), Value::Text(b)) if ty.collation().is_some_and(|collation| collation.pads()) => {
            a.trim_end_matches(' ').as_bytes().cmp(b.trim_end_matches(' ').as_bytes())
        }
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        (Value::Bytes(a), Value::Bytes(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Time(a), Value::Time(b)) => a.cmp(b),
        (Value::DateTime(a), Value::DateTime(b)) | (Value::Timestamp(a), Value::Timestamp(b)) => a.cmp(b),
        // No key column has other values, and none of them is NULL; what is neither less nor greater is seen by no range.
        _ => Ordering::Equal,
    }
}
