//! Expanders: from source rows to their holders. They drive [`Expand`].

use migratable_core::protocol::Dirt;
use migratable_core::protocol::expand::Expand;

use super::{Action, Broken, Scenario, State};
use crate::data::{Key, Source};
use crate::stores::DirtId;

/// An expander.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Expander {
    /// What is next in its pass.
    pass: Option<Expand<Key, DirtId, Source>>,
    /// Holders that were found before their sources were listed: there are none, unless the protocol is broken.
    early: Option<Vec<(Source, Vec<Key>)>>,
}

pub(super) fn actions(scenario: &Scenario, state: &State, actions: &mut Vec<Action>) {
    let dirty = !state.mysql.dirty_sources().is_empty();
    let early = scenario.broken == Some(Broken::ExpandFindsFirst);
    for (at, expander) in state.expanders.iter().enumerate() {
        if expander.pass.is_some() || dirty || early && expander.early.is_none() {
            actions.push(Action::Expand(at));
        }
    }
}

pub(super) fn step(scenario: &Scenario, state: &mut State, at: usize) -> bool {
    if scenario.broken == Some(Broken::ExpandFindsFirst) && state.expanders[at].early.is_none() {
        let every = [Source::Parent(1), Source::Parent(2), Source::ChildOf(1), Source::ChildOf(2)];
        let found = every.map(|source| (source, state.mysql.rows.holders(source)));
        state.expanders[at].early = Some(found.to_vec());
        return true;
    }
    let next = match state.expanders[at].pass.take().unwrap_or_default() {
        Expand::List(list) => {
            let listed = state.mysql.dirty_sources();
            if scenario.broken == Some(Broken::ExpandClearsFirst) {
                state.mysql.dirt.retain(|id, _| !listed.iter().any(|(known, _)| known == id));
            }
            list.listed(listed)
        }
        Expand::Find(find) => {
            let holders = match &state.expanders[at].early {
                None => find.sources().flat_map(|source| state.mysql.rows.holders(*source)).collect(),
                Some(early) => {
                    let listed = |source: &Source| find.sources().any(|known| known == source);
                    let found = early.iter().filter(|(source, _)| listed(source));
                    found.flat_map(|(_, holders)| holders.clone()).collect::<Vec<Key>>()
                }
            };
            find.found(holders)
        }
        Expand::Exchange(exchange) => {
            state.mysql.append(exchange.keys().iter().map(|key| Dirt::Item(*key)));
            state.mysql.dirt.retain(|id, _| !exchange.cleared().contains(id));
            exchange.committed()
        }
        Expand::Done => Expand::Done,
    };
    let expander = &mut state.expanders[at];
    if matches!(next, Expand::Done) {
        expander.early = None;
    } else {
        expander.pass = Some(next);
    }
    true
}
