//! A file against a real server: what it takes is read by us, and the two schemas are compared.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::ensure;
use migratable_analyze::ddl::{self, ReadOptions, Schema, Server as Read};
use migratable_contract::diagnostic::SourceFile;
use migratable_test_engines::Template;
use sqlx::MySqlConnection;

use crate::facts::{Difference, Facts, Subject, differences};
use crate::feed::{Give, feed, rewritten};
use crate::probe::{self, Answers};
use crate::read::text as in_one_line;
use crate::rows::{Row, Seen, explain};
use crate::server::{self, Server};
use crate::{catalog, ours};

/// What became of a file.
#[derive(Debug, Default)]
pub struct Comparison {
    /// What was changed in the text before either side got it.
    pub rewritten: Vec<String>,
    /// Statements the server took.
    pub taken: usize,
    /// Statements that were not given to it.
    pub skipped: usize,
    /// Statements it refused: the line, its error's number and words.
    pub refused: Vec<(usize, u16, String)>,
    /// Facts compared.
    pub facts: usize,
    /// Tables the server has at the end.
    pub tables: usize,
    /// Differences that a row of the table explains.
    pub explained: BTreeMap<&'static str, usize>,
    /// Differences that none explains.
    pub left: Vec<Difference>,
    /// Where the command-line client's server differs from the one that was given statements: the splitter's doing.
    pub client: Vec<Difference>,
    /// Such differences that come of rows, and of what is called: the servers are alike if both get everything.
    pub by_rows: usize,
    /// Errors that we found in the text that the server took.
    pub errors: BTreeSet<String>,
}

/// A server that has taken a file's statements.
pub struct Oracle {
    connection: MySqlConnection,
    /// What it says of its schema.
    pub theirs: Facts,
    /// Its databases.
    databases: Vec<String>,
    collation: Option<String>,
    _server: Server,
}

impl Oracle {
    /// Gives the statements to a fresh server. The other result is the text of those it took.
    pub async fn new(
        template: &Template,
        text: &str,
        comparison: &mut Comparison,
    ) -> anyhow::Result<(Self, String)> {
        let server = Server::start(template).await?;
        let accepted = feed(&server, text, Give::Schema, comparison).await?;
        let mut connection = server.connect("").await?;
        let databases = catalog::databases(&mut connection).await?;
        let theirs = catalog::facts(&mut connection, &databases).await?;
        let collation = server::rows(&mut connection, "SELECT @@collation_server").await?;
        let collation = collation.into_iter().flatten().next().flatten();
        Ok((Self { connection, theirs, databases, collation, _server: server }, accepted))
    }

    /// Reads a text as the server did: as a whole, and again for each database of which that lacks a table; a schema is
    /// of one, and of two tables with one name it holds the first. The text says USE first.
    pub fn read(&self, text: &str, errors: &mut BTreeSet<String>) -> Vec<(String, Schema)> {
        let file = SourceFile::new("accepted.sql", text);
        let mut read = |database: Option<&String>| {
            let (server, collation) = (Read::MariaDb1011, self.collation.clone());
            let reading = ddl::read(&file, ReadOptions { server, collation, database: database.cloned() });
            let found = reading.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
            errors.extend(found.map(in_one_line));
            reading.schema
        };
        let whole = read(None);
        let lacks = |table: &Subject| {
            let same = |ours: &ddl::Table| {
                ours.name == table.name && ours.database.as_deref() == Some(table.database.as_str())
            };
            !whole.tables.iter().any(same)
        };
        let lacking: BTreeSet<&String> =
            self.theirs.tables().filter(|table| lacks(table)).map(|table| &table.database).collect();
        let ours = whole.tables.iter().filter_map(|table| table.database.as_ref());
        let databases: BTreeSet<&String> = self.databases.iter().chain(ours).collect();
        databases
            .into_iter()
            .map(|name| (name.clone(), if lacking.contains(name) { read(Some(name)) } else { whole.clone() }))
            .collect()
    }

    /// What these schemas, each of the database beside it, say: expressions as the server prints them.
    pub async fn facts(&mut self, schemas: &[(String, Schema)]) -> anyhow::Result<Facts> {
        let mut facts = Facts::default();
        probe::prepare(&mut self.connection).await?;
        for (database, schema) in schemas {
            let mut answers = Answers::default();
            for table in ours::tables(schema, database) {
                let expressions = ours::expressions(table);
                let name = (database.as_str(), table.name.as_str());
                probe::ask(&mut self.connection, name, &expressions, &mut answers).await?;
            }
            ours::facts(schema, database, &answers, &mut facts);
        }
        probe::clean(&mut self.connection).await?;
        Ok(facts)
    }
}

/// Compares a file.
pub async fn compare(template: &Template, bytes: &[u8]) -> anyhow::Result<Comparison> {
    let (text, rewritten) = rewritten(&String::from_utf8_lossy(bytes));
    let mut comparison = Comparison { rewritten, ..Comparison::default() };
    let (mut oracle, accepted) = Oracle::new(template, &text, &mut comparison).await?;
    ensure!(comparison.taken > 0, "the server took nothing of it, so that nothing is compared");
    let schemas = oracle.read(&accepted, &mut comparison.errors);
    let ours = oracle.facts(&schemas).await?;
    judge(&ours, &oracle.theirs, &mut comparison);
    let by_client = by_client(template, &text).await?;
    comparison.client = differences(&oracle.theirs, &by_client);
    if !comparison.client.is_empty() {
        // Rows may stand in the way of a change, and calls may make one: is it that, or is it how the file was split?
        comparison.by_rows = comparison.client.len();
        comparison.client = differences(&by_statements(template, &text).await?, &by_client);
        comparison.by_rows -= comparison.client.len().min(comparison.by_rows);
    }
    Ok(comparison)
}

/// What a server says that got every statement, one by one.
async fn by_statements(template: &Template, text: &str) -> anyhow::Result<Facts> {
    let server = Server::start(template).await?;
    feed(&server, text, Give::Everything, &mut Comparison::default()).await?;
    all(&server).await
}

/// What a server says that got the whole file from the command-line client.
async fn by_client(template: &Template, text: &str) -> anyhow::Result<Facts> {
    let server = Server::start(template).await?;
    server.client(text.as_bytes())?;
    all(&server).await
}

async fn all(server: &Server) -> anyhow::Result<Facts> {
    let mut connection = server.connect("").await?;
    let databases = catalog::databases(&mut connection).await?;
    catalog::facts(&mut connection, &databases).await
}

/// Compares the two, and sorts the differences into those explained and those left.
pub fn judge(ours: &Facts, theirs: &Facts, comparison: &mut Comparison) {
    comparison.facts = theirs.len();
    comparison.tables = theirs.tables().count();
    for difference in differences(ours, theirs) {
        match explain(&Seen { difference: &difference, ours, theirs }) {
            Some(Row { name, .. }) => *comparison.explained.entry(name).or_default() += 1,
            None => comparison.left.push(difference),
        }
    }
}

/// The rows that explained something.
pub fn used<'c>(comparisons: impl Iterator<Item = &'c Comparison>) -> BTreeSet<&'static str> {
    comparisons.flat_map(|comparison| comparison.explained.keys().copied()).collect()
}
