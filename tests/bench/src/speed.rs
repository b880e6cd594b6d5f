//! How long each way of reading takes.

use std::fs::{self, File};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;
use migratable_analyze::ddl::{Reader, Server, splitter};
use sqlparser::dialect::MySqlDialect;
use sqlparser::parser::Parser;

/// What the processor has given this thread so far: on a machine that has other work, too, that says more than a clock.
struct Start(Option<Duration>, Instant);

impl Start {
    fn now() -> Self {
        Self(on_processor(), Instant::now())
    }

    fn elapsed(&self) -> Duration {
        let used = self.0.zip(on_processor()).map(|(before, now)| now.saturating_sub(before));
        used.unwrap_or_else(|| self.1.elapsed())
    }
}

fn on_processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// All of it: bytes from the disk to the schema.
pub(crate) fn whole(path: &Path) -> anyhow::Result<Duration> {
    let start = Start::now();
    let mut reader = Reader::new(Server::MySql80);
    reader.file("dump.sql", File::open(path)?, &mut |_| {})?;
    let reading = reader.finish();
    let time = start.elapsed();
    ensure!(!reading.schema.tables.is_empty() && reading.diagnostics.is_empty(), "the dump was not read");
    Ok(time)
}

/// Bytes to statements.
pub(crate) fn splitter(bytes: &[u8]) -> Duration {
    let start = Start::now();
    black_box(splitter::split(bytes));
    start.elapsed()
}

/// Tokens and trees of the same statements. Cutting them out is not counted.
pub(crate) fn sqlparser(bytes: &[u8]) -> Duration {
    let pieces = splitter::split(bytes);
    let texts: Vec<&str> =
        pieces.iter().filter_map(|piece| std::str::from_utf8(&bytes[piece.range.clone()]).ok()).collect();
    let start = Start::now();
    for text in texts {
        // What it doesn't take it has read as far.
        let _ = black_box(Parser::parse_sql(&MySqlDialect {}, text));
    }
    start.elapsed()
}
