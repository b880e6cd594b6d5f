//! What happens to a request and its answer.

use std::time::Duration;

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, KeysAndAttributes, Put, PutRequest, TransactWriteItem, WriteRequest,
};
use migratable_test_proxy::{Fault, Operation, Reason, Refusal, Stage, When};

use crate::things::{INDEX, TABLE, Things, has, key, number, put, put_new, said, thing};

#[tokio::test]
async fn what_has_no_fault_passes_unchanged() -> anyhow::Result<()> {
    let things = Things::start().await?;
    assert_eq!(put(&things.client, 1).await, Ok(()));
    let found = things.client.get_item().table_name(TABLE).set_key(Some(key(1))).send().await?;
    assert_eq!(found.item, Some(thing(1)));
    // The engine's own refusal, too.
    assert_eq!(put_new(&things.client, 1).await, Err("ConditionalCheckFailedException".to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_held_request_has_no_effect_until_it_is_released() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let rule = things.proxy.add(When::asked(Operation::PutItem), Fault::Hold(Stage::Before)).await?;
    let client = things.client.clone();
    let held = tokio::spawn(async move { put(&client, 1).await });
    things.proxy.happened(rule, 1).await?;
    assert!(!has(&things.client, 1, true).await?, "it has not reached the engine");
    assert_eq!(things.proxy.release(rule).await?, 1);
    assert_eq!(held.await?, Ok(()));
    assert!(has(&things.client, 1, true).await?);
    Ok(())
}

#[tokio::test]
async fn a_held_answer_is_of_what_was_done() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let rule = things.proxy.add(When::asked(Operation::PutItem), Fault::Hold(Stage::After)).await?;
    let client = things.client.clone();
    let held = tokio::spawn(async move { put(&client, 1).await });
    things.proxy.happened(rule, 1).await?;
    assert!(has(&things.client, 1, true).await?, "it has taken effect");
    assert!(!held.is_finished(), "it has no answer");
    things.proxy.remove(rule).await?;
    assert_eq!(held.await?, Ok(()), "what a rule holds goes on without it");
    Ok(())
}

/// A client that gives up an attempt after a second.
fn impatient(endpoint: &str) -> Client {
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_secs(1)).build();
    let config = migratable_test_engines::client_config(endpoint)
        .timeout_config(timeouts)
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)));
    Client::from_conf(config.build())
}

