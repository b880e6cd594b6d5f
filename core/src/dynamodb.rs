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
    /// A map.
    M,
}

impl AttributeType {
    /// Every type, in the order diagnostics list them.
    pub const ALL: [Self; 7] = [Self::S, Self::N, Self::B, Self::Bool, Self::Ss, Self::L, Self::M];

    /// The name DynamoDB and the contract use: `S`, `N`, `B`, `BOOL`, `SS`, `L`, `M`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::S => "S",
            Self::N => "N",
            Self::B => "B",
            Self::Bool => "BOOL",
            Self::Ss => "SS",
            Self::L => "L",
            Self::M => "M",
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

/// A form attribute values are written in: this crate's own, or a client's, so that a value needs to be made only once.
pub trait Form {
    /// The client's type.
    type Value;

    /// The value in this form.
    fn of(value: AttributeValue) -> Self::Value;
}

impl Form for AttributeValue {
    type Value = Self;

    #[inline(always)]
    fn of(value: AttributeValue) -> Self {
        value
    }
}

/// A DynamoDB item: attribute names to values, in name order so that two equal items print equally.
pub type Item = BTreeMap<String, AttributeValue>;

/// Significant digits of a DynamoDB number (Amazon DynamoDB Developer Guide, "Supported data types": 38).
pub const MAX_DIGITS: u8 = 38;

/// The attribute every item carries to say which entity it is of. Contracts can't use the name for anything else.
pub const ENTITY_ATTRIBUTE: &str = "_entity";

/// The attribute of a marker item that holds the key of the item it belongs to.
pub const OWNER_ATTRIBUTE: &str = "_owner";

/// The attribute of a counter that holds the next id, which nobody has taken.
pub const NEXT_ATTRIBUTE: &str = "_next";

/// The most bytes of an item (Amazon DynamoDB Developer Guide, "Service, account, and table quotas": 400 KB, that is
/// 409,600 bytes).
pub const MAX_ITEM_BYTES: u64 = 400 * 1024;

/// Bytes of a list or a map apart from its elements, and for each of them (Developer Guide, "DynamoDB item sizes and
/// formats": 3 bytes of overhead, 1 byte for each element or pair).
const NESTED_BYTES: u64 = 3;

/// The bytes of an item as DynamoDB counts them: names and values of its attributes (Developer Guide, "DynamoDB item
/// sizes and formats").
pub fn item_bytes(item: &Item) -> u64 {
    item.iter().map(|(name, value)| name.len() as u64 + value.bytes()).sum()
}

impl AttributeValue {
    /// The bytes of the value as DynamoDB counts them: text in UTF-8, numbers about half a byte a digit, 1 for a flag or
    /// NULL, 3 for a list or a map and 1 for each of its elements.
    ///
    /// The guide says of numbers "approximately"; what is counted here is at least what DynamoDB counts.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::S(text) => text.len() as u64,
            Self::N(digits) => number_bytes(digits),
            Self::B(bytes) => bytes.len() as u64,
            Self::Bool(_) | Self::Null => 1,
            Self::Ss(texts) => texts.iter().map(|text| text.len() as u64).sum(),
            Self::Ns(numbers) => numbers.iter().map(|digits| number_bytes(digits)).sum(),
            Self::Bs(values) => values.iter().map(|bytes| bytes.len() as u64).sum(),
            Self::L(values) => NESTED_BYTES + values.iter().map(|value| 1 + value.bytes()).sum::<u64>(),
            Self::M(values) => {
                let pairs = values.iter().map(|(name, value)| 1 + name.len() as u64 + value.bytes());
                NESTED_BYTES + pairs.sum::<u64>()
            }
        }
    }
}

/// One byte for two significant digits, one more, and one for a minus; zeros at either end are not significant. Digits on
/// the two sides of the point start bytes of their own.
fn number_bytes(digits: &str) -> u64 {
    let (negative, magnitude) = match digits.strip_prefix('-') {
        Some(rest) => (1, rest),
        None => (0, digits),
    };
    let (mantissa, _) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, ""));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = whole.trim_start_matches('0');
    let (whole, fraction) = match (whole.is_empty(), fraction.is_empty()) {
        (true, _) => ("", fraction.trim_start_matches('0')),
        (_, true) => (whole.trim_end_matches('0'), ""),
        _ => (whole, fraction),
    };
    1 + negative + (whole.len() as u64).div_ceil(2) + (fraction.len() as u64).div_ceil(2)
}
