use migratable::Migratable;

// What is wrong with the struct and with its options is said together.
#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", colour = "red")]
struct User<T>(T, String);

fn main() {}
