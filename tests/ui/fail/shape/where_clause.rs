use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User")]
struct User
where
    String: Clone,
{
    user_id: i32,
    username: String,
}

fn main() {}
