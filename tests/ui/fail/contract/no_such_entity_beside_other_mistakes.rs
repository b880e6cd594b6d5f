use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "Users")]
struct User {
    user_id: i32,
    username: String,
    #[migratable(skip)]
    more: i32,
}

fn main() {}
