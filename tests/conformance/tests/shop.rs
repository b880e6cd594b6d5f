//! The shop's generated code on both stores: what its callers rely on, and what they get when something is wrong.

use std::str::FromStr;

use anyhow::Context;
use migratable::types::{DateTime, Decimal, Json, Utc};
use migratable::{Cursor, Entity};
use migratable_test_conformance::{Engines, each};
use shop::{Coupon, Order, OrderKey, OrderLine, OrderLineKey, Shop, TABLES, User};

/// Engines with the shop's tables, and the shop on each.
struct Shops {
    mysql: Shop,
    dynamodb: Shop,
    second: Shop,
    engines: Engines,
}

impl Shops {
    async fn start() -> anyhow::Result<Self> {
        let engines = Engines::start(include_str!("../../../examples/shop/schema.sql"), TABLES).await?;
        let [mysql, dynamodb, second] = engines.stores().await?.map(Shop::new);
        Ok(Self { mysql, dynamodb, second, engines })
    }

    /// The shop on each store.
    fn each(&self) -> impl Iterator<Item = &Shop> {
        each([&self.mysql, &self.dynamodb, &self.second])
    }
}

fn user(user_id: u32, email: &str, username: &str) -> anyhow::Result<User> {
    let at: DateTime<Utc> = "2026-01-01T00:00:00Z".parse()?;
    Ok(User {
        user_id,
        email: email.to_owned(),
        username: username.to_owned(),
        phone: None,
        first_name: None,
        last_name: None,
        display_name: Some(String::new()),
        is_seller: false,
        loyalty_tier: 0,
        interests: Vec::new(),
        preferences: Some(Json::parse("{}")?),
        avatar: None,
        born_on: None,
        created_at: at,
        updated_at: at,
    })
}

fn order(order_id: u64, user_id: u32) -> anyhow::Result<Order> {
    Ok(Order {
        order_id,
        user_id,
        status: "paid".to_owned(),
        total_amount: Decimal::new(100, 2),
        currency: "EUR".to_owned(),
        note: Some(String::new()),
        placed_at: "2026-01-01T00:00:00Z".parse()?,
    })
}

/// Some of an order.
#[derive(Clone, Debug, PartialEq, migratable::Migratable)]
#[migratable(contract = "../../../examples/shop/contract.yaml", entity = "Order", subset)]
struct OrderHead {
    placed_at: DateTime<Utc>,
    note: Option<String>,
    order_id: u64,
}

