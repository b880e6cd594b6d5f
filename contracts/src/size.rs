//! How large values can be in items.

use migratable_core::dynamodb::AttributeType;
use migratable_core::key::max_bytes;
use migratable_core::mysql::MySqlType;

/// How an entity's `dropped` names the rows whose items would be too large.
pub const OVERFLOW: &str = "items over 400 KB";

/// Bytes of a number of 38 digits: a byte for two digits, one for the exponent, one for the sign (DynamoDB Developer
/// Guide, "Item sizes and formats").
const NUMBER_BYTES: u64 = 21;

/// The most bytes a value of a column has in an item, as an attribute of this type; `u64::MAX` where no type ends it.
pub fn most_bytes(ty: &MySqlType, attribute: AttributeType) -> u64 {
    match (ty, attribute) {
        (_, AttributeType::N) => NUMBER_BYTES,
        (_, AttributeType::Bool) => 1,
        (MySqlType::Set { members, .. }, _) => {
            3 + members.iter().map(|member| 1 + member.len() as u64).sum::<u64>()
        }
        // The server's largest packet, and no type, ends it.
        (MySqlType::Json, _) => u64::MAX,
        (MySqlType::Text { size, .. }, _) if is_utf8(ty) => size.max_bytes(),
        (MySqlType::Blob { size }, _) => size.max_bytes(),
        (MySqlType::Binary { length } | MySqlType::VarBinary { length }, _) => u64::from(*length),
        // Seventeen digits, a point, a sign and an exponent.
        (MySqlType::Float { .. } | MySqlType::Double { .. }, _) => 24,
        _ => max_bytes(ty),
    }
}

/// Whether a text's bytes in MySQL are its bytes in an item.
fn is_utf8(ty: &MySqlType) -> bool {
    let charset = ty.collation().map(|collation| collation.charset());
    matches!(charset, Some("utf8mb4" | "utf8mb3" | "utf8" | "ascii"))
}
