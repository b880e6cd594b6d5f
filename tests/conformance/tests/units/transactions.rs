//! All or nothing: in a transaction of the unit's own, and in one of the caller's.

use anyhow::Context;
use shop::{CartItemKey, OrderLineKey, ProductKey, Shop};

use crate::shops::{Shops, cart_item, line, order};

/// A checkout: the order and its lines are added, the stock is taken, the cart is emptied.
async fn check_out(
    shop: &Shop,
    order_id: u64,
    quantity: i32,
) -> Result<migratable::Committed, migratable::Error> {
    let order = order(order_id).expect("an order");
    shop.unit_of_work()
        .insert(&order)
        .insert_all(&[line(order_id, 1), line(order_id, 2)])
        .change(ProductKey { product_id: 7 }, |p| {
            p.stock.subtract(quantity).only_if(p.stock.at_least(quantity))
        })
        .delete_all([CartItemKey { user_id: 1, product_id: 7 }])
        .commit()
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_is_done_whole_or_not_at_all() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let cart = CartItemKey { user_id: 1, product_id: 7 };
        shop.cart_items().put(&cart_item(1, 7)?).await?;
        check_out(shop, 1, 5).await?;
        assert_eq!(shop.products().by_id(7).await?.context("the product")?.stock, 3, "{name}");
        assert_eq!(shop.orders().by_id(1).await?, Some(order(1)?), "{name}");
        assert_eq!(shop.order_lines().of_order(1).first().await?.items, [line(1, 1), line(1, 2)], "{name}");
        assert_eq!(shop.cart_items().get(&cart).await?, None, "{name}");

        shop.cart_items().put(&cart_item(1, 7)?).await?;
        let error = check_out(shop, 2, 4).await.expect_err("there are 3 left");
        assert!(error.is_condition_failed(), "{name}: {error}");
        assert_eq!(error.change(), Some(3), "{name}");
        assert_eq!(shop.products().by_id(7).await?.context("the product")?.stock, 3, "{name}");
        assert_eq!(shop.orders().by_id(2).await?, None, "{name}");
        assert_eq!(shop.order_lines().of_order(2).first().await?.items, [], "{name}");
        assert!(shop.cart_items().get(&cart).await?.is_some(), "{name}");
    }
    Ok(())
}

fn take(shop: &Shop) -> migratable::UnitOfWork<'_> {
    shop.unit_of_work().change(ProductKey { product_id: 7 }, |p| p.stock.subtract(1))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_done_in_the_callers_transaction() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let shop = &shops.mysql;
    let unit = || anyhow::Ok(shop.unit_of_work().insert(&order(1)?).insert(&line(1, 1)));
    let mut transaction = shops.pool.begin().await?;
    unit()?.commit_in(&mut transaction).await?;
    transaction.rollback().await?;
    assert_eq!(shop.orders().by_id(1).await?, None);

    let mut transaction = shops.pool.begin().await?;
    unit()?.commit_in(&mut transaction).await?;
    assert_eq!(shop.orders().by_id(1).await?, None, "nobody else sees it before it is committed");
    transaction.commit().await?;
    assert_eq!(shop.orders().by_id(1).await?, Some(order(1)?));

    // A snapshot that the caller's transaction has already: what is changed is the row as it is, not as it was.
    let mut transaction = shops.pool.begin().await?;
    sqlx::query("SELECT COUNT(*) FROM products").execute(&mut *transaction).await?;
    take(shop).commit().await?;
    take(shop).commit_in(&mut transaction).await?;
    transaction.commit().await?;
    assert_eq!(shop.products().by_id(7).await?.context("the product")?.stock, 6);

    let mut transaction = shops.pool.begin().await?;
    let error = take(&shops.dynamodb).commit_in(&mut transaction).await.expect_err("another store");
    assert!(error.is_invalid(), "{error}");
    assert_eq!(shops.dynamodb.products().by_id(7).await?.context("the product")?.stock, 8);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_is_given_up_leaves_nothing_half_done() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        for step in 0..40 {
            let order_id = 100 + step;
            let (order, lines) = (order(order_id)?, [line(order_id, 1), line(order_id, 2)]);
            let unit = shop.unit_of_work().insert(&order).insert_all(&lines).commit();
            // However far it has come.
            let cut = std::time::Duration::from_micros(50 * step);
            let _ = tokio::time::timeout(cut, unit).await;
            // What was sent may still be on its way between one question and the next; a half of it doesn't stay.
            let mut found = (false, 0);
            for _ in 0..50 {
                let order = shop.orders().by_id(order_id).await?.is_some();
                found = (order, shop.order_lines().of_order(order_id).first().await?.items.len());
                if matches!(found, (true, 2) | (false, 0)) {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
            assert!(matches!(found, (true, 2) | (false, 0)), "{:?} after {cut:?}: {found:?}", shop.store());
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_is_given_up_leaves_no_old_snapshot_behind() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    // Whoever asks next gets the one connection there is.
    let alone = migratable::mysql::pool_options().max_connections(1);
    let alone = alone.connect_with((*shops.pool.connect_options()).clone()).await?;
    let alone = Shop::new(migratable::Store::mysql(alone).await?);
    for step in 0..60 {
        let cut = std::time::Duration::from_micros(10 * step);
        let _ = tokio::time::timeout(cut, take(&alone).commit()).await;
        shops.mysql.products().by_id(7).await?;
        assert_eq!(alone.orders().by_id(1000 + step).await?, None);
        shops.mysql.unit_of_work().insert(&order(1000 + step)?).commit().await?;
        let found = alone.orders().by_id(1000 + step).await?;
        assert!(found.is_some(), "after {cut:?} an old snapshot is read");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn requirements_hold_a_unit_back() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let key = || ProductKey { product_id: 7 };
        let none = || ProductKey { product_id: 404 };
        let unit = || anyhow::Ok(shop.unit_of_work().insert(&order(1)?));
        let error = unit()?.require(none()).commit().await.expect_err("there is no such product");
        assert!(error.is_not_found() && error.change() == Some(1), "{name}: {error}");
        let error = unit()?.require_absent(key()).commit().await.expect_err("there is such a product");
        assert!(error.is_conflict() && error.change() == Some(1), "{name}: {error}");
        // Once by numbers, which DynamoDB compares, and once by text as its collation has it, which it can't.
        let error =
            unit()?.require_that(key(), |p| p.stock.above(8)).commit().await.expect_err("there are 8");
        assert!(error.is_condition_failed(), "{name}: {error}");
        let error = unit()?.require_that(key(), |p| p.name.differs("keyboard".into())).commit().await;
        assert!(error.expect_err("they are equal").is_condition_failed(), "{name}");
        let error = unit()?.delete_if(key(), |p| p.stock.below(8)).commit().await.expect_err("there are 8");
        assert!(error.is_condition_failed(), "{name}: {error}");
        let error =
            unit()?.delete_if(none(), |p| p.stock.below(8)).commit().await.expect_err("there is none");
        assert!(error.is_not_found(), "{name}: {error}");
        assert_eq!(shop.orders().by_id(1).await?, None, "{name}");

        unit()?
            .require_that(key(), |p| p.stock.at_most(8).and(p.name.equals("KEYBOARD".into())))
            .require_absent(none())
            .delete(OrderLineKey { order_id: 1, line_no: 404 })
            .commit()
            .await?;
        assert_eq!(shop.orders().by_id(1).await?, Some(order(1)?), "{name}");
    }
    Ok(())
}
