use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
pub struct User {
    pub user_id: i32,
}

fn main() {}
