//! Each difference alone: that it is found, what is said of it, and what mends it.

use insta::assert_snapshot;
use migratable_engine::tables::{
    Billing, Change, Described, Difference, Feature, Found, KeyPart, KeyType, Kind, Payment, Projection,
    State, Stream, WantedTable, compare,
};

use crate::setup::{as_wanted, described, nothing, render, wanted};

struct Case {
    name: &'static str,
    change: Change,
    edit: fn(&mut WantedTable, &mut Found),
}

const fn case(name: &'static str, change: Change, edit: fn(&mut WantedTable, &mut Found)) -> Case {
    Case { name, change, edit }
}

const CASES: &[Case] = &[
    case("key_name", Change::NewTable, |_, found| found.key.sort[0].name = "sk".to_owned()),
    case("key_type", Change::NewTable, |_, found| found.key.partition[0].ty = KeyType::N),
    case("key_without_sort", Change::NewTable, |_, found| found.key.sort.clear()),
    case("local_index", Change::NewTable, |_, found| found.local_indexes.push("ByYear".to_owned())),
    case("coming", Change::Wait, |_, found| found.state = State::Coming),
    case("going", Change::Wait, |_, found| found.state = State::Going),
    case("unusable", Change::ByHand, |_, found| {
        found.state = State::Unusable("INACCESSIBLE_ENCRYPTION_CREDENTIALS".to_owned());
    }),
    case("index_missing", Change::InPlace, |_, found| drop(found.indexes.remove(0))),
    case("index_unknown", Change::InPlace, |_, found| {
        let mut other = found.indexes[1].clone();
        other.index.name = "byMember".to_owned();
        found.indexes.push(other);
    }),
    case("index_coming", Change::Wait, |_, found| found.indexes[0].state = State::Coming),
    case("index_unusable", Change::ByHand, |_, found| {
        found.indexes[0].state = State::Unusable("of no status".to_owned());
    }),
    case("index_hash_only", Change::IndexAgain, |_, found| found.indexes[0].index.key.sort.clear()),
    case("index_sort_order", Change::IndexAgain, |_, found| found.indexes[0].index.key.sort.reverse()),
    case("index_type", Change::IndexAgain, |_, found| {
        found.indexes[1].index.key.partition[0] = KeyPart { name: "member".to_owned(), ty: KeyType::S };
    }),
    case("index_holds_all", Change::IndexAgain, |_, found| {
        found.indexes[0].index.projection = Projection::All
    }),
    case("index_holds_keys", Change::IndexAgain, |_, found| {
        found.indexes[0].index.projection = Projection::Keys
    }),
    case("on_demand", Change::InPlace, |_, found| found.billing = Billing::OnDemand),
    case("provisioned", Change::InPlace, |wanted, _| wanted.storage.payment = Payment::OnDemand),
    case("ttl_off", Change::InPlace, |_, found| found.ttl = None),
    case("ttl_by_another", Change::InPlace, |_, found| found.ttl = Some("expires_at".to_owned())),
    case("ttl_on", Change::InPlace, |wanted, _| wanted.storage.ttl = None),
    case("no_stream", Change::InPlace, |_, found| found.stream = None),
    case("another_stream", Change::InPlace, |_, found| found.stream = Some(Stream::KeysOnly)),
    case("no_recovery", Change::InPlace, |_, found| found.point_in_time_recovery = false),
    case("recovery", Change::InPlace, |wanted, _| wanted.storage.point_in_time_recovery = false),
    case("no_protection", Change::InPlace, |_, found| found.deletion_protection = false),
    case("protection", Change::InPlace, |wanted, _| wanted.storage.deletion_protection = false),
];

/// The differences of the first table after an edit.
fn differences(edit: fn(&mut WantedTable, &mut Found)) -> Vec<Difference> {
    let mut loans = wanted().remove(0);
    let mut found = as_wanted(&loans);
    edit(&mut loans, &mut found);
    compare(&loans, &described(found))
}

#[test]
fn each_difference_is_found_alone_and_said() {
    for Case { name, change, edit } in CASES {
        let found = differences(*edit);
        assert_eq!(found.len(), 1, "{name}: {found:?}");
        assert_eq!(found[0].kind.change(), *change, "{name}");
        assert_snapshot!(*name, render(&found));
    }
    let missing = compare(&wanted()[0], &nothing(&[]));
    assert_eq!(missing[0].kind.change(), Change::Create);
    assert_snapshot!("missing", render(&missing));
}

#[test]
fn all_differences_are_said_at_once() {
    let found = differences(|_, found| {
        for case in CASES.iter().filter(|case| ["key_name", "index_missing", "ttl_off"].contains(&case.name))
        {
            let mut ignored = wanted().remove(0);
            (case.edit)(&mut ignored, found);
        }
    });
    let kinds: Vec<_> = found.iter().map(|difference| difference.kind.change()).collect();
    assert_eq!(kinds, [Change::NewTable, Change::InPlace, Change::InPlace]);
}

/// What an engine says of what it doesn't have means nothing.
#[test]
fn what_the_engine_lacks_does_not_differ() {
    let loans = wanted().remove(0);
    let found =
        Found { ttl: None, point_in_time_recovery: false, deletion_protection: false, ..as_wanted(&loans) };
    let every = [Feature::TimeToLive, Feature::PointInTimeRecovery, Feature::DeletionProtection];
    let described = Described { table: Some(found.clone()), lacks: every.into_iter().collect() };
    assert_eq!(compare(&loans, &described), []);
    assert_eq!(compare(&loans, &crate::setup::described(found)).len(), 3);
}

/// Every kind of difference is in a case.
#[test]
fn no_kind_is_left_out() {
    let mut seen: Vec<_> =
        CASES.iter().map(|case| std::mem::discriminant(&differences(case.edit)[0].kind)).collect();
    seen.push(std::mem::discriminant(&Kind::Missing));
    let mut all = [false; 14];
    for kind in CASES.iter().map(|case| differences(case.edit).remove(0).kind).chain([Kind::Missing]) {
        all[number(&kind)] = true;
    }
    assert_eq!(all, [true; 14], "{seen:?}");
}

/// The compiler asks for a number for each kind, so a new one can't be forgotten.
fn number(kind: &Kind) -> usize {
    match kind {
        Kind::Missing => 0,
        Kind::State(_) => 1,
        Kind::Key { .. } => 2,
        Kind::LocalIndex(_) => 3,
        Kind::IndexMissing(_) => 4,
        Kind::IndexUnknown(_) => 5,
        Kind::IndexState { .. } => 6,
        Kind::IndexKey { .. } => 7,
        Kind::IndexProjection { .. } => 8,
        Kind::Billing { .. } => 9,
        Kind::Ttl { .. } => 10,
        Kind::Stream { .. } => 11,
        Kind::PointInTimeRecovery(_) => 12,
        Kind::DeletionProtection(_) => 13,
    }
}
