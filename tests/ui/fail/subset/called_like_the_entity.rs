use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset)]
struct User {
    username: String,
}

fn main() {}
