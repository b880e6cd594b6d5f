use migratable::{GetRequest, Migratable};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

fn read(user: GetRequest<'_, User>) {
    let _ = user.select::<String>();
}

fn main() {}
