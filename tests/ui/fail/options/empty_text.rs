use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "", entity = " ")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
