//! What is said over the proxy's input and output: a line of JSON each way.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rule::{Fault, When};

/// Names a rule of one proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleId(pub(crate) u32);

/// A copy of the data that is behind, and the reads that see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Copy {
    /// Reads of tables that don't ask for consistency.
    Tables,
    /// Queries and scans of indexes.
    Indexes,
}

/// How far a copy is behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Behind {
    /// It stays as it is until it is told to catch up.
    Stopped,
    /// It doesn't have the last so many writes.
    Writes(usize),
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The API's operation.
    pub operation: String,
    /// What it asks, in DynamoDB's JSON.
    pub body: Value,
    /// Which of the client's attempts at one call it is, from 1, where the client says so.
    pub attempt: Option<u32>,
    /// The rule that had it.
    pub rule: Option<RuleId>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Command {
    Add {
        when: When,
        fault: Fault,
    },
    Remove(RuleId),
    Release(RuleId),
    /// Waits until so many requests have had the rule's fault, or are held by it.
    Await {
        rule: RuleId,
        count: usize,
    },
    Lag {
        copy: Copy,
        behind: Behind,
    },
    CatchUp {
        copy: Copy,
        writes: Option<usize>,
    },
    Seen,
    Forget,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    Done,
    Added(RuleId),
    Released(usize),
    Seen(Vec<Seen>),
    Failed(String),
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Numbered<T> {
    pub(crate) number: u64,
    pub(crate) content: T,
}
