use migratable::types::Value;
use migratable::{Field, Migratable, ValueError, kind};

struct Name(String);

impl Field<kind::Json> for Name {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Json(self.0.clone()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text: migratable::types::Json = Field::<kind::Json>::from_value(value)?;
        Ok(Name(text.as_str().to_owned()))
    }
}

#[derive(Migratable)]
#[migratable(contract = "../../contracts/shop.yaml")]
struct User {
    user_id: i32,
    username: Name,
}

fn main() {}
