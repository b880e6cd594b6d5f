//! What is wrong with a text of the source schema, and where in it.

use std::ops::Range;

use thiserror::Error;

use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place};

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

    /// The diagnostic for it. `text` is what was read, `place` the scalar it was read from: the label is exact where
    /// the file spells the text as it is, plain or in quotes; where the file needs escapes it is the whole scalar.
    pub fn diagnostic(&self, text: &str, place: &Place) -> Diagnostic {
        let whole = place.clamped();
        let offset = match place.text() {
            raw if raw == text => Some(0),
            raw if raw.get(1..raw.len().saturating_sub(1)) == Some(text) => Some(1),
            _ => None,
        };
        let range = match offset {
            Some(offset) => {
                let start = whole.start + offset;
                start + self.range.start..start + self.range.end
            }
            None => whole,
        };
        Diagnostic::error(self.code, self.message.as_str())
            .label(Place::new(&place.file, range), self.label.as_str())
            .help(self.help.as_str())
    }
}
