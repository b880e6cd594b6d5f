//! Key templates: how a key attribute is built from columns, and read back.

use crate::List;
use crate::Text;

/// A key template, parsed: literals and columns in order. See [`crate::codec`] for how values are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTemplate {
    /// The parts, in order.
    pub parts: List<KeyPart>,
}

/// One part of a key template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// Text that stands in every key.
    Literal(Text),
    /// A column's value.
    Column {
        /// Position in the plan's columns.
        column: usize,
        /// Whether the text is folded by its column's collation first, so that what MySQL holds equal is one key.
        fold: bool,
    },
}
