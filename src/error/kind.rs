use std::fmt;

use crate::entity::Invalid;

/// What went wrong, apart from where.
#[derive(Debug)]
#[cfg_attr(
    not(any(test, all(feature = "mysql", feature = "dynamodb"))),
    expect(dead_code, reason = "each store has its own")
)]
pub(crate) enum Kind {
    /// The entity breaks the contract.
    Invalid(Invalid),
    /// An argument is wrong.
    Argument(String),
    /// A unique key's values are taken.
    Duplicate { key: Option<String> },
    /// A foreign key points at nothing.
    MissingReference { key: Option<String> },
    /// Rows point at this one.
    Referenced { key: Option<String> },
    /// An item of another entity, or of none, has the key.
    Taken,
    /// A counter of ids that isn't there.
    Unseeded { table: String },
    /// A row that has to be there isn't.
    NotFound,
    /// A condition on a row doesn't hold.
    ConditionFailed,
    /// A unit of work that is more than one transaction of DynamoDB takes.
    TooLarge(String),
    /// The store gave no answer to a commit.
    Uncertain { code: Option<String>, message: String },
    /// More than one answer to a question that may have one.
    NotUnique,
    /// A cursor that can't be followed.
    Cursor(CursorFault),
    /// Stored data that can't be read.
    Unreadable { place: String, what: String },
    /// A stored item that isn't of this entity.
    OtherEntity { found: Option<String> },
    /// A MySQL session that isn't pinned.
    Session { problems: Vec<String> },
    /// A plan no contract compiles to.
    Plan(String),
    /// A fault the store reports.
    Store { class: Class, code: Option<String>, message: String },
}

/// What a store's fault calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(any(test, feature = "dynamodb")), expect(dead_code, reason = "DynamoDB has them all"))]
pub(crate) enum Class {
    /// The store refuses the values.
    Rejected,
    /// Too much traffic.
    Throttled,
    /// Another transaction is in the way.
    Busy,
    /// Lost connection, timeout, internal fault.
    Unavailable,
    /// No such table.
    MissingTable,
    /// The table has another shape.
    Schema,
    /// Credentials or permissions.
    Denied,
    /// The connection or client is not set up.
    Misconfigured,
    /// Anything else.
    Unknown,
}

impl Class {
    /// What to do about it.
    const fn next_step(self) -> &'static str {
        match self {
            Self::Rejected => "change the values and try again",
            Self::Throttled => "try again later, or raise the table's capacity",
            Self::Busy | Self::Unavailable => "it is safe to try again",
            Self::MissingTable => {
                "create the table as the contract says, or point the store at the right database or region"
            }
            Self::Schema => "compare the table with the contract, and bring one in line with the other",
            Self::Denied => "check the credentials and what they permit",
            Self::Misconfigured => "check the connection's settings",
            Self::Unknown => "see the store's message",
        }
    }
}

/// Why a cursor can't be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CursorFault {
    /// Not the text of a cursor.
    Garbled,
    /// Written by a later version.
    Version,
    /// Of another list, other parameters, or changed on its way.
    Foreign,
}

impl fmt::Display for CursorFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Garbled => "it is not the text of a cursor",
            Self::Version => "another version of the library wrote it",
            Self::Foreign => "it is of another list or of other parameters, or was changed",
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(invalid) => write!(f, "not valid: {invalid}"),
            Self::Argument(what) => f.write_str(what),
            Self::Duplicate { key } => {
                write!(
                    f,
                    "the values of {} are taken by another row; ",
                    Named("unique key", key.as_deref())
                )?;
                f.write_str("change them, or change that row")
            }
            Self::MissingReference { key } => {
                write!(f, "{} points at a row that isn't there; ", Named("foreign key", key.as_deref()))?;
                f.write_str("write that row first, or change the reference")
            }
            Self::Referenced { key } => {
                write!(f, "other rows point at this one through {}; ", Named("foreign key", key.as_deref()))?;
                f.write_str("change them first")
            }
            Self::Taken => f.write_str(
                "an item that isn't of this entity has the same key, and would be lost; \
                 give the entity's key template a prefix of its own",
            ),
            Self::Unseeded { table } => write!(
                f,
                "the table {table} has no counter of its ids; seed it with what MySQL has come to, by the repository's `seed_ids`"
            ),
            Self::NotFound => f.write_str("there is no such row; write it first, or ask whether it is there"),
            Self::ConditionFailed => f.write_str(
                "its condition doesn't hold of the row as it is stored; read it again, and decide anew",
            ),
            Self::TooLarge(what) => {
                write!(
                    f,
                    "the unit of work is more than one transaction of DynamoDB takes: {what}; make it smaller"
                )
            }
            Self::Uncertain { code, message } => {
                if let Some(code) = code {
                    write!(f, "{code}: ")?;
                }
                write!(f, "{message}; whether it was done is not known: read before trying again")
            }
            Self::NotUnique => f.write_str(
                "more than one item answers, where the contract promises at most one; \
                 find the duplicates, or make the access pattern a list",
            ),
            Self::Cursor(fault) => {
                write!(f, "the page cursor can't be followed: {fault}; start from the first page")
            }
            Self::Unreadable { place, what } => {
                write!(
                    f,
                    "`{place}` can't be read as the contract says: {what}; repair the stored data, or the contract"
                )
            }
            Self::OtherEntity { found: Some(found) } => write!(
                f,
                "the item found is of the entity {found:?}; two entities' keys or indexes collide: \
                 give each key template a prefix of its own"
            ),
            Self::OtherEntity { found: None } => write!(
                f,
                "the item found has no `{}`, so it wasn't written by a contract; remove it, or move it to another table",
                migratable_core::dynamodb::ENTITY_ATTRIBUTE
            ),
            Self::Session { problems } => write!(
                f,
                "the MySQL session is not pinned: {}; make the pool with migratable::mysql::connect or pool_options",
                problems.join(", ")
            ),
            Self::Plan(what) => {
                write!(f, "the plan is not one a contract compiles to: {what}; generate the code again")
            }
            Self::Store { class, code, message } => {
                if let Some(code) = code {
                    write!(f, "{code}: ")?;
                }
                write!(f, "{message}; {}", class.next_step())
            }
        }
    }
}

/// A constraint by name, or as one of its kind where the store doesn't say which.
struct Named<'n>(&'static str, Option<&'n str>);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(name) => write!(f, "the {} `{name}`", self.0),
            None => write!(f, "a {}", self.0),
        }
    }
}
