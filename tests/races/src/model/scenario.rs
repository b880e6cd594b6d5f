//! What is explored.

use migratable_core::protocol::broken::Order;
use migratable_core::protocol::{Stamp, Version};

use super::State;
use super::applier::Applier;
use super::copier::Copier;
use super::expander::Expander;
use super::writer::Writer;
use crate::data::{Child, Id, Rows};
use crate::stores::{DynamoDb, ERA, Faults, Flying, MySql};

/// What a writer runs in a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Statement {
    /// Adds a parent.
    InsertParent {
        /// Its key.
        id: Id,
        /// Its value.
        value: u8,
    },
    /// Changes a parent's value.
    SetParent {
        /// Its key.
        id: Id,
        /// The new value.
        value: u8,
    },
    /// Deletes a parent, and with it its children.
    DeleteParent(Id),
    /// Adds a child.
    InsertChild {
        /// Its key.
        id: Id,
        /// Its parent.
        parent: Id,
        /// Its value.
        value: u8,
    },
    /// Changes a child's value.
    SetChild {
        /// Its key.
        id: Id,
        /// The new value.
        value: u8,
    },
    /// Gives a child another parent, and so another key.
    MoveChild {
        /// Its key.
        id: Id,
        /// The new parent.
        to: Id,
    },
    /// Deletes a child.
    DeleteChild(Id),
}

/// What is taken out of the protocol, or put into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Broken {
    /// P7: puts have no condition.
    Guard,
    /// P7: what is deleted leaves nothing.
    Tombstone,
    /// P6: list, allocate and snapshot in another order.
    Order(Order),
    /// P6: whatever dirt a key has is cleared, listed or not.
    ClearsAll,
    /// P2, P4: keys are read without locks.
    Lock,
    /// P2: dirt is appended after the commit.
    DirtAfterCommit,
    /// P3: a source row is clean before its holders are dirty.
    ExpandClearsFirst,
    /// P3: holders are looked for in a snapshot that may be older than the listing.
    ExpandFindsFirst,
    /// P12: the copy's version is younger than its snapshot.
    CopyReadsFirst,
}

/// Data, writers and workers.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What is in MySQL at first.
    pub rows: Rows,
    /// Whether it is in DynamoDB, too; else a copy runs.
    pub copied: bool,
    /// Each writer's transactions.
    pub writers: Vec<Vec<Statement>>,
    /// How many appliers there are: the writers' own, relays, repair, they are all one.
    pub appliers: usize,
    /// Whether an applier takes all keys that are dirty together, as a unit of work (P10).
    pub together: bool,
    /// How many expanders there are.
    pub expanders: usize,
    /// How many crashes.
    pub crashes: u8,
    /// What is wrong; nothing, where the protocol is what production runs.
    pub broken: Option<Broken>,
}

impl Scenario {
    /// One parent, 1, with value 1 and these children, each with value 1; two appliers, one expander, nothing crashes.
    pub fn new(children: &[Id], writers: &[&[Statement]]) -> Self {
        let child = |id: &Id| (*id, Child { parent: 1, value: 1 });
        Self {
            rows: Rows { parents: [(1, 1)].into(), children: children.iter().map(child).collect() },
            copied: true,
            writers: writers.iter().map(|writer| writer.to_vec()).collect(),
            appliers: 2,
            together: false,
            expanders: 1,
            crashes: 0,
            broken: None,
        }
    }

    /// Without what makes it right.
    pub fn without(mut self, broken: Broken) -> Self {
        self.broken = Some(broken);
        self
    }

    pub(super) fn faults(&self) -> Faults {
        Faults {
            unguarded: self.broken == Some(Broken::Guard),
            no_tombstones: self.broken == Some(Broken::Tombstone),
        }
    }

    pub(super) fn start(&self) -> State {
        let mut dynamodb = DynamoDb::default();
        if self.copied {
            let stamp = Stamp { version: Version { era: ERA, n: 0 }, shape: 1, gone: false };
            for (key, item) in self.rows.items() {
                // Nothing is there yet that could refuse it.
                let _ = dynamodb.put(Faults::default(), Flying { key, stamp, item: Some(item) });
            }
        }
        State {
            mysql: MySql::new(self.rows.clone()),
            dynamodb,
            writers: vec![Writer::default(); self.writers.len()],
            appliers: vec![Applier::default(); self.appliers],
            expanders: vec![Expander::default(); self.expanders],
            copier: Copier::new(self.copied),
            flying: Vec::new(),
            crashes: self.crashes,
            alarmed: false,
        }
    }
}
