use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", fingerprint = "v1")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
