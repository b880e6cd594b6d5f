use migratable::{GetRequest, ListRequest, Migratable};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset)]
struct UserHead {
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: u32,
    number: Option<String>,
    status: String,
    total: migratable::types::Decimal,
    placed_at: migratable::types::NaiveDateTime,
}

fn read(orders: ListRequest<'_, Order>, order: GetRequest<'_, Order>) {
    let _ = orders.select::<UserHead>();
    let _ = order.select::<User>();
}

fn main() {}
