use migratable::Migratable;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct UserId(i32);

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: UserId,
    username: String,
}

fn main() {}
