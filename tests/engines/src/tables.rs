//! The contract's tables on a DynamoDB engine.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context, bail};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::client::Waiters;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use migratable_core::Text;
use migratable_core::dynamodb::AttributeType;
use migratable_core::plan::{Table, TableIndex};

/// How long a table may take to come or go. Engines on this machine answer at once.
const LIMIT: Duration = Duration::from_secs(60);

/// Creates the tables with all their keys and indexes, on demand, every index with what it holds, and waits until
/// they can be used.
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
    let indexes = table.indexes.iter().map(index).collect::<anyhow::Result<Vec<_>>>()?;
    client
        .create_table()
        .table_name(table.name.as_ref())
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(attribute_definitions(table)?))
        .set_key_schema(Some(key_schema(std::slice::from_ref(&table.partition), table.sort.as_slice())?))
        .set_global_secondary_indexes((!indexes.is_empty()).then_some(indexes))
        .send()
        .await?;
    client.wait_until_table_exists().table_name(table.name.as_ref()).wait(LIMIT).await?;
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

fn index(index: &TableIndex) -> anyhow::Result<GlobalSecondaryIndex> {
    Ok(GlobalSecondaryIndex::builder()
        .index_name(index.name.as_ref())
        .set_key_schema(Some(key_schema(&index.partition, &index.sort)?))
        .projection(projection(index))
        .build()?)
}

fn projection(index: &TableIndex) -> Projection {
    let projection = Projection::builder();
    match &index.project {
        None => projection.projection_type(ProjectionType::All).build(),
        Some(names) => names
            .iter()
            .fold(projection.projection_type(ProjectionType::Include), |projection, name| {
                projection.non_key_attributes(name.as_ref())
            })
            .build(),
    }
}

fn key_schema(
    partition: &[(Text, AttributeType)],
    sort: &[(Text, AttributeType)],
) -> anyhow::Result<Vec<KeySchemaElement>> {
    let element = |name: &Text, key: KeyType| {
        KeySchemaElement::builder().attribute_name(name.as_ref()).key_type(key).build()
    };
    let partition = partition.iter().map(|(name, _)| element(name, KeyType::Hash));
    let sort = sort.iter().map(|(name, _)| element(name, KeyType::Range));
    Ok(partition.chain(sort).collect::<Result<_, _>>()?)
}

/// Every attribute of any key, once.
fn attribute_definitions(table: &Table) -> anyhow::Result<Vec<AttributeDefinition>> {
    let of_table = std::iter::once(&table.partition).chain(&table.sort);
    let of_indexes = table.indexes.iter().flat_map(|index| index.partition.iter().chain(index.sort.iter()));
    let types: BTreeMap<&str, AttributeType> =
        of_table.chain(of_indexes).map(|(name, ty)| (name.as_ref(), *ty)).collect();
    types
        .into_iter()
        .map(|(name, ty)| {
            let ty = scalar_type(ty).with_context(|| format!("key attribute {name}"))?;
            Ok(AttributeDefinition::builder().attribute_name(name).attribute_type(ty).build()?)
        })
        .collect()
}

fn scalar_type(ty: AttributeType) -> anyhow::Result<ScalarAttributeType> {
    Ok(match ty {
        AttributeType::S => ScalarAttributeType::S,
        AttributeType::N => ScalarAttributeType::N,
        AttributeType::B => ScalarAttributeType::B,
        AttributeType::Bool | AttributeType::Ss | AttributeType::L | AttributeType::M => {
            bail!("type {ty} can't be in a key")
        }
    })
}
