use migratable::Migratable;

mod shop {
    #[derive(migratable::Migratable)]
    #[migratable(contract = "../../contracts/shop.yaml")]
    pub struct User {
        user_id: i32,
        username: String,
    }
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset)]
struct UserHead {
    username: String,
}

fn main() {}
