//! Units of work: done once, or not at all, or said to be uncertain.

use std::time::Duration;

use anyhow::Context;
use migratable::types::Decimal;
use migratable_test_proxy::{Behind, Copy, Fault, Operation, Reason, Refusal, Stage, When};
use shop::{ProductColumns, ProductKey};
use tokio::task::JoinSet;

use crate::said::said;
use crate::shops::{Shops, line, order, sale};

const UNIT: Operation = Operation::TransactWriteItems;

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn all_equal(tokens: &[String]) -> bool {
    tokens.windows(2).all(|pair| pair[0] == pair[1])
}

#[tokio::test]
async fn faults_that_pass_are_tried_again_as_the_same_request() -> anyhow::Result<()> {
    for refusal in [Refusal::Throttling, Refusal::ProvisionedThroughputExceeded, Refusal::InternalServerError]
    {
        let shops = Shops::start().await?;
        shops.proxy.add(When::asked(UNIT).times(2), Fault::Refuse(refusal)).await?;
        sale(&shops.shop, 1)?.commit().await?;
        let tokens = shops.tokens().await?;
        assert!(tokens.len() == 3 && all_equal(&tokens), "{refusal:?}: {tokens:?}");
        assert!(shops.has_order(1).await?);
        assert_eq!(shops.stock().await?, 6, "{refusal:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_unit_whose_answer_is_lost_is_done_once() -> anyhow::Result<()> {
    for times in [1, 2] {
        let shops = Shops::start().await?;
        shops.proxy.add(When::asked(UNIT).times(times), Fault::Disconnect(Stage::After)).await?;
        sale(&shops.shop, 1)?.commit().await?;
        let tokens = shops.tokens().await?;
        assert!(tokens.len() == 1 + times as usize && all_equal(&tokens), "{tokens:?}");
        assert!(shops.has_order(1).await?);
        assert_eq!(shops.stock().await?, 6, "{times} answers lost");
    }
    Ok(())
}

#[tokio::test]
async fn units_of_their_own_have_tokens_of_their_own() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    sale(&shops.shop, 1)?.commit().await?;
    sale(&shops.shop, 2)?.commit().await?;
    let tokens = shops.tokens().await?;
    assert!(tokens.len() == 2 && !all_equal(&tokens), "{tokens:?}");
    assert_eq!(shops.stock().await?, 4);
    Ok(())
}

#[tokio::test]
async fn a_unit_that_is_under_way_is_waited_for() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    // More than the SDK tries by itself.
    shops.proxy.add(When::asked(UNIT).times(5), Fault::Refuse(Refusal::TransactionInProgress)).await?;
    sale(&shops.shop, 1)?.commit().await?;
    let tokens = shops.tokens().await?;
    assert!(tokens.len() == 6 && all_equal(&tokens), "{tokens:?}");
    assert_eq!(shops.stock().await?, 6);
    Ok(())
}

