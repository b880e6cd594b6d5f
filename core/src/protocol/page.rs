//! P12: copying what was there before. A page is allocate, snapshot, put under the guard; it needs no lock and no dirt.
//!
//! A version is allocated before its snapshot, so a page's item is never newer than it says. Whatever was written since has
//! dirt, is applied under a greater version, and is refused to nobody; a key that was deleted has a tombstone of a greater
//! version, or has dirt that will put one.

use super::guard::{Guard, Refusal, refusal};
use super::stamp::{Stamp, Stored, Version};

/// A page of a copy, and what it has to do next. `K` is an item key, `I` an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page<K, I> {
    /// Allocate a version.
    Allocate(Allocate),
    /// Open a fresh snapshot and read the page in it.
    Read(Read),
    /// Put the items, each under its guard.
    Put(Put<K, I>),
}

/// What an item of a page has to do with the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Copied {
    /// It is in, or what is in is not older.
    Settled,
    /// The key has to be made dirty: the page could not put it.
    Dirty(Refusal),
}

impl<K, I> Page<K, I> {
    /// A page. `shape` is that of this process's contract.
    pub const fn new(shape: u32) -> Self {
        Self::Allocate(Allocate { shape })
    }
}

/// Allocate a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Allocate {
    shape: u32,
}

impl Allocate {
    /// This one, which nobody else has.
    pub const fn allocated<K, I>(self, version: Version) -> Page<K, I> {
        Page::Read(Read { shape: self.shape, version })
    }
}

/// Open a snapshot, younger than this step, and read the page in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Read {
    shape: u32,
    version: Version,
}

impl Read {
    /// The items of the page. Rows that no item can be made of are dead letters, and are made dirty (P11).
    pub fn items<K, I>(self, items: impl IntoIterator<Item = (K, I)>) -> Page<K, I> {
        let stamp = Stamp { version: self.version, shape: self.shape, gone: false };
        Page::Put(Put { stamp, items: items.into_iter().collect() })
    }
}

/// Put items, each under its guard.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Put<K, I> {
    stamp: Stamp,
    items: Vec<(K, I)>,
}

impl<K, I> Put<K, I> {
    /// The items, by their keys.
    pub fn items(&self) -> &[(K, I)] {
        &self.items
    }

    /// What each says of itself.
    pub const fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// The condition of each.
    pub const fn guard(&self) -> Guard {
        Guard::of(&self.stamp)
    }

    /// What it means that a guard refused; `last` as for [`refusal`].
    pub fn refused(&self, stored: &Stored, last: Version) -> Copied {
        match refusal(stored, &self.stamp, last) {
            Refusal::Superseded => Copied::Settled,
            other => Copied::Dirty(other),
        }
    }
}
