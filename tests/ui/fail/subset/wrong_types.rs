use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset)]
struct UserHead {
    user_id: String,
    username: Option<String>,
}

fn main() {}
