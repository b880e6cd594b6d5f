//! What a unit of work is refused for: the same in both stores, before anything is written.

use migratable::types::Decimal;
use shop::{OrderKey, ProductKey, Shop, UserKey};

use crate::club::Member;
use crate::clubs::{Clubs, member};
use crate::shops::{Shops, line, order, product};

/// What a store says of a unit, without its own name.
async fn said(shop: &Shop, unit: migratable::UnitOfWork<'_>) -> String {
    let error = unit.commit().await.expect_err("it is refused");
    let text = error.to_string();
    let place =
        if format!("{:?}", shop.store()).contains("MySQL") { "MySQL table " } else { "DynamoDB table " };
    text.replace(place, "")
        .replace("products", "Products")
        .replace("users", "Users")
        .replace("orders", "Orders")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_unit_is_refused_for_is_said_alike() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let key = || ProductKey { product_id: 7 };
        let unit = || shop.unit_of_work();
        let units = [
            unit().change(ProductKey { product_id: 404 }, |p| p.stock.add(1)),
            unit().insert(&order(1)?).change(key(), |p| p.stock.subtract(9).only_if(p.stock.at_least(9))),
            unit().change(key(), |p| p.stock.add(i32::MAX)),
            unit().change(key(), |p| p.editor_id.add(1)),
            unit().change(key(), |p| p.price.subtract(Decimal::new(1000, 2))),
            unit().change(key(), |p| p.stock.add(1).and(p.stock.add(1))),
            unit().change(key(), |p| p.name.set("x".repeat(201))),
            unit().change(key(), |p| p.stock.add(1).only_if(p.score.equals(0.5))),
            unit().change(UserKey { user_id: 1 }, |u| u.user_id.subtract(2)),
            unit().insert(&product(7, "KB-300", 0)?),
            unit().insert(&order(1)?).delete(OrderKey { order_id: 1 }),
        ];
        let mut texts = Vec::new();
        for unit in units {
            texts.push(said(shop, unit).await);
        }
        insta::assert_snapshot!("refused", texts.join("\n"));
        assert_eq!(shop.products().by_id(7).await?, Some(product(7, "KB-100", 8)?), "{:?}", shop.store());
        assert_eq!(shop.orders().by_id(1).await?, None, "{:?}", shop.store());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_transaction_of_dynamodb_takes_is_the_limit_of_both() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        shop.orders().put(&order(1)?).await?;
        let lines: Vec<_> = (1..=101).map(|line_no| line(1, line_no)).collect();
        let error = shop.unit_of_work().insert_all(&lines).commit().await.expect_err("too many");
        assert!(error.is_too_large(), "{name}: {error}");
        assert_eq!(
            error.to_string().replace("MySQL table order_lines", "it").replace("DynamoDB table Orders", "it"),
            "commit a unit of work (it): the unit of work is more than one transaction of DynamoDB takes: it has 101 changes, and can have 100; make it smaller"
        );
        assert_eq!(shop.order_lines().of_order(1).first().await?.items, [], "{name}");
        shop.unit_of_work().insert_all(&lines[..100]).commit().await?;
        assert_eq!(shop.order_lines().of_order(1).page(200, None).await?.items.len(), 100, "{name}");
        // And 4 MB.
        let big = |id: u64| {
            product(id, &format!("BIG-{id}"), 0)
                .map(|made| shop::Product { description: Some("x".repeat(60_000)), ..made })
        };
        let many: Vec<_> = (1000..1080).map(big).collect::<Result<_, _>>()?;
        let error = shop.unit_of_work().insert_all(&many).commit().await.expect_err("4.8 MB");
        assert!(error.is_too_large(), "{name}: {error}");
        assert_eq!(shop.products().of_seller(1).page(200, None).await?.items.len(), 1, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn markers_count_as_items() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        // A member is four items: its own, and the markers of its unique keys.
        let lodger = |id: u32| {
            let locker = i32::try_from(id).ok();
            Member { wing: Some(1), locker, ..member(id, &format!("{id}@x.org"), &format!("m{id}")) }
        };
        let members: Vec<Member> = (1..=26).map(lodger).collect();
        let error = club.unit_of_work().insert_all(&members).commit().await.expect_err("104 items");
        assert!(error.is_too_large(), "{name}: {error}");
        assert_eq!(club.members().by_id(1).await?, None, "{name}");
        club.unit_of_work().insert_all(&members[..25]).commit().await?;
        assert_eq!(club.members().by_id(25).await?, Some(lodger(25)), "{name}");
    }
    Ok(())
}
