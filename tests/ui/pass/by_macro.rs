//! Structs that a macro writes: with names of its own, and with names it is given.
#![deny(warnings)]

use migratable::{Entity, View};

macro_rules! user {
    ($name:ident) => {
        #[derive(Debug, PartialEq, migratable::Migratable)]
        #[migratable(contract = "../contracts/shop.yaml", entity = "User")]
        struct $name {
            user_id: i32,
            username: String,
        }
    };
}

macro_rules! entity {
    ($contract:literal, $entity:literal, $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        #[derive(Debug, PartialEq, migratable::Migratable)]
        #[migratable(contract = $contract, entity = $entity)]
        struct $name { $($field: $ty),* }
    };
}

macro_rules! subset {
    ($of:literal, $name:ident, $($field:ident $ty:ty)*) => {
        #[derive(Debug, PartialEq, migratable::Migratable)]
        #[migratable(contract = "../contracts/shop.yaml", entity = $of, subset)]
        struct $name { $($field: $ty),* }
    };
}

user!(User);
entity!("../contracts/shop.yaml", "User", Person { username: String, user_id: i32 });
subset!("User", Name, username String);

fn main() {
    let user = User { user_id: 1, username: "Ada".to_owned() };
    let person = Person::from_row(user.to_row().unwrap()).unwrap();
    assert_eq!(person, Person { username: "Ada".to_owned(), user_id: 1 });
    assert_eq!(Name::of_row(user.to_row().unwrap()).unwrap(), Name { username: "Ada".to_owned() });
    assert_eq!((user.key().user_id, person.key().user_id), (1, 1));
}
