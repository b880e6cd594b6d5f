//! Members of ENUM columns, for enums that are generated from them.

use migratable_core::ValueError;
use migratable_core::value::Value;

use super::{range, unexpected};

/// The variant of a member. `ty` is the enum's name.
///
/// # Errors
/// No variant is spelled so.
pub fn member<T: Copy>(
    ty: &str,
    all: &[T],
    spelled: fn(T) -> &'static str,
    text: &str,
) -> Result<T, ValueError> {
    let found = all.iter().copied().find(|variant| spelled(*variant) == text);
    found.ok_or_else(|| range(ty, "it is no member"))
}

/// The variant of a column's value.
///
/// # Errors
/// The value is no text, or no variant is spelled so.
pub fn member_of<T: Copy>(
    ty: &str,
    all: &[T],
    spelled: fn(T) -> &'static str,
    value: Value,
) -> Result<T, ValueError> {
    match value {
        Value::Text(text) => member(ty, all, spelled, &text),
        other => Err(unexpected("a member", &other)),
    }
}
