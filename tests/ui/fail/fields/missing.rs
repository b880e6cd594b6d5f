use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Order {
    order_id: i32,
    user_id: u32,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
}

// What the derive would have made is there all the same: nothing more is said.
fn key(order: &Order) -> OrderKey {
    assert_eq!(order.key(), OrderKey { order_id: order.order_id });
    order.key()
}

fn main() {}
