//! In which form values of a type are written and held: types that share one can take each other's place.

use migratable_core::dynamodb::AttributeType;
use migratable_core::key;
use migratable_core::mysql::{MySqlType, ZeroDates};

/// How a value is written in an attribute (see `migratable_core::codec`).
pub(super) fn stored(ty: &MySqlType, attribute: AttributeType) -> String {
    match attribute {
        AttributeType::S => text(ty),
        // Every type that can be one writes it alike.
        AttributeType::N
        | AttributeType::B
        | AttributeType::Bool
        | AttributeType::Ss
        | AttributeType::L
        | AttributeType::M => attribute.to_string(),
    }
}

fn text(ty: &MySqlType) -> String {
    match ty {
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => "text".to_owned(),
        MySqlType::Decimal { scale, .. } => format!("a number with {scale} digits after the point"),
        MySqlType::Json
        | MySqlType::Date
        | MySqlType::Time { .. }
        | MySqlType::DateTime { .. }
        | MySqlType::Timestamp { .. }
        | MySqlType::Int { .. }
        | MySqlType::Float { .. }
        | MySqlType::Double { .. }
        | MySqlType::Bit { .. }
        | MySqlType::Year
        | MySqlType::Binary { .. }
        | MySqlType::VarBinary { .. }
        | MySqlType::Blob { .. }
        | MySqlType::Set { .. } => ty.to_string(),
    }
}

/// How a value is written in a key (see `migratable_core::key`).
pub(super) fn in_key(ty: &MySqlType, fold: bool) -> String {
    match ty {
        MySqlType::Int { unsigned, .. } => {
            format!("{} digits", key::max_bytes(ty) - u64::from(!unsigned))
        }
        MySqlType::Decimal { precision, scale, .. } => {
            let before = precision.saturating_sub(*scale).max(1);
            format!("{before} digits and {scale} after the point")
        }
        MySqlType::Bit { .. } => format!("{} digits", key::max_bytes(ty)),
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => "hex".to_owned(),
        _ => match ty.collation() {
            Some(collation) if fold => format!("text folded by {}", collation.name),
            Some(_) => "text".to_owned(),
            None => ty.to_string(),
        },
    }
}

/// How a value is held in Rust, where the contract doesn't say.
pub(super) fn in_rust(ty: &MySqlType, attribute: AttributeType, zero_dates: ZeroDates) -> String {
    let temporal = |word: &str| match zero_dates {
        ZeroDates::Refuse => word.to_owned(),
        ZeroDates::Keep => format!("{word} that may be zero"),
    };
    match ty {
        _ if attribute == AttributeType::Bool => "a flag".to_owned(),
        MySqlType::Int { size, unsigned, .. } => {
            format!("{}{} bits", if *unsigned { "unsigned, " } else { "" }, size.bits())
        }
        MySqlType::Decimal { .. } => "a decimal".to_owned(),
        MySqlType::Float { .. } => "a float".to_owned(),
        MySqlType::Double { .. } => "a double".to_owned(),
        MySqlType::Bit { .. } => "bits".to_owned(),
        MySqlType::Year => "a year".to_owned(),
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => "text".to_owned(),
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => "bytes".to_owned(),
        MySqlType::Date => temporal("a date"),
        MySqlType::Time { .. } => "a time".to_owned(),
        MySqlType::DateTime { .. } => temporal("a date and time"),
        MySqlType::Timestamp { .. } => temporal("an instant"),
        MySqlType::Set { .. } => "a set".to_owned(),
        MySqlType::Json => "JSON".to_owned(),
    }
}
