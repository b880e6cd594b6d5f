use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    usr_id: u32,
    number: Option<String>,
    status: String,
    totl: migratable::types::Decimal,
    colour: String,
}

fn main() {}
