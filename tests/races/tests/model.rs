//! The protocol holds under every interleaving, and each part of it is needed.

use migratable_core::protocol::broken::Order;
use migratable_test_races::model::Statement::{
    DeleteChild, DeleteParent, InsertChild, InsertParent, MoveChild, SetChild, SetParent,
};
use migratable_test_races::model::{Broken, Scenario};
use stateright::{Checker, HasDiscoveries, Model};

/// Every state is as it must be, and the end is reached.
#[track_caller]
fn holds(scenario: Scenario) {
    scenario.checker().threads(2).spawn_bfs().join().assert_properties();
}

/// Whether there is a way to a state that must not be.
fn is_noticed(scenario: &Scenario) -> bool {
    let search = scenario.clone().checker().threads(2).finish_when(HasDiscoveries::AnyFailures);
    let found = search.spawn_bfs().join().discoveries();
    scenario.broken.is_some() && found.values().any(|path| !path.last_state().is_right())
}

const fn copying(mut scenario: Scenario) -> Scenario {
    scenario.copied = false;
    scenario
}

const fn crashing(mut scenario: Scenario) -> Scenario {
    scenario.crashes = 1;
    scenario
}

const fn with_appliers(mut scenario: Scenario, appliers: usize) -> Scenario {
    scenario.appliers = appliers;
    scenario
}

fn with_second_parent(mut scenario: Scenario) -> Scenario {
    scenario.rows.parents.insert(2, 1);
    scenario
}

const fn together(mut scenario: Scenario) -> Scenario {
    scenario.together = true;
    scenario
}

/// A child is changed twice.
fn updates() -> Scenario {
    Scenario::new(&[1], &[&[SetChild { id: 1, value: 2 }, SetChild { id: 1, value: 3 }]])
}

/// A child comes and goes.
fn insert_delete() -> Scenario {
    Scenario::new(&[], &[&[InsertChild { id: 1, parent: 1, value: 2 }, DeleteChild(1)]])
}

/// A child goes and comes back.
fn delete_insert() -> Scenario {
    Scenario::new(&[1], &[&[DeleteChild(1), InsertChild { id: 1, parent: 1, value: 2 }]])
}

/// A child gets another parent, and its item another key.
fn moves() -> Scenario {
    with_second_parent(Scenario::new(&[1], &[&[MoveChild { id: 1, to: 2 }]]))
}

/// Two writers move one child.
fn moves_at_once() -> Scenario {
    let mut scenario = Scenario::new(&[1], &[&[MoveChild { id: 1, to: 2 }], &[MoveChild { id: 1, to: 3 }]]);
    scenario.rows.parents.insert(3, 1);
    with_second_parent(with_appliers(scenario, 1))
}

/// A parent's value is in its children's items, and a child comes to it at the same time.
fn fan_out() -> Scenario {
    let writers: &[&[_]] = &[&[SetParent { id: 1, value: 2 }], &[InsertChild { id: 2, parent: 1, value: 1 }]];
    with_appliers(Scenario::new(&[1], writers), 1)
}

/// A parent goes with its children, and a child comes to it at the same time.
fn cascade() -> Scenario {
    let writers: &[&[_]] = &[&[DeleteParent(1)], &[InsertChild { id: 2, parent: 1, value: 1 }]];
    with_appliers(Scenario::new(&[], writers), 1)
}

/// A parent goes with its children while one of them moves away.
fn cascade_and_move() -> Scenario {
    let writers: &[&[_]] = &[&[DeleteParent(1)], &[MoveChild { id: 1, to: 2 }]];
    with_second_parent(with_appliers(Scenario::new(&[1], writers), 1))
}

/// A parent goes with its child, and both come back.
fn cascade_and_back() -> Scenario {
    let back: &[_] =
        &[DeleteParent(1), InsertParent { id: 1, value: 3 }, InsertChild { id: 1, parent: 1, value: 3 }];
    with_appliers(Scenario::new(&[1], &[back]), 1)
}

#[test]
fn a_row_that_is_changed() {
    holds(updates());
    holds(crashing(updates()));
}

#[test]
fn a_row_that_comes_and_goes() {
    holds(insert_delete());
    holds(delete_insert());
    holds(crashing(with_appliers(insert_delete(), 1)));
    holds(crashing(with_appliers(delete_insert(), 1)));
}

#[test]
fn a_row_that_moves() {
    holds(moves());
    holds(crashing(with_appliers(moves(), 1)));
    holds(moves_at_once());
}

#[test]
fn what_others_hold_of_a_row() {
    holds(with_appliers(fan_out(), 2));
    holds(crashing(fan_out()));
    holds(copying(fan_out()));
}

#[test]
fn what_goes_with_its_parent() {
    holds(with_appliers(cascade(), 2));
    holds(crashing(cascade()));
    holds(copying(cascade()));
    holds(cascade_and_move());
    holds(cascade_and_back());
}

#[test]
fn a_copy_beside_writers() {
    holds(copying(Scenario::new(&[1], &[&[DeleteChild(1)]])));
    holds(copying(with_appliers(Scenario::new(&[1], &[&[SetChild { id: 1, value: 2 }]]), 1)));
    holds(copying(with_appliers(moves(), 1)));
    let delete = Scenario::new(&[1], &[&[DeleteChild(1)]]);
    holds(crashing(copying(with_appliers(delete, 1))));
}

#[test]
fn a_unit_of_work() {
    holds(together(moves()));
    holds(together(delete_insert()));
    holds(together(fan_out()));
    holds(together(moves_at_once()));
}

#[test]
fn without_any_part_of_it_something_is_lost() {
    let deleted = || copying(with_appliers(Scenario::new(&[1], &[&[DeleteChild(1)]]), 1));
    let updated = || copying(with_appliers(Scenario::new(&[1], &[&[SetChild { id: 1, value: 2 }]]), 1));
    let broken = [
        ("the guard", updates().without(Broken::Guard)),
        (
            "the guard, with one applier and a crash",
            crashing(with_appliers(updates(), 1)).without(Broken::Guard),
        ),
        ("the guard, with a copy", updated().without(Broken::Guard)),
        ("tombstones", insert_delete().without(Broken::Tombstone)),
        ("tombstones, with a copy", deleted().without(Broken::Tombstone)),
        ("that only what was listed is cleared", updates().without(Broken::ClearsAll)),
        ("the lock of a parent", cascade().without(Broken::Lock)),
        ("the lock of a row that moves", moves_at_once().without(Broken::Lock)),
        ("that dirt is committed with what it is of", updates().without(Broken::DirtAfterCommit)),
        ("that holders are dirty before their source is clean", fan_out().without(Broken::ExpandClearsFirst)),
        ("that holders are looked for after listing", fan_out().without(Broken::ExpandFindsFirst)),
        ("that a copy's version is older than its snapshot", updated().without(Broken::CopyReadsFirst)),
    ];
    let orders = Order::ALL.map(|order| (order.name(), updates().without(Broken::Order(order))));
    let unnoticed = broken.into_iter().chain(orders).filter(|(_, scenario)| !is_noticed(scenario));
    let unnoticed: Vec<&str> = unnoticed.map(|(what, _)| what).collect();
    assert!(unnoticed.is_empty(), "{unnoticed:?}");
}
