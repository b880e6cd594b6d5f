use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", subset)]
struct UserHead {
    username: String,
}

fn main() {}
