//! Runs the same program on MariaDB and on a DynamoDB engine, both started here, and compares what comes back.

mod sample;

use anyhow::{Context, ensure};
use migratable::Store;
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};
use shop::{Order, OrderByUserIdKey, OrderLine, OrderLineKey, Product, Shop, TABLES, User};

/// Everything the program read from a store.
#[derive(Debug, PartialEq)]
struct Answers {
    user_by_email: Option<User>,
    product: Option<Product>,
    product_by_sku: Option<Product>,
    missing: Option<Order>,
    order_pages: Vec<Vec<Order>>,
    newest_orders: Vec<Order>,
    middle_orders: Vec<Order>,
    later_lines: Vec<OrderLine>,
    lines: Vec<OrderLine>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mysql = MariaDb::start()?;
    mysql.create_database("shop").await?;
    mysql.execute_script("shop", include_str!("../schema.sql")).await?;
    let pool = migratable::mysql::connect(&mysql.url("shop")).await?;
    say(&format!("MariaDB runs, with the tables of schema.sql: {}", mysql.url("shop")));

    let dynamodb = DynamoDb::start()?;
    create_tables(&dynamodb.client(), TABLES).await?;
    say(&format!(
        "a DynamoDB engine runs, with {} tables of the contract: {}",
        TABLES.len(),
        dynamodb.endpoint()
    ));

    let on_mysql = run("MySQL", &Shop::new(Store::mysql(pool).await?)).await?;
    let on_dynamodb = run("DynamoDB", &Shop::new(Store::dynamodb(dynamodb.client()))).await?;
    ensure!(on_mysql == on_dynamodb, "the stores differ\nMySQL: {on_mysql:#?}\nDynamoDB: {on_dynamodb:#?}");

    say("\nboth stores gave back the same, value by value and in the same order");
    Ok(())
}

/// The application: it doesn't know which store it runs on.
async fn run(name: &str, shop: &Shop) -> anyhow::Result<Answers> {
    say(&format!("\n{name}: write"));
    for user in sample::users()? {
        shop.users().put(&user).await?;
    }
    for category in sample::categories() {
        shop.categories().put(&category).await?;
    }
    for product in sample::products()? {
        shop.products().put(&product).await?;
    }
    for order in sample::orders()? {
        shop.orders().put(&order).await?;
    }
    for line in sample::order_lines() {
        shop.order_lines().put(&line).await?;
    }

    say(&format!("{name}: read"));
    // The email is unique without regard to case: so is the answer, on both stores.
    let user = shop.users().by_email("ADA@example.com").await?;
    let ada = user.as_ref().context("Ada has just been written")?;
    say(&format!("  by_email(\"ADA@example.com\")   {} (id {})", ada.email, ada.user_id));

    let product = shop.products().by_id(u64::MAX).await?;
    let stored = product.as_ref().context("the product has just been written")?;
    let density = stored.density.as_ref().context("and has a density")?;
    say(&format!("  by_id({})  {}, density {density}", u64::MAX, stored.name));

    let mut order_pages = Vec::new();
    let mut cursor = None;
    loop {
        let page = shop.orders().of_user(ada.user_id).page(2, cursor.as_ref()).await?;
        let ids: Vec<u64> = page.items.iter().map(|order| order.order_id).collect();
        say(&format!("  of_user({}), a page of 2       orders {ids:?}", ada.user_id));
        order_pages.push(page.items);
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let newest = shop.orders().of_user(ada.user_id).backwards().page(2, None).await?;
    // A part of a list: the key says of what, and in which order.
    let middle = OrderByUserIdKey::prefix(ada.user_id).between(2, 9);
    let middle = shop.orders().range(middle).first().await?;
    let ids: Vec<u64> = middle.items.iter().map(|order| order.order_id).collect();
    say(&format!("  range between(2, 9)           orders {ids:?}"));
    let later = shop.order_lines().range(OrderLineKey::prefix(1).after(1)).first().await?;
    let lines = shop.order_lines().of_order(1).page(50, None).await?;
    let numbers: Vec<i16> = lines.items.iter().map(|line| line.line_no).collect();
    say(&format!("  of_order(1)                   lines {numbers:?}"));

    Ok(Answers {
        user_by_email: user,
        product,
        product_by_sku: shop.products().by_sku("KB-100").await?,
        missing: shop.orders().by_id(404).await?,
        order_pages,
        newest_orders: newest.items,
        middle_orders: middle.items,
        later_lines: later.items,
        lines: lines.items,
    })
}

#[expect(clippy::print_stdout, reason = "what the program is for")]
fn say(text: &str) {
    println!("{text}");
}
