//! The second DynamoDB engine: ministack, which others wrote in another language. One process for all that ask.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::process::{end_of, free_port};
use crate::supervisor::Supervisor;

/// What is to be installed.
const REQUIREMENTS: &str = include_str!("../ministack.txt");

/// How long it may take until it answers: it takes half a second on an idle machine, and tests share theirs.
const START_LIMIT: Duration = Duration::from_secs(60);

/// Another process may take the free port between our looking and the server's binding; then we look again.
const PORT_ATTEMPTS: u32 = 5;

#[derive(Debug)]
struct Server {
    port: u16,
    _supervisor: Supervisor,
}

/// The port of 127.0.0.1 where it listens. The first call starts it; it ends with this process.
pub(crate) fn port() -> anyhow::Result<u16> {
    static SERVER: Mutex<Option<Server>> = Mutex::new(None);
    let mut server = SERVER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(server) = &*server {
        return Ok(server.port);
    }
    let program = program()?;
    for _ in 0..PORT_ATTEMPTS {
        if let Some(started) = start(&program)? {
            return Ok(server.insert(started).port);
        }
    }
    bail!("ministack found its port taken {PORT_ATTEMPTS} times in a row")
}

/// Where `cargo xtask setup` puts it.
fn program() -> anyhow::Result<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/engines/ministack");
    let installed = std::fs::read_to_string(folder.join("requirements.txt")).unwrap_or_default();
    ensure!(
        installed == REQUIREMENTS,
        "ministack is not installed as tests/engines/ministack.txt says: run `cargo xtask setup`, or name an endpoint of your \
         own in {}",
        crate::SECOND_DYNAMODB_ENDPOINT
    );
    Ok(folder.join("bin/ministack"))
}

/// A server, unless its port was taken.
fn start(program: &Path) -> anyhow::Result<Option<Server>> {
    let folder = tempfile::Builder::new().prefix("mg-").tempdir().context("could not create a folder")?;
    let mut supervisor = Supervisor::new(folder.keep())?;
    let folder = supervisor.folder().to_owned();
    let log = folder.join("log");
    let output = File::create(&log).with_context(|| format!("could not create {}", log.display()))?;
    let port = free_port()?;
    supervisor.start(
        Command::new(program)
            .current_dir(&folder)
            .env("GATEWAY_PORT", port.to_string())
            .env("BIND_HOST", "127.0.0.1")
            .env("STATE_DIR", folder.join("state"))
            .stdout(Stdio::from(output.try_clone()?))
            .stderr(output),
    )?;
    let start = Instant::now();
    while !answers(port) {
        if supervisor.exited()? {
            let log = end_of(&log);
            ensure!(
                log.to_lowercase().contains("in use"),
                "ministack ended while starting; the end of its log:\n{log}"
            );
            return Ok(None);
        }
        let seconds = START_LIMIT.as_secs();
        ensure!(
            start.elapsed() < START_LIMIT,
            "ministack did not answer within {seconds} s; the end of its log:\n{}",
            end_of(&log)
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(Some(Server { port, _supervisor: supervisor }))
}

/// Whether a ministack answers there: another server on the port would know nothing of this path.
fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    let request = b"GET /_ministack/health HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n";
    let mut answer = String::new();
    stream.set_read_timeout(Some(Duration::from_secs(5))).is_ok()
        && stream.write_all(request).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
        && answer.contains("dynamodb")
}
