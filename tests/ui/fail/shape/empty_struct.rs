use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User")]
pub struct User {}

fn main() {}
