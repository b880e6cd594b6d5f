use migratable::Migratable;

#[derive(Migratable)]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
