//! Two contracts in one crate, with entities of one name.
#![deny(warnings)]

use migratable::Entity;

mod shop {
    #[derive(Debug, PartialEq, migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml")]
    pub(crate) struct User {
        pub(crate) user_id: i32,
        pub(crate) username: String,
    }
}

mod words {
    // Of the other contract, from the package's folder.
    #[derive(Debug, PartialEq, migratable::Migratable)]
    #[migratable(contract = "../contracts/words.yaml")]
    pub(crate) struct User {
        pub(crate) id: u64,
    }
}

fn main() {
    let one = shop::User { user_id: 1, username: "Ada".to_owned() };
    let other = words::User { id: u64::MAX };
    assert_eq!(shop::User::from_row(one.to_row().unwrap()).unwrap(), one);
    assert_eq!(words::User::from_row(other.to_row().unwrap()).unwrap(), other);
    assert_eq!((&*shop::User::plan().root, &*words::User::plan().root), ("users", "people"));
}
