#![expect(clippy::unwrap_used, reason = "a panic is the failure")]

use migratable_core::dynamodb::{AttributeValue, ENTITY_ATTRIBUTE};
use migratable_core::value::{Date, DateTime, Value};

use super::*;
use crate::fixture::{CREATED, EMAIL, ID, Order, TAGS, moment, order, row};

#[test]
fn an_entity_and_its_item_are_one() {
    let item = order().to_item().unwrap();
    let keys: Vec<&str> = item.keys().map(String::as_str).collect();
    let expected =
        ["GPK", "PK", "SK", "_entity", "created_at", "email", "order_id", "tags", "total", "user_id"];
    assert_eq!(keys, expected);
    assert_eq!(Order::from_item(&item).unwrap(), order());
}

#[test]
fn an_item_of_another_entity_or_of_none_is_not_read() {
    let mut item = order().to_item().unwrap();
    item.insert(ENTITY_ATTRIBUTE.to_owned(), AttributeValue::S("Review".to_owned()));
    let error = Order::from_item(&item).unwrap_err();
    assert!(error.is_unreadable() && error.to_string().contains("\"Review\""), "{error}");
    item.remove(ENTITY_ATTRIBUTE);
    let error = Order::from_item(&item).unwrap_err();
    assert!(error.is_unreadable() && error.to_string().contains("`_entity`"), "{error}");
}

#[test]
fn an_attribute_that_cannot_be_read_is_named_and_not_shown() {
    let mut item = order().to_item().unwrap();
    item.insert("total".to_owned(), AttributeValue::S("s3cret".to_owned()));
    let error = Order::from_item(&item).unwrap_err();
    assert!(error.is_unreadable(), "{error}");
    let text = format!("{error} {error:?}");
    assert!(text.contains("Order") && text.contains("`total`") && !text.contains("s3cret"), "{text}");
}

#[test]
fn all_failures_come_at_once_in_the_order_of_the_fields() {
    let mut row = row();
    row[ID] = Value::Null;
    row[EMAIL] = Value::Text("much longer than twenty characters".to_owned());
    row[TAGS] = Value::Set(vec!["unknown".to_owned()]);
    let zero = Date { year: 0, month: 0, day: 0 };
    row[CREATED] = Value::Timestamp(DateTime { date: zero, ..moment() });
    let invalid = ValidRow::new(Order::plan(), row).unwrap_err();
    let fields: Vec<&str> = invalid.failures().iter().map(|failure| failure.path.as_ref()).collect();
    assert_eq!(fields, ["order_id", "created_at", "email", "tags[0]"]);
    assert_eq!(invalid.failures()[0].kind, FailureKind::Value(ValueError::Null));
    assert_eq!(invalid.failures()[1].kind, FailureKind::Value(ValueError::ZeroDate));
}

#[test]
fn validation_sees_what_the_struct_holds() {
    assert_eq!(order().validate(), Ok(()));
    let long = Order { email: Some("x".repeat(21)), ..order() };
    assert_eq!(long.validate().unwrap_err().failures()[0].path, "email");
    let nobody = Order { email: None, ..order() };
    assert_eq!(nobody.validate(), Ok(()));
    // Without a value the item is not in the index.
    assert!(!nobody.to_item().unwrap().contains_key("GPK"));
}

#[test]
fn a_set_is_held_in_declaration_order_whatever_order_it_came_in() {
    let members = |members: &[&str]| members.iter().map(|&member| member.to_owned()).collect::<Vec<_>>();
    let mixed = Order { tags: members(&["sent", "new", "sent"]), ..order() };
    assert_eq!(mixed.validate(), Ok(()));
    let read = Order::from_item(&mixed.to_item().unwrap()).unwrap();
    assert_eq!(read.tags, members(&["new", "sent"]));
}

#[test]
fn a_row_of_another_plan_is_refused() {
    assert!(ValidRow::new(Order::plan(), row()[1..].to_vec()).is_err());
    assert!(Order::from_row(row()[1..].to_vec()).is_err());
}
