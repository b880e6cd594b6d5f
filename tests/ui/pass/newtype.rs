//! Types of one's own carry columns if they implement `Field`.
#![deny(warnings)]

use migratable::types::Value;
use migratable::{Entity, Field, Migratable, ValueError, kind};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct UserId(i32);

impl Field<kind::I32> for UserId {
    fn to_value(&self) -> Result<Value, ValueError> {
        Field::<kind::I32>::to_value(&self.0)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        Field::<kind::I32>::from_value(value).map(UserId)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Name {
    Robot,
    Person(String),
}

impl Field<kind::Text> for Name {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Text(match self {
            Self::Robot => "robot".to_owned(),
            Self::Person(name) => name.clone(),
        }))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let name: String = Field::<kind::Text>::from_value(value)?;
        Ok(if name == "robot" { Self::Robot } else { Self::Person(name) })
    }
}

#[derive(Clone, Debug, PartialEq, Migratable)]
#[migratable(contract = "../contracts/shop.yaml")]
struct User {
    user_id: UserId,
    username: Name,
}

fn main() {
    for name in [Name::Robot, Name::Person("Ada".to_owned())] {
        let user = User { user_id: UserId(7), username: name };
        assert_eq!(User::from_row(user.to_row().unwrap()).unwrap(), user);
        assert_eq!(user.key(), UserKey { user_id: UserId(7) });
    }
}
