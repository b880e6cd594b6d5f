use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    // The column is `id`, the attribute `user_id`.
    id: i32,
    username: String,
}

fn main() {}
