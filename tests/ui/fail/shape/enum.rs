use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User")]
enum User {
    Guest,
    Known { user_id: i32, username: String },
}

fn main() {}
