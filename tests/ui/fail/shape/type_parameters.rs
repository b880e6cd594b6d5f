use migratable::Migratable;

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User<'a, T>
where
    T: Clone,
{
    user_id: T,
    username: &'a str,
}

fn main() {}
