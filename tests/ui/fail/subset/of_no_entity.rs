use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset)]
struct Head {
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset = "Head")]
struct Tail {
    user_id: i32,
}

fn main() {}
