use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", crate = "1 + 1")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
