//! Which requests something happens to, and what.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An operation of DynamoDB's API that rules can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the API's operation of that name")]
pub enum Operation {
    GetItem,
    PutItem,
    UpdateItem,
    DeleteItem,
    Query,
    Scan,
    BatchGetItem,
    BatchWriteItem,
    TransactGetItems,
    TransactWriteItems,
    CreateTable,
    DescribeTable,
    UpdateTable,
    DeleteTable,
    ListTables,
}

impl Operation {
    /// The operation of this name.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Which requests a rule is for. Of several rules, the first one added that is for a request has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct When {
    pub(crate) operation: Option<Operation>,
    pub(crate) table: Option<String>,
    pub(crate) index: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) skip: u32,
    pub(crate) times: Option<u32>,
}

impl When {
    /// Every request.
    pub fn always() -> Self {
        Self::default()
    }

    /// Every request of this operation.
    pub fn asked(operation: Operation) -> Self {
        Self { operation: Some(operation), ..Self::default() }
    }

    /// Only those that name this table.
    pub fn table(self, name: impl Into<String>) -> Self {
        Self { table: Some(name.into()), ..self }
    }

    /// Only those that ask this index.
    pub fn index(self, name: impl Into<String>) -> Self {
        Self { index: Some(name.into()), ..self }
    }

    /// Only those that have this text or these digits anywhere in them as an attribute's value: a key's, mostly.
    pub fn value(self, text: impl Into<String>) -> Self {
        Self { value: Some(text.into()), ..self }
    }

    /// Not the first so many of them.
    pub fn skip(self, count: u32) -> Self {
        Self { skip: count, ..self }
    }

    /// Only so many of them; without this, all there will be.
    pub fn times(self, count: u32) -> Self {
        Self { times: Some(count), ..self }
    }
}

/// Before or after a request has reached the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The engine has not seen it.
    Before,
    /// The engine has done it, and the client has no answer yet.
    After,
}

/// What happens to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fault {
    /// It stays where it is until it is released.
    Hold(Stage),
    /// It takes longer.
    Delay {
        /// Where it waits.
        stage: Stage,
        /// For how long.
        milliseconds: u64,
    },
    /// The connection is closed without an answer.
    Disconnect(Stage),
    /// The service refuses it; the engine never sees it.
    Refuse(Refusal),
    /// It takes effect, and its answer breaks off in the middle.
    Garble,
    /// Only the first so many requests or keys of a batch reach the engine; the rest comes back as unprocessed.
    Partly(usize),
    /// A transaction is canceled for this reason, at these positions; the engine never sees it.
    Cancel {
        /// Why.
        reason: Reason,
        /// The positions of the actions that are in the way.
        actions: Vec<usize>,
    },
    /// A page has at most so many items and says where to go on, as DynamoDB's do after 1 MB.
    Page(u32),
}

impl Fault {
    /// Why this can't happen to the requests of a rule.
    pub(crate) fn misfit(&self, when: &When) -> Option<String> {
        use Operation::{BatchGetItem, BatchWriteItem, Query, Scan, TransactGetItems, TransactWriteItems};
        let possible: &[Operation] = match self {
            Self::Partly(_) => &[BatchGetItem, BatchWriteItem],
            Self::Cancel { .. } => &[TransactGetItems, TransactWriteItems],
            Self::Page(_) => &[Query, Scan],
            Self::Hold(_) | Self::Delay { .. } | Self::Disconnect(_) | Self::Refuse(_) | Self::Garble => {
                return None;
            }
        };
        if when.operation.is_some_and(|operation| possible.contains(&operation)) {
            return None;
        }
        Some(format!("{self:?} only happens to {} and {}: name one", possible[0], possible[1]))
    }
}

/// Why the service refuses a request (Amazon DynamoDB Developer Guide, "Error handling").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Requests come too fast.
    Throttling,
    /// More than the table's or index's throughput.
    ProvisionedThroughputExceeded,
    /// More than the account's throughput.
    RequestLimitExceeded,
    /// The service failed.
    InternalServerError,
    /// The service is not there for the moment.
    ServiceUnavailable,
    /// A transaction has the item.
    TransactionConflict,
    /// A transaction of the same token is under way.
    TransactionInProgress,
    /// There is no such access key.
    UnrecognizedClient,
    /// The session's credentials are too old.
    ExpiredToken,
    /// The signature isn't that of the secret key.
    InvalidSignature,
    /// The account may not do this.
    AccessDenied,
}

/// Why a transaction is canceled (Amazon DynamoDB API Reference, "TransactWriteItems").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the API's code of that name")]
pub enum Reason {
    TransactionConflict,
    ThrottlingError,
    ProvisionedThroughputExceeded,
}
