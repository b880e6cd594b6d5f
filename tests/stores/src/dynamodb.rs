//! DynamoDB by hand: the requests that repositories send, with the SDK alone.

use std::collections::HashMap;

use anyhow::{Context, ensure};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem, Update};
use migratable::types::{DateTime, Utc};
use shop::{Order, OrderLine};

type Item = HashMap<String, AttributeValue>;

/// What DynamoDB is asked with.
pub(crate) struct ByHand {
    pub(crate) client: Client,
}

const OURS: &str = "attribute_not_exists(#key) OR #entity = :entity";

impl ByHand {
    pub(crate) async fn by_id(&self, order_id: u64) -> anyhow::Result<Option<Order>> {
        let output = self
            .client
            .get_item()
            .table_name("Orders")
            .key("PK", s(format!("ORDER#{}", digits(order_id))))
            .key("SK", s("ORDER".to_owned()))
            .consistent_read(true)
            .send()
            .await?;
        output.item.map(order).transpose()
    }

    /// A page, and where the next one starts.
    pub(crate) async fn of_user(
        &self,
        user_id: u32,
        size: i32,
    ) -> anyhow::Result<(Vec<Order>, Option<Item>)> {
        let mut orders: Vec<Order> = Vec::new();
        let mut start = None;
        loop {
            let output = self
                .client
                .query()
                .table_name("Orders")
                .index_name("ByUserId")
                .key_condition_expression("#k0 = :k0")
                .expression_attribute_names("#k0", "ByUserIdPK")
                .expression_attribute_values(":k0", s(format!("ORDER#{user_id:010}")))
                .scan_index_forward(true)
                .limit(size + 1 - i32::try_from(orders.len())?)
                .set_exclusive_start_key(start)
                .send()
                .await?;
            for item in output.items.unwrap_or_default() {
                orders.push(order(item)?);
            }
            let full = orders.len() > usize::try_from(size)?;
            if full || output.last_evaluated_key.is_none() {
                let next = if full { orders.pop().map(|_| Item::new()) } else { None };
                return Ok((orders, next));
            }
            start = output.last_evaluated_key;
        }
    }

    pub(crate) async fn put(&self, order: &Order) -> anyhow::Result<()> {
        self.client
            .put_item()
            .table_name("Orders")
            .set_item(Some(order_item(order)))
            .condition_expression(OURS)
            .expression_attribute_names("#key", "PK")
            .expression_attribute_names("#entity", "_entity")
            .expression_attribute_values(":entity", s("Order".to_owned()))
            .send()
            .await?;
        Ok(())
    }

    /// One piece more in stock, an order, a line of it.
    pub(crate) async fn unit(&self, order: &Order, line: &OrderLine) -> anyhow::Result<()> {
        let stock = Update::builder()
            .table_name("Products")
            .key("PK", s(format!("PRODUCT#{}", digits(line.product_id))))
            .key("SK", s("PRODUCT".to_owned()))
            .update_expression("ADD #stock :one")
            .condition_expression("#entity = :entity AND #stock BETWEEN :least AND :most")
            .expression_attribute_names("#stock", "stock")
            .expression_attribute_names("#entity", "_entity")
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .expression_attribute_values(":entity", s("Product".to_owned()))
            .expression_attribute_values(":least", AttributeValue::N((i64::from(i32::MIN) - 1).to_string()))
            .expression_attribute_values(":most", AttributeValue::N((i32::MAX - 1).to_string()))
            .build()?;
        let put = |item: Item, entity: &str| {
            let put = Put::builder()
                .table_name("Orders")
                .set_item(Some(item))
                .condition_expression(OURS)
                .expression_attribute_names("#key", "PK")
                .expression_attribute_names("#entity", "_entity")
                .expression_attribute_values(":entity", s(entity.to_owned()));
            put.build()
        };
        self.client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().update(stock).build())
            .transact_items(TransactWriteItem::builder().put(put(order_item(order), "Order")?).build())
            .transact_items(TransactWriteItem::builder().put(put(line_item(line), "OrderLine")?).build())
            .send()
            .await?;
        Ok(())
    }
}

