use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", fingerprint = "0123456789abcdef")]
struct User {
    user_id: i32,
    // Of the contract as it was: only that it is stale is said.
    name: String,
}

fn user(key: UserKey) -> i32 {
    key.user_id
}

fn main() {}
