use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    usr_id: i32,
    username: String,
}

fn main() {}
