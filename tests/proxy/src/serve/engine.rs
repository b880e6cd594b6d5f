//! The engine behind, over HTTP.

use std::time::Duration;

use anyhow::{Context, bail};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, TRANSFER_ENCODING};
use hyper::{Method, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use super::Response;
use super::request::Request;

/// An engine's address, and connections to it.
#[derive(Clone)]
pub(super) struct Engine {
    authority: String,
    client: Client<HttpConnector, Full<Bytes>>,
}

impl Engine {
    pub(super) fn new(endpoint: &str) -> anyhow::Result<Self> {
        let authority = endpoint.strip_prefix("http://").map(|rest| rest.trim_end_matches('/').to_owned());
        let authority =
            authority.with_context(|| format!("an engine's address is http://host:port, not {endpoint}"))?;
        let client =
            Client::builder(TokioExecutor::new()).pool_idle_timeout(Duration::from_secs(30)).build_http();
        Ok(Self { authority, client })
    }

    /// Passes a request on, and gives the engine's answer.
    pub(super) async fn forward(&self, request: &Request) -> anyhow::Result<Response> {
        let path = request.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut passed = hyper::Request::builder()
            .method(request.method.clone())
            .uri(self.uri(path)?)
            .body(Full::new(request.body.clone()))?;
        for (name, value) in &request.headers {
            // These are of one connection, or follow from the body.
            if ![HOST, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING].contains(name) {
                passed.headers_mut().append(name, value.clone());
            }
        }
        self.send(passed).await
    }

    /// Asks the engine something of our own.
    pub(super) async fn ask(&self, operation: &str, body: &Value) -> anyhow::Result<Value> {
        let request = hyper::Request::builder()
            .method(Method::POST)
            .uri(self.uri("/")?)
            .header("x-amz-target", format!("DynamoDB_20120810.{operation}"))
            .header(CONTENT_TYPE, "application/x-amz-json-1.0")
            // Engines look at the form, and at no signature.
            .header(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=proxy/20260101/eu-central-1/dynamodb/aws4_request, \
                 SignedHeaders=host, Signature=0",
            )
            .header("x-amz-date", "20260101T000000Z")
            .body(Full::new(Bytes::from(body.to_string())))?;
        let (head, body) = self.send(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        if !head.status.is_success() {
            bail!("{operation}: the engine answers {}: {}", head.status, String::from_utf8_lossy(&body));
        }
        Ok(serde_json::from_slice(&body)?)
    }

    async fn send(&self, request: hyper::Request<Full<Bytes>>) -> anyhow::Result<Response> {
        let (mut head, body) = self.client.request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        for name in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
            head.headers.remove(name);
        }
        Ok(Response::from_parts(head, Full::new(body)))
    }

    fn uri(&self, path: &str) -> anyhow::Result<Uri> {
        Ok(format!("http://{}{path}", self.authority).parse()?)
    }
}
