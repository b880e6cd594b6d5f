//! What is wrong with a row.

use std::fmt;

use crate::plan::Plan;
use crate::{Text, ValueError};

/// Everything wrong with an entity, or with the parameters of a question. Names fields, never prints values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    entity: String,
    failures: Vec<Failure>,
}

/// One thing that is wrong: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// A field (`email`), a member of a set (`tags[2]`, counted from 0 as the struct holds them), a key attribute (`key
    /// PK`), a CHECK constraint (`check NAME`), or `item`.
    pub path: Text,
    /// What is wrong there.
    pub kind: FailureKind,
}

/// What is wrong, with the numbers a program needs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// The value can't be carried: NULL, outside its column's type, or outside what DynamoDB holds.
    Value(ValueError),
    /// A CHECK of the table is FALSE.
    Check {
        /// Its name.
        name: Text,
        /// Its expression, in MySQL's words.
        expression: Text,
    },
    /// The key attribute would be empty, which DynamoDB takes in no key.
    EmptyKey,
    /// The key attribute is too long.
    KeyBytes {
        /// The place in the key it is for.
        role: KeyRole,
        /// Its bytes.
        actual: u64,
        /// The most DynamoDB takes there.
        most: u64,
    },
    /// The item is too large.
    ItemBytes {
        /// Its bytes, by DynamoDB's rules.
        actual: u64,
        /// The most DynamoDB takes.
        most: u64,
        /// The largest attributes with their bytes, the largest first; at most three.
        largest: Vec<(String, u64)>,
    },
    /// A change or a condition that can't be made of this column, in words.
    Change(Text),
}

/// A place in a table's or an index's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyRole {
    /// The partition key: up to 2048 bytes.
    Partition,
    /// The sort key: up to 1024 bytes.
    Sort,
}

impl Invalid {
    /// What is wrong with a row of this plan.
    pub fn new(plan: &Plan, failures: Vec<Failure>) -> Self {
        Self { entity: plan.entity.to_string(), failures }
    }

    /// The entity's name.
    pub fn entity(&self) -> &str {
        &self.entity
    }

    /// The failures: of fields in their order, then of CHECK constraints, of keys, of the item. There is at least one.
    pub fn failures(&self) -> &[Failure] {
        &self.failures
    }
}

impl Failure {
    /// A value that can't be carried.
    pub fn value(path: impl Into<Text>, error: ValueError) -> Self {
        Self { path: path.into(), kind: FailureKind::Value(error) }
    }

    /// A change or a condition that can't be made of a column.
    pub fn change(path: impl Into<Text>, what: impl Into<Text>) -> Self {
        Self { path: path.into(), kind: FailureKind::Change(what.into()) }
    }

    pub(super) fn new(path: impl Into<Text>, kind: FailureKind) -> Self {
        Self { path: path.into(), kind }
    }

    /// The reason as one stable word, for programs: `null`, `characters`, `key_bytes`.
    pub const fn code(&self) -> &'static str {
        match &self.kind {
            FailureKind::Value(error) => error.code(),
            FailureKind::Check { .. } => "check",
            FailureKind::EmptyKey => "empty_key",
            FailureKind::KeyBytes { .. } => "key_bytes",
            FailureKind::ItemBytes { .. } => "item_bytes",
            FailureKind::Change(_) => "change",
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, failure) in self.failures.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}{failure}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path, self.kind)
    }
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(error) => write!(f, "{error}"),
            Self::Check { expression, .. } => write!(f, "it does not hold: {expression}"),
            Self::Change(what) => f.write_str(what),
            Self::EmptyKey => f.write_str("it would be empty, which DynamoDB takes in no key"),
            Self::KeyBytes { role, actual, most } => {
                write!(f, "it would have {actual} bytes, and DynamoDB takes {most} in a {role} key")
            }
            Self::ItemBytes { actual, most, largest } => {
                write!(
                    f,
                    "it would have {actual} bytes, and DynamoDB takes {most} in an item; the largest: "
                )?;
                for (position, (name, bytes)) in largest.iter().enumerate() {
                    let separator = if position == 0 { "" } else { ", " };
                    write!(f, "{separator}`{name}` {bytes}")?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for KeyRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Partition => "partition",
            Self::Sort => "sort",
        })
    }
}
