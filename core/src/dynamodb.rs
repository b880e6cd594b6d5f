//! The DynamoDB face of a value: attribute types, attribute values, items.

use std::collections::BTreeMap;
use std::fmt;

/// The DynamoDB attribute types a contract can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// Text, UTF-8.
    S,
    /// A number: up to 38 significant digits, magnitude 1E-130 to 9.99E+125.
    N,
    /// Bytes.
    B,
    /// True or false.
    Bool,
    /// A set of texts; never empty.
    Ss,
    /// A list.
    L,
}

impl AttributeType {
    /// Every type, in the order diagnostics list them.
    pub const ALL: [Self; 6] = [Self::S, Self::N, Self::B, Self::Bool, Self::Ss, Self::L];

    /// The name DynamoDB and the contract use: `S`, `N`, `B`, `BOOL`, `SS`, `L`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Ss => "SS",
            Self::L => "L",
        }
    }

    /// The type with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ty| ty.name() == name)
    }

    /// Whether DynamoDB takes this type in a table or index key.
    pub const fn can_be_key(self) -> bool {
        matches!(self, Self::S | Self::N | Self::B)
    }
}

impl fmt::Display for AttributeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A DynamoDB attribute value. Numbers are text, as on the wire, so that no digit is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    /// Text.
    S(String),
    /// A number in canonical text: see [`crate::codec`].
    N(String),
    /// Bytes.
    B(Vec<u8>),
    /// True or false.
    Bool(bool),
    /// The NULL type. The codec never writes it; it reads it as NULL.
    Null,
    /// A set of texts, sorted.
    Ss(Vec<String>),
    /// A set of numbers.
    Ns(Vec<String>),
    /// A set of byte strings.
    Bs(Vec<Vec<u8>>),
    /// A list.
    L(Vec<AttributeValue>),
    /// A map.
    M(BTreeMap<String, AttributeValue>),
}

impl AttributeValue {
    /// The DynamoDB name of the value's type.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::S(_) => "S",
            Self::N(_) => "N",
            Self::B(_) => "B",
            Self::Bool(_) => "BOOL",
            Self::Null => "NULL",
            Self::Ss(_) => "SS",
            Self::Ns(_) => "NS",
            Self::Bs(_) => "BS",
            Self::L(_) => "L",
            Self::M(_) => "M",
        }
    }
}

/// A DynamoDB item: attribute names to values, in name order so that two equal items print equally.
pub type Item = BTreeMap<String, AttributeValue>;

/// Significant digits of a DynamoDB number (Amazon DynamoDB Developer Guide, "Supported data types": 38).
pub const MAX_DIGITS: u8 = 38;

/// The attribute every item carries to say which entity it is of. Contracts can't use the name for anything else.
pub const ENTITY_ATTRIBUTE: &str = "_entity";
