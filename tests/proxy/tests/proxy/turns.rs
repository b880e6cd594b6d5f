//! Which requests a rule is for, and what is known of requests afterwards.

use std::collections::BTreeMap;

use anyhow::Context;
use migratable_test_proxy::{Fault, FaultProxy, Operation, Refusal, Stage, When};
use serde_json::json;

use crate::things::{TABLE, Things, has, put};

/// Not tried again by the SDK, so each is one request.
const DENIED: Fault = Fault::Refuse(Refusal::AccessDenied);

#[tokio::test]
async fn a_rule_is_for_its_turns() -> anyhow::Result<()> {
    let things = Things::start().await?;
    things.proxy.add(When::asked(Operation::PutItem).skip(1).times(2), DENIED).await?;
    let mut done = Vec::new();
    for number in 1..=5 {
        done.push(put(&things.client, number).await.is_ok());
        assert!(has(&things.client, number, true).await? == done[done.len() - 1], "reads have no fault");
    }
    assert_eq!(done, [true, false, false, true, true]);
    Ok(())
}

#[tokio::test]
async fn the_sdk_wins_where_there_are_fewer_faults_than_attempts() -> anyhow::Result<()> {
    let things = Things::start().await?;
    things.proxy.add(When::always().times(1), Fault::Refuse(Refusal::Throttling)).await?;
    things.proxy.add(When::always().times(1), Fault::Refuse(Refusal::InternalServerError)).await?;
    assert_eq!(put(&things.client, 1).await, Ok(()));
    assert_eq!(things.attempts().await?, ["PutItem 1", "PutItem 2", "PutItem 3"]);
    assert_eq!(things.there().await?, [1]);
    Ok(())
}

#[tokio::test]
async fn a_rule_is_for_its_table_index_and_value() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let client = &things.client;
    things.proxy.add(When::always().table("Others"), DENIED).await?;
    things.proxy.add(When::always().index("ByNothing"), DENIED).await?;
    things.proxy.add(When::always().value("2"), DENIED).await?;
    assert_eq!(put(client, 1).await, Ok(()));
    assert_eq!(put(client, 2).await, Err("AccessDeniedException".to_owned()));
    things.proxy.add(When::always().table(TABLE), DENIED).await?;
    assert_eq!(put(client, 1).await, Err("AccessDeniedException".to_owned()));
    // The first rule added has a request.
    let rules: Vec<bool> = things.proxy.seen().await?.iter().map(|seen| seen.rule.is_some()).collect();
    assert_eq!(rules, [false, true, true]);
    Ok(())
}

#[tokio::test]
async fn requests_are_known_afterwards() -> anyhow::Result<()> {
    let things = Things::start().await?;
    put(&things.client, 1).await.map_err(anyhow::Error::msg)?;
    has(&things.client, 1, true).await?;
    has(&things.client, 1, false).await?;
    let counts = BTreeMap::from([("GetItem".to_owned(), 2), ("PutItem".to_owned(), 1)]);
    assert_eq!(things.proxy.counts().await?, counts);
    assert_eq!(things.proxy.operations().await?, ["PutItem", "GetItem", "GetItem"]);
    let seen = things.proxy.seen().await?;
    let first = seen.first().context("the first")?;
    assert_eq!(first.body["Item"]["number"], json!({ "N": "1" }));
    assert_eq!(first.body["TableName"], TABLE);
    things.proxy.forget().await?;
    assert_eq!(things.proxy.counts().await?, BTreeMap::new());
    Ok(())
}

#[tokio::test]
async fn faults_that_can_not_happen_are_refused() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let mut texts = Vec::new();
    for (when, fault) in [
        (When::asked(Operation::Query), Fault::Partly(1)),
        (When::always(), Fault::Page(1)),
        (
            When::asked(Operation::PutItem),
            Fault::Cancel { reason: migratable_test_proxy::Reason::ThrottlingError, actions: vec![0] },
        ),
    ] {
        texts.push(things.proxy.add(when, fault).await.expect_err("it can't happen").to_string());
    }
    insta::assert_snapshot!(texts.join("\n"));
    assert_eq!(put(&things.client, 1).await, Ok(()), "no rule was added");
    let rule = things.proxy.add(When::always(), Fault::Hold(Stage::Before)).await?;
    things.proxy.remove(rule).await?;
    let error = things.proxy.release(rule).await.expect_err("it is gone");
    assert_eq!(error.to_string(), "there is no such rule");
    Ok(())
}

#[tokio::test]
async fn the_process_ends_with_its_handle() -> anyhow::Result<()> {
    let things = Things::start().await?;
    let client = things.client.clone();
    drop(things.proxy);
    assert_eq!(put(&client, 1).await, Err("no answer".to_owned()));

    let error = FaultProxy::start(env!("CARGO_BIN_EXE_fault-proxy"), "localhost").await;
    assert_eq!(error.expect_err("no address").to_string(), "the proxy ended while starting");
    Ok(())
}
