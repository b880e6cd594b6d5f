//! What moves data asks of a source: statements of [`migratable_core::sql`] on a connection of its own choice, so that
//! several see one snapshot.

use migratable_core::plan::Plan;
use migratable_core::sql::Statement;
use migratable_core::value::{Row, Value};
use sqlx::mysql::{MySqlArguments, MySqlRow};
use sqlx::{AssertSqlSafe, MySqlExecutor};

use super::classify::classify;
use super::rows;
use crate::error::Error;

/// The rows of a plan that a statement of [`migratable_core::sql`] selects. The session must be pinned: see
/// [`pool_options`](super::pool_options).
///
/// # Errors
/// A row can't be read ([`Error::is_unreadable`]), or the server fails.
pub async fn read_rows(
    executor: impl MySqlExecutor<'_>,
    plan: &Plan,
    statement: &Statement,
) -> Result<Vec<Row>, Error> {
    let found = fetch(executor, plan, statement).await?;
    found.iter().map(|row| rows::decode(plan, row)).collect()
}

/// The primary keys of a plan's root that a statement of [`migratable_core::sql`] selects, as [`read_rows`] asks it.
///
/// # Errors
/// A key can't be read ([`Error::is_unreadable`]), or the server fails.
pub async fn read_keys(
    executor: impl MySqlExecutor<'_>,
    plan: &Plan,
    statement: &Statement,
) -> Result<Vec<Vec<Value>>, Error> {
    let found = fetch(executor, plan, statement).await?;
    found.iter().map(|row| rows::decode_key(plan, row)).collect()
}

async fn fetch(
    executor: impl MySqlExecutor<'_>,
    plan: &Plan,
    statement: &Statement,
) -> Result<Vec<MySqlRow>, Error> {
    let mut arguments = MySqlArguments::default();
    for value in &statement.binds {
        rows::add(&mut arguments, rows::MOST_DIGITS, value)?;
    }
    // Statements are built by core, which quotes every name and binds every value.
    let query = sqlx::query_with(AssertSqlSafe(statement.sql.clone()), arguments);
    query.fetch_all(executor).await.map_err(|error| classify(error, &plan.root))
}
