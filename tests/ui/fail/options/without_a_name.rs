use migratable::Migratable;

#[derive(Migratable)]
#[migratable("../../contracts/shop.yaml", "User")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
