//! What happens to a request.

use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::answer::{answer, canceled, refused};
use super::request::Request;
use super::{NoAnswer, Proxy, Response};
use crate::rule::{Fault, Stage};

/// What DynamoDB gives of a body's checksum; it doesn't hold for a changed body.
const CHECKSUM: &str = "x-amz-crc32";

impl Proxy {
    /// Answers a request, with the fault whose turn it is.
    pub(super) async fn act(&self, request: Request) -> Result<Response, NoAnswer> {
        match self.state.meet(&request) {
            None => Ok(self.pass(&request).await),
            Some((rule, Fault::Hold(stage))) => {
                let hold = self.state.hold(rule);
                Ok(self.around(&request, stage, hold).await)
            }
            Some((rule, fault)) => {
                let outcome = self.fault(&request, &fault).await;
                self.state.count(rule);
                outcome
            }
        }
    }

    async fn fault(&self, request: &Request, fault: &Fault) -> Result<Response, NoAnswer> {
        match fault {
            Fault::Hold(_) => Ok(self.pass(request).await),
            Fault::Delay { stage, milliseconds } => {
                let wait = tokio::time::sleep(Duration::from_millis(*milliseconds));
                Ok(self.around(request, *stage, wait).await)
            }
            Fault::Disconnect(Stage::Before) => Err(NoAnswer),
            Fault::Disconnect(Stage::After) => {
                self.pass(request).await;
                Err(NoAnswer)
            }
            Fault::Refuse(refusal) => Ok(refused(*refusal)),
            Fault::Garble => Ok(halved(self.pass(request).await).await),
            Fault::Partly(count) => Ok(self.partly(request, *count).await),
            Fault::Cancel { reason, actions } => {
                let all = request.json["TransactItems"].as_array().map_or(0, Vec::len);
                Ok(canceled(*reason, actions, all))
            }
            Fault::Page(most) => Ok(self.pass(&short_page(request, *most)).await),
        }
    }

    /// Passes a request on, with something to wait for before or after.
    async fn around(&self, request: &Request, stage: Stage, wait: impl Future<Output = ()>) -> Response {
        match stage {
            Stage::Before => {
                wait.await;
                self.pass(request).await
            }
            Stage::After => {
                let response = self.pass(request).await;
                wait.await;
                response
            }
        }
    }

    /// The engine's answer, or that of a copy which is behind.
    async fn pass(&self, request: &Request) -> Response {
        let outcome = self.copies.pass(&self.engine, request).await;
        outcome.unwrap_or_else(|error| {
            let message = format!("the engine behind the proxy can't be asked: {error:#}");
            answer(502, &json!({ "__type": "ProxyFailure", "message": message }))
        })
    }

    /// Passes on the first so many parts of a batch, and answers the rest with itself.
    async fn partly(&self, request: &Request, count: usize) -> Response {
        let (first, rest) = split(&request.json["RequestItems"], count);
        let (rest_name, nothing) = if request.writes() {
            ("UnprocessedItems", json!({}))
        } else {
            ("UnprocessedKeys", json!({ "Responses": {} }))
        };
        let (status, mut body) = if first == json!({}) {
            (200, nothing)
        } else {
            let mut passed = request.json.clone();
            passed["RequestItems"] = first;
            let (head, body) = self.pass(&request.with(passed)).await.into_parts();
            (head.status.as_u16(), serde_json::from_slice(&bytes(body).await).unwrap_or(Value::Null))
        };
        if status == 200 {
            body[rest_name] = rest;
        }
        answer(status, &body)
    }
}

/// The first so many writes or keys of a batch, over all its tables, and the rest.
fn split(tables: &Value, count: usize) -> (Value, Value) {
    let (mut first, mut rest) = (json!({}), json!({}));
    let mut left = count;
    for (table, asked) in tables.as_object().into_iter().flatten() {
        let parts = asked.as_array().or_else(|| asked["Keys"].as_array()).cloned().unwrap_or_default();
        let here = left.min(parts.len());
        left -= here;
        let with = |parts: &[Value]| match asked {
            Value::Array(_) => json!(parts),
            // What is said of the keys goes with them.
            _ => {
                let mut asked = asked.clone();
                asked["Keys"] = json!(parts);
                asked
            }
        };
        for (target, parts) in [(&mut first, &parts[..here]), (&mut rest, &parts[here..])] {
            if !parts.is_empty() {
                target[table] = with(parts);
            }
        }
    }
    (first, rest)
}

/// The request for at most so many items.
fn short_page(request: &Request, most: u32) -> Request {
    let mut json = request.json.clone();
    let asked = json["Limit"].as_u64().unwrap_or(u64::MAX);
    json["Limit"] = json!(asked.min(u64::from(most)));
    request.with(json)
}

/// The answer without its second half.
async fn halved(response: Response) -> Response {
    let (mut head, body) = response.into_parts();
    let body = bytes(body).await;
    head.headers.remove(CHECKSUM);
    Response::from_parts(head, Full::new(body.slice(..body.len() / 2)))
}

async fn bytes(body: Full<Bytes>) -> Bytes {
    match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(never) => match never {},
    }
}
