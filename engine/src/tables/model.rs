//! Tables as values: what the contract wants, and what an engine says there is.

use std::collections::BTreeSet;
use std::fmt;

use migratable_contract::model::{Billing, Contract, Storage, Stream};
use migratable_core::Text;
use migratable_core::dynamodb::AttributeType;
use migratable_core::plan::{Table, TableIndex};

/// The types that keys can have (Amazon DynamoDB API Reference, `AttributeDefinition`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyType {
    /// Text.
    S,
    /// A number.
    N,
    /// Bytes.
    B,
}

/// An attribute of a type that no key can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("key attribute {attribute}: type {ty} can't be in a key")]
pub struct NotAKey {
    /// The attribute.
    pub attribute: String,
    /// Its type.
    pub ty: AttributeType,
}

/// One attribute of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPart {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: KeyType,
}

/// The key of a table or of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Partition key attributes: of a table one, of an index up to four.
    pub partition: Vec<KeyPart>,
    /// Sort key attributes, in their order: of a table up to one, of an index up to four.
    pub sort: Vec<KeyPart>,
}

/// What an index holds of each item besides its own key and the table's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Projection {
    /// Everything.
    All,
    /// Nothing.
    Keys,
    /// These attributes; never none.
    Attributes(BTreeSet<String>),
}

/// A global secondary index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: Key,
    /// What it holds.
    pub projection: Projection,
}

/// A table as the contract wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedTable {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: Key,
    /// Its indexes, in the contract's order.
    pub indexes: Vec<Index>,
    /// How it is kept.
    pub storage: Storage,
}

/// What not every engine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Expiry of items by an attribute.
    TimeToLive,
    /// Point-in-time recovery.
    PointInTimeRecovery,
    /// Deletion protection.
    DeletionProtection,
}

/// Whether a table or an index can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can.
    Active,
    /// It will be: it is being made or changed.
    Coming,
    /// It is being deleted.
    Going,
    /// It can't, and by waiting it won't: DynamoDB's word for why.
    Unusable(String),
}

/// An index as an engine describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundIndex {
    /// What it is.
    pub index: Index,
    /// Whether it can be used.
    pub state: State,
}

/// A table as an engine describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whether it can be used.
    pub state: State,
    /// Its key.
    pub key: Key,
    /// Its global secondary indexes.
    pub indexes: Vec<FoundIndex>,
    /// The names of its local secondary indexes. The contract has none.
    pub local_indexes: Vec<String>,
    /// How it is paid for.
    pub billing: Billing,
    /// What its stream says, where it has one.
    pub stream: Option<Stream>,
    /// The attribute that items expire by.
    pub ttl: Option<String>,
    /// Whether it can be restored as it was at a point in time.
    pub point_in_time_recovery: bool,
    /// Whether it is protected from deletion.
    pub deletion_protection: bool,
}

/// What an engine says of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Described {
    /// The table of that name, if there is one.
    pub table: Option<Found>,
    /// What the engine is known not to have. What it says of these in `table` means nothing.
    pub lacks: BTreeSet<Feature>,
}

impl KeyType {
    /// DynamoDB's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
        }
    }
}

impl Key {
    /// Its attributes: those of the partition key, then those of the sort key.
    pub fn parts(&self) -> impl Iterator<Item = &KeyPart> {
        self.partition.iter().chain(&self.sort)
    }

    fn of<'k>(
        partition: impl IntoIterator<Item = &'k (Text, AttributeType)>,
        sort: impl IntoIterator<Item = &'k (Text, AttributeType)>,
    ) -> Result<Self, NotAKey> {
        let partition = partition.into_iter().map(part).collect::<Result<_, _>>()?;
        Ok(Self { partition, sort: sort.into_iter().map(part).collect::<Result<_, _>>()? })
    }
}

fn part((name, ty): &(Text, AttributeType)) -> Result<KeyPart, NotAKey> {
    let name = name.to_string();
    let ty = match ty {
        AttributeType::S => KeyType::S,
        AttributeType::N => KeyType::N,
        AttributeType::B => KeyType::B,
        AttributeType::Bool | AttributeType::Ss | AttributeType::L | AttributeType::M => {
            return Err(NotAKey { attribute: name, ty: *ty });
        }
    };
    Ok(KeyPart { name, ty })
}

impl WantedTable {
    /// A table, and how it is kept.
    ///
    /// # Errors
    /// A key is of a type that can't be one. Rules of contracts let none be, so this is of tables made by hand.
    pub fn new(table: &Table, storage: Storage) -> Result<Self, NotAKey> {
        Ok(Self {
            name: table.name.to_string(),
            key: Key::of([&table.partition], &table.sort)?,
            indexes: table.indexes.iter().map(index).collect::<Result<_, _>>()?,
            storage,
        })
    }

    /// All tables of a contract, in its order.
    ///
    /// # Errors
    /// As [`WantedTable::new`].
    pub fn all(contract: &Contract) -> Result<Vec<Self>, NotAKey> {
        let tables = contract.tables.iter().zip(&contract.storage);
        tables.map(|(table, storage)| Self::new(table, storage.clone())).collect()
    }
}

fn index(index: &TableIndex) -> Result<Index, NotAKey> {
    Ok(Index {
        name: index.name.to_string(),
        key: Key::of(index.partition.iter(), index.sort.iter())?,
        projection: match &index.project {
            None => Projection::All,
            Some(names) => Projection::of(names.iter().map(ToString::to_string)),
        },
    })
}

impl Projection {
    /// Of these attributes, or of none.
    pub(super) fn of(names: impl Iterator<Item = String>) -> Self {
        let names: BTreeSet<String> = names.collect();
        if names.is_empty() { Self::Keys } else { Self::Attributes(names) }
    }
}

impl Feature {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TimeToLive => "time to live",
            Self::PointInTimeRecovery => "point-in-time recovery",
            Self::DeletionProtection => "deletion protection",
        }
    }
}

/// `partition PK (S), sort SK (S)`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |parts: &[KeyPart]| {
            let parts: Vec<_> =
                parts.iter().map(|part| format!("{} ({})", part.name, part.ty.name())).collect();
            parts.join(" + ")
        };
        write!(f, "partition {}", list(&self.partition))?;
        if self.sort.is_empty() { Ok(()) } else { write!(f, ", sort {}", list(&self.sort)) }
    }
}

/// What follows "holds".
impl fmt::Display for Projection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all attributes"),
            Self::Keys => f.write_str("keys alone"),
            Self::Attributes(names) => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                write!(f, "keys and {}", names.join(", "))
            }
        }
    }
}

/// What follows "is".
impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Active => f.write_str("active"),
            Self::Coming => f.write_str("being made or changed"),
            Self::Going => f.write_str("being deleted"),
            Self::Unusable(word) => f.write_str(word),
        }
    }
}
