//! YAML as a tree with places: raw text and quoting kept, nothing coerced, comments kept.

use crate::diagnostic::Place;

/// A node with its place and its comments.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it is; `None` in a tree that was built, not read.
    pub place: Option<Place>,
    /// Comment on the same line, after the node, without `#` and surrounding blanks.
    pub trailing: Option<String>,
    /// How a collection is, or is to be, written.
    pub style: Style,
}

/// The three kinds of node.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A scalar: its text, and whether it was quoted. `no` is the text `no`, `1.10` is the text `1.10`.
    Scalar {
        /// The text, unescaped.
        text: String,
        /// Whether quotes stood around it (or it was a block scalar).
        quoted: bool,
    },
    /// A list.
    List(Vec<ListItem>),
    /// A map, in order; keys are scalars, no key stands twice.
    Map(Vec<Entry>),
}

/// How a collection is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `{ a: b }`, `[a, b]`.
    Flow,
    /// One entry a line.
    Block,
}

/// One element of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListItem {
    /// Whole-line comments above it, without `#`; an empty string is an empty line.
    pub leading: Vec<String>,
    /// The element.
    pub value: Node,
}

/// One entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Whole-line comments above it, without `#`; an empty string is an empty line.
    pub leading: Vec<String>,
    /// The key's text.
    pub key: String,
    /// The key's place.
    pub key_place: Option<Place>,
    /// The value.
    pub value: Node,
}
