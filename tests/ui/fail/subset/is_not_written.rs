use migratable::{Entity, Migratable};

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: String,
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml", entity = "User", subset)]
struct UserHead {
    username: String,
}

fn write(user: &UserHead) {
    let _ = user.validate();
    let _ = Entity::to_row(user);
}

fn main() {}
