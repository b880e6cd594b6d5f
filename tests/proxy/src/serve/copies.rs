//! Copies of the data that are behind: engines of their own, which get the writes later. So what a stale read sees is
//! exactly what the table was, whatever is asked of it.

use std::collections::VecDeque;

use anyhow::Context;
use http_body_util::BodyExt;
use migratable_test_engines::DynamoDb;
use serde_json::{Value, json};
use tokio::sync::{Mutex, RwLock};

use super::Response;
use super::engine::Engine;
use super::request::Request;
use crate::control::{Behind, Copy};

/// The copies there are. Without any, requests pass each other freely; with one, writes go one by one, so that the copies
/// get them in the order in which they took effect.
#[derive(Default)]
pub(super) struct Copies {
    /// Read by those who ask, written by those who change which copies there are.
    made: RwLock<[Option<Behindhand>; 2]>,
    writing: Mutex<()>,
}

/// A copy.
struct Behindhand {
    engine: Engine,
    state: Mutex<Backlog>,
    /// Lives as long as the copy.
    _server: DynamoDb,
}

struct Backlog {
    behind: Behind,
    /// The writes it lacks, oldest first.
    writes: VecDeque<Request>,
}

const fn place(copy: Copy) -> usize {
    match copy {
        Copy::Tables => 0,
        Copy::Indexes => 1,
    }
}

impl Copies {
    /// Passes a request to whom it concerns.
    pub(super) async fn pass(&self, engine: &Engine, request: &Request) -> anyhow::Result<Response> {
        let made = self.made.read().await;
        let copy = if request.index().is_some() {
            &made[place(Copy::Indexes)]
        } else if request.may_be_stale() {
            &made[place(Copy::Tables)]
        } else {
            &None
        };
        if let Some(copy) = copy {
            return copy.engine.forward(request).await;
        }
        if !request.writes() || made.iter().all(Option::is_none) {
            return engine.forward(request).await;
        }
        let _one_by_one = self.writing.lock().await;
        let (head, body) = engine.forward(request).await?.into_parts();
        let bytes = body.collect().await?.to_bytes();
        if head.status.is_success() {
            let written = processed(request, &serde_json::from_slice(&bytes).unwrap_or(Value::Null));
            for copy in made.iter().flatten() {
                copy.written(written.clone()).await?;
            }
        }
        Ok(Response::from_parts(head, bytes.into()))
    }

    /// Makes a copy lag from now on.
    pub(super) async fn lag(&self, engine: &Engine, copy: Copy, behind: Behind) -> anyhow::Result<()> {
        let mut made = self.made.write().await;
        let slot = &mut made[place(copy)];
        match slot {
            Some(copy) => {
                copy.state.lock().await.behind = behind;
                copy.settle().await
            }
            None => {
                *slot = Some(Behindhand::of(engine, behind).await.context("the engine can't be copied")?);
                Ok(())
            }
        }
    }

    /// Gives a copy so many of the writes it lacks, or all.
    pub(super) async fn catch_up(&self, copy: Copy, writes: Option<usize>) -> anyhow::Result<()> {
        let made = self.made.read().await;
        let copy = made[place(copy)].as_ref().with_context(|| format!("{copy:?} were never made to lag"))?;
        let mut state = copy.state.lock().await;
        let count = writes.unwrap_or(usize::MAX);
        copy.apply(&mut state, count).await
    }
}

impl Behindhand {
    /// A copy of how the engine is now.
    async fn of(engine: &Engine, behind: Behind) -> anyhow::Result<Self> {
        let server = DynamoDb::embedded()?;
        let copy = Engine::new(server.endpoint())?;
        let mut start = Value::Null;
        loop {
            let mut ask = json!({});
            if !start.is_null() {
                ask["ExclusiveStartTableName"] = start;
            }
            let mut answer = engine.ask("ListTables", &ask).await?;
            for name in answer["TableNames"].as_array().into_iter().flatten() {
                copy_table(engine, &copy, name).await.with_context(|| format!("table {name}"))?;
            }
            start = answer["LastEvaluatedTableName"].take();
            if start.is_null() {
                break;
            }
        }
        let state = Mutex::new(Backlog { behind, writes: VecDeque::new() });
        Ok(Self { engine: copy, state, _server: server })
    }

    /// Takes down a write that took effect.
    async fn written(&self, request: Request) -> anyhow::Result<()> {
        self.state.lock().await.writes.push_back(request);
        self.settle().await
    }

    /// Takes up what it need not lack.
    async fn settle(&self) -> anyhow::Result<()> {
        let mut state = self.state.lock().await;
        match state.behind {
            Behind::Stopped => Ok(()),
            Behind::Writes(most) => {
                let count = state.writes.len().saturating_sub(most);
                self.apply(&mut state, count).await
            }
        }
    }

    async fn apply(&self, state: &mut Backlog, count: usize) -> anyhow::Result<()> {
        for _ in 0..count {
            let Some(request) = state.writes.pop_front() else { break };
            let response = self.engine.forward(&request).await?;
            anyhow::ensure!(
                response.status().is_success(),
                "a copy does not take a {} that the engine took",
                request.name
            );
        }
        Ok(())
    }
}

/// Makes a table with all its items in another engine.
async fn copy_table(from: &Engine, to: &Engine, name: &Value) -> anyhow::Result<()> {
    let described = from.ask("DescribeTable", &json!({ "TableName": name })).await?;
    let table = &described["Table"];
    let mut create = json!({ "BillingMode": "PAY_PER_REQUEST" });
    for field in ["TableName", "AttributeDefinitions", "KeySchema"] {
        create[field] = table[field].clone();
    }
    for field in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        let indexes = table[field].as_array().into_iter().flatten();
        let indexes: Vec<Value> = indexes
            .map(|index| {
                json!({
                    "IndexName": index["IndexName"],
                    "KeySchema": index["KeySchema"],
                    "Projection": index["Projection"],
                })
            })
            .collect();
        if !indexes.is_empty() {
            create[field] = json!(indexes);
        }
    }
    to.ask("CreateTable", &create).await?;
    let mut start = Value::Null;
    loop {
        let mut ask = json!({ "TableName": name, "ConsistentRead": true });
        if !start.is_null() {
            ask["ExclusiveStartKey"] = start;
        }
        let mut answer = from.ask("Scan", &ask).await?;
        for item in answer["Items"].as_array().into_iter().flatten() {
            to.ask("PutItem", &json!({ "TableName": name, "Item": item })).await?;
        }
        start = answer["LastEvaluatedKey"].take();
        if start.is_null() {
            return Ok(());
        }
    }
}

/// A write without what its answer says was not done.
fn processed(request: &Request, answer: &Value) -> Request {
    let Some(rest) = answer["UnprocessedItems"].as_object().filter(|rest| !rest.is_empty()) else {
        return request.clone();
    };
    let mut json = request.json.clone();
    if let Some(tables) = json["RequestItems"].as_object_mut() {
        for (table, writes) in tables.iter_mut() {
            let undone = rest.get(table).and_then(Value::as_array);
            if let (Some(writes), Some(undone)) = (writes.as_array_mut(), undone) {
                writes.retain(|write| !undone.contains(write));
            }
        }
        tables.retain(|_, writes| writes.as_array().is_some_and(|writes| !writes.is_empty()));
    }
    request.with(json)
}
