//! The shop on an engine with a proxy before it, and rows for it.

use std::time::Duration;

use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use migratable::Store;
use migratable::types::Decimal;
use migratable_test_engines::{DynamoDb, client_config, create_tables};
use migratable_test_proxy::{FaultProxy, Operation};
use serde_json::Value;
use shop::{Order, OrderLine, Product, ProductKey, Shop, TABLES};

/// A shop with one product, 8 of which are in stock.
pub(crate) struct Shops {
    pub(crate) proxy: FaultProxy,
    /// Through the proxy.
    pub(crate) shop: Shop,
    /// Past the proxy.
    pub(crate) direct: Shop,
    pub(crate) engine: DynamoDb,
}

impl Shops {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let engine = DynamoDb::embedded()?;
        create_tables(&engine.client(), TABLES).await?;
        let proxy = FaultProxy::start(env!("CARGO_BIN_EXE_fault-proxy"), engine.endpoint()).await?;
        let direct = Shop::new(Store::dynamodb(engine.client()));
        direct.products().put(&product(7)?).await?;
        Ok(Self { shop: Shop::new(Store::dynamodb(proxy.client())), proxy, direct, engine })
    }

    /// The shop through the proxy, for who gives a call up after a second.
    pub(crate) fn impatient(&self) -> Shop {
        let timeouts = TimeoutConfig::builder().operation_timeout(Duration::from_secs(1)).build();
        let config = client_config(self.proxy.endpoint())
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)));
        Shop::new(Store::dynamodb(Client::from_conf(config.build())))
    }

    /// What is in stock, past the proxy.
    pub(crate) async fn stock(&self) -> anyhow::Result<i32> {
        Ok(self.direct.products().by_id(7).await?.context("the product")?.stock)
    }

    /// The tokens of the transactions that were asked for, attempt by attempt.
    pub(crate) async fn tokens(&self) -> anyhow::Result<Vec<String>> {
        let seen = self.proxy.seen().await?;
        let units = seen.iter().filter(|seen| seen.operation == Operation::TransactWriteItems.to_string());
        let token = |body: &Value| body["ClientRequestToken"].as_str().map(str::to_owned);
        units.map(|seen| token(&seen.body).context("a transaction without a token")).collect()
    }

    /// Whether an order with two lines is there, whole; that a part of it is there is an error.
    pub(crate) async fn has_order(&self, order_id: u64) -> anyhow::Result<bool> {
        let order = self.direct.orders().by_id(order_id).await?.is_some();
        let lines = self.direct.order_lines().of_order(order_id).first().await?.items.len();
        match (order, lines) {
            (true, 2) => Ok(true),
            (false, 0) => Ok(false),
            part => anyhow::bail!("a part of an order: {part:?}"),
        }
    }
}

/// Two of the product are sold: an order with two lines, and the stock is less.
pub(crate) fn sale(shop: &Shop, order_id: u64) -> anyhow::Result<migratable::UnitOfWork<'_>> {
    let unit = shop.unit_of_work();
    let unit = unit.insert(&order(order_id, 1)?).insert_all(&[line(order_id, 1), line(order_id, 2)]);
    Ok(unit.change(ProductKey { product_id: 7 }, |p| p.stock.subtract(2).only_if(p.stock.at_least(2))))
}

pub(crate) fn product(product_id: u64) -> anyhow::Result<Product> {
    Ok(Product {
        product_id,
        sku: format!("KB-{product_id}"),
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
    })
}

pub(crate) fn order(order_id: u64, user_id: u32) -> anyhow::Result<Order> {
    Ok(Order {
        order_id,
        user_id,
        status: "pending".to_owned(),
        total_amount: Decimal::new(1998, 2),
        currency: "EUR".to_owned(),
        note: None,
        placed_at: "2026-01-01T00:00:00Z".parse()?,
    })
}

pub(crate) fn line(order_id: u64, line_no: i16) -> OrderLine {
    OrderLine { order_id, line_no, product_id: 7, quantity: 1, price_at_time: Decimal::new(999, 2) }
}
