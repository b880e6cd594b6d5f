use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    #[migratable(rename = "id")]
    user_id: i32,
    #[migratable(skip)]
    cached: i32,
    #[migratable(with = "module")]
    #[migratable(entity = "User")]
    #[migratable]
    username: String,
}

fn main() {}
