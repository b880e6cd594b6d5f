use std::error::Error as _;

use migratable_core::ValueError;

use super::*;
use crate::entity::Entity;
use crate::entity::Failure;
use crate::fixture::Order;

fn store(class: Class) -> Error {
    Error::new(Kind::Store { class, code: Some("SomeCode".to_owned()), message: "what it says".to_owned() })
}

fn named(name: &str) -> Option<String> {
    Some(name.to_owned())
}

type Predicate = (&'static str, fn(&Error) -> bool);

const PREDICATES: [Predicate; 11] = [
    ("conflict", Error::is_conflict),
    ("invalid", Error::is_invalid),
    ("not unique", Error::is_not_unique),
    ("cursor", Error::is_invalid_cursor),
    ("throttled", Error::is_throttled),
    ("retryable", Error::is_retryable),
    ("missing table", Error::is_missing_table),
    ("schema", Error::is_schema_mismatch),
    ("denied", Error::is_denied),
    ("unreadable", Error::is_unreadable),
    ("misconfigured", Error::is_misconfigured),
];

#[test]
fn each_kind_answers_to_its_predicates_and_to_no_other() {
    let invalid = Invalid::new(Order::plan(), vec![Failure::value("total", ValueError::Null)]);
    for (error, expected) in [
        (Error::invalid(invalid), &["invalid"][..]),
        (Error::argument("the page size is 0"), &["invalid"]),
        (Error::new(Kind::Duplicate { key: named("email") }), &["conflict"]),
        (Error::new(Kind::MissingReference { key: None }), &["invalid"]),
        (Error::new(Kind::Referenced { key: None }), &["conflict"]),
        (Error::new(Kind::Taken), &["conflict"]),
        (Error::new(Kind::NotUnique), &["not unique"]),
        (Error::cursor(CursorFault::Foreign), &["cursor"]),
        (Error::unreadable("total", ValueError::Null), &["unreadable"]),
        (Error::new(Kind::OtherEntity { found: None }), &["unreadable"]),
        (Error::new(Kind::Session { problems: vec![] }), &["misconfigured"]),
        (Error::plan("no pattern"), &[]),
        (store(Class::Rejected), &["invalid"]),
        (store(Class::Throttled), &["throttled", "retryable"]),
        (store(Class::Busy), &["retryable"]),
        (store(Class::Unavailable), &["retryable"]),
        (store(Class::MissingTable), &["missing table", "schema"]),
        (store(Class::Schema), &["schema"]),
        (store(Class::Denied), &["denied"]),
        (store(Class::Misconfigured), &["misconfigured"]),
        (store(Class::Unknown), &[]),
    ] {
        let holds: Vec<&str> =
            PREDICATES.iter().filter(|(_, predicate)| predicate(&error)).map(|(name, _)| *name).collect();
        assert_eq!(holds, expected, "{error}");
    }
}

#[test]
fn the_text_names_operation_entity_place_and_next_step() {
    let place = "MySQL table orders".to_owned();
    let error = Error::new(Kind::Duplicate { key: named("order_no") }).at("put", Order::plan(), None, place);
    assert_eq!(
        error.to_string(),
        "put Order (MySQL table orders): the values of the unique key `order_no` are taken by another row; change them, \
         or change that row"
    );
    let place = "DynamoDB table Orders, index ByUser".to_owned();
    let error = store(Class::Throttled).at("list", Order::plan(), Some("of_user"), place);
    assert_eq!(
        error.to_string(),
        "list Order.of_user (DynamoDB table Orders, index ByUser): SomeCode: what it says; try again later, or raise the \
         table's capacity"
    );
}

#[test]
fn what_was_said_first_about_the_place_stands() {
    let error = Error::argument("wrong").at("get", Order::plan(), Some("by_email"), String::new());
    assert_eq!(error.during("put", Order::plan()).to_string(), "get Order.by_email: wrong");
}

#[test]
fn every_failure_of_an_entity_is_listed() {
    let failures = vec![
        Failure::value("total", ValueError::Null),
        Failure::value(
            "email",
            ValueError::Range { ty: "varchar(20)".to_owned(), reason: "too long".into() },
        ),
    ];
    let error = Error::invalid(Invalid::new(Order::plan(), failures)).during("put", Order::plan());
    assert_eq!(
        error.to_string(),
        "put Order: not valid: `total`: NULL where a value is required; `email`: does not fit varchar(20): too long"
    );
    let fields =
        error.invalid_fields().map(|invalid| invalid.failures().iter().map(|failure| failure.path.as_ref()));
    assert_eq!(fields.map(Iterator::collect), Some(vec!["total", "email"]));
}

#[test]
fn an_error_can_cross_threads_and_is_small() {
    fn assert_send<T: Send + Sync + 'static>() {}
    assert_send::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert!(Error::plan("x").source().is_none());
}
