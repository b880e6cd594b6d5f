//! Attribute values as the SDK has them, and as core has them.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue as SdkValue;
use migratable_core::ValueError;
use migratable_core::check::ValidRow;
use migratable_core::dynamodb::{AttributeValue, Form, Item};
use migratable_core::plan::Plan;
use migratable_core::projection::{self, Projected, ProjectionError};
use migratable_core::value::Row;

use crate::error::Error;
use crate::store::row_read;

/// An item as the SDK has it.
pub(super) type SdkItem = HashMap<String, SdkValue>;

/// An item with every name of a plan and no values: every item of a plan has the same names, and hashing them takes a good
/// part of the time of making a map, where copying one hashes nothing.
struct Blank {
    item: SdkItem,
    /// The places of its names, in the order it gives them in.
    places: Box<[usize]>,
}

impl Blank {
    fn new(plan: &Plan) -> Self {
        let places = plan.places();
        let item: SdkItem = places.names().map(|name| (name.to_owned(), ABSENT)).collect();
        let places = item.keys().filter_map(|name| places.find(name)).collect();
        Self { item, places }
    }
}

/// The item of a row that has been checked.
pub(super) fn item_of_row(row: ValidRow<'_>) -> Result<SdkItem, ProjectionError> {
    let plan = row.plan();
    let mut own = None;
    let blank = match plan.memo.of_store(|| Blank::new(plan)) {
        Some(blank) => blank,
        None => own.insert(Blank::new(plan)),
    };
    let (names, mut item) = (plan.places(), blank.item.clone());
    let mut row = Projected::new(row)?;
    let mut absent = false;
    for ((name, slot), &expected) in item.iter_mut().zip(&blank.places) {
        // A copy gives its names in the order of the original. Should it not, they are looked up.
        let place = if names.name(expected) == Some(name) { Some(expected) } else { names.find(name) };
        let Some(place) = place else { continue };
        match row.take::<Sdk>(place, slot) {
            Ok(found) => absent |= !found,
            Err(error) => return Err(row.error(place, error)),
        }
    }
    if absent {
        // No value is written as the NULL type.
        item.retain(|_, value| !matches!(value, SdkValue::Null(_)));
    }
    Ok(item)
}

/// What stands for an attribute that isn't there yet.
const ABSENT: SdkValue = SdkValue::Null(true);

/// The row of an item, which must be of the plan's entity. The item is taken apart.
pub(super) fn row_of_sdk(plan: &Plan, item: SdkItem) -> Result<Row, Error> {
    row_read(plan, projection::read(plan, item, |value| from_sdk(value).ok_or(UNKNOWN)))
}

/// The error for an attribute of a type DynamoDB did not have when this was written.
const UNKNOWN: ValueError = ValueError::Malformed { what: "known attribute type" };

pub(super) fn to_sdk_item(item: Item) -> SdkItem {
    item.into_iter().map(|(name, value)| (name, to_sdk(value))).collect()
}

/// Values as the SDK has them.
enum Sdk {}

impl Form for Sdk {
    type Value = SdkValue;

    // Where a value is written its kind is known, so that nothing of this is left.
    #[inline(always)]
    fn of(value: AttributeValue) -> SdkValue {
        to_sdk(value)
    }
}

#[inline(always)]
fn to_sdk(value: AttributeValue) -> SdkValue {
    match value {
        AttributeValue::S(text) => SdkValue::S(text),
        AttributeValue::N(digits) => SdkValue::N(digits),
        AttributeValue::B(bytes) => SdkValue::B(Blob::new(bytes)),
        AttributeValue::Bool(flag) => SdkValue::Bool(flag),
        AttributeValue::Null => SdkValue::Null(true),
        AttributeValue::Ss(texts) => SdkValue::Ss(texts),
        AttributeValue::Ns(numbers) => SdkValue::Ns(numbers),
        AttributeValue::Bs(all) => SdkValue::Bs(all.into_iter().map(Blob::new).collect()),
        AttributeValue::L(values) => SdkValue::L(to_sdk_list(values)),
        AttributeValue::M(values) => SdkValue::M(to_sdk_item(values)),
    }
}

fn to_sdk_list(values: Vec<AttributeValue>) -> Vec<SdkValue> {
    values.into_iter().map(to_sdk).collect()
}

/// # Errors
/// An attribute is of a type DynamoDB did not have when this was written.
pub(super) fn from_sdk_item(item: SdkItem) -> Result<Item, Error> {
    let convert = |(name, value): (String, SdkValue)| match from_sdk(value) {
        Some(value) => Ok((name, value)),
        None => Err(Error::unreadable(&name, UNKNOWN)),
    };
    item.into_iter().map(convert).collect()
}

#[inline]
fn from_sdk(value: SdkValue) -> Option<AttributeValue> {
    Some(match value {
        SdkValue::S(text) => AttributeValue::S(text),
        SdkValue::N(digits) => AttributeValue::N(digits),
        SdkValue::B(bytes) => AttributeValue::B(bytes.into_inner()),
        SdkValue::Bool(flag) => AttributeValue::Bool(flag),
        SdkValue::Null(_) => AttributeValue::Null,
        SdkValue::Ss(mut texts) => {
            texts.sort();
            AttributeValue::Ss(texts)
        }
        SdkValue::Ns(numbers) => AttributeValue::Ns(numbers),
        SdkValue::Bs(all) => AttributeValue::Bs(all.into_iter().map(Blob::into_inner).collect()),
        SdkValue::L(values) => AttributeValue::L(values.into_iter().map(from_sdk).collect::<Option<_>>()?),
        SdkValue::M(values) => AttributeValue::M(
            values.into_iter().map(|(name, value)| Some((name, from_sdk(value)?))).collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_comes_back() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let values = [
            text("é"),
            AttributeValue::N("18446744073709551615".to_owned()),
            AttributeValue::B(vec![0, 255]),
            AttributeValue::Bool(true),
            AttributeValue::Null,
            AttributeValue::Ss(vec!["a".to_owned(), "b".to_owned()]),
            AttributeValue::Ns(vec!["1".to_owned()]),
            AttributeValue::Bs(vec![vec![1]]),
            AttributeValue::L(vec![text("a"), AttributeValue::Bool(false)]),
            AttributeValue::M([("k".to_owned(), text("v"))].into()),
        ];
        let item: Item = values.into_iter().enumerate().map(|(n, value)| (format!("a{n}"), value)).collect();
        assert_eq!(from_sdk_item(to_sdk_item(item.clone())).ok(), Some(item));
    }

    #[test]
    fn a_set_comes_back_sorted_whatever_order_the_wire_has() {
        let item = SdkItem::from([("s".to_owned(), SdkValue::Ss(vec!["b".to_owned(), "a".to_owned()]))]);
        let expected =
            Item::from([("s".to_owned(), AttributeValue::Ss(vec!["a".to_owned(), "b".to_owned()]))]);
        assert_eq!(from_sdk_item(item).ok(), Some(expected));
    }
}