fn s(text: String) -> AttributeValue {
    AttributeValue::S(text)
}

/// As many as the largest has, so that texts sort as numbers do.
fn digits(id: u64) -> String {
    format!("{id:020}")
}

/// Negative numbers with their digits turned round, so that texts sort as numbers do.
fn line_number(number: i16) -> String {
    if number < 0 { format!("-{:05}", 99_999 - i32::from(number).abs()) } else { format!("{number:05}") }
}

fn text(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

pub(crate) fn order_item(order: &Order) -> Item {
    let mut item = Item::with_capacity(12);
    let mut set = |name: &str, value| item.insert(name.to_owned(), value);
    set("PK", s(format!("ORDER#{}", digits(order.order_id))));
    set("SK", s("ORDER".to_owned()));
    set("ByUserIdPK", s(format!("ORDER#{:010}", order.user_id)));
    set("ByUserIdSK", s(digits(order.order_id)));
    set("_entity", s("Order".to_owned()));
    set("order_id", AttributeValue::N(order.order_id.to_string()));
    set("user_id", AttributeValue::N(order.user_id.to_string()));
    set("status", s(order.status.clone()));
    set("total_amount", AttributeValue::N(order.total_amount.normalize().to_string()));
    set("currency", s(order.currency.clone()));
    if let Some(note) = &order.note {
        set("note", s(note.clone()));
    }
    set("placed_at", s(text(order.placed_at)));
    item
}

pub(crate) fn line_item(line: &OrderLine) -> Item {
    let mut item = Item::with_capacity(10);
    let mut set = |name: &str, value| item.insert(name.to_owned(), value);
    let line_no = line_number(line.line_no);
    set("PK", s(format!("ORDER#{}", digits(line.order_id))));
    set("SK", s(format!("ORDER_LINE#{line_no}")));
    set("ByProductIdPK", s(format!("ORDER_LINE#{}", digits(line.product_id))));
    set("ByProductIdSK", s(format!("{}#{line_no}", digits(line.order_id))));
    set("_entity", s("OrderLine".to_owned()));
    set("order_id", AttributeValue::N(line.order_id.to_string()));
    set("line_no", AttributeValue::N(line.line_no.to_string()));
    set("product_id", AttributeValue::N(line.product_id.to_string()));
    set("quantity", AttributeValue::N(line.quantity.to_string()));
    set("price_at_time", AttributeValue::N(line.price_at_time.normalize().to_string()));
    item
}

fn order(mut item: Item) -> anyhow::Result<Order> {
    let entity = item.remove("_entity");
    ensure!(
        matches!(&entity, Some(AttributeValue::S(entity)) if entity == "Order"),
        "not an order: {entity:?}"
    );
    let mut take = |name: &str| item.remove(name);
    let text = |value: Option<AttributeValue>| match value {
        Some(AttributeValue::S(text)) => Ok(text),
        other => Err(anyhow::anyhow!("not a text: {other:?}")),
    };
    let number = |value: Option<AttributeValue>| match value {
        Some(AttributeValue::N(number)) => Ok(number),
        other => Err(anyhow::anyhow!("not a number: {other:?}")),
    };
    let mut total_amount: migratable::types::Decimal = number(take("total_amount"))?.parse()?;
    total_amount.rescale(2);
    Ok(Order {
        order_id: number(take("order_id"))?.parse()?,
        user_id: number(take("user_id"))?.parse()?,
        status: text(take("status"))?,
        total_amount,
        currency: text(take("currency"))?,
        note: take("note").map(|note| text(Some(note))).transpose()?,
        placed_at: DateTime::parse_from_rfc3339(&text(take("placed_at"))?).context("no moment")?.to_utc(),
    })
}
