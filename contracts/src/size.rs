//! How large values can be in items.

use migratable_core::dynamodb::AttributeType;
use migratable_core::key::max_bytes;
use migratable_core::mysql::MySqlType;
use migratable_core::pattern::Pattern;
use migratable_core::plan::{
    Collection, CollectionForm, Compute, Derived, DerivedSource, Member, TextPart, Tree, TreeValue,
};

/// How an entity's `dropped` names the rows whose items would be too large.
pub const OVERFLOW: &str = "items over 400 KB";

/// How an entity's `dropped` accepts that rows made of its items again lack something.
pub const WAY_BACK: &str = "way back";

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

/// Bytes of a list or a map beside what is in it, and of each element (as [`NUMBER_BYTES`]).
const NESTED_BYTES: u64 = 3;
const ELEMENT_BYTES: u64 = 1;

/// The most bytes a map with these members has: names, and the most bytes of each value.
pub fn map_bytes<'m>(members: impl IntoIterator<Item = (&'m str, u64)>) -> u64 {
    members.into_iter().fold(NESTED_BYTES, |sum, (name, bytes)| {
        sum.saturating_add(name.len() as u64).saturating_add(bytes).saturating_add(ELEMENT_BYTES)
    })
}

/// The most bytes a value has that is worked out; `u64::MAX` where nothing ends it. `ty` gives the type of a column of the
/// entity's rows.
pub fn derived_bytes<'t>(derived: &Derived, ty: impl Fn(usize) -> Option<&'t MySqlType> + Copy) -> u64 {
    match &derived.source {
        DerivedSource::Computed { compute, scalar } => match compute {
            Compute::Text(parts) => text_bytes(parts, ty),
            Compute::Case { arms, otherwise } => {
                let texts = arms.iter().map(|(_, parts)| parts).chain(otherwise);
                texts.map(|parts| text_bytes(parts, ty)).max().unwrap_or_default()
            }
            Compute::Moment { .. } => most_bytes(&scalar.ty, scalar.attribute),
        },
        DerivedSource::Aggregate(aggregate) => most_bytes(&aggregate.scalar.ty, aggregate.scalar.attribute),
        DerivedSource::Tree(Tree { value: TreeValue::Depth, .. }) => NUMBER_BYTES,
        // A tree is as deep as its rows make it.
        DerivedSource::Tree(Tree { value: TreeValue::Path { .. }, .. }) => u64::MAX,
        DerivedSource::Collection(collection) => collection_bytes(collection),
    }
}

fn text_bytes<'t>(parts: &[TextPart], ty: impl Fn(usize) -> Option<&'t MySqlType>) -> u64 {
    let text = |column: usize| ty(column).map_or(u64::MAX, |ty| most_bytes(ty, AttributeType::S));
    let bytes = parts.iter().map(|part| match part {
        TextPart::Literal(literal) => literal.len() as u64,
        TextPart::Column(column) => text(*column),
        TextPart::Time { pattern, .. } => {
            Pattern::parse(pattern).map_or(u64::MAX, |pattern| pattern.width() as u64)
        }
        TextPart::Padded { column, width } => text(*column).max(u64::from(*width) + 1),
    });
    bytes.fold(0, u64::saturating_add)
}

fn collection_bytes(collection: &Collection) -> u64 {
    let Some(limit) = collection.limit else { return u64::MAX };
    let value = |member: &Member| {
        let column = collection.rows.columns.get(member.column);
        column.map_or(u64::MAX, |column| most_bytes(&column.ty, member.ty))
    };
    let members =
        |members: &[Member]| map_bytes(members.iter().map(|member| (member.name.as_ref(), value(member))));
    let element = match &collection.form {
        CollectionForm::List(list) => members(list),
        CollectionForm::Map { key, members: list } => {
            let key = collection.rows.columns.get(*key).map_or(u64::MAX, |column| max_bytes(&column.ty));
            key.saturating_add(members(list))
        }
        CollectionForm::Values(member) | CollectionForm::Set(member) => value(member),
    };
    element.saturating_add(ELEMENT_BYTES).saturating_mul(u64::from(limit)).saturating_add(NESTED_BYTES)
}

/// Whether a text's bytes in MySQL are its bytes in an item.
fn is_utf8(ty: &MySqlType) -> bool {
    let charset = ty.collation().map(|collation| collation.charset());
    matches!(charset, Some("utf8mb4" | "utf8mb3" | "utf8" | "ascii"))
}
