use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User")]
struct User<'a> {
    user_id: i32,
    username: &'a str,
}

fn main() {}
