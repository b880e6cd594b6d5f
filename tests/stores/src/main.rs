//! `cargo xtask bench stores`: how long calls of generated repositories take, beside the same calls written by hand with the
//! driver and the SDK. Nothing is asserted of times, because another machine has others; that both do the same is.
#![expect(clippy::print_stdout, reason = "what it finds is for the developer who asks")]

mod dynamodb;
mod measure;
mod mysql;
mod requests;

use anyhow::{Context, ensure};
use futures_util::FutureExt as _;
use futures_util::future::LocalBoxFuture;
use migratable::types::Decimal;
use migratable::{Store, dynamodb as items};
use migratable_test_engines::{DynamoDb, MariaDb, client_config, create_tables};
use shop::{Category, Order, OrderLine, Product, ProductKey, Shop, TABLES, User};

use self::measure::{Taken, Way, in_turn};
use self::requests::Requests;

/// Orders of the user whose pages are asked for.
const ORDERS: u64 = 150;

/// The order that is read and written.
const ORDER: u64 = 7;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    println!(
        "calls of repositories, beside calls written by hand (medians of 30 rounds, taken in turn call by call)"
    );
    println!(
        "a ratio is how much longer the repository takes than the call by hand; A/A is the call by hand again"
    );
    let server = MariaDb::start()?;
    server.create_database("shop").await?;
    server.execute_script("shop", include_str!("../../../examples/shop/schema.sql")).await?;
    let pool = migratable::mysql::pool_options().connect(&server.url("shop")).await?;
    let shop = Shop::new(Store::mysql(pool.clone()).await?);
    fill(&shop).await?;
    of_mysql(&shop, &mysql::ByHand::new(pool)).await?;

    let engine = DynamoDb::start()?;
    create_tables(&engine.client(), TABLES).await?;
    let requests = Requests::default();
    let client = aws_sdk_dynamodb::Client::from_conf(
        client_config(engine.endpoint()).interceptor(requests.clone()).build(),
    );
    let shop = Shop::new(Store::dynamodb(client.clone()));
    fill(&shop).await?;
    of_dynamodb(&shop, &dynamodb::ByHand { client }, &requests).await
}

/// A user with orders, and a product.
async fn fill(shop: &Shop) -> anyhow::Result<()> {
    let at = "2026-01-01T00:00:00Z".parse()?;
    let user = User {
        user_id: 1,
        email: "ada@example.com".to_owned(),
        username: "ada".to_owned(),
        phone: None,
        first_name: None,
        last_name: None,
        display_name: None,
        is_seller: false,
        loyalty_tier: 0,
        interests: Vec::new(),
        preferences: None,
        avatar: None,
        born_on: None,
        created_at: at,
        updated_at: at,
    };
    let product = Product {
        product_id: 3,
        sku: "KB-100".to_owned(),
        category_id: 1,
        seller_id: 1,
        editor_id: None,
        name: "Keyboard".to_owned(),
        description: None,
        price: Decimal::new(999, 2),
        stock: 8,
        weight_kg: None,
        score: 0.5,
        density: None,
        flags: 0,
        model_year: None,
        prep_time: None,
        available_at: None,
        created_at: "2026-01-01T00:00:00".parse()?,
    };
    shop.users().put(&user).await?;
    shop.categories()
        .put(&Category { category_id: 1, parent_id: None, name: "all".into(), position: 0 })
        .await?;
    shop.products().put(&product).await?;
    for order_id in 1..=ORDERS {
        shop.orders().put(&order(order_id)?).await?;
    }
    Ok(())
}

fn order(order_id: u64) -> anyhow::Result<Order> {
    Ok(Order {
        order_id,
        user_id: 1,
        status: "paid".to_owned(),
        total_amount: Decimal::new(123_450, 2),
        currency: "EUR".to_owned(),
        note: Some("leave it with the neighbours".to_owned()),
        placed_at: "2026-01-01T12:34:56.789Z".parse()?,
    })
}

const fn line() -> OrderLine {
    OrderLine {
        order_id: ORDER,
        line_no: 1,
        product_id: 3,
        quantity: 2,
        price_at_time: Decimal::from_parts(999, 0, 0, false, 2),
    }
}

/// A call by hand, the same again, and the repository's.
fn ways<'w, H, R>(hand: H, repository: R) -> [Way<'w>; 3]
where
    H: Fn() -> LocalBoxFuture<'w, anyhow::Result<()>> + Copy + 'w,
    R: Fn() -> LocalBoxFuture<'w, anyhow::Result<()>> + 'w,
{
    [
        Way { name: "by hand", call: Box::new(hand) },
        Way { name: "A/A", call: Box::new(hand) },
        Way { name: "repository", call: Box::new(repository) },
    ]
}

