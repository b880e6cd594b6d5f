//! A crate that has `migratable` under another name, or passes it on.
#![deny(warnings)]

extern crate migratable as moved;

mod facade {
    pub mod inner {
        pub use moved::*;
    }
}

#[derive(moved::Migratable)]
#[migratable(contract = "../contracts/shop.yaml", crate = "moved")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(facade::inner::Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "User", crate = "crate::facade::inner")]
struct Person {
    user_id: i32,
    username: String,
}

fn main() {
    let user = User { user_id: 1, username: "Ada".to_owned() };
    let person = Person { user_id: 1, username: "Ada".to_owned() };
    assert_eq!(moved::Entity::to_row(&user).unwrap(), moved::Entity::to_row(&person).unwrap());
    assert_eq!(moved::Entity::to_item(&user).unwrap(), moved::Entity::to_item(&person).unwrap());
}
