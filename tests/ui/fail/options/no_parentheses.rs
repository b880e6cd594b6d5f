use migratable::Migratable;

#[derive(Migratable)]
#[migratable = "../../contracts/shop.yaml"]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable]
struct Order {
    order_id: i32,
}

fn main() {}
