//! What lets a Rust type be the field of an entity: exact conversion to and from a column's values.

mod member;
mod numbers;
mod temporal;
mod text;
#[cfg(feature = "time")]
mod times;

use std::borrow::Cow;

use migratable_core::ValueError;
use migratable_core::check::Failure;
use migratable_core::value::Value;

use crate::kind;

pub use self::member::{member, member_of};

/// A Rust type that carries columns of the kind `K` exactly.
///
/// Conversions lose nothing: a value the column can't hold, or the type can't, is an error. Implement it for a type of
/// your own (a newtype, an enum of states) to use that type in an entity's struct:
///
/// ```
/// use migratable::{Field, ValueError, kind, types::Value};
///
/// struct Email(String);
///
/// impl Field<kind::Text> for Email {
///     fn to_value(&self) -> Result<Value, ValueError> {
///         Field::<kind::Text>::to_value(&self.0)
///     }
///     fn from_value(value: Value) -> Result<Self, ValueError> {
///         Field::<kind::Text>::from_value(value).map(Email)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't carry a column of the kind `{K}`",
    label = "the contract says this field is of the kind `{K}`",
    note = "`migratable::kind` lists the Rust types of each kind; a column that may be NULL is an `Option`",
    note = "a type of your own can carry the column if it implements `migratable::Field<{K}>`"
)]
pub trait Field<K>: Sized {
    /// The value as MySQL holds it.
    ///
    /// # Errors
    /// The value has no exact form in MySQL.
    fn to_value(&self) -> Result<Value, ValueError>;

    /// The field with this value.
    ///
    /// # Errors
    /// The value is of another kind, or this type can't hold it exactly.
    fn from_value(value: Value) -> Result<Self, ValueError>;
}

impl<K, T: Field<K>> Field<kind::Nullable<K>> for Option<T> {
    fn to_value(&self) -> Result<Value, ValueError> {
        self.as_ref().map_or(Ok(Value::Null), T::to_value)
    }

    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// A field whose value can't be carried, by name. Never prints the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("field `{field}`")]
pub struct FieldError {
    /// The field's name.
    pub field: Cow<'static, str>,
    /// What is wrong with its value.
    #[source]
    pub source: ValueError,
}

impl FieldError {
    /// The error of one field.
    pub fn new(field: impl Into<Cow<'static, str>>, source: ValueError) -> Self {
        Self { field: field.into(), source }
    }
}

impl From<FieldError> for Failure {
    fn from(error: FieldError) -> Self {
        Self::value(error.field, error.source)
    }
}

/// The error for a value of another kind than the field's; a missing one is said to be missing.
fn unexpected(expected: &str, value: &Value) -> ValueError {
    match value {
        Value::Null => ValueError::Null,
        other => ValueError::Kind { expected: expected.to_owned(), found: other.kind() },
    }
}

/// The error for a value that `ty` can't hold.
fn range(ty: &str, reason: &str) -> ValueError {
    ValueError::Range { ty: ty.to_owned(), reason: reason.into() }
}

#[cfg(test)]
mod tests;
