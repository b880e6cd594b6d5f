use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset = true)]
struct UserHead {
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset = "1 + 1")]
struct Tail {
    username: String,
}

fn main() {}