impl OrderHead {
    fn of(order: &Order) -> Self {
        Self { placed_at: order.placed_at, note: order.note.clone(), order_id: order.order_id }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subset_is_read_of_both_stores_and_its_cursors_are_the_lists() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        shop.users().put(&user(1, "ada@example.com", "Ada")?).await?;
        for order_id in 1..=3 {
            shop.orders().put(&order(order_id, 1)?).await?;
        }
        let whole = shop.orders().by_id(2).await?.context("the order")?;
        let head = shop.orders().by_id(2).select::<OrderHead>().await?;
        assert_eq!(head, Some(OrderHead::of(&whole)), "{:?}", shop.store());
        assert_eq!(shop.orders().by_id(404).select::<OrderHead>().await?, None);
        let all = shop.orders().of_user(1).first().await?.items;
        let first = shop.orders().of_user(1).select::<OrderHead>().page(1, None).await?;
        assert_eq!(first.items, [OrderHead::of(&all[0])], "{:?}", shop.store());
        // A list goes on as another struct, from where it was.
        let rest = shop.orders().of_user(1).page(5, first.next.as_ref()).await?;
        assert_eq!(rest.items, all[1..], "{:?}", shop.store());
        let backwards = shop.orders().of_user(1).backwards().select::<OrderHead>().first().await?.items;
        let expected: Vec<OrderHead> = all.iter().rev().map(OrderHead::of).collect();
        assert_eq!(backwards, expected, "{:?}", shop.store());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn lookups_by_text_follow_the_columns_collation() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        shop.users().put(&user(1, "Zoë@Example.com", "Zoe")?).await?;
        let coupon = Coupon { code: "Straße ".to_owned(), percent: Decimal::new(500, 2), valid_until: None };
        shop.coupons().put(&coupon).await?;

        for email in ["zoe@example.com", "ZOË@EXAMPLE.COM", "Zoë@Example.com  "] {
            let found = shop.users().by_email(email).await?;
            assert_eq!(found.map(|user| user.user_id), Some(1), "{email} on {:?}", shop.store());
        }
        // utf8mb4_bin tells case apart and ignores blanks at the end.
        assert_eq!(shop.users().by_username("zoe").await?, None, "{:?}", shop.store());
        assert!(shop.users().by_username("Zoe ").await?.is_some(), "{:?}", shop.store());
        let found = shop.coupons().by_code("STRASSE").await?.context("the coupon")?;
        assert_eq!(found, coupon, "the text as it was written, on {:?}", shop.store());

        // The same key to MySQL, spelled anew: one row, with the new spelling.
        let respelled = Coupon { code: "STRASSE".to_owned(), ..coupon };
        shop.coupons().put(&respelled).await?;
        assert_eq!(shop.coupons().by_code("straße").await?, Some(respelled), "{:?}", shop.store());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_mysql_would_change_is_refused_by_both_stores_with_every_field_named() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let mut wrong = order(1, 1)?;
    wrong.status = "lost".to_owned();
    wrong.currency = "EURO".to_owned();
    wrong.total_amount = Decimal::new(1, 3);
    let failures = wrong.validate().expect_err("three fields are wrong").to_string();
    for field in ["status", "currency", "total_amount"] {
        assert!(failures.contains(field), "{field} is missing in: {failures}");
    }
    for shop in shops.each() {
        let error = shop.orders().put(&wrong).await.expect_err("MySQL would change it");
        assert!(error.is_invalid(), "{error}");
        assert_eq!(shop.orders().by_id(1).await?, None, "nothing was written to {:?}", shop.store());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unique_key_of_mysql_is_a_conflict_and_changes_no_other_row() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let first = user(1, "a@example.com", "a")?;
    shops.mysql.users().put(&first).await?;
    // INSERT … ON DUPLICATE KEY UPDATE would quietly rewrite user 1 here.
    let error =
        shops.mysql.users().put(&user(2, "A@example.com", "b")?).await.expect_err("the email is taken");
    assert!(error.is_conflict(), "{error}");
    assert_eq!(shops.mysql.users().by_id(1).await?, Some(first));
    assert_eq!(shops.mysql.users().by_id(2).await?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_goes_on_where_the_other_store_stopped_and_nowhere_else() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        shop.users().put(&user(1, "a@example.com", "a")?).await?;
        shop.users().put(&user(2, "b@example.com", "b")?).await?;
        for id in [3, 1, 2, 20, 100] {
            shop.orders().put(&order(id, 1)?).await?;
        }
    }
    let (mysql, embedded, second) = (&shops.mysql, &shops.dynamodb, &shops.second);
    let pairs = [(mysql, embedded), (embedded, second), (second, mysql)];
    for (here, there) in pairs.into_iter().flat_map(|(one, other)| [(one, other), (other, one)]) {
        let first = here.orders().of_user(1).page(2, None).await?;
        let cursor = first.next.context("three are left")?;
        let second = there.orders().of_user(1).page(9, Some(&cursor)).await?;
        let ids: Vec<u64> = first.items.iter().chain(&second.items).map(|order| order.order_id).collect();
        assert_eq!(ids, [1, 2, 3, 20, 100]);
        assert_eq!(second.next, None);

        let back = there.orders().of_user(1).backwards().page(9, Some(&cursor)).await?;
        assert_eq!(back.items.iter().map(|order| order.order_id).collect::<Vec<_>>(), [1]);

        let error = here.orders().of_user(2).page(2, Some(&cursor)).await.expect_err("another list's cursor");
        assert!(error.is_invalid_cursor(), "{error}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_was_tampered_with_is_refused() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    shops.mysql.users().put(&user(1, "a@example.com", "a")?).await?;
    for id in [1, 2] {
        shops.mysql.orders().put(&order(id, 1)?).await?;
    }
    let page = shops.mysql.orders().of_user(1).page(1, None).await?;
    let text = page.next.context("one is left")?.to_string();
    let mut tampered =
        vec![String::new(), "AAAA".to_owned(), format!("{text}A"), text[1..].to_owned(), "\u{e9}".to_owned()];
    tampered.push(text.replacen(char::is_alphanumeric, "-", 1));
    let mut asked = 0;
    for text in tampered {
        // What does not even read as a cursor is refused before any store is asked.
        let Ok(cursor) = Cursor::from_str(&text) else { continue };
        asked += 1;
        for shop in shops.each() {
            let error = shop.orders().of_user(1).page(1, Some(&cursor)).await.expect_err("not our cursor");
            assert!(error.is_invalid_cursor(), "{text}: {error}");
        }
    }
    assert!(asked > 0, "no store was asked");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_two_columns_is_one_item() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let line = |line_no, quantity| OrderLine {
        order_id: 1,
        line_no,
        product_id: 1,
        quantity,
        price_at_time: Decimal::new(1, 0),
    };
    for shop in [&shops.dynamodb, &shops.second] {
        for written in [line(-1, 1), line(0, 2), line(-1, 3)] {
            shop.order_lines().put(&written).await?;
            assert_eq!(written.key(), OrderLineKey { order_id: 1, line_no: written.line_no });
        }
        shop.orders().put(&order(1, 1)?).await?;
        let lines = shop.order_lines().of_order(1).page(10, None).await?.items;
        assert_eq!(lines, [line(-1, 3), line(0, 2)], "the order's own item is not one of its lines");
        assert!(shop.orders().get(&OrderKey { order_id: 1 }).await?.is_some());
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_say_what_is_missing() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    shops.engines.execute_script("SET FOREIGN_KEY_CHECKS = 0; DROP TABLE coupons").await?;
    for engine in [&shops.engines.embedded, &shops.engines.second] {
        engine.client().delete_table().table_name("Coupons").send().await?;
    }
    for shop in shops.each() {
        let error = shop.coupons().by_code("x").await.expect_err("the table is gone");
        let text = format!("{error}");
        assert!(error.is_missing_table(), "{text}");
        assert!(text.to_lowercase().contains("coupons"), "{text}");
    }
    Ok(())
}
