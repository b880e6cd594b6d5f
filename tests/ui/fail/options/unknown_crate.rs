use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", crate = "::elsewhere")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
