//! Units of work as transactions: each row that is changed is locked, judged here as for DynamoDB, and written.

use migratable_core::change::Change as Edits;
use migratable_core::check::Expr;
use migratable_core::dynamodb::Item;
use migratable_core::plan::Plan;
use migratable_core::value::{Row, Value};
use migratable_core::{projection, sql};
use sqlx::mysql::{MySqlConnection, MySqlPool};
use sqlx::{AssertSqlSafe, Connection as _};

use super::classify::classify;
use super::lease::Lease;
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
    let mut unit = Unit::of(entries)?;
    let mut connection = Lease::new(pool).await.map_err(fault)?;
    let outcome = transact(&mut connection, &mut unit, entries).await;
    connection.end();
    outcome?;
    Ok(Committed { new_ids: unit.new_ids })
}

async fn transact(
    connection: &mut MySqlConnection,
    unit: &mut Unit,
    entries: &[Entry<'_>],
) -> Result<(), Ended> {
    let fault = |error| classify(error, "");
    // Dropping the transaction on the way out rolls it back.
    let mut transaction = connection.begin().await.map_err(fault)?;
    unit.run(&mut transaction, entries).await?;
    transaction.commit().await.map_err(|error| fault(error).uncertain_if_lost())?;
    Ok(())
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
    /// How many of them are begun.
    begun: usize,
    /// The items of those that are known, each with its table and the step it is of. A row that moves has two.
    items: Vec<(usize, String, Item)>,
    new_ids: Vec<u64>,
}

impl Unit {
    /// A unit of which nothing is done yet, if both stores can do what is known of it.
    fn of(entries: &[Entry<'_>]) -> Result<Self, Error> {
        let steps = entries.iter().filter_map(|entry| match entry {
            Entry::Step(step) => Some(step),
            Entry::New(_) => None,
        });
        let steps: Vec<&Step<'_>> = steps.collect();
        size::check(&steps)?;
        // Where rows get ids, steps come in between, and where others stand is known once they are begun.
        let known = if steps.len() == entries.len() { steps } else { Vec::new() };
        let place =
            |(position, step): (usize, &Step<'_>)| (position, step.plan.table.to_string(), step.item.clone());
        let items = known.into_iter().enumerate().map(place).collect();
        Ok(Self { total: entries.len(), begun: 0, items, new_ids: Vec::new() })
    }

    /// Does the entries, one after another, and what follows each.
    async fn run(&mut self, connection: &mut MySqlConnection, entries: &[Entry<'_>]) -> Result<(), Ended> {
        for entry in entries {
            match entry {
                Entry::Step(step) => {
                    self.take_up(step)?;
                    let outcome = self.run_step(&mut *connection, step).await;
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

    async fn run_step(&mut self, connection: &mut MySqlConnection, step: &Step<'_>) -> Result<(), Error> {
        let plan = step.plan;
        match &step.action {
            Action::Insert(row) => write::insert(connection, plan, row.values()).await,
            Action::Put(row) if write::exists(connection, plan, row.values()).await? => {
                write::update(connection, plan, row.values()).await
            }
            Action::Put(row) => write::insert(connection, plan, row.values()).await,
            Action::Change { key, edits } => self.change(connection, step, key, edits).await,
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

    async fn change(
        &mut self,
        connection: &mut MySqlConnection,
        step: &Step<'_>,
        key: &[Value],
        edits: &Edits,
    ) -> Result<(), Error> {
        let plan = step.plan;
        let before = locked(connection, plan, key).await?.ok_or_else(|| Error::new(Kind::NotFound))?;
        let after = judge::changed_own(plan, edits, before.clone())?;
        // What other tables give of a key is not known here; such a key doesn't move by a change of this row.
        let moved = projection::key(plan, &after).unwrap_or_else(|_| step.item.clone());
        self.take_item(step, moved)?;
        let columns: Vec<usize> = sql::written_columns(plan).filter(|column| edits.edits(*column)).collect();
        if columns.is_empty() {
            return Ok(());
        }
        let own_key = plan.primary_key.iter().map(|column| (*column, before[*column].clone()));
        let binds: Vec<(usize, Value)> =
            columns.iter().map(|column| (*column, after[*column].clone())).chain(own_key).collect();
        let statement = sql::update_columns(plan, &columns);
        write::execute(connection, plan, statement, rows::arguments(plan, &binds)?).await.map(drop)
    }

    /// Counts a step among those that are begun.
    fn take_up(&mut self, step: &Step<'_>) -> Result<(), Error> {
        self.begun += 1;
        self.take_item(step, step.item.clone())?;
        size::check_changes(self.begun.max(self.total))
    }

    /// Has a step's item for itself: DynamoDB's transaction does one thing to an item.
    fn take_item(&mut self, step: &Step<'_>, item: Item) -> Result<(), Error> {
        let position = self.begun - 1;
        let table = step.plan.table.to_string();
        let same = self.items.iter().find(|(_, other, known)| *other == table && *known == item);
        match same {
            Some((other, ..)) if *other != position => {
                let (first, second) = (position.min(*other), position.max(*other));
                let error = size::same_item(first).during(step.operation, step.plan);
                Err(error.of_change(second, self.total.max(self.begun)))
            }
            Some(_) => Ok(()),
            None => {
                self.items.push((position, table, item));
                Ok(())
            }
        }
    }

    /// The error of a step, which is counted among those that are begun unless it has no action yet.
    fn ended(
        &self,
        error: Error,
        operation: &'static str,
        plan: &Plan,
        action: Option<&Action<'_>>,
    ) -> Ended {
        // A put would have found what is in its way, had it come a moment later; the others are told.
        let puts = matches!(action, Some(Action::Put(_)));
        let lost_race = write::lost_a_race(&error) && (error.constraint().is_none() || puts);
        let position = self.begun - usize::from(action.is_some());
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

/// Locks the row with a key, or the gap where it would be, and reads it.
async fn locked(connection: &mut MySqlConnection, plan: &Plan, key: &[Value]) -> Result<Option<Row>, Error> {
    let binds: Vec<(usize, Value)> = plan.key_columns(None).into_iter().zip(key.iter().cloned()).collect();
    let query =
        sqlx::query_with(AssertSqlSafe(plan.statements().locked.clone()), rows::arguments(plan, &binds)?);
    let found = query.fetch_all(connection).await.map_err(|error| classify(error, &plan.root))?;
    match &*found {
        [] => Ok(None),
        [row] => rows::decode_own(plan, row).map(Some),
        _ => Err(Error::new(Kind::NotUnique)),
    }
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
    write::execute(connection, plan, plan.statements().delete.clone(), arguments).await.map(drop)
}
