use thiserror::Error;

use crate::mysql::Misfit;

/// A value that can't be carried as the contract says. Never prints the value itself: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ValueError {
    /// The value is of another kind than the column's type.
    #[error("expected {expected}, found {found}")]
    Kind {
        /// What the column's type asks for.
        expected: String,
        /// What came.
        found: &'static str,
    },
    /// NULL, where the column is NOT NULL or a key needs a value.
    #[error("NULL where a value is required")]
    Null,
    /// The value is outside what the MySQL type holds; MySQL would clamp or cut it, or refuse it.
    #[error("does not fit {ty}: {reason}")]
    Range {
        /// The column's type, in MySQL's words.
        ty: String,
        /// What is exceeded, and what MySQL would make of it.
        reason: Misfit,
    },
    /// A zero date (`0000-00-00`, `2024-00-15`) where the policy refuses it.
    #[error("a zero date, which the contract refuses (zero_dates: keep carries it as text)")]
    ZeroDate,
    /// Text that does not parse as the type it should be of.
    #[error("not a {what}")]
    Malformed {
        /// What it should be.
        what: &'static str,
    },
    /// A condition of the contract whose exact answer only the server knows.
    #[error("a condition has no exact answer outside MySQL for this row")]
    Undecided,
    /// The value is outside what DynamoDB holds.
    #[error("DynamoDB can't hold it: {reason}")]
    DynamoDb {
        /// The limit.
        reason: String,
    },
}

impl ValueError {
    /// The reason as one stable word, for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Kind { .. } => "kind",
            Self::Null => "null",
            Self::Range { reason, .. } => reason.code(),
            Self::ZeroDate => "zero_date",
            Self::Malformed { .. } => "malformed",
            Self::Undecided => "undecided",
            Self::DynamoDb { .. } => "dynamodb",
        }
    }
}
