//! What is wrong with a text of the source schema, and where in it.

use std::ops::Range;

use thiserror::Error;

use crate::codes::Code;

/// A mistake in a column's or a foreign key's text.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct TextError {
    /// Its stable code.
    pub code: Code,
    /// One sentence, lower-case, without a full stop.
    pub message: String,
    /// The bytes of the text it is about.
    pub range: Range<usize>,
    /// What is to be seen there; may be empty.
    pub label: String,
    /// The next action.
    pub help: String,
}

impl TextError {
    pub(super) fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), range, label: String::new(), help: String::new() }
    }

    pub(super) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}
