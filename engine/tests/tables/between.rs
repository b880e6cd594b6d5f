//! A server between client and engine: it passes requests on, and for some it has answers of its own.

use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use migratable_engine::tables::Engine;
use migratable_test_engines::DynamoDb;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What becomes of a request.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// What the engine says.
    Engines,
    /// What the engine says, one text in it replaced.
    Edited(&'static str, &'static str),
    /// Nothing: the engine does it, and the connection ends.
    Lost,
    /// This, and the engine never hears of it.
    Of(u16, String),
    /// This, after the engine did it.
    After(u16, String),
}

/// An error as DynamoDB answers it.
pub(crate) fn error(code: &str, message: &str) -> Answer {
    Answer::Of(400, error_body(code, message))
}

pub(crate) fn error_body(code: &str, message: &str) -> String {
    format!(r#"{{"__type":"com.amazonaws.dynamodb.v20120810#{code}","message":"{message}"}}"#)
}

/// The server; it ends with the test's runtime.
pub(crate) struct Between {
    endpoint: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Between {
    /// `answer`: by operation, and how many of it there were before.
    pub(crate) async fn start(
        dynamodb: &DynamoDb,
        answer: impl Fn(&str, usize) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&asked);
        let engine = dynamodb.endpoint().trim_start_matches("http://").to_owned();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                serve(client, &engine, &seen, &answer).await;
            }
        });
        Self { endpoint, asked }
    }

    /// A client of it, which asks at most three times.
    pub(crate) fn engine(&self) -> Engine {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .endpoint_url(&self.endpoint)
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("AKIDEXAMPLE", "s3cret", None, None, "tests"))
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .build();
        Engine { client: Client::from_conf(config), place: "the engine".to_owned() }
    }

    /// The operations that were asked, in their order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(crate) fn count(&self, operation: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == operation).count()
    }
}

/// One request for each connection.
async fn serve(
    mut client: TcpStream,
    engine: &str,
    seen: &Mutex<Vec<String>>,
    answer: &(impl Fn(&str, usize) -> Answer + Send + Sync),
) {
    let Some(request) = message(&mut client).await else { return };
    let operation = header(&request, "x-amz-target").unwrap_or_default();
    let operation = operation.rsplit('.').next().unwrap_or_default().to_owned();
    let before = {
        let mut seen = seen.lock().unwrap();
        let before = seen.iter().filter(|asked| **asked == operation).count();
        seen.push(operation.clone());
        before
    };
    let body = match answer(&operation, before) {
        Answer::Of(status, body) => (status, body),
        Answer::Engines => forward(engine, &request).await,
        Answer::Edited(from, to) => {
            let (status, body) = forward(engine, &request).await;
            (status, body.replace(from, to))
        }
        Answer::Lost => {
            forward(engine, &request).await;
            return;
        }
        Answer::After(status, body) => {
            forward(engine, &request).await;
            (status, body)
        }
    };
    let (status, body) = body;
    let head = format!(
        "HTTP/1.1 {status} Said\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let _ = client.write_all(format!("{head}{body}").as_bytes()).await;
}

async fn forward(engine: &str, request: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(engine).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let answer = message(&mut stream).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
}

/// A whole message: head, and as much body as the head says. `None` where the connection ended.
async fn message(stream: &mut TcpStream) -> Option<String> {
    let (mut bytes, mut chunk) = (Vec::new(), [0; 8192]);
    loop {
        let read = stream.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((_, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = header(&text, "content-length").map_or(0, |length| length.parse().unwrap());
        if body.len() >= length {
            return Some(text.into_owned());
        }
    }
}

fn header(message: &str, name: &str) -> Option<String> {
    let head = message.split("\r\n\r\n").next()?;
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    headers.find(|(header, _)| header.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}
