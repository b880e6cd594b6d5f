//! The one error of the runtime.

mod kind;

use std::fmt;

use migratable_core::ValueError;
use migratable_core::plan::Plan;

pub(crate) use self::kind::{Class, CursorFault, Kind};
use crate::entity::Invalid;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// What went wrong. Ask the `is_…` methods what to do about it.
///
/// The text names the operation, the entity, the store's table and what to do next; it never holds a field's value.
/// The source is the driver's error, if there is one; texts that servers put values into are redacted there too.
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    change: Option<ChangeOf>,
    context: Option<Context>,
    source: Option<Source>,
}

/// What was being done, to what.
struct Context {
    operation: &'static str,
    entity: String,
    pattern: Option<String>,
    place: String,
}

/// Which change of a unit of work it was, counted from 0, and of how many.
#[derive(Clone, Copy)]
struct ChangeOf {
    position: usize,
    total: usize,
}

impl Error {
    /// Another row or item stands in the way: a unique key's values are taken, rows point at this one, or an item of
    /// another entity has the key. The same call fails again until one of the two changes.
    pub fn is_conflict(&self) -> bool {
        matches!(self.0.kind, Kind::Duplicate { .. } | Kind::Referenced { .. } | Kind::Taken)
    }

    /// The values given are wrong: a field breaks the contract, points at a row that isn't there, or breaks a check
    /// of the store. The same call fails again.
    pub fn is_invalid(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Invalid(_)
                | Kind::Argument(_)
                | Kind::MissingReference { .. }
                | Kind::Store { class: Class::Rejected, .. }
        )
    }

    /// A row that a unit of work changes or requires isn't there.
    pub fn is_not_found(&self) -> bool {
        matches!(self.0.kind, Kind::NotFound)
    }

    /// A condition of a unit of work doesn't hold of the row as it is stored.
    pub fn is_condition_failed(&self) -> bool {
        matches!(self.0.kind, Kind::ConditionFailed)
    }

    /// A unit of work is more than one transaction of DynamoDB takes.
    pub fn is_too_large(&self) -> bool {
        matches!(self.0.kind, Kind::TooLarge(_))
    }

    /// The store gave no answer to a commit, or to one of several attempts at it: it was done, or it wasn't. Read before
    /// trying again.
    pub fn is_uncertain(&self) -> bool {
        matches!(self.0.kind, Kind::Uncertain { .. })
    }

    /// The change of a unit of work that failed, counted from 0; `None` where it was all of them, or none.
    pub fn change(&self) -> Option<usize> {
        self.0.change.map(|change| change.position)
    }

    /// A question that may have at most one answer has several: what the contract calls unique is not unique in the
    /// store.
    pub fn is_not_unique(&self) -> bool {
        matches!(self.0.kind, Kind::NotUnique)
    }

    /// The page cursor is damaged, or of another question. Start again from the first page.
    pub fn is_invalid_cursor(&self) -> bool {
        matches!(self.0.kind, Kind::Cursor(_))
    }

    /// The store asks for less traffic. Worth trying again, later.
    pub fn is_throttled(&self) -> bool {
        matches!(self.0.kind, Kind::Store { class: Class::Throttled, .. })
    }

    /// The same call may succeed later: throttling, a deadlock, a lost connection, a timeout, a fault of the store.
    /// Trying again is safe for every operation here, also where the outcome of the first try is unknown: a put
    /// writes the whole entity, and writing it twice leaves what writing it once does.
    pub fn is_retryable(&self) -> bool {
        matches!(self.0.kind, Kind::Store { class: Class::Throttled | Class::Busy | Class::Unavailable, .. })
    }

    /// The store has no such table.
    pub fn is_missing_table(&self) -> bool {
        matches!(self.0.kind, Kind::Store { class: Class::MissingTable, .. })
    }

    /// The store's tables are not those of the contract: a table, a column, an index or a key is missing or different.
    pub fn is_schema_mismatch(&self) -> bool {
        matches!(self.0.kind, Kind::Store { class: Class::MissingTable | Class::Schema, .. })
    }

    /// The store refuses these credentials, or this operation to them.
    pub fn is_denied(&self) -> bool {
        matches!(self.0.kind, Kind::Store { class: Class::Denied, .. })
    }

    /// What the store holds can't be read by the contract: an attribute of another type, a zero date, an item of
    /// another entity.
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.kind, Kind::Unreadable { .. } | Kind::OtherEntity { .. })
    }

    /// The store was not set up as this library needs: a MySQL session that is not pinned, a URL that can't be read,
    /// a client without region or credentials, a counter of ids that was never seeded.
    pub fn is_misconfigured(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Session { .. } | Kind::Unseeded { .. } | Kind::Store { class: Class::Misconfigured, .. }
        )
    }

    /// Everything wrong with the entity, if this is what a write was refused for.
    pub fn invalid_fields(&self) -> Option<&Invalid> {
        match &self.0.kind {
            Kind::Invalid(invalid) => Some(invalid),
            _ => None,
        }
    }

    /// The unique key or foreign key that stands in the way, as the store names it: MySQL has names for foreign keys, and
    /// DynamoDB's are the columns, as contracts have them.
    pub fn constraint(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Duplicate { key: name }
            | Kind::MissingReference { key: name }
            | Kind::Referenced { key: name } => name.as_deref(),
            _ => None,
        }
    }

    /// The store's own code of the fault: MySQL's number, DynamoDB's exception.
    pub fn code(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Store { code, .. } | Kind::Uncertain { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, change: None, context: None, source: None }))
    }

    pub(crate) fn invalid(invalid: Invalid) -> Self {
        Self::new(Kind::Invalid(invalid))
    }

    /// An argument of the call itself is wrong.
    pub(crate) fn argument(what: impl Into<String>) -> Self {
        Self::new(Kind::Argument(what.into()))
    }

    /// A value that the contract holds valid and the other store can't take.
    pub(crate) fn unfit(place: &str, source: ValueError) -> Self {
        Self::new(Kind::Argument(format!("`{place}`: {source}")))
    }

    pub(crate) fn unreadable(place: &str, source: ValueError) -> Self {
        Self::new(Kind::Unreadable { place: place.to_owned(), what: source.to_string() })
    }

    /// Whether it is what is stored that a change can't be done on: not the unit itself, and not the way to the store.
    #[cfg(feature = "dynamodb")]
    pub(crate) fn is_of_stored(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Invalid(_)
                | Kind::Duplicate { .. }
                | Kind::MissingReference { .. }
                | Kind::Referenced { .. }
                | Kind::NotFound
                | Kind::ConditionFailed
        )
    }

    /// Whether what a row would point at isn't there.
    #[cfg(feature = "dynamodb")]
    pub(crate) fn points_at_nothing(&self) -> bool {
        matches!(self.0.kind, Kind::MissingReference { .. })
    }

    pub(crate) fn too_large(what: impl Into<String>) -> Self {
        Self::new(Kind::TooLarge(what.into()))
    }

    /// Of a commit whose answer was lost: nobody knows whether it was done, whatever the store said since.
    #[cfg(any(feature = "mysql", feature = "dynamodb"))]
    pub(crate) fn uncertain(mut self) -> Self {
        if let Kind::Store { code, message, .. } = &mut self.0.kind {
            self.0.kind = Kind::Uncertain { code: code.take(), message: std::mem::take(message) };
        }
        self
    }

    /// Of a commit that was sent once: without an answer it is uncertain.
    #[cfg(feature = "mysql")]
    pub(crate) fn uncertain_if_lost(self) -> Self {
        if matches!(self.0.kind, Kind::Store { class: Class::Unavailable, .. }) {
            return self.uncertain();
        }
        self
    }

    /// Says which change of a unit of work it is about.
    pub(crate) fn of_change(mut self, position: usize, total: usize) -> Self {
        self.0.change.get_or_insert(ChangeOf { position, total });
        self
    }

    /// The same, where a unit of one change is only how a row is written.
    #[cfg(feature = "dynamodb")]
    pub(crate) fn of_no_change(mut self) -> Self {
        self.0.change = None;
        self
    }

    /// Says what of a unit of work was being done, in the store at this place, where no change is to blame.
    pub(crate) fn of_unit(mut self, place: String) -> Self {
        if self.0.context.is_none() {
            let entity = "a unit of work".to_owned();
            self.0.context = Some(Context { operation: "commit", entity, pattern: None, place });
        }
        self
    }

    pub(crate) fn cursor(fault: CursorFault) -> Self {
        Self::new(Kind::Cursor(fault))
    }

    /// The plan can't be what a contract compiled to.
    pub(crate) fn plan(what: impl Into<String>) -> Self {
        Self::new(Kind::Plan(what.into()))
    }

    #[cfg(any(feature = "mysql", feature = "dynamodb"))]
    pub(crate) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Says what was being done, in no particular store.
    pub(crate) fn during(self, operation: &'static str, plan: &Plan) -> Self {
        self.at(operation, plan, None, String::new())
    }

    /// Says what was being done, and where. The first word stands: it was said closest to the fault.
    pub(crate) fn at(
        mut self,
        operation: &'static str,
        plan: &Plan,
        pattern: Option<&str>,
        place: String,
    ) -> Self {
        if self.0.context.is_none() {
            let (entity, pattern) = (plan.entity.to_string(), pattern.map(str::to_owned));
            self.0.context = Some(Context { operation, entity, pattern, place });
        }
        self
    }

    #[cfg(feature = "mysql")]
    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Context { operation, entity, pattern, place }) = &self.0.context {
            write!(f, "{operation} {entity}")?;
            if let Some(pattern) = pattern {
                write!(f, ".{pattern}")?;
            }
            if !place.is_empty() {
                write!(f, " ({place})")?;
            }
            if let Some(ChangeOf { position, total }) = self.0.change {
                write!(f, ", change {} of {total}", position + 1)?;
            }
            f.write_str(": ")?;
        }
        write!(f, "{}", self.0.kind)
    }
}

impl fmt::Debug for Error {
    /// The text and those of its sources. Drivers' own debug output is left out: it holds whole responses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({:?}", self.to_string())?;
        let mut next = std::error::Error::source(self);
        while let Some(source) = next {
            write!(f, ", caused by {:?}", source.to_string())?;
            next = source.source();
        }
        f.write_str(")")
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests;
