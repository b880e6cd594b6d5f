use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "Oder")]
struct Order {
    id: i32,
}

// The struct's name is the entity's unless another is given.
#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct Customer {
    id: i32,
}

fn main() {}
