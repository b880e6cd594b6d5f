// Without the derive the attribute means nothing.
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
}

fn main() {}
