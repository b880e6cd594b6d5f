//! P2 and P4: what a writer's own transaction says it dirtied.
//!
//! Dirt is appended in the transaction that makes it, so that both are committed or neither. Keys are computed from locked
//! rows: a key from an older snapshot may be one that somebody else has moved since.

/// The recording of one statement's dirt in the writer's transaction, and what it has to do next. `K` is an item key, `S` a
/// source row that others' projections read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Record<K, S> {
    /// Lock the rows that the statement is about.
    Lock(Lock<K, S>),
    /// Read what they are, and which rows of other tables follow them, by locking reads.
    Before(Before<K, S>),
    /// Run the statement.
    Change(Change<K, S>),
    /// Read what the rows have become.
    After(After<K, S>),
    /// Append the dirt.
    Append(Append<K, S>),
    /// Nothing more: the transaction may commit.
    Done,
}

/// What a row, or one that follows it, dirties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dirt<K, S> {
    /// This item may differ.
    Item(K),
    /// This source row changed; its holders are not expanded yet.
    Source(S),
}

impl<K: Ord, S: Ord> Record<K, S> {
    /// The dirt of one statement.
    pub const fn new() -> Self {
        Self::Lock(Lock(Vec::new()))
    }
}

impl<K: Ord, S: Ord> Default for Record<K, S> {
    fn default() -> Self {
        Self::new()
    }
}

/// Lock the rows that the statement is about, for update: before anything else is read, and a parent before its children, so
/// that no child comes to it that the next step doesn't see (InnoDB's check of a foreign key shares the parent's lock).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Lock<K, S>(Vec<Dirt<K, S>>);

impl<K, S> Lock<K, S> {
    /// They are locked, those that there are.
    pub fn locked(self) -> Record<K, S> {
        Record::Before(Before(self.0))
    }
}

/// Read the rows, and the rows that the statement cascades to or whose keys it moves, by locking reads; rows joined to them
/// that feed a key, FOR SHARE.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Before<K, S>(Vec<Dirt<K, S>>);

impl<K, S> Before<K, S> {
    /// They have these keys.
    pub fn read(mut self, dirt: impl IntoIterator<Item = Dirt<K, S>>) -> Record<K, S> {
        self.0.extend(dirt);
        Record::Change(Change(self.0))
    }
}

/// Run the statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change<K, S>(Vec<Dirt<K, S>>);

impl<K, S> Change<K, S> {
    /// It was run.
    pub fn changed(self) -> Record<K, S> {
        Record::After(After(self.0))
    }
}

/// Read what the rows, and those that followed them, have become.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct After<K, S>(Vec<Dirt<K, S>>);

impl<K: Ord, S: Ord> After<K, S> {
    /// They have these keys now.
    pub fn read(mut self, dirt: impl IntoIterator<Item = Dirt<K, S>>) -> Record<K, S> {
        self.0.extend(dirt);
        self.0.sort();
        self.0.dedup();
        if self.0.is_empty() { Record::Done } else { Record::Append(Append(self.0)) }
    }
}

/// Append dirt: rows are added, none is ever updated, so that whoever clears clears only what it has listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Append<K, S>(Vec<Dirt<K, S>>);

impl<K: Ord, S: Ord> Append<K, S> {
    /// The dirt, each once.
    pub fn dirt(&self) -> &[Dirt<K, S>] {
        &self.0
    }

    /// It was appended.
    pub fn appended(self) -> Record<K, S> {
        Record::Done
    }
}
