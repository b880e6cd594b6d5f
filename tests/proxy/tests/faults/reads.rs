//! Questions: pages are whole, what is asked consistently is fresh, and who isn't answered knows why.

use anyhow::Context;
use migratable_test_proxy::{Behind, Copy, Fault, Operation, Refusal, Stage, When};

use crate::said::said;
use crate::shops::{Shops, order, product};

#[tokio::test]
async fn a_page_is_whole_and_ordered_however_the_engine_cuts_it() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for order_id in 1..=45 {
        shops.direct.orders().put(&order(order_id, 1)?).await?;
    }
    shops.proxy.add(When::asked(Operation::Query), Fault::Page(3)).await?;
    for backwards in [false, true] {
        let list = || {
            let list = shops.shop.orders().of_user(1);
            if backwards { list.backwards() } else { list }
        };
        let (mut pages, mut cursor) = (Vec::new(), None);
        loop {
            let page = list().page(20, cursor.as_ref()).await?;
            pages.push(page.items.iter().map(|order| order.order_id).collect::<Vec<_>>());
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        let mut expected: Vec<u64> = (1..=45).collect();
        if backwards {
            expected.reverse();
        }
        assert_eq!(pages, [&expected[..20], &expected[20..40], &expected[40..]]);
    }
    Ok(())
}

#[tokio::test]
async fn a_page_that_breaks_off_is_an_error_and_not_a_shorter_page() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for order_id in 1..=9 {
        shops.direct.orders().put(&order(order_id, 1)?).await?;
    }
    shops.proxy.add(When::asked(Operation::Query).times(1), Fault::Page(3)).await?;
    shops.proxy.add(When::asked(Operation::Query), Fault::Refuse(Refusal::Throttling)).await?;
    let error = shops.shop.orders().of_user(1).page(5, None).await.expect_err("a part was not answered");
    assert!(error.is_throttled(), "{error}");
    Ok(())
}

#[tokio::test]
async fn the_table_is_asked_for_what_is_and_an_index_may_be_late() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    shops.proxy.lag(Copy::Tables, Behind::Stopped).await?;
    shops.proxy.lag(Copy::Indexes, Behind::Stopped).await?;
    shops.shop.products().put(&product(8)?).await?;
    shops.shop.order_lines().put(&crate::shops::line(1, 1)).await?;
    assert_eq!(shops.shop.products().by_id(8).await?, Some(product(8)?));
    assert_eq!(shops.shop.order_lines().of_order(1).first().await?.items.len(), 1, "of the table itself");

    assert_eq!(shops.shop.products().by_sku("KB-8").await?, None, "not there yet");
    assert_eq!(shops.shop.products().of_seller(1).first().await?.items, [product(7)?]);
    shops.proxy.catch_up(Copy::Indexes, None).await?;
    assert_eq!(shops.shop.products().by_sku("KB-8").await?, Some(product(8)?));
    assert_eq!(shops.shop.products().of_seller(1).first().await?.items, [product(7)?, product(8)?]);
    Ok(())
}

#[tokio::test]
async fn faults_that_pass_are_not_seen() -> anyhow::Result<()> {
    for fault in [
        Fault::Refuse(Refusal::Throttling),
        Fault::Refuse(Refusal::InternalServerError),
        Fault::Disconnect(Stage::Before),
        Fault::Disconnect(Stage::After),
    ] {
        let shops = Shops::start().await?;
        for operation in [Operation::PutItem, Operation::GetItem, Operation::Query] {
            shops.proxy.add(When::asked(operation).times(2), fault.clone()).await?;
        }
        // That the first was done is no conflict with itself.
        shops.shop.products().put(&product(8)?).await?;
        assert_eq!(shops.shop.products().by_id(8).await?.context("the product")?, product(8)?, "{fault:?}");
        assert_eq!(shops.shop.products().of_seller(1).first().await?.items.len(), 2, "{fault:?}");
        let counts = shops.proxy.counts().await?;
        assert!(counts.values().all(|count| *count == 3), "{fault:?}: {counts:?}");
    }
    Ok(())
}

#[tokio::test]
async fn faults_that_stay_say_what_they_are() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let mut texts = Vec::new();
    for fault in [
        Fault::Refuse(Refusal::Throttling),
        Fault::Refuse(Refusal::InternalServerError),
        Fault::Disconnect(Stage::Before),
        Fault::Garble,
    ] {
        let rule = shops.proxy.add(When::always(), fault.clone()).await?;
        let get = shops.shop.products().by_id(7).await.expect_err("no answer");
        let list = shops.shop.products().of_seller(1).first().await.expect_err("no answer");
        let put = shops.shop.products().put(&product(7)?).await.expect_err("no answer");
        for error in [&get, &list, &put] {
            assert!(error.is_retryable(), "{fault:?}: {error}");
            texts.push(format!("{fault:?}: {}", said(error)));
        }
        shops.proxy.remove(rule).await?;
    }
    shops.proxy.add(When::always(), Fault::Hold(Stage::Before)).await?;
    let late = shops.impatient().products().by_id(7).await.expect_err("nobody answers");
    assert!(late.is_retryable(), "{late}");
    texts.push(format!("held: {}", said(&late)));
    insta::assert_snapshot!(texts.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_question_that_is_given_up_leaves_its_client_usable() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let rule = shops.proxy.add(When::asked(Operation::GetItem), Fault::Hold(Stage::After)).await?;
    let shop = shops.shop.clone();
    let question = tokio::spawn(async move { shop.products().by_id(7).await });
    shops.proxy.happened(rule, 1).await?;
    question.abort();
    assert!(question.await.expect_err("it was given up").is_cancelled());
    shops.proxy.remove(rule).await?;
    assert_eq!(shops.shop.products().by_id(7).await?, Some(product(7)?));
    Ok(())
}
