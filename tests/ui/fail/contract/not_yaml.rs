use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/tabs.yaml")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
