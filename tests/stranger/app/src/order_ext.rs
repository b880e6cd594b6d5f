//! What the application adds to a generated struct: nothing is written into the generated file.

use db::types::Decimal;

use crate::shop::{Order, OrderKey};

impl Order {
    /// A new order, without a note.
    pub fn pending(order_id: u64, user_id: u32, total: Decimal) -> Self {
        Self { order_id, user_id, status: "pending".to_owned(), total, ..Self::blank() }
    }

    fn blank() -> Self {
        let (order_id, user_id, total) = (0, 0, Decimal::ZERO);
        Self { order_id, user_id, status: String::new(), total, note: None }
    }
}

/// Has a price.
pub trait Priced {
    /// What it costs.
    fn price(&self) -> Decimal;
}

impl Priced for Order {
    fn price(&self) -> Decimal {
        self.total
    }
}

impl From<&Order> for OrderKey {
    fn from(order: &Order) -> Self {
        order.key()
    }
}
