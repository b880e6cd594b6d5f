use migratable::{Entity, Migratable};

// A wrong type is one error, whatever is done with the struct.
#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: u8,
}

fn name(user: &User) -> u8 {
    let _ = user.key();
    let _ = user.to_row();
    user.username
}

fn main() {}
