use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User")]
struct User<const N: usize> {
    user_id: i32,
    username: [u8; N],
}

fn main() {}
