use migratable::Migratable;

// Types of the fields that are known are judged, whatever else is wrong.
#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: String,
    numbr: Option<String>,
    status: Option<String>,
    total: f64,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "Order", subset)]
struct OrderHead {
    user_id: String,
    colour: String,
}

fn main() {}
