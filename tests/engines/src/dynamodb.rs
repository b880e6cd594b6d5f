//! The embedded DynamoDB engine.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, ensure};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use tokio::sync::oneshot;

/// The environment variable that names a DynamoDB endpoint of the user's own.
pub const DYNAMODB_ENDPOINT: &str = "MIGRATABLE_TEST_DYNAMODB_ENDPOINT";

/// The environment variable that names an endpoint of the user's own in place of the second engine.
pub const SECOND_DYNAMODB_ENDPOINT: &str = "MIGRATABLE_TEST_SECOND_DYNAMODB_ENDPOINT";

/// A DynamoDB engine: the embedded one with an empty in-memory database, or the user's own (see
/// [`DYNAMODB_ENDPOINT`]).
///
/// The embedded one lives on a thread of this process, so it ends with it.
#[derive(Debug)]
pub struct DynamoDb {
    endpoint: String,
    /// The access key of its clients.
    account: String,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// On a thread, for as long as this handle lives.
    Embedded { _server: Server },
    /// A process of its own, for as long as this one lives.
    Second,
    /// The user's.
    Own,
}

#[derive(Debug)]
struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl DynamoDb {
    /// Starts an engine of its own, or uses the endpoint that [`DYNAMODB_ENDPOINT`] names.
    ///
    /// # Errors
    /// No free port on 127.0.0.1, no thread, or [`DYNAMODB_ENDPOINT`] is not a plain HTTP address.
    pub fn start() -> anyhow::Result<Self> {
        match own(DYNAMODB_ENDPOINT)? {
            Some(endpoint) => Ok(Self { endpoint, account: own_account(), kind: Kind::Own }),
            None => Self::embedded(),
        }
    }

    /// Starts an engine of its own, whatever [`DYNAMODB_ENDPOINT`] says: for what is beside the one that is tested.
    ///
    /// # Errors
    /// No free port on 127.0.0.1, or no thread.
    pub fn embedded() -> anyhow::Result<Self> {
        let (address, server) = Server::start()?;
        let kind = Kind::Embedded { _server: server };
        Ok(Self { endpoint: format!("http://{address}"), account: own_account(), kind })
    }

    /// An account of its own, without tables, on the second engine, ministack, which is started at the first call and ends with
    /// this process; or the endpoint that [`SECOND_DYNAMODB_ENDPOINT`] names.
    ///
    /// # Errors
    /// It is not installed, or doesn't start (the error has the end of its log).
    pub fn second() -> anyhow::Result<Self> {
        let (endpoint, kind) = match own(SECOND_DYNAMODB_ENDPOINT)? {
            Some(endpoint) => (endpoint, Kind::Own),
            None => (format!("http://127.0.0.1:{}", crate::ministack::port()?), Kind::Second),
        };
        Ok(Self { endpoint, account: own_account(), kind })
    }

    /// Whether this is the user's own endpoint.
    pub const fn is_own(&self) -> bool {
        matches!(self.kind, Kind::Own)
    }

    /// Where it listens: `http://127.0.0.1:41234`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A new client, with made-up credentials, three attempts and ten seconds for each.
    ///
    /// It keeps connections, which belong to the async runtime that opened them: take one client for each runtime,
    /// so for each `#[tokio::test]`.
    pub fn client(&self) -> Client {
        let key = Credentials::new(&self.account, "test", None, None, "migratable-test-engines");
        Client::from_conf(client_config(&self.endpoint).credentials_provider(key).build())
    }
}

/// The endpoint of the user's own that a variable names.
fn own(variable: &str) -> anyhow::Result<Option<String>> {
    let Some(endpoint) = crate::variable(variable) else { return Ok(None) };
    ensure!(
        endpoint.starts_with("http://"),
        "{variable} is {endpoint}, but tests speak plain HTTP: give it as http://host:port"
    );
    Ok(Some(endpoint))
}

/// An access key that no other handle has: twelve digits, of which engines that keep accounts apart make an account.
fn own_account() -> String {
    static HANDLES: AtomicU32 = AtomicU32::new(0);
    let handle = HANDLES.fetch_add(1, Ordering::Relaxed);
    format!("{:07}{handle:05}", std::process::id() % 10_000_000)
}

/// What clients of engines are made of: made-up credentials, three attempts and ten seconds for each.
pub fn client_config(endpoint: &str) -> aws_sdk_dynamodb::config::Builder {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(10))
        .operation_timeout(Duration::from_secs(30))
        .build();
    aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(endpoint)
        .region(Region::from_static("eu-central-1"))
        .credentials_provider(Credentials::new("test", "test", None, None, "migratable-test-engines"))
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(timeouts)
}

impl Server {
    fn start() -> anyhow::Result<(SocketAddr, Self)> {
        let database = dynoxide::Database::memory().context("could not open the DynamoDB engine")?;
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context("could not find a free port on 127.0.0.1")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("dynamodb-engine")
            .enable_all()
            .build()
            .context("could not start the DynamoDB engine's threads")?;
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::Builder::new().name("dynamodb-engine".to_owned()).spawn(move || {
            runtime.block_on(async {
                // Connections are cut, not drained: the data is in memory and goes with them.
                tokio::select! {
                    _ = dynoxide::server::serve_with_shutdown(listener, database, std::future::pending()) => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_timeout(Duration::from_secs(1));
        })?;
        Ok((address, Self { stop: Some(stop), thread: Some(thread) }))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the engine has been printed by then, and there is nothing left to stop.
            let _ = thread.join();
        }
    }
}
