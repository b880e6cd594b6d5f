//! rustc judges types, so an alias is what it stands for, and a type may come from anywhere.
#![deny(warnings)]

use migratable::{Entity, Migratable};

type Id = i32;
type Maybe<T> = Option<T>;

mod domain {
    pub type Money = migratable::types::Decimal;
}

#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "Order")]
struct Purchase {
    total: domain::Money,
    order_id: Id,
    user_id: <Vec<u32> as IntoIterator>::Item,
    number: Maybe<String>,
    status: Box<Status>,
    placed_at: migratable::types::NaiveDateTime,
}

#[derive(Clone, Debug, PartialEq)]
struct Status(String);

impl migratable::Field<migratable::kind::Text> for Box<Status> {
    fn to_value(&self) -> Result<migratable::types::Value, migratable::ValueError> {
        Ok(migratable::types::Value::Text(self.0.clone()))
    }

    fn from_value(value: migratable::types::Value) -> Result<Self, migratable::ValueError> {
        let text: String = migratable::Field::<migratable::kind::Text>::from_value(value)?;
        Ok(Box::new(Status(text)))
    }
}

fn main() {
    let purchase = Purchase {
        total: domain::Money::new(995, 2),
        order_id: 1,
        user_id: 2,
        number: None,
        status: Box::new(Status("done".to_owned())),
        placed_at: migratable::types::DateTime::UNIX_EPOCH.naive_utc(),
    };
    assert_eq!(Purchase::from_row(purchase.to_row().unwrap()).unwrap(), purchase);
    assert_eq!(purchase.key(), PurchaseKey { order_id: 1 });
}
