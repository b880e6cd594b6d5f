//! In modules below modules, in functions, side by side with the same name, of every visibility.
#![deny(warnings, unreachable_pub)]
#![allow(dead_code)]

mod outer {
    pub(crate) mod inner {
        #[derive(migratable::Migratable)]
        #[migratable(contract = "../contracts/shop.yaml")]
        pub(crate) struct User {
            pub(crate) user_id: i32,
            pub(in crate::outer) username: String,
        }
    }

    #[derive(migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml", entity = "User")]
    pub(super) struct Person {
        pub(super) user_id: i32,
        username: String,
    }

    pub(crate) fn make() -> (inner::User, Person) {
        let username = "Ada".to_owned();
        (inner::User { user_id: 1, username: username.clone() }, Person { user_id: 1, username })
    }
}

#[derive(migratable::Migratable)]
#[migratable(contract = "../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

fn local() -> i32 {
    #[derive(migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml")]
    struct User {
        user_id: i32,
        username: String,
    }

    #[derive(migratable::Migratable)]
    #[migratable(contract = "../contracts/shop.yaml", entity = "User", subset)]
    struct Name {
        username: String,
    }

    let name: Name = migratable::View::of_row(migratable::Entity::to_row(&make()).unwrap()).unwrap();
    let user = User { user_id: 7, username: name.username };
    user.key().user_id
}

fn make() -> User {
    User { user_id: 2, username: "Bob".to_owned() }
}

fn main() {
    let (user, person) = outer::make();
    assert_eq!((user.key().user_id, person.key().user_id), (1, 1));
    assert_eq!((make().key(), local()), (UserKey { user_id: 2 }, 7));
}
