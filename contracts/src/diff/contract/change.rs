//! One change of a contract.

use std::fmt;

use super::super::places::ContractPlaces;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, Place, Severity};

/// What a change breaks, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Items lie under keys that the newer contract doesn't ask.
    Key,
    /// Items hold something else than the newer contract reads, or than it writes for readers of the older one.
    Stored,
    /// A question is gone, or answered otherwise.
    Query,
    /// An index holds something else, and has to be made anew.
    Projection,
    /// Rust that uses the generated code doesn't compile, or means something else.
    Code,
    /// It costs more, or less.
    Cost,
    /// The MySQL schema is another one.
    Source,
}

impl Class {
    /// Every class, the worst first.
    pub const ALL: [Self; 7] =
        [Self::Key, Self::Stored, Self::Query, Self::Projection, Self::Code, Self::Cost, Self::Source];

    /// Its word: `KEY`, `STORED`, …
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "KEY",
            Self::Stored => "STORED",
            Self::Query => "QUERY",
            Self::Projection => "PROJECTION",
            Self::Code => "CODE",
            Self::Cost => "COST",
            Self::Source => "SOURCE",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A change from one contract to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractChange {
    /// What it breaks, if it does.
    pub class: Class,
    /// Whether it breaks anything.
    pub breaking: bool,
    /// The change, with places in both contracts: an error where it breaks something, else a warning.
    pub diagnostic: Diagnostic,
    /// What makes it safe, step by step.
    pub steps: Vec<&'static str>,
}

/// The two files.
#[derive(Clone, Copy)]
pub(super) struct Sides<'p> {
    pub(super) old: &'p ContractPlaces,
    pub(super) new: &'p ContractPlaces,
}

/// What has been found.
pub(super) struct Changes<'p> {
    pub(super) sides: Sides<'p>,
    found: Vec<ContractChange>,
}

/// A change that is being described.
#[must_use]
pub(super) struct Draft<'p> {
    class: Class,
    breaking: bool,
    diagnostic: Diagnostic,
    meaning: String,
    steps: &'static [&'static str],
    sides: Sides<'p>,
}

impl<'p> Changes<'p> {
    pub(super) fn new(sides: Sides<'p>) -> Self {
        Self { sides, found: Vec::new() }
    }

    /// A change that breaks something.
    pub(super) fn breaks(&self, class: Class, code: Code, message: impl Into<String>) -> Draft<'p> {
        self.of(class, code, true, message)
    }

    /// A change that breaks nothing.
    pub(super) fn keeps(&self, class: Class, code: Code, message: impl Into<String>) -> Draft<'p> {
        self.of(class, code, false, message)
    }

    pub(super) fn of(
        &self,
        class: Class,
        code: Code,
        breaking: bool,
        message: impl Into<String>,
    ) -> Draft<'p> {
        let severity = if breaking { Severity::Error } else { Severity::Warning };
        let diagnostic = Diagnostic::new(severity, code, format!("{class}: {}", message.into()));
        Draft { class, breaking, diagnostic, meaning: String::new(), steps: &[], sides: self.sides }
    }

    pub(super) fn add(&mut self, draft: Draft<'p>) {
        let Draft { class, breaking, mut diagnostic, meaning, steps, sides: _ } = draft;
        let mut help = Vec::new();
        if !meaning.is_empty() {
            help.push(meaning);
        }
        match steps {
            [] => {}
            [only] => help.push((*only).to_owned()),
            steps => {
                let numbered = steps.iter().zip(1..).map(|(step, number)| format!("({number}) {step}"));
                help.extend(numbered);
            }
        }
        diagnostic.help = help.join("; ");
        self.found.push(ContractChange { class, breaking, diagnostic, steps: steps.to_vec() });
    }

    /// All of it, in order.
    pub(super) fn finish(mut self) -> Vec<ContractChange> {
        self.found.sort_by_cached_key(|change| {
            let place = change.diagnostic.labels.first().map(|label| label.place.order());
            let Diagnostic { code, message, .. } = &change.diagnostic;
            (change.class, !change.breaking, place, *code, message.clone())
        });
        self.found
    }
}

impl Draft<'_> {
    /// What is to be seen in the newer contract. Said before what is to be seen in the older one.
    pub(super) fn newer<S: AsRef<str>>(self, path: &[S], text: impl Into<String>) -> Self {
        let place = self.sides.new.at(path);
        self.place(place, text)
    }

    /// What is to be seen in the older contract.
    pub(super) fn older<S: AsRef<str>>(self, path: &[S], text: impl Into<String>) -> Self {
        let place = self.sides.old.at(path);
        self.place(place, text)
    }

    /// Something that stands in one place in both.
    pub(super) fn both<S: AsRef<str>>(
        self,
        path: &[S],
        was: impl fmt::Display,
        is: impl fmt::Display,
    ) -> Self {
        self.newer(path, format!("{is} now")).older(path, format!("was {was}"))
    }

    pub(super) fn place(mut self, place: Place, text: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.label(place, text);
        self
    }

    /// What it means, and what else there is to know.
    pub(super) fn means(mut self, meaning: impl Into<String>) -> Self {
        self.meaning = meaning.into();
        self
    }

    /// What makes it safe.
    pub(super) fn steps(mut self, steps: &'static [&'static str]) -> Self {
        self.steps = steps;
        self
    }
}
