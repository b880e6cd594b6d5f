use migratable::Migratable;
use migratable::types::{Decimal, NaiveDate};

#[derive(Migratable)]
#[migratable(contract = "../contracts/shop.yaml")]
struct Order {
    // A key's field too.
    order_id: u32,
    user_id: u32,
    // NULL is allowed.
    number: String,
    status: Vec<u8>,
    total: f64,
    // A DATETIME.
    placed_at: NaiveDate,
}

#[derive(Migratable)]
#[migratable(contract = "../contracts/shop.yaml")]
struct User {
    user_id: i32,
    // NULL is not allowed.
    username: Option<String>,
}

fn main() {
    let _ = Decimal::ZERO;
}
