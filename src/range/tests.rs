#![expect(clippy::unwrap_used, reason = "a panic is the failure")]

use super::*;
use crate::fixture::{self, Order, OrderByUserKey, OrderKey};

type Created = Next<i32, kind::I32, 0>;

fn prefix() -> Prefix<OrderByUserKey, Created> {
    Prefix::new(vec![3.into_part()])
}

fn rows(range: impl Into<Range<Order>>) -> RowRange {
    range.into().into_rows().1.unwrap()
}

#[test]
fn a_range_is_what_was_given_and_its_ends() {
    let range = |ends| RowRange { index: Some(1), given: vec![Value::Int(3)], ends };
    let seven = || Value::Int(7);
    assert_eq!(rows(prefix()), range(None));
    let pair = [7, 8];
    let [from, until] = &pair;
    assert_eq!(rows(prefix().between(from, until)), range(Some(Ends::Between(seven(), Value::Int(8)))));
    assert_eq!(rows(prefix().from(7)), range(Some(Ends::From(seven()))));
    assert_eq!(rows(prefix().after(7)), range(Some(Ends::After(seven()))));
    assert_eq!(rows(prefix().until(7)), range(Some(Ends::Until(seven()))));
    assert_eq!(rows(prefix().before(7)), range(Some(Ends::Before(seven()))));
    let more: Prefix<OrderByUserKey, Next<i32, kind::I32, 1>> = prefix().then(7.into_part());
    let given = vec![Value::Int(3), seven()];
    assert_eq!(rows(more), RowRange { index: Some(1), given, ends: None });
}

#[test]
fn text_and_bytes_are_given_as_slices_too() {
    let text: &str = "a";
    for value in [text.into_part(), "a".to_owned().into_part(), (&"a".to_owned()).into_part()] {
        let value: Result<Value, ValueError> = value;
        assert_eq!(value, Ok(Value::Text("a".to_owned())));
    }
    assert_eq!(Part::<Vec<u8>, kind::Bytes>::into_part(&[1, 2][..]), Ok(Value::Bytes(vec![1, 2])));
}

#[test]
fn a_value_that_has_none_is_named_by_its_field() {
    let none = || Err(ValueError::ZeroDate);
    let field = |range: Range<Order>| range.into_rows().1.unwrap_err().field.into_owned();
    let prefix_of = |values| Prefix::<OrderByUserKey, Created>::new(values);
    assert_eq!(field(prefix_of(vec![none()]).into()), "user_id");
    assert_eq!(field(prefix_of(vec![none()]).from(7)), "user_id");
    assert_eq!(field(prefix().ended(Err(ValueError::ZeroDate))), "created_at");
    assert_eq!(field(prefix().then::<Created>(none()).into()), "created_at");
    assert_eq!(field(prefix().then::<Created>(7.into_part()).ended(Err(ValueError::ZeroDate))), "order_id");
    let table: Prefix<OrderKey, Created> = Prefix::new(vec![none()]);
    assert_eq!(field(table.into()), "user_id");
}

#[test]
fn values_are_not_printed() {
    let range: Range<Order> = prefix().from(7_654_321);
    for text in [format!("{:?}", prefix()), format!("{range:?}")] {
        assert!(!text.contains("7654321") && text.contains("given"), "{text}");
    }
    let _ = fixture::order();
}
