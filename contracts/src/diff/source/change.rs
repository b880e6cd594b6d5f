//! One change of a schema, in words that go with whoever compares.

use super::places::Spot;
use crate::codes::Code;
use crate::diagnostic::Severity;
use crate::diff::readers::About;

/// A change from an older schema to a newer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::diff) struct Change {
    pub(in crate::diff) code: Code,
    /// An error where rows, what tells them apart or what happens to them has changed; a warning where not.
    pub(in crate::diff) severity: Severity,
    /// What it is about.
    pub(in crate::diff) spot: Spot,
    /// Whose entities it concerns.
    pub(in crate::diff) about: About,
    /// What has changed: a phrase.
    pub(in crate::diff) message: String,
    /// What it was, and what it is; `None` where there was nothing, or is nothing any more.
    pub(in crate::diff) old: Option<String>,
    pub(in crate::diff) new: Option<String>,
    /// How a contract that records the older one is made to record the newer one.
    pub(in crate::diff) edit: String,
    /// What it means to whoever reads the rows; may be empty.
    pub(in crate::diff) meaning: String,
    /// What else it looks like; may be empty.
    pub(in crate::diff) hint: String,
}

impl Change {
    pub(super) fn new(code: Code, spot: Spot, about: About, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            spot,
            about,
            message: message.into(),
            old: None,
            new: None,
            edit: String::new(),
            meaning: String::new(),
            hint: String::new(),
        }
    }

    pub(super) fn harmless(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    pub(super) fn before(mut self, old: impl Into<String>) -> Self {
        self.old = Some(old.into());
        self
    }

    pub(super) fn after(mut self, new: impl Into<String>) -> Self {
        self.new = Some(new.into());
        self
    }

    pub(super) fn both(self, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.before(old).after(new)
    }

    pub(super) fn edit(mut self, edit: impl Into<String>) -> Self {
        self.edit = edit.into();
        self
    }

    pub(super) fn means(mut self, meaning: impl Into<String>) -> Self {
        self.meaning = meaning.into();
        self
    }

    pub(super) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.unwrap_or_default();
        self
    }
}
