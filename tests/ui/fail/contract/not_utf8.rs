use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/binary.yaml")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
