//! Writing a row: one transaction that locks by primary key, then updates or inserts.

use std::sync::Arc;

use migratable_core::check::ValidRow;
use migratable_core::plan::Plan;
use migratable_core::sql;
use migratable_core::value::Value;
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlPool, MySqlQueryResult};
use sqlx::{AssertSqlSafe, Connection as _};

use super::classify::classify;
use super::lease::Lease;
use super::rows;
use crate::error::{Class, Error, Kind};
use crate::unit::step::PRIMARY;

/// Tries before giving up on a put that loses against others: two first writers of neighbouring keys hold each other's
/// gap locks, so that InnoDB ends one of them, and this is the plain case, not an accident.
const TRIES: u32 = 3;

/// Makes the row with this primary key equal to `row`, or adds it.
pub(super) async fn put(pool: &MySqlPool, row: &ValidRow<'_>) -> Result<(), Error> {
    let (plan, row) = (row.plan(), row.values());
    let mut tries = 1;
    loop {
        match try_put(pool, plan, row).await {
            Err(error) if tries < TRIES && lost_a_race(&error) => tries += 1,
            outcome => return outcome,
        }
    }
}

/// Whether another writer came between: the transaction is gone, so trying again is safe.
pub(super) fn lost_a_race(error: &Error) -> bool {
    match error.kind() {
        Kind::Store { class: Class::Busy, code: Some(code), .. } => code == super::classify::DEADLOCK_CODE,
        // Inserted by another after the lock found nothing.
        Kind::Duplicate { key } => key.as_deref() == Some(PRIMARY),
        _ => false,
    }
}

async fn try_put(pool: &MySqlPool, plan: &Plan, row: &[Value]) -> Result<(), Error> {
    let fault = |error| classify(error, &plan.root);
    let mut connection = Lease::new(pool).await.map_err(fault)?;
    let outcome = transact(&mut connection, plan, row).await;
    connection.end();
    outcome
}

async fn transact(connection: &mut MySqlConnection, plan: &Plan, row: &[Value]) -> Result<(), Error> {
    let fault = |error| classify(error, &plan.root);
    // Dropping the transaction on the way out rolls it back.
    let mut transaction = connection.begin().await.map_err(fault)?;
    if exists(&mut transaction, plan, row).await? {
        update(&mut transaction, plan, row).await?;
    } else {
        insert(&mut transaction, plan, row).await?;
    }
    transaction.commit().await.map_err(fault)
}

/// Locks the row, or the gap where it would be. Not `ON DUPLICATE KEY UPDATE`: that would update the row of any other
/// unique key too.
pub(super) async fn exists(
    connection: &mut MySqlConnection,
    plan: &Plan,
    row: &[Value],
) -> Result<bool, Error> {
    let arguments = bind(plan, row, plan.primary_key.iter().copied())?;
    let query = sqlx::query_with(AssertSqlSafe(plan.statements().lock.clone()), arguments);
    let found = query.fetch_optional(connection).await.map_err(|error| classify(error, &plan.root))?;
    Ok(found.is_some())
}

pub(super) async fn update(
    connection: &mut MySqlConnection,
    plan: &Plan,
    row: &[Value],
) -> Result<(), Error> {
    // Nothing to update: the row is its key.
    let Some(statement) = plan.statements().update.clone() else { return Ok(()) };
    let columns = sql::updated_columns(plan).chain(plan.primary_key.iter().copied());
    execute(connection, plan, statement, bind(plan, row, columns)?).await.map(drop)
}

pub(super) async fn insert(
    connection: &mut MySqlConnection,
    plan: &Plan,
    row: &[Value],
) -> Result<(), Error> {
    let arguments = bind(plan, row, sql::written_columns(plan))?;
    execute(connection, plan, plan.statements().insert.clone(), arguments).await.map(drop)
}

pub(super) async fn execute(
    connection: &mut MySqlConnection,
    plan: &Plan,
    statement: impl Into<Arc<str>>,
    arguments: MySqlArguments,
) -> Result<MySqlQueryResult, Error> {
    let query = sqlx::query_with(AssertSqlSafe(statement.into()), arguments);
    query.execute(connection).await.map_err(|error| classify(error, &plan.root))
}

pub(super) fn bind(
    plan: &Plan,
    row: &[Value],
    columns: impl Iterator<Item = usize>,
) -> Result<MySqlArguments, Error> {
    let binds: Vec<(usize, Value)> = columns.map(|column| (column, row[column].clone())).collect();
    rows::arguments(plan, &binds)
}
