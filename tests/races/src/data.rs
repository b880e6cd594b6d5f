//! The smallest data with everything that can go wrong: children whose key has their parent in it (so that a key moves),
//! whose item has a copy of the parent's value (so that a write fans out), which the parent counts (so that it fans in),
//! and which go with their parent (a cascade).

use std::collections::BTreeMap;

/// A primary key.
pub type Id = u8;

/// What MySQL has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rows {
    /// Parents and their values.
    pub parents: BTreeMap<Id, u8>,
    /// Children. Their foreign key deletes them with their parent.
    pub children: BTreeMap<Id, Child>,
}

/// A row of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Child {
    /// Its foreign key.
    pub parent: Id,
    /// Its value.
    pub value: u8,
}

/// An item's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Of a parent.
    Parent(Id),
    /// Of a child.
    Child {
        /// The parent it has now.
        parent: Id,
        /// The child.
        child: Id,
    },
}

/// An item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    /// Of a parent.
    Parent {
        /// Its value.
        value: u8,
        /// How many children it has.
        children: usize,
    },
    /// Of a child.
    Child {
        /// Its value.
        value: u8,
        /// Its parent's value.
        of_parent: u8,
    },
}

/// A source row that items of other rows hold something of, with what they are found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A parent: its children have its value.
    Parent(Id),
    /// A child with this parent, who counts it.
    ChildOf(Id),
}

impl Rows {
    /// Which item this key has: the row is found by the key, as an index finds it.
    pub fn project(&self, key: Key) -> Option<Item> {
        match key {
            Key::Parent(id) => {
                let value = *self.parents.get(&id)?;
                let children = self.children.values().filter(|child| child.parent == id).count();
                Some(Item::Parent { value, children })
            }
            Key::Child { parent, child } => {
                let row = self.children.get(&child).filter(|row| row.parent == parent)?;
                Some(Item::Child { value: row.value, of_parent: *self.parents.get(&parent)? })
            }
        }
    }

    /// The key of a child.
    pub fn key_of(&self, child: Id) -> Option<Key> {
        self.children.get(&child).map(|row| Key::Child { parent: row.parent, child })
    }

    /// The children of a parent.
    pub fn children_of(&self, parent: Id) -> impl Iterator<Item = Id> {
        self.children.iter().filter(move |(_, row)| row.parent == parent).map(|(child, _)| *child)
    }

    /// The items that hold something of a source row.
    pub fn holders(&self, source: Source) -> Vec<Key> {
        match source {
            Source::Parent(id) => {
                self.children_of(id).map(|child| Key::Child { parent: id, child }).collect()
            }
            Source::ChildOf(id) => {
                self.parents.contains_key(&id).then_some(Key::Parent(id)).into_iter().collect()
            }
        }
    }

    /// Every item there should be.
    pub fn items(&self) -> BTreeMap<Key, Item> {
        let parents = self.parents.keys().map(|id| Key::Parent(*id));
        let keys = parents.chain(self.children.keys().filter_map(|child| self.key_of(*child)));
        keys.filter_map(|key| Some((key, self.project(key)?))).collect()
    }
}
