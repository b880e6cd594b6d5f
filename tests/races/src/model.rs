//! Every interleaving of writers, appliers, an expander, a copy and crashes, on the protocol that production runs.
//!
//! What must hold: wherever no dirt is left, every item is what its row says, and there is no other; nothing raises an alarm.
//! That is asked in every state, not only when all is quiet, so a clear of dirt that isn't in shows at once.

mod applier;
mod copier;
mod expander;
mod scenario;
mod writer;

use stateright::{Model, Property};

pub use self::scenario::{Broken, Scenario, Statement};
use crate::stores::{DynamoDb, Flying, MySql};

/// Everything there is at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct State {
    pub(crate) mysql: MySql,
    pub(crate) dynamodb: DynamoDb,
    pub(crate) writers: Vec<writer::Writer>,
    pub(crate) appliers: Vec<applier::Applier>,
    pub(crate) expanders: Vec<expander::Expander>,
    pub(crate) copier: copier::Copier,
    /// Puts of processes that crashed.
    pub(crate) flying: Vec<Flying>,
    /// How often something may still crash.
    pub(crate) crashes: u8,
    /// A guard refused for a reason that should not be.
    pub(crate) alarmed: bool,
}

/// Who goes next, and which way where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// A writer's next step.
    Write(usize),
    /// A writer that waits gives up, and starts again.
    Abort(usize),
    /// An applier starts, with the nth of the dirty keys.
    Start(usize, usize),
    /// An applier's next step; the nth of what is left to put.
    Apply(usize, usize),
    /// An applier's process ends. The nth put is on its way.
    Crash(usize, Option<usize>),
    /// An expander's next step.
    Expand(usize),
    /// The copy's next step; the nth of what is left to put.
    Copy(usize),
    /// The copy's process ends, with the nth put on its way, and the copy starts again.
    CrashCopy(usize),
    /// A put arrives.
    Arrive(usize),
}

impl Model for Scenario {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![self.start()]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        writer::actions(self, state, actions);
        applier::actions(self, state, actions);
        expander::actions(self, state, actions);
        copier::actions(state, actions);
        actions.extend((0..state.flying.len()).map(Action::Arrive));
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        let moved = match action {
            Action::Write(writer) => writer::step(self, &mut state, writer),
            Action::Abort(writer) => writer::abort(&mut state, writer),
            Action::Start(applier, key) => applier::start(self, &mut state, applier, key),
            Action::Apply(applier, put) => applier::step(self, &mut state, applier, put),
            Action::Crash(applier, put) => applier::crash(&mut state, applier, put),
            Action::Expand(expander) => expander::step(self, &mut state, expander),
            Action::Copy(put) => copier::step(self, &mut state, put),
            Action::CrashCopy(put) => copier::crash(&mut state, put),
            Action::Arrive(put) => {
                let flying = state.flying.remove(put);
                // Nobody is there to hear whether it was refused.
                let _ = state.dynamodb.put(self.faults(), flying);
                true
            }
        };
        moved.then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("what is not dirty is equal", |_, state: &State| state.is_equal_where_clean()),
            Property::always("nothing raises an alarm", |_, state: &State| !state.alarmed),
            Property::sometimes("all is written and nothing is dirty", |scenario: &Self, state: &State| {
                state.is_drained(scenario)
            }),
        ]
    }
}

impl State {
    /// Whether it is a state that may be.
    pub fn is_right(&self) -> bool {
        self.is_equal_where_clean() && !self.alarmed
    }

    fn is_equal_where_clean(&self) -> bool {
        if !self.mysql.dirt.is_empty() {
            return true;
        }
        let (wanted, seen) = (self.mysql.rows.items(), self.dynamodb.seen());
        // What the copy has not come to may be missing, but not otherwise than as if it had never been.
        let missing = |key| !self.copier.is_done() && self.dynamodb.is_untouched(key);
        seen.iter().all(|(key, item)| wanted.get(key) == Some(item))
            && wanted.keys().all(|key| seen.contains_key(key) || missing(*key))
    }

    fn is_drained(&self, scenario: &Scenario) -> bool {
        let written = self.writers.iter().enumerate().all(|(at, writer)| writer.is_done(scenario, at));
        written && self.mysql.dirt.is_empty() && self.copier.is_done()
    }
}
