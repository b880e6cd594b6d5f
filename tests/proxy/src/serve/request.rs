//! What a request asks, as far as rules look at it.

use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::{HeaderMap, Method, Uri};
use serde_json::{Map, Value};

use crate::rule::{Operation, When};

/// A request with its whole body.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The name in `X-Amz-Target`.
    pub(super) name: String,
    pub(super) operation: Option<Operation>,
    /// The body, where it is JSON.
    pub(super) json: Value,
}

impl Request {
    pub(super) fn new(head: Parts, body: Bytes) -> Self {
        let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok());
        let name = target.and_then(|target| target.rsplit('.').next()).unwrap_or_default().to_owned();
        let operation = Operation::of_name(&name);
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Self { method: head.method, uri: head.uri, headers: head.headers, body, name, operation, json }
    }

    /// The same request with another body.
    pub(super) fn with(&self, json: Value) -> Self {
        Self { body: json.to_string().into(), json, ..self.clone() }
    }

    /// Which of the client's attempts it is; the SDK says `attempt=2; max=3`.
    pub(super) fn attempt(&self) -> Option<u32> {
        let attempts = self.headers.get("amz-sdk-request")?.to_str().ok()?;
        attempts.split(';').find_map(|part| part.trim().strip_prefix("attempt="))?.parse().ok()
    }

    /// Whether a rule is for it, whatever its turn.
    pub(super) fn is_meant(&self, when: &When) -> bool {
        let holds = |wanted: &Option<String>, test: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(test);
        when.operation.is_none_or(|operation| self.operation == Some(operation))
            && holds(&when.table, &|table| self.tables().contains(&table))
            && holds(&when.index, &|index| self.index() == Some(index))
            && holds(&when.value, &|text| has_value(&self.json, text))
    }

    /// The tables it names.
    fn tables(&self) -> Vec<&str> {
        let mut tables: Vec<&str> = self.json["TableName"].as_str().into_iter().collect();
        tables.extend(
            self.json["RequestItems"].as_object().into_iter().flat_map(Map::keys).map(String::as_str),
        );
        let actions = self.json["TransactItems"].as_array().into_iter().flatten();
        let actions = actions.filter_map(|action| action.as_object()?.values().next());
        tables.extend(actions.filter_map(|action| action["TableName"].as_str()));
        tables
    }

    /// The index it asks.
    pub(super) fn index(&self) -> Option<&str> {
        self.json["IndexName"].as_str()
    }

    /// Whether it changes items.
    pub(super) fn writes(&self) -> bool {
        use Operation::{BatchWriteItem, DeleteItem, PutItem, TransactWriteItems, UpdateItem};
        let writing = [PutItem, UpdateItem, DeleteItem, BatchWriteItem, TransactWriteItems];
        self.operation.is_some_and(|operation| writing.contains(&operation))
    }

    /// Whether it may be answered by how a table was some time ago.
    pub(super) fn may_be_stale(&self) -> bool {
        let consistent = |value: &Value| value["ConsistentRead"] == true;
        match self.operation {
            Some(Operation::GetItem | Operation::Query | Operation::Scan) => {
                self.index().is_none() && !consistent(&self.json)
            }
            // One that asks one table consistently and another not is left to the engine.
            Some(Operation::BatchGetItem) => {
                let mut tables = self.json["RequestItems"].as_object().into_iter().flat_map(Map::values);
                !tables.any(consistent)
            }
            _ => false,
        }
    }
}

/// Whether a text or a number of DynamoDB's JSON is somewhere within.
fn has_value(json: &Value, text: &str) -> bool {
    match json {
        Value::Object(members) => members.iter().any(|(name, value)| {
            (matches!(name.as_str(), "S" | "N") && value.as_str() == Some(text)) || has_value(value, text)
        }),
        Value::Array(values) => values.iter().any(|value| has_value(value, text)),
        _ => false,
    }
}
