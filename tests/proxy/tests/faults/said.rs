//! What an error says, and what it answers to those who ask.

use migratable::Error;

/// The text and the predicates that hold of it.
pub(crate) fn said(error: &Error) -> String {
    let predicates = [
        ("conflict", Error::is_conflict as fn(&Error) -> bool),
        ("invalid", Error::is_invalid),
        ("uncertain", Error::is_uncertain),
        ("throttled", Error::is_throttled),
        ("retryable", Error::is_retryable),
        ("missing table", Error::is_missing_table),
        ("schema mismatch", Error::is_schema_mismatch),
        ("denied", Error::is_denied),
        ("unreadable", Error::is_unreadable),
        ("misconfigured", Error::is_misconfigured),
    ];
    let holds = predicates.iter().filter(|(_, holds)| holds(error)).map(|(name, _)| *name);
    format!("{error}\n  is: {}", holds.collect::<Vec<_>>().join(", "))
}
