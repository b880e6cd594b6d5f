use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "Measurement")]
struct User {
    // Right for `User`: the option is what's wrong.
    user_id: i32,
    username: String,
}

fn main() {}
