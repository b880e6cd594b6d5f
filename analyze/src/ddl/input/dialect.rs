//! Dumps of other kinds of databases.

use super::super::scan::{Word, first_words};

/// What only another kind of database has a statement for. Returns its name.
pub(super) fn foreign(statement: &str) -> Option<&'static str> {
    let words = first_words(statement, 6, None);
    let is = |at: usize, keywords: &[&str]| {
        words.get(at).is_some_and(|word: &Word<'_>| keywords.iter().any(|keyword| word.is(keyword)))
    };
    let postgres = is(0, &["COPY"])
        || (is(0, &["SET"]) && is(1, &POSTGRES))
        || (is(0, &["SELECT"]) && is(1, &["pg_catalog"]))
        || (is(0, &["CREATE"]) && is(1, &["EXTENSION"]));
    if postgres {
        Some("PostgreSQL")
    } else if is(0, &["PRAGMA"]) {
        Some("SQLite")
    } else if (is(0, &["SET"]) && is(1, &SQL_SERVER))
        || (is(0, &["USE"]) && is(1, &["["]))
        || (is(0, &["CREATE"]) && is(1, &["TABLE"]) && is(2, &["["]))
    {
        Some("SQL Server")
    } else {
        None
    }
}

/// Settings that pg_dump makes.
const POSTGRES: [&str; 10] = [
    "check_function_bodies",
    "client_encoding",
    "client_min_messages",
    "default_table_access_method",
    "default_tablespace",
    "idle_in_transaction_session_timeout",
    "row_security",
    "standard_conforming_strings",
    "statement_timeout",
    "xmloption",
];

/// Settings that SQL Server's scripts make.
const SQL_SERVER: [&str; 4] = ["ANSI_NULLS", "ANSI_PADDING", "IDENTITY_INSERT", "QUOTED_IDENTIFIER"];
