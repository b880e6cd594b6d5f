use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User")]
union User {
    user_id: i32,
}

fn main() {}
