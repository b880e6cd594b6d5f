//! What the overrides of `cases/overrides` make of generated code, seen from a program.
#![deny(warnings, missing_docs)]

#[path = "../generated/overrides/mod.rs"]
pub mod overrides;
pub mod own;

use migratable::types::Decimal;
use migratable::types::time::{Date, OffsetDateTime, PrimitiveDateTime};
use migratable::{Entity, Field, ValueError, kind};
use overrides::{Account, AccountKey, Booking, State};

const ROW: &str = r#"{
    "account_id": 7, "email": "a@b.c", "state": "in progress", "last_state": "it's \"x\"", "balance": "10.50",
    "credit": null, "rate": "0.5000", "born": "2024-02-29", "opened": "2024-02-29 10:00:00.0",
    "seen": "2024-02-29 12:00:00.5 +02:00:00", "token": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16], "author": "me"
}"#;

fn account() -> Account {
    serde_json::from_str(ROW).expect("an account; what it lacks has a default")
}

/// Each field has the type the nearest word says.
#[test]
fn fields_have_their_types() {
    let account = account();
    let (own::AccountId(id), own::Money(balance), own::Rate(rate)) =
        (account.account_id, account.balance, account.rate);
    assert_eq!((id, balance.to_string(), rate.to_string()), (7, "10.50".to_owned(), "0.5000".to_owned()));
    let credit: Option<own::Money> = account.credit;
    let (state, born): (State, Option<Date>) = (account.state, account.born);
    let (opened, seen): (PrimitiveDateTime, OffsetDateTime) = (account.opened, account.seen);
    let (token, grade): ([u8; 16], i8) = (account.token, account.grade);
    assert_eq!((credit, state, token[0], grade), (None, State::InProgress, 1, 0));
    assert_eq!((born.map(Date::year), opened.hour(), seen.unix_timestamp()), (Some(2024), 10, 1_709_200_800));
}

/// serde goes through structs, keys and enums, by the names the contract's attributes give.
#[test]
fn serde_reads_what_it_writes() {
    let account = account();
    let text = serde_json::to_string(&account).expect("JSON");
    assert_eq!(serde_json::from_str::<Account>(&text).expect("an account"), account);
    assert!(text.contains(r#""last_state":"it's \"x\"""#) && text.contains(r#""grade":0"#), "{text}");
    let key: AccountKey = serde_json::from_str(r#"{"account_id":7}"#).expect("a key");
    assert_eq!(key, account.key());
    let booking = r#"{"accountId":1,"at":"2024-02-29 10:00:00.0","amount":"1.00","kind":"in","note":null}"#;
    let booking: Booking = serde_json::from_str(booking).expect("a booking");
    assert_eq!(booking.kind, overrides::Option::In);
}

#[test]
fn an_enum_has_every_member_in_order_and_no_other() {
    let spelled = ["new", "in progress", "N/A", "1st", "Self", "größer", "it's \"x\""];
    assert_eq!(State::ALL.map(State::as_str), spelled);
    assert!(State::ALL.is_sorted());
    for state in State::ALL {
        assert_eq!(state.to_string().parse(), Ok(state));
        let value = Field::<kind::Text>::to_value(&state).expect("a value");
        assert_eq!(<State as Field<kind::Text>>::from_value(value), Ok(state));
    }
    assert_eq!(format!("{:>5}", State::New), "  new");
    // MySQL's own members only: letter case counts here.
    for other in ["NEW", "", "new ", "x"] {
        let error = other.parse::<State>().expect_err("no member");
        assert_eq!(error.to_string(), "does not fit State: it is no member");
        assert!(!error.to_string().contains("NEW"), "values are never printed");
    }
    let number = <State as Field<kind::Text>>::from_value(migratable::types::Value::Int(1));
    assert!(matches!(number, Err(ValueError::Kind { .. })));
}

/// Attributes keep the names they have in DynamoDB, errors have the struct's.
#[test]
fn names_are_the_contracts() {
    let mut account = account();
    let item = account.to_item().expect("an item");
    assert!(item.contains_key("type") && item.contains_key("createdBy") && !item.contains_key("grade"));
    account.author = "twenty characters and more".to_owned();
    account.rate = own::Rate("12.34567".parse::<Decimal>().expect("a number"));
    let invalid = account.validate().expect_err("too long, and too many digits");
    let paths: Vec<&str> = invalid.failures().iter().map(|failure| failure.path.as_ref()).collect();
    assert_eq!(paths, ["rate", "author"]);
}

/// Derives are there once, whoever asks for them.
#[test]
fn derives_are_there() {
    fn hashes<T: std::hash::Hash + Eq + Clone + std::fmt::Debug>() {}
    fn compares<T: Eq + Clone + std::fmt::Debug>() {}
    hashes::<Booking>();
    hashes::<State>();
    compares::<Account>();
}
