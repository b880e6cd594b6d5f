//! What a contract says of generated Rust, by what it is said of.

use migratable_core::mysql::MySqlType;

use super::entity::{Attribute, Entity};
use crate::language::{self, AttributeRust, EntityRust, MapEntry, RustType, Scalar};

impl<'s> Attribute<'s> {
    /// What is said of the field.
    pub(crate) fn rust(&self) -> Option<&'s AttributeRust> {
        self.node?.rust.as_ref()
    }

    /// The field's name, and where it is said.
    pub(crate) fn field_name(&self) -> &'s Scalar {
        self.rust().and_then(|rust| rust.name.as_ref()).map_or(self.name, |name| &name.scalar)
    }

    /// The name of the enum it is carried by, and where it is said.
    pub(crate) fn enum_name(&self) -> Option<&'s Scalar> {
        self.rust()?.r#enum.as_ref().map(|name| &name.scalar)
    }
}

impl<'s> Entity<'s> {
    /// What is said of the struct.
    pub(crate) fn rust(&self) -> Option<&'s EntityRust> {
        self.node.rust.as_ref()
    }

    /// The struct's name, and where it is said.
    pub(crate) fn struct_name(&self) -> &'s Scalar {
        self.rust().and_then(|rust| rust.name.as_ref()).map_or(self.name, |name| &name.scalar)
    }
}

/// An entry of the contract's `rust.types`.
pub(crate) type TypeEntry = MapEntry<Scalar, RustType>;

/// The entry for a column's type: the one of the whole type before the one without what stands in parentheses.
pub(crate) fn type_entry<'s>(contract: &'s language::Contract, ty: &MySqlType) -> Option<&'s TypeEntry> {
    let entries = &contract.rust.as_ref()?.types.as_ref()?.entries;
    let spellings = spellings(ty);
    spellings.iter().find_map(|spelling| entries.iter().find(|entry| normal(&entry.key.text) == *spelling))
}

/// What a type is called: whole, and without what stands in parentheses; neither with a collation.
pub(crate) fn spellings(ty: &MySqlType) -> [String; 2] {
    let text = ty.to_string();
    let collation =
        ty.collation().map(|collation| format!(" collate {}", collation.name)).unwrap_or_default();
    let whole = text.strip_suffix(collation.as_str()).unwrap_or(&text).to_owned();
    let bare = match (whole.find('('), whole.rfind(')')) {
        (Some(open), Some(close)) => format!("{}{}", &whole[..open], &whole[close + 1..]),
        _ => whole.clone(),
    };
    [whole, bare]
}

/// A type as it is compared: letter case and blanks between its parts don't count, but they do in members.
pub(crate) fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut quoted = false;
    for character in text.trim().chars() {
        quoted ^= character == '\'';
        let beside = normal.ends_with([',', '(', ' ']);
        match character {
            _ if quoted => normal.push(character),
            ' ' if beside => {}
            ',' | ')' | '(' => {
                normal.truncate(normal.trim_end_matches(' ').len());
                normal.push(character);
            }
            _ => normal.push(character.to_ascii_lowercase()),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_letter_case_count_in_members_only() {
        for (written, normal_form) in [
            ("decimal(10, 2)", "decimal(10,2)"),
            ("DECIMAL ( 10 ,2 )  unsigned", "decimal(10,2) unsigned"),
            ("enum('a, B' , 'it''s (x)')", "enum('a, B','it''s (x)')"),
            ("int   unsigned", "int unsigned"),
        ] {
            assert_eq!(normal(written), normal_form);
        }
    }
}
