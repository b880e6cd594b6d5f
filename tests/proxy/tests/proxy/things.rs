//! A table of things on an engine, with a proxy before it.

use std::collections::HashMap;

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    Projection, ProjectionType, ScalarAttributeType,
};
use migratable_test_engines::DynamoDb;
use migratable_test_proxy::{FaultProxy, Seen};

pub(crate) const TABLE: &str = "Things";
pub(crate) const INDEX: &str = "ByKind";

pub(crate) type Item = HashMap<String, AttributeValue>;

/// An engine with an empty table, and a proxy before it.
pub(crate) struct Things {
    pub(crate) proxy: FaultProxy,
    /// Through the proxy.
    pub(crate) client: Client,
    /// Past the proxy.
    pub(crate) direct: Client,
    _engine: DynamoDb,
}

impl Things {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let engine = DynamoDb::embedded()?;
        let direct = engine.client();
        create(&direct).await?;
        let proxy = FaultProxy::start(env!("CARGO_BIN_EXE_fault-proxy"), engine.endpoint()).await?;
        Ok(Self { client: proxy.client(), proxy, direct, _engine: engine })
    }

    /// The numbers of the things there are, past the proxy.
    pub(crate) async fn there(&self) -> anyhow::Result<Vec<u32>> {
        let found = self.direct.scan().table_name(TABLE).consistent_read(true).send().await?;
        let mut numbers = found.items().iter().map(number).collect::<anyhow::Result<Vec<_>>>()?;
        numbers.sort_unstable();
        Ok(numbers)
    }

    /// The requests there were, as their operation and attempt.
    pub(crate) async fn attempts(&self) -> anyhow::Result<Vec<String>> {
        let said = |seen: Seen| format!("{} {}", seen.operation, seen.attempt.unwrap_or_default());
        Ok(self.proxy.seen().await?.into_iter().map(said).collect())
    }
}

async fn create(client: &Client) -> anyhow::Result<()> {
    let attribute =
        |name: &str, ty| AttributeDefinition::builder().attribute_name(name).attribute_type(ty).build();
    let key = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    let index = GlobalSecondaryIndex::builder()
        .index_name(INDEX)
        .key_schema(key("kind", KeyType::Hash)?)
        .key_schema(key("number", KeyType::Range)?)
        .projection(Projection::builder().projection_type(ProjectionType::All).build())
        .build()?;
    client
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("shelf", ScalarAttributeType::S)?)
        .attribute_definitions(attribute("number", ScalarAttributeType::N)?)
        .attribute_definitions(attribute("kind", ScalarAttributeType::S)?)
        .key_schema(key("shelf", KeyType::Hash)?)
        .key_schema(key("number", KeyType::Range)?)
        .global_secondary_indexes(index)
        .send()
        .await?;
    Ok(())
}

pub(crate) fn key(number: u32) -> Item {
    Item::from([
        ("shelf".to_owned(), AttributeValue::S("top".to_owned())),
        ("number".to_owned(), AttributeValue::N(number.to_string())),
    ])
}

pub(crate) fn thing(number: u32) -> Item {
    let mut item = key(number);
    item.insert("kind".to_owned(), AttributeValue::S("cup".to_owned()));
    item
}

pub(crate) fn number(item: &Item) -> anyhow::Result<u32> {
    let number = item.get("number").and_then(|value| value.as_n().ok()).context("a thing has a number")?;
    Ok(number.parse()?)
}

pub(crate) async fn put(client: &Client, number: u32) -> Result<(), String> {
    let request = client.put_item().table_name(TABLE).set_item(Some(thing(number)));
    request.send().await.map(drop).map_err(said)
}

/// Puts a thing that isn't there yet.
pub(crate) async fn put_new(client: &Client, number: u32) -> Result<(), String> {
    let request = client
        .put_item()
        .table_name(TABLE)
        .set_item(Some(thing(number)))
        .condition_expression("attribute_not_exists(shelf)");
    request.send().await.map(drop).map_err(said)
}

/// Whether a thing is there, to a read that may be stale or not.
pub(crate) async fn has(client: &Client, number: u32, consistent: bool) -> anyhow::Result<bool> {
    let request = client.get_item().table_name(TABLE).set_key(Some(key(number))).consistent_read(consistent);
    Ok(request.send().await?.item.is_some())
}

/// The service's code, or where the client got stuck.
pub(crate) fn said<E: ProvideErrorMetadata, R>(error: SdkError<E, R>) -> String {
    let stuck = match &error {
        SdkError::ServiceError(_) => error.code().unwrap_or("an answer without a code"),
        SdkError::DispatchFailure(_) => "no answer",
        SdkError::ResponseError(_) => "an answer that can't be read",
        SdkError::TimeoutError(_) => "no answer in time",
        _ => "another failure",
    };
    stuck.to_owned()
}
