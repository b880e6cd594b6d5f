//! What is wrong, where, and what to do: plain data, rendered for people or for machines.

mod json;
mod position;
mod render;
mod suggest;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use json::to_json;
pub use position::Position;
pub use render::{render, summary};
pub use suggest::suggest;

use crate::codes::Code;

/// A file that diagnostics can point into, or as much of a long one as they may have to show.
#[derive(Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As the user named it.
    pub name: String,
    /// Its text, from `origin` on.
    pub text: String,
    /// Where the text starts in the file; the default where it is the whole file.
    pub origin: Origin,
}

impl SourceFile {
    /// A whole file, ready to be pointed into.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::excerpt(name, text, Origin::default())
    }

    /// A part of a file that starts where a line does.
    pub fn excerpt(name: impl Into<String>, text: impl Into<String>, origin: Origin) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into(), origin })
    }
}

/// Where an excerpt starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// Which of the files that are read together it is from, counted from 0: reports go by it.
    pub file: usize,
    /// Bytes of the file before the text.
    pub offset: usize,
    /// Lines of the file before the text.
    pub lines: usize,
}

/// A place in a file: a byte range.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes of its text.
    pub range: Range<usize>,
}

impl Place {
    /// A byte range of a file.
    pub fn new(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), range }
    }

    /// The range made to fit: inside the text, on character boundaries, not backwards. Whoever slices the text by a
    /// place does it through this, so that a wrong range can be an ugly label but never a panic.
    pub fn clamped(&self) -> Range<usize> {
        let text = &self.file.text;
        let start = text.floor_char_boundary(self.range.start);
        let end = text.ceil_char_boundary(self.range.end.min(text.len()));
        start..end.max(start)
    }

    /// The text that stands there.
    pub fn text(&self) -> &str {
        &self.file.text[self.clamped()]
    }

    /// Where it starts, for people: line and column.
    pub fn start(&self) -> Position {
        let Position { line, column } = Position::of(&self.file.text, self.clamped().start);
        Position { line: self.file.origin.lines + line, column }
    }

    /// Where it starts among all that is read together: file, byte.
    pub fn order(&self) -> (usize, usize) {
        (self.file.origin.file, self.file.origin.offset + self.range.start)
    }
}

/// Short on purpose: the file's text would drown everything else.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let offset = self.file.origin.offset;
        write!(f, "{}:{:?}", self.file.name, offset + self.range.start..offset + self.range.end)
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The contract (or the statement) can't be used.
    Error,
    /// It can, but something will surprise.
    Warning,
}

impl Severity {
    /// Its word: `error`, `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
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
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower-case, without a full stop.
    pub message: String,
    /// The first label is the primary one. Never empty unless there is no file at all.
    pub labels: Vec<Label>,
    /// The next action.
    pub help: String,
}

impl Diagnostic {
    /// An error, to be given its labels and its help.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning, to be given its labels and its help.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    pub(crate) fn new(severity: Severity, code: Code, message: String) -> Self {
        Self { code, severity, message, labels: Vec::new(), help: String::new() }
    }

    /// Adds a label; the first one is the primary one.
    #[must_use]
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Sets the next action.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = text.into();
        self
    }

    /// Whether it stops the contract from being used.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order of their places: those without one first, then by file, start and end of the
/// primary label; code and message settle the rest, so that the order never depends on who found what first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
}

type SortKey<'d> = (Option<(usize, &'d str, usize, usize)>, Code, &'d str);

fn sort_key(diagnostic: &Diagnostic) -> SortKey<'_> {
    let place = diagnostic.labels.first().map(|label| &label.place);
    let place = place.map(|place| {
        let (file, start) = place.order();
        (file, place.file.name.as_str(), start, place.range.len())
    });
    (place, diagnostic.code, &diagnostic.message)
}

/// Whether one of them is an error.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
}
