//! Rows to write, with values that naive migrations lose.

use migratable::types::{BigDecimal, DateTime, Decimal, Json, NaiveDate, NaiveDateTime, Time, Utc};
use shop::{Category, Order, OrderLine, Product, User};

pub(crate) fn users() -> anyhow::Result<Vec<User>> {
    let user = |user_id, email: &str, username: &str| -> anyhow::Result<User> {
        Ok(User {
            user_id,
            email: email.to_owned(),
            username: username.to_owned(),
            phone: None,
            first_name: Some("Ada".to_owned()),
            // Empty is not NULL, on either store.
            last_name: Some(String::new()),
            // MySQL computes it; what is written here is what it computes.
            display_name: Some("Ada ".to_owned()),
            is_seller: user_id == 1,
            loyalty_tier: -128,
            interests: vec!["books".to_owned(), "music".to_owned()],
            preferences: Some(Json::parse(r#"{"theme": "dark", "sizes": [1.10, 2e3]}"#)?),
            avatar: Some(vec![0, 255, 0]),
            born_on: Some("1815-12-10".parse()?),
            created_at: instant("2026-01-31T23:59:59.999999Z")?,
            updated_at: instant("2026-01-31T23:59:59.999999Z")?,
        })
    };
    Ok(vec![user(1, "Ada@Example.com", "ada")?, user(u32::MAX, "ada@example.org", "Ada")?])
}

pub(crate) fn categories() -> Vec<Category> {
    let category = |category_id, parent_id, name: &str, position| Category {
        category_id,
        parent_id,
        name: name.to_owned(),
        position,
    };
    vec![category(1, None, "Instruments", 0), category(u16::MAX, Some(1), "Keyboards", i16::MIN)]
}

pub(crate) fn products() -> anyhow::Result<Vec<Product>> {
    Ok(vec![Product {
        product_id: u64::MAX,
        sku: "KB-100".to_owned(),
        category_id: u16::MAX,
        seller_id: 1,
        editor_id: None,
        name: "Klavier \u{1F3B9} #1".to_owned(),
        description: Some("88 keys; \"quoted\", \\ and a line\nbreak".to_owned()),
        price: Decimal::new(9_999_999_950, 2),
        stock: -3,
        weight_kg: Some(0.1),
        score: 1.0 / 3.0,
        // 65 digits: more than a DynamoDB number has.
        density: Some(
            "99999999999999999999999999999999999.999999999999999999999999999999".parse::<BigDecimal>()?,
        ),
        flags: 0b10_0000_0001,
        model_year: Some(2026),
        // TIME is a signed duration.
        prep_time: Some("-838:59:59.125".parse::<Time>()?),
        available_at: Some(wall_clock("2026-03-29T02:30:00")?),
        created_at: wall_clock("2026-03-29T02:30:00.500")?,
    }])
}

pub(crate) fn orders() -> anyhow::Result<Vec<Order>> {
    // 10 comes after 9 only where numbers are no texts.
    [1, 2, 9, 10, u64::MAX].map(order).into_iter().collect()
}

fn order(order_id: u64) -> anyhow::Result<Order> {
    Ok(Order {
        order_id,
        user_id: 1,
        status: "pending".to_owned(),
        total_amount: Decimal::new(150, 2),
        currency: "EUR".to_owned(),
        note: None,
        placed_at: instant("2026-02-01T00:00:00.001Z")?,
    })
}

pub(crate) fn order_lines() -> Vec<OrderLine> {
    let line = |line_no| OrderLine {
        order_id: 1,
        line_no,
        product_id: u64::MAX,
        quantity: 1,
        price_at_time: Decimal::new(150, 2),
    };
    [-2, -1, 0, 7, 10, 100].map(line).into()
}

fn instant(text: &str) -> anyhow::Result<DateTime<Utc>> {
    Ok(text.parse()?)
}

fn wall_clock(text: &str) -> anyhow::Result<NaiveDateTime> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    Ok(date.parse::<NaiveDate>()?.and_time(time.parse()?))
}
