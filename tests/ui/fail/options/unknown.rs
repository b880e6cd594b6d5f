use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", table = "users", rename_all = "camelCase", colour = "red")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