async fn of_mysql(shop: &Shop, hand: &mysql::ByHand) -> anyhow::Result<()> {
    let (order, line) = (order(ORDER)?, line());
    ensure!(
        hand.by_id(ORDER).await? == shop.orders().by_id(ORDER).await?,
        "an order read by hand is another"
    );
    let page = shop.orders().of_user(1).page(100, None).await?;
    ensure!(
        hand.of_user(1, 100).await? == (page.items, page.next.is_some()),
        "a page read by hand is another"
    );

    let get = || async { hand.by_id(ORDER).await.map(drop) }.boxed_local();
    let repository = || async { Ok(shop.orders().by_id(ORDER).await.map(drop)?) }.boxed_local();
    compare("MySQL, get by key", &ways(get, repository)).await?;
    for size in [20, 100] {
        let list = || async move { hand.of_user(1, size).await.map(drop) }.boxed_local();
        let repository =
            || async move { Ok(shop.orders().of_user(1).page(size, None).await.map(drop)?) }.boxed_local();
        compare(&format!("MySQL, page of {size}"), &ways(list, repository)).await?;
    }
    let put = || hand.put(&order).boxed_local();
    let repository = || async { Ok(shop.orders().put(&order).await?) }.boxed_local();
    compare("MySQL, put", &ways(put, repository)).await?;
    let unit = || hand.unit(&order, &line).boxed_local();
    let repository = || of_unit(shop, &order, &line).boxed_local();
    compare("MySQL, unit of three changes", &ways(unit, repository)).await?;
    Ok(())
}

async fn of_unit(shop: &Shop, order: &Order, line: &OrderLine) -> anyhow::Result<()> {
    let key = ProductKey { product_id: line.product_id };
    shop.unit_of_work().change(key, |product| product.stock.add(1)).put(order).put(line).commit().await?;
    Ok(())
}

async fn of_dynamodb(shop: &Shop, hand: &dynamodb::ByHand, requests: &Requests) -> anyhow::Result<()> {
    let (order, line) = (order(ORDER)?, line());
    ensure!(items::to_item(&order)? == dynamodb::order_item(&order), "an order's item by hand is another");
    ensure!(items::to_item(&line)? == dynamodb::line_item(&line), "a line's item by hand is another");
    ensure!(
        hand.by_id(ORDER).await? == shop.orders().by_id(ORDER).await?,
        "an order read by hand is another"
    );
    let before = requests.count();
    let page = shop.orders().of_user(1).page(100, None).await?;
    let ours = requests.count() - before;
    let by_hand = hand.of_user(1, 100).await?;
    let theirs = requests.count() - before - ours;
    ensure!(
        by_hand.0 == page.items && by_hand.1.is_some() == page.next.is_some(),
        "a page read by hand is another"
    );
    println!("DynamoDB, page of 100: requests: {ours} of the repository, {theirs} by hand");

    let get = || async { hand.by_id(ORDER).await.map(drop) }.boxed_local();
    let repository = || async { Ok(shop.orders().by_id(ORDER).await.map(drop)?) }.boxed_local();
    compare("DynamoDB, get by key", &ways(get, repository)).await?;
    for size in [20, 100] {
        let list = || async move { hand.of_user(1, i32::try_from(size)?).await.map(drop) }.boxed_local();
        let repository =
            || async move { Ok(shop.orders().of_user(1).page(size, None).await.map(drop)?) }.boxed_local();
        compare(&format!("DynamoDB, page of {size}"), &ways(list, repository)).await?;
    }
    let put = || hand.put(&order).boxed_local();
    let repository = || async { Ok(shop.orders().put(&order).await?) }.boxed_local();
    compare("DynamoDB, put", &ways(put, repository)).await?;
    let unit = || hand.unit(&order, &line).boxed_local();
    let repository = || of_unit(shop, &order, &line).boxed_local();
    compare("DynamoDB, unit of three changes", &ways(unit, repository)).await?;
    let stock = shop.products().by_id(3).await?.context("the product")?.stock;
    ensure!(stock >= 8, "units were done wrong: there are {stock} pieces");
    Ok(())
}

/// Measures, unless the first argument says that only what has something else in its name is wanted.
async fn compare(what: &str, ways: &[Way<'_>]) -> anyhow::Result<()> {
    if std::env::args().nth(1).is_some_and(|wanted| !what.contains(&wanted)) {
        return Ok(());
    }
    println!("{what}");
    for Taken { name, time, ratio } in in_turn(ways).await? {
        let micros = time.as_secs_f64() * 1e6;
        let target = if name == "repository" { "   (target: 1.02 or less)" } else { "" };
        println!("  {name:12} {micros:9.1} µs   {ratio:6.3}{target}");
    }
    Ok(())
}
