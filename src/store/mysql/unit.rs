//! Units of work as transactions: each row that is changed is locked, judged here as for DynamoDB, and written.

use migratable_core::change::Change as Edits;
use migratable_core::check::Expr;
use migratable_core::plan::Plan;
use migratable_core::sql;
use migratable_core::value::{Row, Value};
use sqlx::AssertSqlSafe;
use sqlx::mysql::{MySqlConnection, MySqlPool};

use super::classify::classify;
use super::{rows, write};
use crate::error::{Error, Kind};
use crate::unit::step::PRIMARY;
use crate::unit::{Action, Step, judge};

/// Tries before giving up on a unit that loses against others: InnoDB ends one of two transactions that wait for each
/// other's locks, and nothing of it is left.
const TRIES: u32 = 10;

/// Does a unit of work in a transaction of its own.
pub(super) async fn commit(pool: &MySqlPool, steps: &[Step<'_>]) -> Result<(), Error> {
    let mut tries = 1;
    loop {
        match try_commit(pool, steps).await {
            Err(error) if tries < TRIES && is_lost_race(&error, steps) => tries += 1,
            outcome => return outcome,
        }
    }
}

/// Whether it was others at the same time, and not what is stored, that ended the unit.
fn is_lost_race(error: &Error, steps: &[Step<'_>]) -> bool {
    // What is in the way of an insert is there; a put would have found it, had it come a moment later.
    let inserts = error.change().is_some_and(|step| matches!(steps[step].action, Action::Insert(_)));
    write::lost_a_race(error) && (error.constraint().is_none() || !inserts)
}

async fn try_commit(pool: &MySqlPool, steps: &[Step<'_>]) -> Result<(), Error> {
    let fault = |error| classify(error, "");
    // Dropping the transaction on the way out rolls it back.
    let mut transaction = pool.begin().await.map_err(fault)?;
    run(&mut transaction, steps).await?;
    transaction.commit().await.map_err(|error| fault(error).uncertain_if_lost())
}

/// Does the steps, one after another.
pub(in crate::store) async fn run(connection: &mut MySqlConnection, steps: &[Step<'_>]) -> Result<(), Error> {
    for (position, step) in steps.iter().enumerate() {
        let outcome = run_step(&mut *connection, step).await;
        outcome.map_err(|error| error.of_change(position, steps.len()))?;
    }
    Ok(())
}

async fn run_step(connection: &mut MySqlConnection, step: &Step<'_>) -> Result<(), Error> {
    let plan = step.plan;
    match &step.action {
        Action::Insert(row) => write::insert(connection, plan, row.values()).await,
        Action::Put(row) if write::exists(connection, plan, row.values()).await? => {
            write::update(connection, plan, row.values()).await
        }
        Action::Put(row) => write::insert(connection, plan, row.values()).await,
        Action::Change { key, edits } => change(connection, plan, key, edits).await,
        Action::Delete { key, required } => delete(connection, plan, key, required.as_ref()).await,
        Action::Require { key, required } => {
            let row = locked(connection, plan, key).await?.ok_or_else(|| Error::new(Kind::NotFound))?;
            judge::required(plan, required, row)
        }
        Action::RequireAbsent { key } => match locked(connection, plan, key).await? {
            Some(_) => Err(Error::new(Kind::Duplicate { key: Some(PRIMARY.to_owned()) })),
            None => Ok(()),
        },
    }
}

/// Locks the row with a key, or the gap where it would be, and reads it.
async fn locked(connection: &mut MySqlConnection, plan: &Plan, key: &[Value]) -> Result<Option<Row>, Error> {
    let binds: Vec<(usize, Value)> = plan.key_columns(None).into_iter().zip(key.iter().cloned()).collect();
    let query = sqlx::query_with(AssertSqlSafe(sql::locked(plan)), rows::arguments(plan, &binds)?);
    let found = query.fetch_all(connection).await.map_err(|error| classify(error, &plan.root))?;
    match &*found {
        [] => Ok(None),
        [row] => rows::decode_own(plan, row).map(Some),
        _ => Err(Error::new(Kind::NotUnique)),
    }
}

async fn change(
    connection: &mut MySqlConnection,
    plan: &Plan,
    key: &[Value],
    edits: &Edits,
) -> Result<(), Error> {
    let before = locked(connection, plan, key).await?.ok_or_else(|| Error::new(Kind::NotFound))?;
    let after = judge::changed_own(plan, edits, before.clone())?;
    // All that is carried is set, so that no column follows the clock by itself: in DynamoDB none would.
    let moves = |column: &usize| !plan.primary_key.contains(column) || before[*column] != after[*column];
    let columns: Vec<usize> = sql::written_columns(plan).filter(moves).collect();
    if columns.is_empty() {
        return Ok(());
    }
    let own_key = plan.primary_key.iter().map(|column| (*column, before[*column].clone()));
    let binds: Vec<(usize, Value)> =
        columns.iter().map(|column| (*column, after[*column].clone())).chain(own_key).collect();
    let statement = sql::update_columns(plan, &columns);
    write::execute(connection, plan, statement, rows::arguments(plan, &binds)?).await.map(drop)
}

async fn delete(
    connection: &mut MySqlConnection,
    plan: &Plan,
    key: &[Value],
    required: Option<&Expr>,
) -> Result<(), Error> {
    let Some(row) = locked(connection, plan, key).await? else {
        return if required.is_some() { Err(Error::new(Kind::NotFound)) } else { Ok(()) };
    };
    let arguments = write::bind(plan, &row, plan.primary_key.iter().copied())?;
    if let Some(required) = required {
        judge::required(plan, required, row)?;
    }
    write::execute(connection, plan, sql::delete(plan), arguments).await.map(drop)
}
