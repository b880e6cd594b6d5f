//! The process itself.

mod act;
mod answer;
mod copies;
mod engine;
mod request;
mod state;

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::Context;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use self::copies::Copies;
use self::engine::Engine;
use self::request::Request;
use self::state::State;
use crate::control::{Answer, Command, Numbered};

/// An HTTP response with its whole body.
type Response = hyper::Response<Full<Bytes>>;

/// What a request meets on its way.
struct Proxy {
    engine: Engine,
    state: State,
    copies: Copies,
}

/// Stands before the engine whose address is the first argument, until the input ends. The first line of the output is the
/// address; then each line of the input is a command, and each of the output its answer.
///
/// # Errors
/// There is no such argument or no free port.
pub fn run() -> anyhow::Result<()> {
    let engine = std::env::args().nth(1).context("usage: fault-proxy http://ENGINE:PORT")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let outcome = runtime.block_on(serve(&engine));
    // What is held never ends by itself.
    runtime.shutdown_background();
    outcome
}

async fn serve(engine: &str) -> anyhow::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("no free port on 127.0.0.1")?;
    let address = listener.local_addr()?;
    let proxy =
        Arc::new(Proxy { engine: Engine::new(engine)?, state: State::default(), copies: Copies::default() });
    let (answers, mut written) = mpsc::unbounded_channel::<String>();
    answers.send(format!("http://{address}"))?;
    tokio::spawn(async move {
        let mut output = tokio::io::stdout();
        while let Some(mut line) = written.recv().await {
            line.push('\n');
            // Nobody reads any more: the input ends, too.
            if output.write_all(line.as_bytes()).await.is_err() || output.flush().await.is_err() {
                return;
            }
        }
    });
    tokio::spawn(accept(listener, Arc::clone(&proxy)));
    let mut commands = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = commands.next_line().await? {
        // Each on its own: one that waits keeps none of the others.
        tokio::spawn(obey(line, Arc::clone(&proxy), answers.clone()));
    }
    Ok(())
}

async fn obey(line: String, proxy: Arc<Proxy>, answers: mpsc::UnboundedSender<String>) {
    let (number, content) = match serde_json::from_str::<Numbered<Command>>(&line) {
        Ok(Numbered { number, content }) => (number, proxy.obey(content).await),
        Err(error) => (0, Answer::Failed(format!("no command of the proxy: {error}"))),
    };
    if let Ok(answer) = serde_json::to_string(&Numbered { number, content }) {
        // Nobody reads any more: the process is about to end.
        let _ = answers.send(answer);
    }
}

impl Proxy {
    async fn obey(&self, command: Command) -> Answer {
        let outcome = match command {
            Command::Add { when, fault } => self.state.add(when, fault).map(Answer::Added),
            Command::Remove(rule) => self.state.remove(rule).map(|()| Answer::Done),
            Command::Release(rule) => self.state.release(rule).map(Answer::Released),
            Command::Await { rule, count } => self.state.happened(rule, count).await.map(|()| Answer::Done),
            Command::Lag { copy, behind } => {
                self.copies.lag(&self.engine, copy, behind).await.map(|()| Answer::Done)
            }
            Command::CatchUp { copy, writes } => {
                self.copies.catch_up(copy, writes).await.map(|()| Answer::Done)
            }
            Command::Seen => Ok(Answer::Seen(self.state.seen())),
            Command::Forget => {
                self.state.forget();
                Ok(Answer::Done)
            }
        };
        outcome.unwrap_or_else(|error| Answer::Failed(format!("{error:#}")))
    }
}

async fn accept(listener: TcpListener, proxy: Arc<Proxy>) {
    // A connection that can't be taken is its client's failure.
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(talk(stream, Arc::clone(&proxy)));
    }
}

async fn talk(stream: TcpStream, proxy: Arc<Proxy>) {
    let service = service_fn(move |request| answer(request, Arc::clone(&proxy)));
    // An answer that is left out on purpose ends the connection here, as does a client that goes.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// An answer that a client never gets.
#[derive(Debug)]
struct NoAnswer;

impl std::fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the connection is closed on purpose")
    }
}

impl std::error::Error for NoAnswer {}

impl From<Infallible> for NoAnswer {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

async fn answer(request: hyper::Request<Incoming>, proxy: Arc<Proxy>) -> Result<Response, NoAnswer> {
    let (head, body) = request.into_parts();
    // What the client broke off was never a request.
    let body = body.collect().await.map_err(|_| NoAnswer)?.to_bytes();
    let request = Request::new(head, body);
    // On its own: a request that is under way stays under way when its client goes.
    tokio::spawn(async move { proxy.act(request).await }).await.map_err(|_| NoAnswer)?
}
