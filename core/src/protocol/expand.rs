//! P3: from a changed source row to the items that hold something of it.
//!
//! A source row stays dirty until all its holders' keys are dirty themselves. Its holders are asked in a snapshot that is
//! younger than the listing, so that it shows the change; who comes to hold it after that snapshot has dirt of its own, from
//! the write that made it a holder, and is projected with the change.

/// A pass over changed source rows, and what it has to do next. `D` names a row of dirt, `S` is a source row with the values
/// its holders are found by, `K` an item key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expand<K, D, S> {
    /// List dirt of source rows.
    List(List),
    /// Open a fresh snapshot and find the holders in it.
    Find(Find<D, S>),
    /// In one transaction, make the keys dirty and delete the rows of dirt that were listed.
    Exchange(Exchange<K, D>),
    /// Nothing more.
    Done,
}

impl<K, D, S> Expand<K, D, S> {
    /// A pass.
    pub const fn new() -> Self {
        Self::List(List(()))
    }
}

impl<K, D, S> Default for Expand<K, D, S> {
    fn default() -> Self {
        Self::new()
    }
}

/// List dirt of source rows that is committed, as much as one pass may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct List(());

impl List {
    /// This was there.
    pub fn listed<K, D, S>(self, dirt: impl IntoIterator<Item = (D, S)>) -> Expand<K, D, S> {
        let listed: Vec<(D, S)> = dirt.into_iter().collect();
        if listed.is_empty() { Expand::Done } else { Expand::Find(Find(listed)) }
    }
}

/// Find the holders of source rows in a snapshot younger than this step: of the values they had before and have after.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Find<D, S>(Vec<(D, S)>);

impl<D, S> Find<D, S> {
    /// The source rows.
    pub fn sources(&self) -> impl Iterator<Item = &S> {
        self.0.iter().map(|(_, source)| source)
    }

    /// The item keys of all their holders.
    pub fn found<K: Ord>(self, holders: impl IntoIterator<Item = K>) -> Expand<K, D, S> {
        let mut keys: Vec<K> = holders.into_iter().collect();
        keys.sort();
        keys.dedup();
        let cleared = self.0.into_iter().map(|(dirt, _)| dirt).collect();
        Expand::Exchange(Exchange { keys, cleared })
    }
}

/// In one transaction, append dirt for the keys and delete the rows of dirt that were listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exchange<K, D> {
    keys: Vec<K>,
    cleared: Vec<D>,
}

impl<K, D> Exchange<K, D> {
    /// The keys to be made dirty, each once.
    pub fn keys(&self) -> &[K] {
        &self.keys
    }

    /// The rows of dirt to be deleted.
    pub fn cleared(&self) -> &[D] {
        &self.cleared
    }

    /// It is committed.
    pub fn committed<S>(self) -> Expand<K, D, S> {
        Expand::Done
    }
}
