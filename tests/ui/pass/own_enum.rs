//! An ENUM as an enum of one's own, NULL as `Option` of it, and a type with parameters of its own.
#![deny(warnings)]

use migratable::types::Value;
use migratable::{Entity, Field, Migratable, ValueError, kind};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Status {
    Pending,
    Done,
}

impl Field<kind::Text> for Status {
    fn to_value(&self) -> Result<Value, ValueError> {
        let text = match self {
            Self::Pending => "pending",
            Self::Done => "done",
        };
        Ok(Value::Text(text.to_owned()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text: String = Field::<kind::Text>::from_value(value)?;
        match text.as_str() {
            "pending" => Ok(Self::Pending),
            "done" => Ok(Self::Done),
            _ => Err(ValueError::Malformed { what: "status" }),
        }
    }
}

/// Whatever carries a kind, and a note.
#[derive(Clone, Debug, PartialEq)]
struct Tagged<T>(T);

impl<K, T: Field<K>> Field<K> for Tagged<T> {
    fn to_value(&self) -> Result<Value, ValueError> {
        self.0.to_value()
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        T::from_value(value).map(Tagged)
    }
}

#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: u32,
    number: Option<Tagged<String>>,
    status: Tagged<Status>,
    total: Tagged<Tagged<migratable::types::Decimal>>,
    placed_at: migratable::types::NaiveDateTime,
}

fn main() {
    for (status, number) in [(Status::Pending, None), (Status::Done, Some(Tagged("A-1".to_owned())))] {
        let order = Order {
            order_id: 1,
            user_id: 2,
            number,
            status: Tagged(status),
            total: Tagged(Tagged(migratable::types::Decimal::ONE)),
            placed_at: migratable::types::DateTime::UNIX_EPOCH.naive_utc(),
        };
        assert_eq!(Order::from_row(order.to_row().unwrap()).unwrap(), order);
    }
}
