//! YAML as a tree with places: raw text and quoting kept, nothing coerced, comments kept.
//!
//! Reading ([`parse`]) rests on the parser's events; writing ([`write`]) is ours, because a contract is diffed by people:
//! order, comments, empty lines and the choice between one line and many are theirs and stay.
//!
//! | comment | kept in |
//! | --- | --- |
//! | whole lines above an entry or a list item | its `leading` |
//! | at the end of a line | `trailing` of the value on that line; of the collection that starts below `key:` or `-` |
//! | whole lines after the last entry of a collection, at least as indented | the collection's `tail` |
//!
//! Nowhere else is there room for one: a comment in another spot moves to the next line it can stand on, never away.

mod build;
mod comments;
mod quote;
mod read;
mod syntax;
mod write;

use crate::diagnostic::Place;

pub use read::parse;
pub use write::write;

/// Collections inside collections a file may have. Contracts need six; a limit keeps every walk over a tree, however
/// it came into a file, far from the end of the stack.
pub const MAX_DEPTH: usize = 64;

/// A node with its place and its comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it is; `None` in a tree that was built, not read.
    pub place: Option<Place>,
    /// Comment on the same line, after the node, without `#` and surrounding blanks. For a block collection, the line
    /// of its `key:` or `-`.
    pub trailing: Option<String>,
    /// Whole-line comments after the last entry of a collection; at the root, also of a file that holds only a scalar.
    pub tail: Vec<Line>,
    /// How a collection is, or is to be, written. [`Style::Block`] for scalars.
    pub style: Style,
}

/// The three kinds of node.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// `{ a: b }`, `[a, b]`. Written as [`Style::Block`] all the same where comments inside, or too much width, ask
    /// for lines of their own.
    Flow,
    /// One entry a line.
    Block,
}

/// A line between entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An empty line. Several are read as one, and none before the first entry of a collection.
    Blank,
    /// A comment's text, without `#` and the blank after it; further blanks are the writer's indentation and stay.
    Comment(String),
}

/// One element of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// Whole lines above it.
    pub leading: Vec<Line>,
    /// The element.
    pub value: Node,
}

/// One entry of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whole lines above it.
    pub leading: Vec<Line>,
    /// The key's text.
    pub key: String,
    /// The key's place.
    pub key_place: Option<Place>,
    /// The value.
    pub value: Node,
}

/// Whether a plain scalar of this text is nothing (the null of YAML's core schema), and only in quotes a text.
pub(crate) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
