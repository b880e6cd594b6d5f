//! Text, bytes, sets, JSON.

use migratable_core::ValueError;
use migratable_core::value::Value;

use super::{Field, range, unexpected};
use crate::kind;
use crate::types::Json;

impl Field<kind::Text> for String {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Text(self.clone()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(unexpected("text", &other)),
        }
    }
}

impl Field<kind::Bytes> for Vec<u8> {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Bytes(self.clone()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            other => Err(unexpected("bytes", &other)),
        }
    }
}

/// For `BINARY(N)`, whose values all have N bytes.
impl<const N: usize> Field<kind::Bytes> for [u8; N] {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Bytes(self.to_vec()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Bytes(bytes) => bytes.try_into().map_err(|bytes: Vec<u8>| {
                range(&format!("an array of {N} bytes"), &format!("it has {} bytes", bytes.len()))
            }),
            other => Err(unexpected("bytes", &other)),
        }
    }
}

impl Field<kind::Set> for Vec<String> {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Set(self.clone()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Set(members) => Ok(members),
            other => Err(unexpected("a set", &other)),
        }
    }
}

impl Field<kind::Json> for Json {
    fn to_value(&self) -> Result<Value, ValueError> {
        Ok(Value::Json(self.as_str().to_owned()))
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Json(text) => {
                Self::parse(text).map_err(|_| ValueError::Malformed { what: "JSON document" })
            }
            other => Err(unexpected("JSON", &other)),
        }
    }
}
