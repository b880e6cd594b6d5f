//! The shop on engines of its own, and rows for it.

use migratable::types::{DateTime, Decimal, Json, Utc};
use migratable_test_conformance::{Engines, each};
use shop::{CartItem, Category, Order, OrderLine, Product, Shop, TABLES, User};
use sqlx::MySqlPool;

/// Engines with the shop's tables, and the shop on each. In each there are two users, a category and a product.
pub(crate) struct Shops {
    pub(crate) mysql: Shop,
    pub(crate) dynamodb: Shop,
    pub(crate) second: Shop,
    pub(crate) pool: MySqlPool,
    _engines: Engines,
}

impl Shops {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let engines = Engines::start(include_str!("../../../../examples/shop/schema.sql"), TABLES).await?;
        let [mysql, dynamodb, second] = engines.stores().await?.map(Shop::new);
        let shops = Self { mysql, dynamodb, second, pool: engines.pool.clone(), _engines: engines };
        for shop in shops.each() {
            shop.unit_of_work()
                .insert(&user(1, "ada@example.com", "ada")?)
                .insert(&user(2, "bob@example.com", "bob")?)
                .insert(&Category { category_id: 1, parent_id: None, name: "all".into(), position: 0 })
                .insert(&product(7, "KB-100", 8)?)
                .commit()
                .await?;
        }
        Ok(shops)
    }

    /// The shop on each store.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Shop> {
        each([&self.mysql, &self.dynamodb, &self.second])
    }
}

pub(crate) fn user(user_id: u32, email: &str, username: &str) -> anyhow::Result<User> {
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

pub(crate) fn product(product_id: u64, sku: &str, stock: i32) -> anyhow::Result<Product> {
    Ok(Product {
        product_id,
        sku: sku.to_owned(),
        category_id: 1,
        seller_id: 1,
        editor_id: None,
        name: "Keyboard".to_owned(),
        description: None,
        price: Decimal::new(999, 2),
        stock,
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

pub(crate) fn order(order_id: u64) -> anyhow::Result<Order> {
    Ok(Order {
        order_id,
        user_id: 1,
        status: "pending".to_owned(),
        total_amount: Decimal::new(1998, 2),
        currency: "EUR".to_owned(),
        note: None,
        placed_at: "2026-01-01T00:00:00Z".parse()?,
    })
}

pub(crate) fn line(order_id: u64, line_no: i16) -> OrderLine {
    OrderLine { order_id, line_no, product_id: 7, quantity: 2, price_at_time: Decimal::new(999, 2) }
}

pub(crate) fn cart_item(user_id: u32, product_id: u64) -> anyhow::Result<CartItem> {
    Ok(CartItem { user_id, product_id, quantity: 2, added_at: "2026-01-01T00:00:00Z".parse()? })
}
