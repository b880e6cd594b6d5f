#![deny(unused_must_use)]

use migratable::{GetRequest, ListRequest, Migratable};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

fn read(user: GetRequest<'_, User>, users: ListRequest<'_, User>) {
    user.select::<User>();
    users.backwards();
}

fn main() {}
