use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    orderId: i32,
    UserID: u32,
    number: Option<String>,
    status: String,
    total: migratable::types::Decimal,
    placedAt: migratable::types::NaiveDateTime,
}

fn main() {}
