//! What an item says of its own age: the version it was made under, the shape it has, whether it stands for nothing.

use std::fmt;

/// When an item was made equal to MySQL, as a place in one order: a number of the era's sequence.
///
/// `n` comes from one durable sequence in MySQL. The era grows with every change of authority and with every failover, after
/// which a sequence may have lost its last numbers; versions of an era that has ended are all smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The era. Compared first.
    pub era: u32,
    /// The place in the era's sequence, from 1.
    pub n: u64,
}

impl Version {
    /// One whole number that is ordered as versions are: `era * 2^64 + n`. It has at most 29 digits; DynamoDB's numbers have
    /// 38 (AWS, "Supported data types and naming rules in Amazon DynamoDB").
    pub const fn to_number(self) -> u128 {
        ((self.era as u128) << 64) | self.n as u128
    }

    /// The version of a number; `None` where no version has it.
    pub fn from_number(number: u128) -> Option<Self> {
        let era = u32::try_from(number >> 64).ok()?;
        let n = u64::try_from(number & u128::from(u64::MAX)).ok()?;
        Some(Self { era, n })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.era, self.n)
    }
}

/// What an item that the mirror wrote says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// When it was made.
    pub version: Version,
    /// Which shape of the contract it has (P9). Shapes grow.
    pub shape: u32,
    /// A tombstone: no row has this key (P7). It has no index keys, and nobody sees it.
    pub gone: bool,
}

/// What stands under an item key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stored {
    /// Nothing.
    Absent,
    /// An item that says nothing of its age, or nothing that can be read: another wrote it.
    Unstamped,
    /// An item, or a tombstone.
    Stamped(Stamp),
}
