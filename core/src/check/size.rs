//! Whether the item of a row is too large for DynamoDB.

use super::keys::{SHORT, key_bytes, roles};
use super::open::OpenSize;
use super::{Failure, FailureKind};
use crate::codec;
use crate::derived::nested;
use crate::dynamodb::{ENTITY_ATTRIBUTE, MAX_ITEM_BYTES};
use crate::plan::{KeySource, Plan};
use crate::value::Value;

/// How many of the largest attributes are named.
const NAMED: usize = 3;

/// The failure of an item that is too large. Its keys fit, and every attribute can be written.
pub(super) fn item_failure(plan: &Plan, row: &[Value]) -> Option<Failure> {
    let flat = plan.maps.is_empty() && plan.derived.is_empty();
    if flat && plan.open().size.as_ref().is_none_or(|open| at_most(open, row) <= MAX_ITEM_BYTES) {
        return None;
    }
    let mut sizes = attribute_sizes(plan, row);
    let actual: u64 = sizes.iter().map(|(_, bytes)| bytes).sum();
    if actual <= MAX_ITEM_BYTES {
        return None;
    }
    // The sort is stable: of two of one size, the plan's first comes first.
    sizes.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let largest = sizes.into_iter().take(NAMED).map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    Some(Failure::new("item", FailureKind::ItemBytes { actual, most: MAX_ITEM_BYTES, largest }))
}

/// More than the item can have, from the row's lengths alone.
fn at_most(open: &OpenSize, row: &[Value]) -> u64 {
    let lengths = open.columns.iter().map(|column| match row.get(*column) {
        Some(Value::Text(text) | Value::Json(text)) => text.len() as u64,
        Some(Value::Bytes(bytes)) => bytes.len() as u64,
        Some(Value::Set(members)) => 3 + members.iter().map(|member| 1 + member.len() as u64).sum::<u64>(),
        _ => SHORT,
    });
    open.fixed + lengths.sum::<u64>()
}

/// Every attribute of the item with its bytes, the name's among them.
fn attribute_sizes<'p>(plan: &'p Plan, row: &[Value]) -> Vec<(&'p str, u64)> {
    let mut sizes: Vec<(&str, u64)> = Vec::new();
    for attribute in plan.attributes.iter() {
        let ty = &plan.columns[attribute.column].ty;
        if let Ok(Some(value)) = codec::encode(ty, attribute.ty, &row[attribute.column]) {
            sizes.push((&attribute.name, value.bytes()));
        }
    }
    let nested =
        plan.maps.iter().map(|map| &map.name).chain(plan.derived.iter().map(|derived| &derived.name));
    for (position, name) in nested.enumerate() {
        if let Ok(Some(value)) = nested::write(plan, position, row) {
            sizes.push((name, value.bytes()));
        }
    }
    for (_, key) in roles(plan).filter(|(_, key)| matches!(key.source, KeySource::Template(_))) {
        if let Ok(Some(bytes)) = key_bytes(plan, key, row)
            && !sizes.iter().any(|(name, _)| *name == key.name)
        {
            sizes.push((&key.name, bytes));
        }
    }
    sizes.push((ENTITY_ATTRIBUTE, plan.entity.len() as u64));
    sizes.into_iter().map(|(name, bytes)| (name, name.len() as u64 + bytes)).collect()
}
