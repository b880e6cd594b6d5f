//! Reads that see how things were.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use migratable_test_proxy::{Behind, Copy, Fault, Operation, When};

use crate::things::{INDEX, TABLE, Things, has, number, put, thing};

/// What a query of a table or of its index finds.
async fn found(client: &Client, index: bool, consistent: bool) -> anyhow::Result<Vec<u32>> {
    let (name, value) = if index { ("kind", "cup") } else { ("shelf", "top") };
    let answer = client
        .query()
        .table_name(TABLE)
        .set_index_name(index.then(|| INDEX.to_owned()))
        .key_condition_expression("#key = :value")
        .expression_attribute_names("#key", name)
        .expression_attribute_values(":value", AttributeValue::S(value.to_owned()))
        .consistent_read(consistent)
        .send()
        .await?;
    answer.items().iter().map(number).collect()
}

async fn put_all(client: &Client, numbers: impl IntoIterator<Item = u32>) -> anyhow::Result<()> {
    for number in numbers {
        put(client, number).await.map_err(anyhow::Error::msg)?;
    }
    Ok(())
}

#[tokio::test]
async fn stale_reads_see_how_the_table_was() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let client = &things.client;
    put_all(client, [1]).await?;
    things.proxy.lag(Copy::Tables, Behind::Stopped).await?;
    put_all(client, [2, 3]).await?;
    client.delete_item().table_name(TABLE).set_key(Some(crate::things::key(1))).send().await?;

    assert_eq!(found(client, false, false).await?, [1]);
    assert_eq!(found(client, false, true).await?, [2, 3], "who asks for consistency gets it");
    assert_eq!(found(client, true, false).await?, [2, 3], "indexes are another copy");
    assert!(has(client, 1, false).await? && !has(client, 1, true).await?);
    assert!(!has(client, 2, false).await? && has(client, 2, true).await?);

    things.proxy.catch_up(Copy::Tables, Some(1)).await?;
    assert_eq!(found(client, false, false).await?, [1, 2], "one write more");
    things.proxy.catch_up(Copy::Tables, None).await?;
    assert_eq!(found(client, false, false).await?, [2, 3]);
    Ok(())
}

#[tokio::test]
async fn indexes_lack_the_last_writes() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let client = &things.client;
    things.proxy.lag(Copy::Indexes, Behind::Writes(2)).await?;
    put_all(client, 1..=5).await?;
    assert_eq!(found(client, true, false).await?, [1, 2, 3]);
    assert_eq!(found(client, false, false).await?, [1, 2, 3, 4, 5], "the table is another copy");
    things.proxy.lag(Copy::Indexes, Behind::Writes(0)).await?;
    assert_eq!(found(client, true, false).await?, [1, 2, 3, 4, 5]);
    Ok(())
}

#[tokio::test]
async fn a_copy_gets_what_took_effect_and_nothing_else() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let client = &things.client;
    things.proxy.lag(Copy::Tables, Behind::Stopped).await?;
    things.proxy.add(When::asked(Operation::BatchWriteItem), Fault::Partly(1)).await?;
    put_all(client, [1]).await?;
    let refused = crate::things::put_new(client, 1).await;
    assert_eq!(refused, Err("ConditionalCheckFailedException".to_owned()));
    let write = |number| {
        let put = PutRequest::builder().set_item(Some(thing(number))).build()?;
        anyhow::Ok(WriteRequest::builder().put_request(put).build())
    };
    client.batch_write_item().request_items(TABLE, vec![write(2)?, write(3)?]).send().await?;
    things.proxy.catch_up(Copy::Tables, None).await?;
    assert_eq!(found(client, false, false).await?, [1, 2]);
    Ok(())
}

#[tokio::test]
async fn what_never_lagged_can_not_catch_up() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let error = things.proxy.catch_up(Copy::Tables, None).await.expect_err("there is no copy");
    assert_eq!(error.to_string(), "Tables were never made to lag");
    Ok(())
}
