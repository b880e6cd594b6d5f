//! Whether a column's values sort in a key as they sort in MySQL.

use std::fmt;

use super::KeyFormat;
use crate::dynamodb::AttributeType;
use crate::mysql::MySqlType;

/// Why they don't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disorder {
    /// The key has one text for several that MySQL sorts by its own rules.
    Folded,
    /// The key has only a part of the value.
    Partial,
    /// The key is the attribute's text, whose digits don't line up.
    Unaligned,
}

impl Disorder {
    /// Of a column of this type in a template.
    pub fn in_template(ty: &MySqlType, fold: bool) -> Option<Self> {
        let sorts = ty.collation().is_none_or(|collation| collation.sorts_by_bytes());
        (fold && !sorts).then_some(Self::Folded)
    }

    /// Of a column that stands in a template in this form.
    pub const fn in_format(format: &KeyFormat) -> Option<Self> {
        if format.gives_back() { None } else { Some(Self::Partial) }
    }

    /// Of a column of this type whose attribute is the key itself.
    pub fn of_attribute(ty: &MySqlType, attribute: AttributeType) -> Option<Self> {
        let number = matches!(ty, MySqlType::Int { .. } | MySqlType::Decimal { .. } | MySqlType::Time { .. });
        (attribute == AttributeType::S && number).then_some(Self::Unaligned)
    }
}

impl fmt::Display for Disorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Folded => "a folded text",
            Self::Partial => "of which the key has only a part",
            Self::Unaligned => "a number or time written as text without leading zeros",
        })
    }
}
