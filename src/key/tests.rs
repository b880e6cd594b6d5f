#![expect(clippy::unwrap_used, reason = "a panic is the failure")]

use migratable_core::dynamodb::AttributeValue;

use super::*;
use crate::fixture::{self, CREATED, EMAIL, ID, OrderByEmailKey, OrderByUserKey, OrderKey, USER};

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

#[test]
fn a_key_is_its_attributes_and_back() {
    let item = fixture::order().to_item().unwrap();
    let key = OrderKey::of(&fixture::order()).unwrap().unwrap();
    let attributes = key.to_attributes().unwrap();
    let names: Vec<&String> = attributes.keys().collect();
    assert_eq!(names, ["PK", "SK"]);
    assert!(attributes.iter().all(|(name, value)| item.get(name) == Some(value)));
    assert_eq!(OrderKey::from_attributes(&attributes).unwrap(), key);
    assert_eq!(OrderKey::from_attributes(&item).unwrap(), key);
}

#[test]
fn the_key_of_an_index_is_that_indexs() {
    let item = fixture::order().to_item().unwrap();
    let key = OrderByUserKey::of(&fixture::order()).unwrap().unwrap();
    let row = fixture::row();
    let expected = [USER, CREATED, ID].map(|column| row[column].clone());
    assert_eq!(key, OrderByUserKey(expected.into()));
    let names: Vec<String> = key.to_attributes().unwrap().into_keys().collect();
    assert_eq!(names, ["created_at", "order_id", "user_id"]);
    assert_eq!(OrderByUserKey::from_attributes(&item).unwrap(), key);
}

#[test]
fn folded_text_comes_back_folded_and_null_is_no_key() {
    let mut order = fixture::order();
    let key = OrderByEmailKey::of(&order).unwrap().unwrap();
    assert_eq!(key, OrderByEmailKey(vec![fixture::row()[EMAIL].clone()]));
    let read = OrderByEmailKey::from_attributes(&key.to_attributes().unwrap()).unwrap();
    assert_eq!(read, OrderByEmailKey(vec![Value::Text("bob@example.org".to_owned())]));
    order.email = None;
    assert_eq!(OrderByEmailKey::of(&order).unwrap(), None);
    let error = OrderByEmailKey::from_attributes(&order.to_item().unwrap()).unwrap_err();
    assert!(error.is_unreadable() && error.to_string().contains("GPK"), "{error}");
}

#[test]
fn what_is_no_key_of_the_entity_is_refused() {
    let pair = |partition: &str, sort: &str| {
        Item::from([("PK".to_owned(), text(partition)), ("SK".to_owned(), text(sort))])
    };
    assert!(
        OrderKey::from_attributes(&pair("USER#0000000003", "ORDER#2024-01-31T10:00:00Z#0000000007")).is_ok()
    );
    for (partition, sort) in [
        ("USER#3", "ORDER#2024-01-31T10:00:00Z#0000000007"),
        ("USER#0000000003", "LINE#2024-01-31T10:00:00Z#0000000007"),
        ("USER#0000000003", "ORDER#2024-01-31T10:00:00Z#0000000007#"),
        ("USER#0000000003", "ORDER#2024-01-31T10:00:00Z"),
    ] {
        let error = OrderKey::from_attributes(&pair(partition, sort)).unwrap_err();
        assert!(error.is_unreadable(), "{error}");
    }
    let folded = Item::from([("GPK".to_owned(), text("E#BOB"))]);
    assert!(OrderByEmailKey::from_attributes(&folded).unwrap_err().is_unreadable());
    let number = Item::from([("GPK".to_owned(), AttributeValue::N("1".to_owned()))]);
    assert!(OrderByEmailKey::from_attributes(&number).unwrap_err().is_unreadable());
}

#[test]
fn a_value_its_column_does_not_hold_is_in_no_key() {
    let long = OrderByEmailKey(vec![Value::Text("x".repeat(21))]);
    let error = long.to_attributes().unwrap_err();
    assert!(error.is_invalid() && error.to_string().contains("`email`"), "{error}");
}