/// Faults of all requests for a unit, of whose error nothing can be said but what is true: what is in stock afterwards.
#[tokio::test]
async fn a_unit_without_an_answer_is_uncertain() -> anyhow::Result<()> {
    let mut texts = Vec::new();
    for (fault, stock) in [
        (Fault::Disconnect(Stage::Before), 8),
        (Fault::Disconnect(Stage::After), 6),
        (Fault::Garble, 6),
        (Fault::Refuse(Refusal::InternalServerError), 8),
        (Fault::Refuse(Refusal::ServiceUnavailable), 8),
        // Of the same token, so it is this one.
        (Fault::Refuse(Refusal::TransactionInProgress), 8),
    ] {
        let shops = Shops::start().await?;
        shops.proxy.add(When::asked(UNIT), fault.clone()).await?;
        let error = sale(&shops.shop, 1)?.commit().await.expect_err("no answer");
        assert!(error.is_uncertain() && !error.is_retryable(), "{fault:?}: {error}");
        texts.push(format!("{fault:?}: {}", said(&error)));
        assert_eq!(shops.stock().await?, stock, "{fault:?}");
        assert_eq!(shops.has_order(1).await?, stock == 6, "{fault:?}");
    }
    insta::assert_snapshot!(texts.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_unit_that_took_effect_and_timed_out_is_uncertain() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    shops.proxy.add(When::asked(UNIT), Fault::Hold(Stage::After)).await?;
    let error = sale(&shops.impatient(), 1)?.commit().await.expect_err("nobody answers");
    assert!(error.is_uncertain(), "{error}");
    assert_eq!(shops.stock().await?, 6);
    insta::assert_snapshot!(said(&error));
    Ok(())
}

#[tokio::test]
async fn what_is_refused_after_a_lost_answer_is_uncertain() -> anyhow::Result<()> {
    for refusal in [Refusal::Throttling, Refusal::ExpiredToken] {
        let shops = Shops::start().await?;
        shops.proxy.add(When::asked(UNIT).times(1), Fault::Disconnect(Stage::After)).await?;
        shops.proxy.add(When::asked(UNIT), Fault::Refuse(refusal)).await?;
        let error = sale(&shops.shop, 1)?.commit().await.expect_err("it is refused");
        // It was done: whoever takes the refusal for the whole truth sells twice.
        assert_eq!(shops.stock().await?, 6, "{refusal:?}");
        assert!(error.is_uncertain() && !error.is_retryable(), "{refusal:?}: {error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_unit_that_is_refused_is_not_done() -> anyhow::Result<()> {
    let mut texts = Vec::new();
    for fault in [
        Fault::Refuse(Refusal::Throttling),
        Fault::Refuse(Refusal::ProvisionedThroughputExceeded),
        Fault::Refuse(Refusal::RequestLimitExceeded),
        Fault::Cancel { reason: Reason::ThrottlingError, actions: vec![3] },
        Fault::Cancel { reason: Reason::TransactionConflict, actions: vec![0, 3] },
    ] {
        let shops = Shops::start().await?;
        shops.proxy.add(When::asked(UNIT), fault.clone()).await?;
        let error = sale(&shops.shop, 1)?.commit().await.expect_err("it is refused");
        assert!(error.is_retryable() && !error.is_uncertain(), "{fault:?}: {error}");
        texts.push(format!("{fault:?}: {}", said(&error)));
        assert_eq!(shops.stock().await?, 8, "{fault:?}");
        assert!(!shops.has_order(1).await?, "{fault:?}");
    }
    insta::assert_snapshot!(texts.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn conflicts_are_tried_again_and_totals_are_exact() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let conflict = Fault::Cancel { reason: Reason::TransactionConflict, actions: vec![0] };
    let throttled = Fault::Cancel { reason: Reason::ProvisionedThroughputExceeded, actions: vec![0] };
    shops.proxy.add(When::asked(UNIT).times(20), conflict).await?;
    shops.proxy.add(When::asked(UNIT).times(5), throttled).await?;
    let mut writers = JoinSet::new();
    for writer in 0..20 {
        let shop = shops.shop.clone();
        writers.spawn(async move {
            let key = ProductKey { product_id: 7 };
            // One that is added to unread, and one that is decided on what was read.
            let unit = shop.unit_of_work();
            let unit = if writer % 2 == 0 {
                unit.change(key, |p| p.stock.add(3))
            } else {
                unit.change(key, |p| p.price.add(cents(1)).and(p.stock.subtract(1)))
            };
            unit.commit().await
        });
    }
    for outcome in writers.join_all().await {
        outcome?;
    }
    let product = shops.direct.products().by_id(7).await?.context("the product")?;
    assert_eq!(product.stock, 8 + 10 * 3 - 10);
    assert_eq!(product.price, cents(999 + 10));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_over_a_slow_connection_gets_through() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    // What is read is 100 ms old when it is decided on: without pauses that grow, one of a round gets through, and there
    // are more writers than rounds.
    let slow = Fault::Delay { stage: Stage::After, milliseconds: 100 };
    shops.proxy.add(When::asked(Operation::GetItem), slow).await?;
    let mut writers = JoinSet::new();
    for _ in 0..20 {
        let shop = shops.shop.clone();
        writers.spawn(async move {
            let key = ProductKey { product_id: 7 };
            shop.unit_of_work().change(key, |p| p.price.add(cents(1))).commit().await
        });
    }
    for outcome in writers.join_all().await {
        outcome?;
    }
    let product = shops.direct.products().by_id(7).await?.context("the product")?;
    assert_eq!(product.price, cents(999 + 20));
    Ok(())
}

#[tokio::test]
async fn what_a_unit_decides_on_is_never_stale() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let key = || ProductKey { product_id: 7 };
    shops.proxy.lag(Copy::Tables, Behind::Stopped).await?;
    shops.proxy.lag(Copy::Indexes, Behind::Stopped).await?;
    for _ in 0..3 {
        // The price is in a check, so that its row is read.
        let unit = shops.shop.unit_of_work();
        unit.change(key(), |p| p.price.add(cents(1))).commit().await?;
    }
    let product = shops.shop.products().by_id(7).await?.context("the product")?;
    assert_eq!(product.price, cents(1002));
    // Each was done at once: nothing that was read had to be read again.
    assert_eq!(shops.tokens().await?.len(), 3);
    Ok(())
}

#[tokio::test]
async fn a_unit_that_is_given_up_is_done_whole_or_not_at_all() -> anyhow::Result<()> {
    for (operation, stage) in
        [(Operation::GetItem, Stage::After), (UNIT, Stage::Before), (UNIT, Stage::After)]
    {
        let shops = Shops::start().await?;
        let rule = shops.proxy.add(When::asked(operation), Fault::Hold(stage)).await?;
        let shop = shops.shop.clone();
        let unit = tokio::spawn(async move {
            // The price is in a check, so that its row is read before anything is written.
            let dearer = |p: &ProductColumns| p.price.add(cents(1)).and(p.stock.subtract(2));
            let unit = shop.unit_of_work().insert(&order(1, 1)?).insert_all(&[line(1, 1), line(1, 2)]);
            anyhow::Ok(unit.change(ProductKey { product_id: 7 }, dearer).commit().await?)
        });
        shops.proxy.happened(rule, 1).await?;
        unit.abort();
        assert!(unit.await.expect_err("it was given up").is_cancelled());
        shops.proxy.remove(rule).await?;
        if operation == UNIT {
            // What was on its way arrives.
            while !shops.has_order(1).await? {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            assert_eq!(shops.stock().await?, 6, "{stage:?}");
        } else {
            assert_eq!(shops.tokens().await?.len(), 0, "nothing was sent that writes");
            assert_eq!((shops.has_order(1).await?, shops.stock().await?), (false, 8));
        }
    }
    Ok(())
}
