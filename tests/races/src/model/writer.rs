//! Writers: transactions with InnoDB's locks, and dirt as [`Record`] says.

use migratable_core::protocol::record::{Dirt, Record};

use super::scenario::Statement;
use super::{Action, Broken, Scenario, State};
use crate::data::{Child, Key, Rows, Source};
use crate::stores::Lockable;

type Recording = Record<Key, Source>;

/// A writer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Writer {
    /// How many of its transactions are committed.
    committed: usize,
    /// What is next in the one that is open.
    open: Option<Recording>,
    /// Dirt of a transaction that has committed already: there is none, unless the protocol is broken.
    late: Vec<Dirt<Key, Source>>,
}

impl Writer {
    pub(super) fn is_done(&self, scenario: &Scenario, at: usize) -> bool {
        self.committed == scenario.writers[at].len()
    }
}

pub(super) fn actions(scenario: &Scenario, state: &State, actions: &mut Vec<Action>) {
    for (at, writer) in state.writers.iter().enumerate() {
        if !writer.is_done(scenario, at) || !writer.late.is_empty() {
            actions.push(Action::Write(at));
        }
        if writer.open.is_some() {
            actions.push(Action::Abort(at));
        }
    }
}

/// The transaction is rolled back, as InnoDB does to one of those that wait for each other.
pub(super) fn abort(state: &mut State, at: usize) -> bool {
    state.writers[at].open = None;
    state.mysql.unlock(at);
    true
}

pub(super) fn step(scenario: &Scenario, state: &mut State, at: usize) -> bool {
    let late = std::mem::take(&mut state.writers[at].late);
    if !late.is_empty() {
        state.mysql.append(late);
        return true;
    }
    let statement = scenario.writers[at][state.writers[at].committed];
    let unlocked = scenario.broken == Some(Broken::Lock);
    let next = match state.writers[at].open.take().unwrap_or_default() {
        Record::Lock(lock) => {
            if !unlocked && !state.mysql.lock(&statement.rows(), at) {
                return false;
            }
            lock.locked()
        }
        Record::Before(before) => {
            if !unlocked && !state.mysql.lock(&statement.followers(&state.mysql.rows), at) {
                return false;
            }
            before.read(statement.dirt(&state.mysql.rows))
        }
        Record::Change(change) => {
            let mut locks = statement.rows();
            locks.extend(statement.followers(&state.mysql.rows));
            locks.extend(statement.parents());
            if !state.mysql.lock(&locks, at) {
                return false;
            }
            if !statement.is_allowed(&state.mysql.rows) {
                return end(state, at);
            }
            return commit(scenario, state, at, statement, change.changed());
        }
        Record::After(_) | Record::Append(_) | Record::Done => return false,
    };
    state.writers[at].open = Some(next);
    true
}

/// Runs the statement and commits it. What is between is seen by nobody.
fn commit(
    scenario: &Scenario,
    state: &mut State,
    at: usize,
    statement: Statement,
    recording: Recording,
) -> bool {
    statement.run(&mut state.mysql.rows);
    let dirt = match recording {
        Record::After(after) => match after.read(statement.dirt(&state.mysql.rows)) {
            Record::Append(append) => append.dirt().to_vec(),
            _ => Vec::new(),
        },
        _ => return false,
    };
    if scenario.broken == Some(Broken::DirtAfterCommit) {
        state.writers[at].late = dirt;
    } else {
        state.mysql.append(dirt);
    }
    end(state, at)
}

fn end(state: &mut State, at: usize) -> bool {
    state.writers[at].committed += 1;
    state.mysql.unlock(at);
    true
}

impl Statement {
    /// The rows it is about, which it locks alone.
    fn rows(self) -> Vec<(Lockable, bool)> {
        let row = match self {
            Self::InsertParent { id, .. } | Self::SetParent { id, .. } | Self::DeleteParent(id) => {
                Lockable::Parent(id)
            }
            Self::InsertChild { id, .. }
            | Self::SetChild { id, .. }
            | Self::MoveChild { id, .. }
            | Self::DeleteChild(id) => Lockable::Child(id),
        };
        vec![(row, true)]
    }

    /// The rows it cascades to.
    fn followers(self, rows: &Rows) -> Vec<(Lockable, bool)> {
        match self {
            Self::DeleteParent(id) => {
                rows.children_of(id).map(|child| (Lockable::Child(child), true)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The rows its foreign keys point at, which InnoDB locks along with others.
    fn parents(self) -> Vec<(Lockable, bool)> {
        match self {
            Self::InsertChild { parent, .. } | Self::MoveChild { to: parent, .. } => {
                vec![(Lockable::Parent(parent), false)]
            }
            _ => Vec::new(),
        }
    }

    /// Whether keys let it be.
    fn is_allowed(self, rows: &Rows) -> bool {
        match self {
            Self::InsertParent { id, .. } => !rows.parents.contains_key(&id),
            Self::InsertChild { id, parent, .. } => {
                !rows.children.contains_key(&id) && rows.parents.contains_key(&parent)
            }
            Self::MoveChild { to, .. } => rows.parents.contains_key(&to),
            Self::SetParent { .. } | Self::DeleteParent(_) | Self::SetChild { .. } | Self::DeleteChild(_) => {
                true
            }
        }
    }

    /// What the rows it is about are for items: asked before it and after it.
    fn dirt(self, rows: &Rows) -> Vec<Dirt<Key, Source>> {
        let of_child = |child| {
            let key = rows.key_of(child)?;
            let Key::Child { parent, .. } = key else { return None };
            Some([Dirt::Item(key), Dirt::Source(Source::ChildOf(parent))])
        };
        match self {
            Self::InsertParent { id, .. } | Self::SetParent { id, .. } => {
                vec![Dirt::Item(Key::Parent(id)), Dirt::Source(Source::Parent(id))]
            }
            Self::DeleteParent(id) => {
                let children = rows.children_of(id).filter_map(of_child).flatten();
                children.chain([Dirt::Item(Key::Parent(id))]).collect()
            }
            Self::InsertChild { id, .. }
            | Self::SetChild { id, .. }
            | Self::MoveChild { id, .. }
            | Self::DeleteChild(id) => of_child(id).into_iter().flatten().collect(),
        }
    }

    fn run(self, rows: &mut Rows) {
        match self {
            Self::InsertParent { id, value } => {
                rows.parents.insert(id, value);
            }
            Self::SetParent { id, value } => {
                rows.parents.entry(id).and_modify(|known| *known = value);
            }
            Self::DeleteParent(id) => {
                rows.parents.remove(&id);
                rows.children.retain(|_, child| child.parent != id);
            }
            Self::InsertChild { id, parent, value } => {
                rows.children.insert(id, Child { parent, value });
            }
            Self::SetChild { id, value } => {
                rows.children.entry(id).and_modify(|child| child.value = value);
            }
            Self::MoveChild { id, to } => {
                rows.children.entry(id).and_modify(|child| child.parent = to);
            }
            Self::DeleteChild(id) => {
                rows.children.remove(&id);
            }
        }
    }
}
