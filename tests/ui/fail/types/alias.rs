use migratable::Migratable;

// rustc judges what the alias stands for.
type Id = u64;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: Id,
    username: String,
}

fn main() {}
