//! What is wrong, where, and what to do: plain data, rendered for people or for machines.

use std::ops::Range;
use std::sync::Arc;

/// A file that diagnostics can point into.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As the user named it.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

/// A place in a file: a byte range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes of its text.
    pub range: Range<usize>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The contract (or the statement) can't be used.
    Error,
    /// It can, but something will surprise.
    Warning,
}

/// A text on a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there; may be empty on the first label.
    pub text: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: crate::codes::Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower-case, without a full stop.
    pub message: String,
    /// The first label is the primary one. Never empty unless there is no file at all.
    pub labels: Vec<Label>,
    /// The next action.
    pub help: String,
}
