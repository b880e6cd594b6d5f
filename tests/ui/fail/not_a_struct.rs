use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "User")]
enum Kind {
    One,
}

#[derive(Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "User")]
union Either {
    user_id: i32,
}

#[derive(Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "User")]
struct Tuple(i32, String);

#[derive(Migratable)]
#[migratable(contract = "../contracts/shop.yaml", entity = "User")]
struct Unit;

fn main() {}
