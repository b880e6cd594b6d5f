//! The copy of what was there before, as one page. It drives [`Page`].

use migratable_core::protocol::Dirt;
use migratable_core::protocol::page::{Copied, Page, Put};

use super::{Action, Broken, Scenario, State};
use crate::data::{Item, Key};
use crate::stores::Flying;

/// The copy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Copier {
    /// What is next; `None` at the end.
    page: Option<Page<Key, Item>>,
    /// What is still to be put.
    left: Vec<usize>,
    /// What was read before a version was allocated: nothing, unless the protocol is broken.
    early: Option<Vec<(Key, Item)>>,
}

impl Copier {
    pub(super) fn new(done: bool) -> Self {
        Self { page: (!done).then(|| Page::new(1)), left: Vec::new(), early: None }
    }

    pub(super) const fn is_done(&self) -> bool {
        self.page.is_none()
    }
}

pub(super) fn actions(state: &State, actions: &mut Vec<Action>) {
    match &state.copier.page {
        None => {}
        Some(Page::Put(_)) => {
            let left = state.copier.left.len();
            actions.extend((0..left).map(Action::Copy));
            if state.crashes > 0 {
                actions.extend((0..left).map(Action::CrashCopy));
            }
        }
        Some(_) => actions.push(Action::Copy(0)),
    }
}

pub(super) fn crash(state: &mut State, put: usize) -> bool {
    if let Some(Page::Put(page)) = &state.copier.page {
        state.flying.extend(state.copier.left.get(put).map(|at| flying(page, *at)));
    }
    state.copier = Copier::new(false);
    state.crashes -= 1;
    true
}

pub(super) fn step(scenario: &Scenario, state: &mut State, put: usize) -> bool {
    if scenario.broken == Some(Broken::CopyReadsFirst) && state.copier.early.is_none() {
        state.copier.early = Some(state.mysql.rows.items().into_iter().collect());
        return true;
    }
    let next = match state.copier.page.take() {
        None => return false,
        Some(Page::Allocate(allocate)) => allocate.allocated(state.mysql.allocate()),
        Some(Page::Read(read)) => {
            let items = state.mysql.rows.items().into_iter().collect();
            let items: Vec<(Key, Item)> = state.copier.early.clone().unwrap_or(items);
            state.copier.left = (0..items.len()).collect();
            read.items(items)
        }
        Some(Page::Put(page)) => {
            let at = state.copier.left.remove(put);
            let flying = flying(&page, at);
            if let Err(stored) = state.dynamodb.put(scenario.faults(), flying) {
                // Both steps are one here: the sequence only grows, and what it has come to later judges no worse.
                if let Copied::Dirty(_) = page.refused(&stored, state.mysql.last()) {
                    state.alarmed = true;
                    state.mysql.append([Dirt::Item(flying.key)]);
                }
            }
            Page::Put(page)
        }
    };
    let done = matches!(next, Page::Put(_)) && state.copier.left.is_empty();
    state.copier.page = (!done).then_some(next);
    true
}

fn flying(page: &Put<Key, Item>, at: usize) -> Flying {
    let (key, item) = page.items()[at];
    Flying { key, stamp: page.stamp(), item: Some(item) }
}
