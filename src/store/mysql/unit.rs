//! Units of work as transactions: each row that is changed is locked, judged here as for DynamoDB, and written.

use migratable_core::change::Change as Edits;
use migratable_core::check::Expr;
use migratable_core::dynamodb::Item;
use migratable_core::plan::Plan;
use migratable_core::sql;
use migratable_core::value::{Row, Value};
use sqlx::AssertSqlSafe;
use sqlx::mysql::{MySqlConnection, MySqlPool};

use super::classify::classify;
use super::{rows, write};
use crate::error::{Error, Kind};
use crate::unit::step::PRIMARY;
use crate::unit::{Action, Committed, Entry, New, Step, judge, size};

/// Tries before giving up on a unit that loses against others: InnoDB ends one of two transactions that wait for each
/// other's locks, and nothing of it is left.
const TRIES: u32 = 10;

/// Does a unit of work in a transaction of its own.
pub(super) async fn commit(pool: &MySqlPool, entries: &[Entry<'_>]) -> Result<Committed, Error> {
    let mut tries = 1;
    loop {
        match try_commit(pool, entries).await {
            Err(Ended { lost_race: true, .. }) if tries < TRIES => tries += 1,
            outcome => return outcome.map_err(|ended| ended.error),
        }
    }
}

/// Why a unit was not done.
struct Ended {
    error: Error,
    /// Whether it was others at the same time, and not what is stored.
    lost_race: bool,
}

impl From<Error> for Ended {
    fn from(error: Error) -> Self {
        Self { error, lost_race: false }
    }
}

async fn try_commit(pool: &MySqlPool, entries: &[Entry<'_>]) -> Result<Committed, Ended> {
    let fault = |error| classify(error, "");
    // Dropping the transaction on the way out rolls it back.
    let mut transaction = pool.begin().await.map_err(fault)?;
    let mut unit = Unit::of(entries)?;
    unit.run(&mut transaction, entries).await?;
    transaction.commit().await.map_err(|error| fault(error).uncertain_if_lost())?;
    Ok(Committed { new_ids: unit.new_ids })
}

/// Does a unit in a transaction of the caller's.
pub(in crate::store) async fn run(
    connection: &mut MySqlConnection,
    entries: &[Entry<'_>],
) -> Result<Committed, Error> {
    let mut unit = Unit::of(entries)?;
    unit.run(connection, entries).await.map_err(|ended| ended.error)?;
    Ok(Committed { new_ids: unit.new_ids })
}

/// A unit on its way.
struct Unit {
    /// The steps there will be, as far as is known.
    total: usize,
    /// The items of those that are done, each with its table.
    done: Vec<(String, Item)>,
    new_ids: Vec<u64>,
}

impl Unit {
    /// A unit of which nothing is done yet, if both stores can do what is known of it.
    fn of(entries: &[Entry<'_>]) -> Result<Self, Error> {
        let steps = entries.iter().filter_map(|entry| match entry {
            Entry::Step(step) => Some(step),
            Entry::New(_) => None,
        });
        size::check(&steps.collect::<Vec<_>>())?;
        Ok(Self { total: entries.len(), done: Vec::new(), new_ids: Vec::new() })
    }

    /// Does the entries, one after another, and what follows each.
    async fn run(&mut self, connection: &mut MySqlConnection, entries: &[Entry<'_>]) -> Result<(), Ended> {
        for entry in entries {
            match entry {
                Entry::Step(step) => {
                    self.take_up(step)?;
                    let outcome = run_step(&mut *connection, step).await;
                    outcome
                        .map_err(|error| self.ended(error, step.operation, step.plan, Some(&step.action)))?;
                }
                Entry::New(new) => {
                    let inserted = insert_new(&mut *connection, new).await;
                    let id = inserted.map_err(|error| self.ended(error, "insert", new.plan, None))?;
                    let (step, followers) = new.with(id)?;
                    self.take_up(&step)?;
                    self.new_ids.push(id);
                    self.total += followers.len();
                    Box::pin(self.run(&mut *connection, &followers)).await?;
                }
            }
        }
        Ok(())
    }

    /// Counts a step among those that are done: in DynamoDB it would be of an item of its own.
    fn take_up(&mut self, step: &Step<'_>) -> Result<(), Error> {
        let position = self.done.len();
        let item = (step.plan.table.to_string(), step.item.clone());
        if let Some(other) = self.done.iter().position(|done| *done == item) {
            let error = size::same_item(other).during(step.operation, step.plan);
            return Err(error.of_change(position, self.total));
        }
        self.done.push(item);
        size::check_changes(self.done.len().max(self.total))
    }

    fn ended(
        &self,
        error: Error,
        operation: &'static str,
        plan: &Plan,
        action: Option<&Action<'_>>,
    ) -> Ended {
        // What is in the way of an insert is there; a put would have found it, had it come a moment later.
        let inserts = matches!(action, Some(Action::Insert(_)) | None);
        let lost_race = write::lost_a_race(&error) && (error.constraint().is_none() || !inserts);
        let position = self.done.len() - usize::from(action.is_some());
        let place = format!("MySQL table {}", plan.root);
        let error = error.of_change(position, self.total.max(position + 1));
        Ended { error: error.at(operation, plan, None, place), lost_race }
    }
}

/// Adds a row whose id MySQL counts up, and gives the id.
async fn insert_new(connection: &mut MySqlConnection, new: &New<'_>) -> Result<u64, Error> {
    let (plan, counted) = (new.plan, new.ids.column);
    let columns = sql::written_columns(plan).filter(|column| *column != counted);
    let arguments = write::bind(plan, new.row.values(), columns)?;
    let statement = sql::insert_new(plan, counted);
    Ok(write::execute(connection, plan, statement, arguments).await?.last_insert_id())
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
