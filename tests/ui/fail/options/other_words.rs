use migratable::Migratable;

#[derive(Migratable)]
#[migratable(file = "../../contracts/shop.yaml", name = "User", partial)]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
