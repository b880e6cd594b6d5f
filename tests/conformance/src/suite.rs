//! The checks themselves.

use std::fmt;

use anyhow::{Context, bail, ensure};
use migratable::{Error, PageRequest, RowPage, RowRange, Store};
use migratable_contract::model::{Contract, Entity};
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{AccessPattern, PatternKind, Plan};
use migratable_core::value::{Row, Value};
use proptest::test_runner::TestRunner;
use sqlx::MySqlPool;

use crate::inverses;
use crate::ranges;
use crate::rows::{EntityRows, parents_first, random_child, random_row, source_table};
use crate::views;

/// The two stores, empty but for their tables.
pub struct Stores {
    /// MySQL.
    pub mysql: Store,
    /// DynamoDB.
    pub dynamodb: Store,
    /// The sessions that MySQL is asked by, for what no access pattern asks.
    pub source: MySqlPool,
}

/// What was done; a suite that did nothing is seen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Entities.
    pub entities: usize,
    /// Rows written to both stores.
    pub rows: usize,
    /// Access patterns asked.
    pub patterns: usize,
    /// Keys whose ranges were asked.
    pub ranges: usize,
    /// Questions asked of both stores.
    pub questions: usize,
    /// Pages compared.
    pub pages: usize,
    /// Rows that were found by their items' keys and their markers'.
    pub inverted: usize,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { entities, rows, patterns, ranges, questions, pages, inverted } = self;
        write!(
            f,
            "{entities} entities, {rows} rows in both stores, {patterns} access patterns, ranges of {ranges} keys, {questions} questions and {pages} pages compared, {inverted} rows found by their keys"
        )
    }
}

/// Writes random rows of a contract to both stores and asks every access pattern of both.
pub async fn run(contract: &Contract, stores: &Stores, rows_each: usize) -> anyhow::Result<Report> {
    let mut report = Report { entities: contract.entities.len(), ..Report::default() };
    let mut runner = TestRunner::deterministic();
    let mut written = Vec::new();
    for entity in parents_first(contract) {
        written.push(EntityRows { entity, rows: Vec::new() });
        let writing = write(contract, stores, &mut written, rows_each, &mut runner);
        report.rows += writing.await.with_context(|| entity.name.clone())?;
    }
    for EntityRows { entity, rows } in &written {
        report.inverted +=
            inverses::ask(&stores.source, &entity.plan, rows).await.with_context(|| entity.name.clone())?;
        views::ask(&stores.source, &entity.plan, rows.len()).await.with_context(|| entity.name.clone())?;
        for pattern in entity.plan.patterns.iter() {
            report.patterns += 1;
            let asked = match pattern.kind {
                PatternKind::Get => ask_get(stores, &entity.plan, pattern, rows, &mut runner).await,
                PatternKind::List { .. } => ask_list(stores, &entity.plan, pattern, rows, &mut report).await,
            };
            report.questions += asked.with_context(|| format!("{}.{}", entity.name, pattern.name))?;
        }
        let ranges = ranges::ask(stores, &entity.plan, rows, &mut runner, &mut report).await;
        ranges.with_context(|| entity.name.clone())?;
    }
    Ok(report)
}

