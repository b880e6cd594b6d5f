use migratable::Migratable;

type Maybe<T> = Option<T>;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: u32,
    number: Option<String>,
    status: Maybe<String>,
    total: migratable::types::Decimal,
    placed_at: migratable::types::NaiveDateTime,
}

fn main() {}
