//! What is to be done, by what there is.

use insta::assert_snapshot;
use migratable_contract::diagnostic;
use migratable_engine::tables::{self, Change, Feature, Kind, Plan, State, Verdict};

use crate::setup::{CONTRACT, as_wanted, contract, described, nothing, show, wanted};

#[test]
fn of_nothing_everything_is_made() {
    let tables: Vec<_> = wanted().into_iter().map(|table| (table, nothing(&[]))).collect();
    assert_snapshot!("everything", show(&Plan::of(&tables)));
}

#[test]
fn what_the_engine_lacks_is_no_step_and_is_said() {
    let lacks = [Feature::TimeToLive, Feature::PointInTimeRecovery];
    let tables: Vec<_> = wanted().into_iter().map(|table| (table, nothing(&lacks))).collect();
    let plan = Plan::of(&tables);
    assert_snapshot!("lacking_steps", show(&plan));
    let (_, places) = contract(CONTRACT);
    assert_snapshot!("lacking_warnings", diagnostic::render(&tables::lacking(&plan, &places), false));
}

#[test]
fn what_nobody_wants_is_not_lacking() {
    let every = [Feature::TimeToLive, Feature::PointInTimeRecovery, Feature::DeletionProtection];
    let words = wanted().remove(1);
    assert_eq!(Plan::of(&[(words, nothing(&every))]).tables[0].lacking, []);
}

#[test]
fn what_is_as_it_should_be_needs_nothing() {
    let tables: Vec<_> =
        wanted().into_iter().map(|table| (table.clone(), described(as_wanted(&table)))).collect();
    let plan = Plan::of(&tables);
    assert!(plan.tables.iter().all(|table| table.verdict == Verdict::Same), "{plan:?}");
    assert!(!plan.is_blocked());
    assert_eq!(plan.differences(), []);
}

/// A stream that the contract says nothing of is somebody's who knows why.
#[test]
fn a_stream_nobody_decided_is_left_alone() {
    let words = wanted().remove(1);
    let mut found = as_wanted(&words);
    found.stream = Some(tables::Stream::KeysOnly);
    assert_eq!(Plan::of(&[(words, described(found))]).tables[0].verdict, Verdict::Same);
}

#[test]
fn what_is_on_its_way_is_waited_for_unless_it_differs() {
    let loans = wanted().remove(0);
    let mut found = as_wanted(&loans);
    found.state = State::Coming;
    found.indexes[1].state = State::Coming;
    let plan = Plan::of(&[(loans.clone(), described(found.clone()))]);
    assert_eq!(plan.tables[0].verdict, Verdict::Coming);
    assert!(!plan.is_blocked());
    assert_eq!(plan.differences()[0].kind.change(), Change::Wait);

    found.ttl = None;
    let plan = Plan::of(&[(loans.clone(), described(found))]);
    assert!(plan.is_blocked());
    assert_eq!(plan.differences().len(), 3);

    let mut going = as_wanted(&loans);
    going.state = State::Going;
    assert!(Plan::of(&[(loans, described(going))]).is_blocked(), "nobody waits for a table that goes");
}

#[test]
fn a_missing_table_is_a_difference_and_no_obstacle() {
    let plan = Plan::of(&[(wanted().remove(0), nothing(&[]))]);
    assert_eq!(plan.differences()[0].kind, Kind::Missing);
    assert!(!plan.is_blocked());
}
