use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = 7, entity = User, fingerprint = 0x1234, crate = crate::facade)]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
