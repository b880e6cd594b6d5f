//! What the driver's and the server's faults mean, and their texts without the values servers put into them.

use std::fmt;

use sqlx::mysql::MySqlDatabaseError;

use crate::error::{Class, Error, Kind};

/// `ER_LOCK_DEADLOCK`, as [`Error::code`] gives it.
pub(super) const DEADLOCK_CODE: &str = "MySQL 1213";

/// The driver's error, as the source of an [`Error`]. Its text is the driver's, but for values that the server put into
/// it; [`DriverError::get`] is the whole.
pub struct DriverError(sqlx::Error);

impl DriverError {
    /// The driver's error itself. Its text may hold values of rows.
    pub const fn get(&self) -> &sqlx::Error {
        &self.0
    }
}

impl From<sqlx::Error> for DriverError {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match server_fault(&self.0) {
            Some(fault) => f.write_str(&redacted(fault.number(), fault.message())),
            None => write!(f, "{}", self.0),
        }
    }
}

impl fmt::Debug for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DriverError({:?})", self.to_string())
    }
}

impl std::error::Error for DriverError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        // A server's fault is its own source, values and all.
        if server_fault(&self.0).is_some() { None } else { std::error::Error::source(&self.0) }
    }
}

fn server_fault(error: &sqlx::Error) -> Option<&MySqlDatabaseError> {
    error.as_database_error().and_then(|error| error.try_downcast_ref())
}

/// The error of a statement over this table.
pub(super) fn classify(error: sqlx::Error, table: &str) -> Error {
    let kind = match server_fault(&error) {
        Some(fault) => server_kind(fault.number(), fault.code(), fault.message(), table),
        None => driver_kind(&error),
    };
    Error::new(kind).with_source(DriverError(error))
}

fn driver_kind(error: &sqlx::Error) -> Kind {
    let (class, what) = match error {
        sqlx::Error::Io(_) => (Class::Unavailable, "the connection failed"),
        sqlx::Error::PoolTimedOut => (Class::Unavailable, "no connection was free in time"),
        sqlx::Error::WorkerCrashed | sqlx::Error::BeginFailed => (Class::Unavailable, "the connection broke"),
        sqlx::Error::Protocol(_) => (Class::Unavailable, "the server's answer can't be read"),
        sqlx::Error::PoolClosed => (Class::Misconfigured, "the pool has been closed"),
        sqlx::Error::Tls(_) => (Class::Misconfigured, "the TLS handshake failed"),
        sqlx::Error::Configuration(_) => (Class::Misconfigured, "the connection's settings are wrong"),
        _ => (Class::Unknown, "the driver failed"),
    };
    // What these hold is about the connection, never about a row.
    let message = match error {
        sqlx::Error::Io(cause) => format!("{what}: {cause}"),
        sqlx::Error::Tls(cause) | sqlx::Error::Configuration(cause) => format!("{what}: {cause}"),
        _ => what.to_owned(),
    };
    Kind::Store { class, code: None, message }
}

/// What a server's error number means (MySQL 8.0 Error Message Reference; MariaDB's own where they differ).
fn server_kind(number: u16, state: Option<&str>, message: &str, table: &str) -> Kind {
    match number {
        1022 | 1062 | 1169 | 1586 | 1859 => return Kind::Duplicate { key: duplicate_key(message, table) },
        1216 | 1452 => return Kind::MissingReference { key: foreign_key(message) },
        1217 | 1451 => return Kind::Referenced { key: foreign_key(message) },
        _ => {}
    }
    let code = Some(format!("MySQL {number}"));
    Kind::Store { class: class(number, state), code, message: redacted(number, message) }
}

fn class(number: u16, state: Option<&str>) -> Class {
    match number {
        // NULL, range, length, members, formats; checks; a trigger's SIGNAL; a row larger than a packet.
        1048 | 1153 | 1264 | 1265 | 1292 | 1364 | 1366 | 1367 | 1369 | 1406 | 1411 | 1525 | 1644 | 1690
        | 3140 | 3819 => Class::Rejected,
        // A failed check on MariaDB; MySQL has the number for something else, with another state.
        4025 if state == Some("23000") => Class::Rejected,
        // Lock wait timeout, deadlock, NOWAIT.
        1205 | 1213 | 3572 => Class::Busy,
        // Too many connections, shutting down, interrupted, network, read-only while failing over, timed out.
        1040
        | 1053
        | 1158..=1161
        | 1203
        | 1226
        | 1290
        | 1317
        | 1836
        | 1927
        | 1969
        | 2006
        | 2013
        | 3024
        | 4031 => Class::Unavailable,
        1049 | 1146 => Class::MissingTable,
        1054 | 1136 => Class::Schema,
        1044 | 1045 | 1142 | 1143 | 1227 | 1370 | 1698 | 3118 => Class::Denied,
        1046 | 1193 | 1231 | 1298 => Class::Misconfigured,
        _ => Class::Unknown,
    }
}

/// The key of `Duplicate entry '…' for key 'name'`. MySQL 8 writes the table before the name.
fn duplicate_key(message: &str, table: &str) -> Option<String> {
    // The entry comes first and may hold anything, so the last one counts.
    let (_, rest) = message.rsplit_once("for key '")?;
    let name = rest.strip_suffix('\'')?;
    let own = name.strip_prefix(table).and_then(|rest| rest.strip_prefix('.'));
    Some(own.unwrap_or(name).to_owned())
}

/// The name in ``CONSTRAINT `name` FOREIGN KEY``.
fn foreign_key(message: &str) -> Option<String> {
    let (_, rest) = message.split_once("CONSTRAINT `")?;
    let (name, _) = rest.split_once("` FOREIGN KEY")?;
    Some(name.replace("``", "`"))
}

/// A server's message without the value it quotes.
fn redacted(number: u16, message: &str) -> String {
    if !matches!(number, 1062 | 1169 | 1292 | 1366 | 1367 | 1411 | 1525 | 1586 | 1690) {
        return message.to_owned();
    }
    let Some(start) = message.find('\'') else { return message.to_owned() };
    // What follows a value names a column, a key or a function; the value itself may hold such words, so the last
    // ones count.
    let end = message.rfind("' for ").or_else(|| message.rfind('\'')).filter(|end| *end > start);
    match end {
        Some(end) => format!("{}…{}", &message[..=start], &message[end..]),
        None => format!("{}…", &message[..=start]),
    }
}

#[cfg(test)]
mod tests;
