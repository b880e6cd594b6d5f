//! A struct with some of an entity's fields: named by the entity, by a path, in another module, of any order and type.
#![deny(warnings)]

use migratable::{Entity, GetRequest, ListRequest, Migratable, View};

mod shop {
    #[derive(Clone, Debug, PartialEq, migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml")]
    pub struct Order {
        pub order_id: i32,
        pub user_id: u32,
        pub number: Option<String>,
        pub status: String,
        pub total: migratable::types::Decimal,
        pub placed_at: migratable::types::NaiveDateTime,
    }
}

mod domain {
    type Money = migratable::types::Decimal;

    // The entity's struct is where the path says.
    #[derive(Debug, PartialEq, migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml", entity = "Order", subset = "super::shop::Order")]
    pub(crate) struct Price {
        pub(super) total: Money,
    }
}

use shop::Order;

// The entity's struct is the one in scope; fields stand in another order than the contract's.
#[derive(Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "Order", subset)]
struct OrderHead {
    placed_at: migratable::types::NaiveDateTime,
    number: Option<String>,
    user_id: u32,
}

// All of them: to be read, not written.
#[derive(Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "Order", subset)]
struct ReadOnly {
    order_id: i32,
    user_id: u32,
    number: Option<String>,
    status: String,
    total: migratable::types::Decimal,
    placed_at: migratable::types::NaiveDateTime,
}

// Requests are answered by any of them.
#[allow(dead_code)]
async fn read(order: GetRequest<'_, Order>, orders: ListRequest<'_, Order>) -> Result<(), migratable::Error> {
    let _: Option<OrderHead> = order.select::<OrderHead>().await?;
    let page = orders.backwards().select::<domain::Price>().first().await?;
    let _: Vec<domain::Price> = page.items;
    Ok(())
}

#[allow(dead_code)]
async fn back_again(order: GetRequest<'_, OrderHead>) -> Result<Option<Order>, migratable::Error> {
    order.select::<ReadOnly>().select::<Order>().await
}

fn main() {
    let order = Order {
        order_id: 1,
        user_id: 2,
        number: Some("A-1".to_owned()),
        status: "done".to_owned(),
        total: migratable::types::Decimal::new(995, 2),
        placed_at: migratable::types::DateTime::UNIX_EPOCH.naive_utc(),
    };
    let head = OrderHead { placed_at: order.placed_at, number: order.number.clone(), user_id: 2 };
    assert_eq!(OrderHead::of_row(order.to_row().unwrap()).unwrap(), head);
    assert_eq!(OrderHead::of_item(&order.to_item().unwrap()).unwrap(), head);
    assert_eq!(domain::Price::of_row(order.to_row().unwrap()).unwrap(), domain::Price { total: order.total });
    assert_eq!(ReadOnly::of_row(order.to_row().unwrap()).unwrap().status, "done");
    assert_eq!(Order::of_row(order.to_row().unwrap()).unwrap(), order);
    let mut row = order.to_row().unwrap();
    row.pop();
    assert!(OrderHead::of_row(row).is_err(), "a row of another plan");
}
