use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contarct = "../../contracts/shop.yaml", entiti = "User")]
struct User {
    user_id: i32,
    username: String,
}

fn main() {}
