//! Appliers: the writers' own after their commit, relays, repair. They drive [`Apply`].

use migratable_core::protocol::apply::{Answer, Apply, End, Projection, Put};

use super::{Action, Broken, Scenario, State};
use crate::data::{Item, Key};
use crate::stores::{DirtId, Flying};

type Pass = Apply<Key, DirtId, Item>;

/// Every process has the same contract.
const SHAPE: u32 = 1;

/// An applier.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Applier {
    /// What is next in its pass.
    pass: Option<Pass>,
}

pub(super) fn actions(scenario: &Scenario, state: &State, actions: &mut Vec<Action>) {
    for (at, applier) in state.appliers.iter().enumerate() {
        let Some(pass) = &applier.pass else {
            let keys = state.mysql.dirty_keys().len();
            let choices = if scenario.together { keys.min(1) } else { keys };
            actions.extend((0..choices).map(|key| Action::Start(at, key)));
            continue;
        };
        let puts = match pass {
            Apply::Put(put) if !put.together() => put.writes().count(),
            _ => 1,
        };
        actions.extend((0..puts).map(|put| Action::Apply(at, put)));
        if state.crashes > 0 {
            actions.push(Action::Crash(at, None));
            if let Apply::Put(put) = pass {
                actions.extend((0..put.writes().count()).map(|put| Action::Crash(at, Some(put))));
            }
        }
    }
}

pub(super) fn start(scenario: &Scenario, state: &mut State, at: usize, key: usize) -> bool {
    let mut keys = state.mysql.dirty_keys();
    if !scenario.together {
        keys = vec![keys[key]];
    }
    let pass = match scenario.broken {
        Some(Broken::Order(order)) => order.apply(SHAPE, keys),
        _ if scenario.together => Apply::together(SHAPE, keys),
        _ => Apply::each(SHAPE, keys),
    };
    state.appliers[at].pass = Some(pass);
    true
}

/// The process ends: what it had in mind is gone, what it sent arrives some day, or never.
pub(super) fn crash(state: &mut State, at: usize, put: Option<usize>) -> bool {
    let pass = state.appliers[at].pass.take();
    if let (Some(Apply::Put(pass)), Some(put)) = (pass, put) {
        state.flying.extend(flights(&pass).get(put).map(|(_, flying)| *flying));
    }
    state.crashes -= 1;
    true
}

pub(super) fn step(scenario: &Scenario, state: &mut State, at: usize, put: usize) -> bool {
    let Some(pass) = state.appliers[at].pass.take() else { return false };
    let next = match pass {
        Apply::List(list) => {
            let dirt: Vec<Vec<DirtId>> = list.keys().map(|key| state.mysql.dirt_of(*key)).collect();
            list.listed(dirt)
        }
        Apply::Allocate(allocate) => allocate.allocated(state.mysql.allocate()),
        Apply::Project(project) => {
            let item =
                |key: &Key| state.mysql.rows.project(*key).map_or(Projection::Nothing, Projection::Item);
            let items: Vec<Projection<Item>> = project.keys().map(item).collect();
            project.projected(items)
        }
        Apply::Put(pass) => {
            let answers =
                if pass.together() { all(scenario, state, &pass) } else { one(scenario, state, &pass, put) };
            pass.answered(answers)
        }
        Apply::Sequence(sequence) => sequence.is_at(state.mysql.last()),
        Apply::Clear(clear) => {
            let cleared: Vec<DirtId> = clear.dirt().copied().collect();
            let keys: Vec<_> = cleared.iter().filter_map(|id| state.mysql.dirt.get(id).copied()).collect();
            let all = scenario.broken == Some(Broken::ClearsAll);
            state.mysql.dirt.retain(|id, dirt| !(cleared.contains(id) || all && keys.contains(dirt)));
            clear.cleared()
        }
        Apply::Done(_) => return false,
    };
    if let Apply::Done(finished) = &next {
        let alarm = |end: &End| matches!(end, End::Alarm(_) | End::NewerShape { .. });
        state.alarmed |= finished.iter().any(|finished| alarm(&finished.end));
    } else {
        state.appliers[at].pass = Some(next);
    }
    true
}

/// What a pass would put.
fn flights(pass: &Put<Key, DirtId, Item>) -> Vec<(usize, Flying)> {
    let flying = pass.writes().map(|write| {
        (write.position, Flying { key: *write.key, stamp: write.stamp, item: write.item.copied() })
    });
    flying.collect()
}

fn one(
    scenario: &Scenario,
    state: &mut State,
    pass: &Put<Key, DirtId, Item>,
    put: usize,
) -> Vec<(usize, Answer)> {
    let (position, flying) = flights(pass)[put];
    let answer = match state.dynamodb.put(scenario.faults(), flying) {
        Ok(()) => Answer::In,
        Err(stored) => Answer::Refused(stored),
    };
    vec![(position, answer)]
}

/// One transaction: all are in, or those that were refused are known.
fn all(scenario: &Scenario, state: &mut State, pass: &Put<Key, DirtId, Item>) -> Vec<(usize, Answer)> {
    let mut after = state.dynamodb.clone();
    let put = |(position, flying)| (position, after.put(scenario.faults(), flying));
    let results: Vec<_> = flights(pass).into_iter().map(put).collect();
    if results.iter().all(|(_, result)| result.is_ok()) {
        state.dynamodb = after;
        return results.into_iter().map(|(position, _)| (position, Answer::In)).collect();
    }
    let answer = |(position, result)| match result {
        Ok(()) => (position, Answer::HeldBack),
        Err(stored) => (position, Answer::Refused(stored)),
    };
    results.into_iter().map(answer).collect()
}
