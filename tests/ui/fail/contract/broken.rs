use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/broken.yaml")]
struct Order {
    id: i32,
}

fn main() {}
