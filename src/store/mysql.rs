//! The MySQL store: a [`connect`]ed pool whose sessions are pinned, and the statements a plan brings along.

mod classify;
#[cfg(feature = "dynamodb")]
mod ids;
mod lease;
mod rows;
mod session;
mod source;
mod unit;
mod write;

use migratable_core::check::ValidRow;
#[cfg(feature = "dynamodb")]
use migratable_core::plan::Plan;
use migratable_core::value::Row;
use migratable_core::{Text, sql};
use sqlx::AssertSqlSafe;
use sqlx::mysql::{MySqlArguments, MySqlPool, MySqlRow};

pub use self::classify::DriverError;
use self::classify::classify;
use self::lease::Lease;
pub use self::session::{connect, pool_options};
pub use self::source::{read_keys, read_rows};
pub(super) use self::unit::run as run_unit;
use super::{Question, Stretch};
use crate::error::{Error, Kind};
use crate::unit::{Committed, Entry};

/// A connection pool whose sessions are pinned.
pub(super) struct MySql {
    pool: MySqlPool,
}

impl MySql {
    /// Takes a pool, if its sessions are pinned.
    pub(super) async fn new(pool: MySqlPool) -> Result<Self, Error> {
        session::check(&pool).await?;
        Ok(Self { pool })
    }

    /// Writes a row that has been checked.
    pub(super) async fn put(&self, row: ValidRow<'_>) -> Result<(), Error> {
        write::put(&self.pool, &row).await
    }

    /// Does a unit of work in a transaction.
    pub(super) async fn commit(&self, entries: &[Entry<'_>]) -> Result<Committed, Error> {
        unit::commit(&self.pool, entries).await
    }

    /// The next number that AUTO_INCREMENT gives.
    #[cfg(feature = "dynamodb")]
    pub(super) async fn next_id(&self, plan: &Plan) -> Result<u64, Error> {
        ids::next(&self.pool, plan).await
    }

    /// The one row that answers.
    pub(super) async fn get(&self, question: &Question<'_>) -> Result<Option<Row>, Error> {
        let arguments = rows::arguments(question.plan, &rows::parameters(question))?;
        let mut found = self.fetch(question, question.pattern.sql.first.clone(), arguments).await?;
        if found.len() > 1 {
            return Err(Error::new(Kind::NotUnique));
        }
        Ok(found.pop())
    }

    /// A stretch of a list.
    pub(super) async fn list(&self, question: &Question<'_>, stretch: &Stretch) -> Result<Vec<Row>, Error> {
        let mut binds = rows::parameters(question);
        binds.extend(rows::ends(question));
        if let Some(after) = &stretch.after {
            binds.extend(rows::keyset(question, after)?);
        }
        let mut arguments = rows::arguments(question.plan, &binds)?;
        rows::add_limit(&mut arguments, stretch.limit)?;
        self.fetch(question, statement(question, stretch), arguments).await
    }

    async fn fetch(
        &self,
        question: &Question<'_>,
        sql: Text,
        arguments: MySqlArguments,
    ) -> Result<Vec<Row>, Error> {
        let plan = question.plan;
        // A plan's statements are built by core, which quotes every name and binds every value.
        let query = sqlx::query_with(AssertSqlSafe(sql), arguments);
        let mut connection = Lease::new(&self.pool).await.map_err(|error| classify(error, &plan.root))?;
        let found = query.fetch_all(&mut *connection).await;
        connection.end();
        let found: Vec<MySqlRow> = found.map_err(|error| classify(error, &plan.root))?;
        found.iter().map(|row| rows::decode(plan, row)).collect()
    }
}

/// The statement that reads a stretch. Those of access patterns are written already; ranges are too many for that.
fn statement(question: &Question<'_>, stretch: &Stretch) -> Text {
    let Question { plan, pattern, .. } = question;
    let sql = &pattern.sql;
    if sql.first.is_empty() {
        let next = stretch.after.is_some();
        return Text::Owned(sql::range(plan, pattern, question.ended(), next, stretch.backwards));
    }
    let statement = match (&stretch.after, stretch.backwards) {
        (None, false) => &sql.first,
        (None, true) => &sql.first_descending,
        (Some(_), false) => &sql.after,
        (Some(_), true) => &sql.after_descending,
    };
    statement.clone()
}
