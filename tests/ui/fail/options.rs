use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contarct = "../contracts/shop.yaml", table = "users")]
#[migratable(entity = User, crate = "1 + 1", fingerprint = "a", fingerprint = "b")]
struct User {
    #[migratable(rename = "id")]
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable]
struct Empty {
    user_id: i32,
}

fn main() {}
