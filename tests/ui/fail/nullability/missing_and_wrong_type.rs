use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: u32,
    number: i32,
    status: String,
    total: migratable::types::Decimal,
    placed_at: migratable::types::NaiveDateTime,
}

fn main() {}
