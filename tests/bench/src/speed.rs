//! How long each way of reading takes.

use std::fs::File;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use migratable_analyze::ddl::{Reader, Server, splitter};
use sqlparser::dialect::MySqlDialect;
use sqlparser::parser::Parser;

/// All of it: bytes from the disk to the schema.
pub(crate) fn whole(path: &Path) -> anyhow::Result<Duration> {
    let start = Instant::now();
    let mut reader = Reader::new(Server::MySql80);
    reader.file("dump.sql", File::open(path)?, &mut |_| {})?;
    let reading = reader.finish();
    let time = start.elapsed();
    ensure!(!reading.schema.tables.is_empty() && reading.diagnostics.is_empty(), "the dump was not read");
    Ok(time)
}

/// Bytes to statements.
pub(crate) fn splitter(bytes: &[u8]) -> Duration {
    let start = Instant::now();
    black_box(splitter::split(bytes));
    start.elapsed()
}

/// Tokens and trees of the same statements. Cutting them out is not counted.
pub(crate) fn sqlparser(bytes: &[u8]) -> Duration {
    let pieces = splitter::split(bytes);
    let texts: Vec<&str> =
        pieces.iter().filter_map(|piece| std::str::from_utf8(&bytes[piece.range.clone()]).ok()).collect();
    let start = Instant::now();
    for text in texts {
        // What it doesn't take it has read as far.
        let _ = black_box(Parser::parse_sql(&MySqlDialect {}, text));
    }
    start.elapsed()
}
