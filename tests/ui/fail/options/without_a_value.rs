use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract, entity =, fingerprint)]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