#[tokio::test]
async fn a_delay_outlasts_who_does_not_wait() -> anyhow::Result<()> {
    for (stage, outcome) in
        [(Stage::Before, Ok(())), (Stage::After, Err("ConditionalCheckFailedException".to_owned()))]
    {
        let things = Things::start().await?;
        let when = When::asked(Operation::PutItem).times(1);
        things.proxy.add(when, Fault::Delay { stage, milliseconds: 600_000 }).await?;
        // The attempt that was given up has been done, or not.
        assert_eq!(put_new(&impatient(things.proxy.endpoint()), 1).await, outcome, "{stage:?}");
        assert_eq!(things.attempts().await?, ["PutItem 1", "PutItem 2"], "{stage:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_short_delay_only_takes_longer() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let delay = Fault::Delay { stage: Stage::Before, milliseconds: 10 };
    let rule = things.proxy.add(When::always(), delay).await?;
    assert_eq!(put_new(&things.client, 1).await, Ok(()));
    things.proxy.happened(rule, 1).await?;
    assert_eq!(things.there().await?, [1]);
    Ok(())
}

#[tokio::test]
async fn a_lost_request_has_no_effect_and_a_lost_answer_has_one() -> anyhow::Result<()> {
    for (stage, there) in [(Stage::Before, vec![]), (Stage::After, vec![1])] {
        let things = Things::start().await?;
        things.proxy.add(When::asked(Operation::PutItem), Fault::Disconnect(stage)).await?;
        assert_eq!(put(&things.client, 1).await, Err("no answer".to_owned()), "{stage:?}");
        assert_eq!(things.attempts().await?, ["PutItem 1", "PutItem 2", "PutItem 3"], "{stage:?}");
        assert_eq!(things.there().await?, there, "{stage:?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_breaks_off() -> anyhow::Result<()> {
    let things = Things::start().await?;
    things.proxy.add(When::always(), Fault::Garble).await?;
    // What the SDK can't read is an error of the service to it.
    assert_eq!(put(&things.client, 1).await, Err("an answer without a code".to_owned()));
    assert_eq!(things.there().await?, [1]);
    Ok(())
}

#[tokio::test]
async fn refusals_are_what_the_sdk_knows_by_that_name() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let mut texts = Vec::new();
    for refusal in [
        Refusal::Throttling,
        Refusal::ProvisionedThroughputExceeded,
        Refusal::RequestLimitExceeded,
        Refusal::InternalServerError,
        Refusal::ServiceUnavailable,
        Refusal::TransactionConflict,
        Refusal::TransactionInProgress,
        Refusal::UnrecognizedClient,
        Refusal::ExpiredToken,
        Refusal::InvalidSignature,
        Refusal::AccessDenied,
    ] {
        let rule = things.proxy.add(When::always(), Fault::Refuse(refusal)).await?;
        let code = put(&things.client, 1).await.expect_err("it is refused");
        texts.push(format!("{refusal:?}: {code}, after {} attempts", things.proxy.seen().await?.len()));
        things.proxy.remove(rule).await?;
        things.proxy.forget().await?;
    }
    assert_eq!(things.there().await?, [0_u32; 0], "the engine has seen none of them");
    insta::assert_snapshot!(texts.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_batch_is_written_in_part() -> anyhow::Result<()> {
    let things = Things::start().await?;
    things.proxy.add(When::asked(Operation::BatchWriteItem).times(1), Fault::Partly(2)).await?;
    let write = |number| {
        anyhow::Ok(
            WriteRequest::builder()
                .put_request(PutRequest::builder().set_item(Some(thing(number))).build()?)
                .build(),
        )
    };
    let writes = (1..=5).map(write).collect::<anyhow::Result<Vec<_>>>()?;
    let answer = things.client.batch_write_item().request_items(TABLE, writes.clone()).send().await?;
    let rest = answer.unprocessed_items.context("what is left")?;
    assert_eq!(rest.get(TABLE).map(Vec::as_slice), Some(&writes[2..]));
    assert_eq!(things.there().await?, [1, 2]);
    let answer = things.client.batch_write_item().set_request_items(Some(rest)).send().await?;
    assert_eq!(answer.unprocessed_items.unwrap_or_default().len(), 0);
    assert_eq!(things.there().await?, [1, 2, 3, 4, 5]);
    Ok(())
}

#[tokio::test]
async fn a_batch_is_read_in_part() -> anyhow::Result<()> {
    let things = Things::start().await?;
    for number in 1..=3 {
        put(&things.client, number).await.map_err(anyhow::Error::msg)?;
    }
    things.proxy.add(When::asked(Operation::BatchGetItem).times(1), Fault::Partly(1)).await?;
    let keys = KeysAndAttributes::builder().set_keys(Some((1..=3).map(key).collect())).consistent_read(true);
    let answer = things.client.batch_get_item().request_items(TABLE, keys.build()?).send().await?;
    assert_eq!(answer.responses.context("what was read")?[TABLE], [thing(1)]);
    let rest = &answer.unprocessed_keys.context("what is left")?[TABLE];
    assert_eq!(rest.keys(), [key(2), key(3)]);
    assert_eq!(rest.consistent_read(), Some(true), "what was said of the keys is said of the rest");

    // Nothing at all, too.
    things.proxy.add(When::asked(Operation::BatchGetItem).times(1), Fault::Partly(0)).await?;
    let answer = things.client.batch_get_item().request_items(TABLE, rest.clone()).send().await?;
    assert_eq!(answer.unprocessed_keys.context("everything")?[TABLE].keys(), [key(2), key(3)]);
    Ok(())
}

#[tokio::test]
async fn a_transaction_is_canceled_at_its_places() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let cancel = Fault::Cancel { reason: Reason::TransactionConflict, actions: vec![1] };
    things.proxy.add(When::asked(Operation::TransactWriteItems).times(1), cancel).await?;
    let action = |number| {
        let put = Put::builder().table_name(TABLE).set_item(Some(thing(number))).build()?;
        anyhow::Ok(TransactWriteItem::builder().put(put).build())
    };
    let actions = (1..=3).map(action).collect::<anyhow::Result<Vec<_>>>()?;
    let ask = || things.client.transact_write_items().set_transact_items(Some(actions.clone())).send();
    let error = ask().await.expect_err("it is canceled").into_service_error();
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error else {
        anyhow::bail!("another error: {error}");
    };
    let codes: Vec<_> = canceled.cancellation_reasons().iter().filter_map(|reason| reason.code()).collect();
    assert_eq!(codes, ["None", "TransactionConflict", "None"]);
    assert_eq!(things.there().await?, [0_u32; 0]);
    ask().await?;
    assert_eq!(things.there().await?, [1, 2, 3]);
    Ok(())
}

#[tokio::test]
async fn pages_are_short_and_say_where_to_go_on() -> anyhow::Result<()> {
    let things = Things::start().await?;
    for number in 1..=7 {
        put(&things.client, number).await.map_err(anyhow::Error::msg)?;
    }
    things.proxy.add(When::asked(Operation::Query), Fault::Page(3)).await?;
    let mut pages = Vec::new();
    let mut start = None;
    loop {
        let answer = things
            .client
            .query()
            .table_name(TABLE)
            .index_name(INDEX)
            .key_condition_expression("kind = :kind")
            .expression_attribute_values(":kind", AttributeValue::S("cup".to_owned()))
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|error| anyhow::Error::msg(said(error)))?;
        pages.push(answer.items().iter().map(number).collect::<anyhow::Result<Vec<_>>>()?);
        start = answer.last_evaluated_key;
        if start.is_none() {
            break;
        }
    }
    assert_eq!(pages, [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    Ok(())
}