/// Writes random rows of the last entity to MySQL, reads them back (with what MySQL computes and joins), and makes
/// DynamoDB hold the same. Every third row is then changed outside its keys and foreign keys. Gives the number of rows.
async fn write(
    contract: &Contract,
    stores: &Stores,
    written: &mut [EntityRows<'_>],
    count: usize,
    runner: &mut TestRunner,
) -> anyhow::Result<usize> {
    let last = written.len() - 1;
    let entity = written[last].entity;
    // Random values break the CHECK constraints that only MySQL knows to hold.
    let checked = !source_table(contract, entity)?.checks.is_empty();
    // Where a row is refused, another is tried.
    for number in 0..count * 6 {
        if written[last].rows.len() == count {
            break;
        }
        let row = random_child(contract, entity, written, runner)?;
        // A row with another's primary key would replace it in MySQL, and under another item key move it.
        let same_key =
            |other: &Row| entity.plan.primary_key.iter().all(|column| other[*column] == row[*column]);
        let taken = written[last].rows.iter().any(same_key);
        if taken || by_item_key(&stores.mysql, &entity.plan, &row).await?.is_some() {
            continue;
        }
        let Some(mut stored) = write_one(stores, &entity.plan, row, checked).await? else { continue };
        if number % 3 == 0 {
            let changed = change(contract, entity, &stored, runner)?;
            stored = write_one(stores, &entity.plan, changed, checked).await?.unwrap_or(stored);
        }
        written[last].rows.push(stored);
    }
    let rows = written[last].rows.len();
    ensure!(rows * 4 >= count, "only {rows} of {count} rows could be written");
    Ok(rows)
}

/// One row through MySQL into DynamoDB; `None` where a unique key or a CHECK of MySQL stands in the way.
async fn write_one(stores: &Stores, plan: &Plan, row: Row, checked: bool) -> anyhow::Result<Option<Row>> {
    match stores.mysql.put(plan, row.clone()).await {
        Err(error) if error.is_conflict() || (checked && error.is_invalid()) => return Ok(None),
        other => other?,
    }
    let stored =
        by_item_key(&stores.mysql, plan, &row).await?.context("MySQL does not find the row it took")?;
    for (column, (wrote, read)) in plan.columns.iter().zip(row.iter().zip(&stored)) {
        let own = column.table == 0 && !column.generated;
        ensure!(!own || wrote == read, "MySQL gives {} back as {read:?}, it was {wrote:?}", column.name);
    }
    stores.dynamodb.put(plan, stored.clone()).await?;
    let copy = by_item_key(&stores.dynamodb, plan, &stored).await?;
    ensure!(copy.as_ref() == Some(&stored), "DynamoDB gives back {copy:?}\nit was {stored:?}");
    Ok(Some(stored))
}

async fn by_item_key(store: &Store, plan: &Plan, row: &Row) -> anyhow::Result<Option<Row>> {
    let pattern = &plan.patterns[0];
    let by = pattern.by.iter().map(|column| row[*column].clone()).collect();
    Ok(store.get(plan, pattern, by).await?)
}

/// The row with new values outside its keys, and outside foreign keys, whose rows must go on to exist.
fn change(contract: &Contract, entity: &Entity, row: &Row, runner: &mut TestRunner) -> anyhow::Result<Row> {
    let plan = &entity.plan;
    let table = source_table(contract, entity)?;
    let mut changed = random_row(plan, runner)?;
    for (position, column) in plan.columns.iter().enumerate() {
        let points = table.foreign_keys.iter().any(|key| key.columns.iter().any(|name| *name == column.name));
        let in_key = plan.patterns[0].by.contains(&position) || plan.primary_key.contains(&position);
        if points || in_key {
            changed[position] = row[position].clone();
        }
    }
    Ok(changed)
}

/// Asks for every row, and for one that isn't there.
async fn ask_get(
    stores: &Stores,
    plan: &Plan,
    pattern: &AccessPattern,
    rows: &[Row],
    runner: &mut TestRunner,
) -> anyhow::Result<usize> {
    let mut asked = 0;
    for row in rows {
        let Some(by) = parameters(pattern, row) else { continue };
        for store in [&stores.mysql, &stores.dynamodb] {
            let found = store.get(plan, pattern, by.clone()).await.with_context(|| format!("{store:?}"))?;
            ensure!(found.as_ref() == Some(row), "{store:?} answers {found:?}\nasked for {row:?}");
        }
        asked += 1;
    }
    let missing = random_row(plan, runner)?;
    if let Some(by) = parameters(pattern, &missing).filter(|by| !is_one_of(plan, pattern, rows, by)) {
        for store in [&stores.mysql, &stores.dynamodb] {
            let found = store.get(plan, pattern, by.clone()).await?;
            ensure!(found.is_none(), "{store:?} finds a row that was never written: {found:?}");
        }
        asked += 1;
    }
    Ok(asked)
}

/// The pattern's parameters from a row; `None` where one is NULL, which can't be asked for.
fn parameters(pattern: &AccessPattern, row: &Row) -> Option<Vec<Value>> {
    let by: Vec<Value> = pattern.by.iter().map(|column| row[*column].clone()).collect();
    (!by.contains(&Value::Null)).then_some(by)
}

/// Whether a row has these parameters, or could have them to MySQL: texts that a collation may hold equal count.
fn is_one_of(plan: &Plan, pattern: &AccessPattern, rows: &[Row], by: &[Value]) -> bool {
    let equal = |row: &Row| {
        pattern
            .by
            .iter()
            .zip(by)
            .all(|(column, value)| may_be_equal(&plan.columns[*column].ty, &row[*column], value))
    };
    rows.iter().any(equal)
}

fn may_be_equal(ty: &MySqlType, a: &Value, b: &Value) -> bool {
    match (ty.collation(), a, b) {
        (Some(collation), Value::Text(a), Value::Text(b)) => match (collation.fold(a), collation.fold(b)) {
            (Ok(a), Ok(b)) => a == b,
            _ => true,
        },
        _ => a == b,
    }
}

/// Walks every list there is, forwards and backwards, in small pages; each page is asked of both stores, and the cursor
/// of one goes to the other.
async fn ask_list(
    stores: &Stores,
    plan: &Plan,
    pattern: &AccessPattern,
    rows: &[Row],
    report: &mut Report,
) -> anyhow::Result<usize> {
    let mut lists: Vec<Vec<Value>> = Vec::new();
    for by in rows.iter().filter_map(|row| parameters(pattern, row)) {
        if !lists.contains(&by) {
            lists.push(by);
        }
    }
    for by in &lists {
        let expected: Vec<&Row> =
            rows.iter().filter(|row| parameters(pattern, row).as_deref() == Some(by)).collect();
        let asked = Asked::List(pattern, by);
        let forwards = walk(stores, plan, &asked, false, report).await?;
        let mut backwards = walk(stores, plan, &asked, true, report).await?;
        backwards.reverse();
        ensure!(forwards == backwards, "backwards is not forwards turned round, for {by:?}");
        ensure!(forwards.len() == expected.len(), "{} of {} rows listed", forwards.len(), expected.len());
        ensure!(expected.iter().all(|row| forwards.contains(row)), "a row is missing in {by:?}");
    }
    Ok(lists.len())
}

/// What is asked page by page.
pub(crate) enum Asked<'a> {
    /// A list, with its parameters.
    List(&'a AccessPattern, &'a [Value]),
    /// A range of a key.
    Range(&'a RowRange),
}

impl Asked<'_> {
    async fn page(&self, store: &Store, plan: &Plan, request: PageRequest<'_>) -> Result<RowPage, Error> {
        match self {
            Self::List(pattern, by) => store.list(plan, pattern, by.to_vec(), request).await,
            Self::Range(range) => store.range(plan, (*range).clone(), request).await,
        }
    }
}

/// Every row, in small pages; each page is asked of both stores, and the cursor of one goes to the other.
pub(crate) async fn walk(
    stores: &Stores,
    plan: &Plan,
    asked: &Asked<'_>,
    backwards: bool,
    report: &mut Report,
) -> anyhow::Result<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    let mut cursor = None;
    for page in 0_u32.. {
        let size = Some(1 + page % 3);
        let request = || PageRequest { size, backwards, after: cursor.as_ref() };
        let mysql = asked.page(&stores.mysql, plan, request()).await.context("MySQL")?;
        let dynamodb = asked.page(&stores.dynamodb, plan, request()).await.context("DynamoDB")?;
        ensure!(mysql == dynamodb, "page {page} differs\nMySQL:    {mysql:?}\nDynamoDB: {dynamodb:?}");
        report.pages += 1;
        let served = if page % 2 == 0 { dynamodb } else { mysql };
        rows.extend(served.rows);
        match served.next {
            // The text is what an application hands to its callers.
            Some(next) => cursor = Some(next.to_string().parse()?),
            None => return Ok(rows),
        }
    }
    bail!("a list without an end")
}
