//! MySQL and DynamoDB, as far as the protocol leans on them.

use std::collections::BTreeMap;

use migratable_core::protocol::guard::Guard;
use migratable_core::protocol::{Dirt, Stamp, Stored, Version};

use crate::data::{Id, Item, Key, Rows, Source};

/// The era of everything here.
pub const ERA: u32 = 1;

/// A row of dirt.
pub type DirtId = u8;

/// A row that can be locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lockable {
    /// A parent, whether it is there or not.
    Parent(Id),
    /// A child.
    Child(Id),
}

/// MySQL: what is committed, what is locked, and the tables of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MySql {
    /// What is committed.
    pub rows: Rows,
    /// Dirt that is committed.
    pub dirt: BTreeMap<DirtId, Dirt<Key, Source>>,
    /// Rows of dirt there have been.
    pub appended: DirtId,
    /// The last version.
    pub sequence: u64,
    /// Who has locked what, and whether alone.
    locks: BTreeMap<(Lockable, usize), bool>,
}

impl MySql {
    /// With these rows, and nothing else.
    pub fn new(rows: Rows) -> Self {
        Self { rows, ..Self::default() }
    }

    /// Whether a transaction gets a lock, now.
    pub fn can_lock(&self, row: Lockable, transaction: usize, alone: bool) -> bool {
        let others = self.locks.iter().filter(|((locked, by), _)| *locked == row && *by != transaction);
        others.into_iter().all(|(_, exclusive)| !alone && !exclusive)
    }

    /// Takes locks, all or none.
    pub fn lock(&mut self, rows: &[(Lockable, bool)], transaction: usize) -> bool {
        let free = rows.iter().all(|(row, alone)| self.can_lock(*row, transaction, *alone));
        if free {
            for (row, alone) in rows {
                *self.locks.entry((*row, transaction)).or_insert(false) |= alone;
            }
        }
        free
    }

    /// Ends a transaction.
    pub fn unlock(&mut self, transaction: usize) {
        self.locks.retain(|(_, by), _| *by != transaction);
    }

    /// Appends dirt.
    pub fn append(&mut self, dirt: impl IntoIterator<Item = Dirt<Key, Source>>) {
        for dirt in dirt {
            self.appended += 1;
            self.dirt.insert(self.appended, dirt);
        }
    }

    /// The dirt of an item.
    pub fn dirt_of(&self, key: Key) -> Vec<DirtId> {
        let of_key = self.dirt.iter().filter(|(_, dirt)| **dirt == Dirt::Item(key));
        of_key.map(|(id, _)| *id).collect()
    }

    /// The keys of items that are dirty, each once.
    pub fn dirty_keys(&self) -> Vec<Key> {
        let keys = self.dirt.values().filter_map(|dirt| match dirt {
            Dirt::Item(key) => Some(*key),
            Dirt::Source(_) => None,
        });
        let mut keys: Vec<Key> = keys.collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// The source rows that are dirty.
    pub fn dirty_sources(&self) -> Vec<(DirtId, Source)> {
        let sources = self.dirt.iter().filter_map(|(id, dirt)| match dirt {
            Dirt::Source(source) => Some((*id, *source)),
            Dirt::Item(_) => None,
        });
        sources.collect()
    }

    /// The next version.
    pub fn allocate(&mut self) -> Version {
        self.sequence += 1;
        self.last()
    }

    /// The last version.
    pub const fn last(&self) -> Version {
        Version { era: ERA, n: self.sequence }
    }
}

/// A put on its way, of a process that is no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flying {
    /// Of this item.
    pub key: Key,
    /// What it says of itself.
    pub stamp: Stamp,
    /// What it becomes; `None` is a tombstone.
    pub item: Option<Item>,
}

/// What may be wrong with DynamoDB, or with what is asked of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Faults {
    /// Puts have no condition.
    pub unguarded: bool,
    /// What is deleted leaves nothing.
    pub no_tombstones: bool,
}

/// DynamoDB.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DynamoDb {
    items: BTreeMap<Key, (Stamp, Option<Item>)>,
}

impl DynamoDb {
    /// What stands under a key.
    pub fn stored(&self, key: Key) -> Stored {
        self.items.get(&key).map_or(Stored::Absent, |(stamp, _)| Stored::Stamped(*stamp))
    }

    /// Writes an item if its guard lets it; else says what stands there.
    pub fn put(&mut self, faults: Faults, Flying { key, stamp, item }: Flying) -> Result<(), Stored> {
        let stored = self.stored(key);
        if !faults.unguarded && !Guard::of(&stamp).admits(&stored) {
            return Err(stored);
        }
        if item.is_none() && faults.no_tombstones {
            self.items.remove(&key);
        } else {
            self.items.insert(key, (stamp, item));
        }
        Ok(())
    }

    /// Whether nothing was ever put under a key.
    pub fn is_untouched(&self, key: Key) -> bool {
        !self.items.contains_key(&key)
    }

    /// What readers see: no tombstones.
    pub fn seen(&self) -> BTreeMap<Key, Item> {
        self.items.iter().filter_map(|(key, (_, item))| Some((*key, (*item)?))).collect()
    }
}
