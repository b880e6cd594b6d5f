use migratable::types::Value;
use migratable::{Field, Migratable, ValueError, kind};

struct UserId(i32);

impl Field<kind::I32> for UserId {
    fn to_value(&self) -> Result<Value, ValueError> {
        Field::<kind::I32>::to_value(&self.0)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        Field::<kind::I32>::from_value(value).map(UserId)
    }
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: UserId,
    username: String,
}

fn main() {}
