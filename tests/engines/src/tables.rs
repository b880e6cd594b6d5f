//! The contract's tables on a DynamoDB engine.

use std::time::Duration;

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use migratable_core::plan::Table;
use migratable_engine::tables::{self, Engine, Patience, Payment, Storage, WantedTable};

/// How long a table may take to come or go. Engines on this machine answer at once.
const LIMIT: Duration = Duration::from_secs(60);

/// How tests keep tables: nothing expires behind their backs, and they can be deleted.
const BARE: Storage = Storage {
    ttl: None,
    payment: Payment::OnDemand,
    stream: None,
    point_in_time_recovery: false,
    deletion_protection: false,
};

/// Creates the tables by the request of `migratable tables create`, but bare, and waits until they can be used.
///
/// # Errors
/// A table of that name is there already; a key is of a type that can't be one.
pub async fn create_tables(client: &Client, tables: &[Table]) -> anyhow::Result<()> {
    for table in tables {
        create_table(client, table)
            .await
            .with_context(|| format!("could not create table {}", table.name))?;
    }
    Ok(())
}

/// Deletes the tables and waits until they are gone. Tables that aren't there are fine.
///
/// # Errors
/// The engine's refusal of anything else.
pub async fn delete_tables(client: &Client, tables: &[Table]) -> anyhow::Result<()> {
    for table in tables {
        delete_table(client, &table.name)
            .await
            .with_context(|| format!("could not delete table {}", table.name))?;
    }
    Ok(())
}

async fn create_table(client: &Client, table: &Table) -> anyhow::Result<()> {
    let table = WantedTable::new(table, BARE)?;
    tables::create_table(client, &table)?.send().await?;
    let engine = Engine { client: client.clone(), place: "the tests' engine".to_owned() };
    tables::wait(&engine, &table.name, Patience { limit: LIMIT }).await?;
    Ok(())
}

async fn delete_table(client: &Client, name: &str) -> anyhow::Result<()> {
    match client.delete_table().table_name(name).send().await {
        Ok(_) => {}
        Err(error) if error.as_service_error().is_some_and(|e| e.is_resource_not_found_exception()) => {
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    }
    client.wait_until_table_not_exists().table_name(name).wait(LIMIT).await?;
    Ok(())
}
