//! What starting a server takes, whichever it is.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;

use anyhow::Context;

/// A port of 127.0.0.1 that nobody has, for now.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("could not find a free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// The last lines of a log.
pub(crate) fn end_of(log: &Path) -> String {
    const LINES: usize = 20;
    let log = text_of(log);
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

/// A log, or nothing.
pub(crate) fn text_of(log: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(log).unwrap_or_default()).into_owned()
}
