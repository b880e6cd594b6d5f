use migratable_core::dynamodb::AttributeValue;

use super::expression::Condition;
use super::parts::{Fate, Write};
use super::*;
use crate::entity::Entity;
use crate::fixture::Order;
use crate::unit::Action;

fn part(change: usize, role: Role) -> Part<'static> {
    let plan = Order::plan();
    Part {
        change,
        role,
        fate: Fate::Other,
        plan,
        key: Item::new(),
        write: Write::Check,
        condition: Condition::absent(plan),
    }
}

fn marker() -> Item {
    Item::from([("PK".to_owned(), AttributeValue::S("EMAIL#a".to_owned()))])
}

fn outcome(codes: [Option<&str>; 4]) -> String {
    let take = Role::Take { name: "email".to_owned(), owners: Vec::new() };
    let give_up = Role::GiveUp { owner: Item::new(), marker: marker() };
    let parts = [part(0, Role::Row), part(1, take), part(1, give_up), part(2, Role::Moved)];
    let reasons = codes.map(|code| code.map(|code| (code.to_owned(), None))).to_vec();
    match judge(&parts, &reasons, 3) {
        Canceled::Again => "again".to_owned(),
        Canceled::NotOurs(marker) => format!("not ours: {:?}", marker["PK"]),
        Canceled::Never(error) => format!("never, {:?}: {error}", error.change()),
        Canceled::Later(error) => format!("later, {:?}: {error}", error.change()),
    }
}

#[test]
fn why_a_transaction_was_canceled_says_what_follows() {
    let (failed, conflict) = (Some(FAILED), Some(CONFLICT));
    // That a row has changed says more than what follows from how it was.
    assert_eq!(outcome([failed, failed, None, None]), "again");
    assert_eq!(outcome([None, conflict, None, None]), "again");
    assert_eq!(outcome([None, None, failed, None]), r#"not ours: S("EMAIL#a")"#);
    assert!(
        outcome([None, failed, failed, None])
            .starts_with("never, Some(1): the values of the unique key `email`")
    );
    assert!(
        outcome([None, None, None, failed])
            .starts_with("never, Some(2): the values of the unique key `PRIMARY`")
    );
    assert!(
        outcome([None, Some("ThrottlingError"), None, None]).starts_with("later, Some(1): ThrottlingError: ")
    );
    assert!(
        outcome([failed, None, None, Some("ValidationError")])
            .starts_with("never, Some(2): ValidationError: ")
    );
}

#[test]
fn a_marker_that_is_given_up_and_taken_goes_from_owner_to_owner() {
    let owner = |name: &str| Item::from([("PK".to_owned(), AttributeValue::S(name.to_owned()))]);
    let take = |change| part(change, Role::Take { name: "email".to_owned(), owners: vec![owner("new")] });
    let give_up = |change| part(change, Role::GiveUp { owner: owner("old"), marker: marker() });
    let mut parts = Parts::default();
    parts.push(give_up(0), 2).expect("the first");
    parts.push(take(1), 2).expect("it is free by then");
    let [only] = &*parts.0 else { panic!("{parts:?}") };
    assert_eq!(only.change, 1);
    assert_eq!(only.role, Role::Take { name: "email".to_owned(), owners: vec![owner("new"), owner("old")] });

    let mut parts = Parts::default();
    parts.push(take(0), 2).expect("the first");
    let error = parts.push(give_up(1), 2).expect_err("it is not free yet");
    assert_eq!((error.constraint(), error.change()), (Some("email"), Some(0)));
    let mut parts = Parts::default();
    parts.push(part(0, Role::Row), 2).expect("the first");
    let error = parts.push(part(1, Role::Row), 2).expect_err("two changes of one item");
    assert!(error.is_invalid() && error.change() == Some(1), "{error}");
}

#[test]
fn what_was_not_there_to_be_deleted_has_to_be_away_still() {
    let plan = Order::plan();
    let action = Action::Delete { key: Vec::new(), required: None };
    let step = Step { operation: "delete", plan, item: Item::new(), action };
    let mut made = Made::default();
    let change = Change { position: 0, step: &step, before: Some(None) };
    change.parts((Related::default(), &[]), &mut made, 1).expect("a part");
    let [only] = &*made.parts.0 else { panic!("{made:?}") };
    assert!(matches!(only.write, Write::Check) && only.role == Role::Row, "{only:?}");
    assert_eq!(only.condition.text, Condition::absent(plan).text);
}
