use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
