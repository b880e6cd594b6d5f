//! Items as views: a server takes them, whatever is in the contract, and they have a row for each item.

use anyhow::{Context, ensure};
use migratable_core::plan::Plan;
use migratable_core::sql;
use sqlx::{AssertSqlSafe, Executor, MySqlPool};

/// Makes a plan's view and reads all of it.
pub(crate) async fn ask(source: &MySqlPool, plan: &Plan, rows: usize) -> anyhow::Result<()> {
    let view = sql::view(plan, "shown items");
    source.execute(AssertSqlSafe(view.sql.clone())).await.with_context(|| view.sql.clone())?;
    let found = source.fetch_all("SELECT * FROM `shown items`").await.with_context(|| view.sql.clone())?;
    ensure!(found.len() == rows, "{} rows instead of {rows}:\n{}", found.len(), view.sql);
    source.execute("DROP VIEW `shown items`").await?;
    Ok(())
}
