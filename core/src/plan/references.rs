//! Foreign keys that units of work keep where no server does: a row is counted in the row it points at.

use crate::{List, Text};

/// A foreign key of the entity's root, kept by a count in the entity it points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The foreign key as contracts name it: its columns in MySQL, `user_id` or `a, b`.
    pub name: Text,
    /// Its columns, as positions in [`super::Plan::columns`]. It points at nothing where one of them is NULL.
    pub columns: List<usize>,
    /// The entity whose rows it points at.
    pub entity: Text,
    /// The columns it points at, by their names in MySQL, in the order of `columns`.
    pub to: List<Text>,
    /// The attribute of that entity that counts the rows that point at it.
    pub count: Text,
    /// What becomes of the row when the one it points at goes.
    pub on_delete: OnDelete,
}

/// What a foreign key does when the row it points at goes. What finds the rows that point at it is an index, as a position in
/// [`super::Plan::indexes`], or the table itself (`None`), whose partition key is made of the foreign key's columns alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnDelete {
    /// It doesn't go (also NO ACTION).
    Restrict,
    /// The rows go with it.
    Cascade {
        /// What finds them.
        index: Option<usize>,
    },
    /// The rows forget it.
    SetNull {
        /// What finds them.
        index: Option<usize>,
    },
}

/// A foreign key of another entity, or of the same one, whose rows this entity counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referrer {
    /// The entity that points here.
    pub entity: Text,
    /// Its [`Reference::name`].
    pub name: Text,
    /// The attribute here that counts its rows.
    pub count: Text,
}
