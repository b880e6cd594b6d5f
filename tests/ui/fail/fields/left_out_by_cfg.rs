use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    // A field that isn't compiled isn't there.
    #[cfg(any())]
    username: String,
}

fn main() {}
