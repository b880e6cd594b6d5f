//! A file against a real server: what it takes is read by us, and the two schemas are compared.

use std::collections::{BTreeMap, BTreeSet};

use migratable_analyze::ddl::{self, ReadOptions, Server as Read, splitter};
use migratable_contract::diagnostic::{Diagnostic, SourceFile};
use migratable_test_engines::Template;

use crate::facts::{Difference, Facts, differences};
use crate::probe::{self, Answers};
use crate::rows::{Row, Seen, explain};
use crate::scan::{first_word, mariadb_1011};
use crate::server::{self, Answer, DATABASE, Server};
use crate::{catalog, ours};

/// Statements that change rows, or of which only running them would tell what they change: not given to the server.
const SKIPPED: [&str; 12] = [
    "INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT", "LOAD", "TRUNCATE", "CALL", "EXECUTE", "DO", "WITH",
    "(",
];

/// Wraps a stored program in the text read by us: no file has it inside.
const DELIMITER: &str = "$$end-of-program$$";

/// The collations of MySQL 8 that MariaDB lacks, and what stands in for them.
const MYSQL_8: &str = "utf8mb4_0900_";
const STAND_IN: &str = "utf8mb4_unicode_ci";

/// The file as both sides get it, and what was changed in it so that a MariaDB can take it.
pub fn rewritten(text: &str) -> (String, Vec<String>) {
    let mut said = Vec::new();
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let mut collations = 0;
    while let Some(found) = rest.to_ascii_lowercase().find(MYSQL_8) {
        let tail =
            rest[found + MYSQL_8.len()..].trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        result += &rest[..found];
        result += STAND_IN;
        rest = tail;
        collations += 1;
    }
    result += rest;
    if collations > 0 {
        said.push(format!("{collations} times a collation {MYSQL_8}… is {STAND_IN}"));
    }
    let own = result.lines().filter(|line| line.trim().eq_ignore_ascii_case("USE mysql;")).count();
    if own > 0 {
        let lines = result.split_inclusive('\n').map(|line| match line.trim() {
            line if line.eq_ignore_ascii_case("USE mysql;") => format!("USE {DATABASE};\n"),
            _ => line.to_owned(),
        });
        result = lines.collect();
        said.push(format!("the database `mysql`, which is the server's own, is `{DATABASE}`"));
    }
    (result, said)
}

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
    /// What we said about the text that the server took.
    pub diagnostics: Vec<Diagnostic>,
}

/// Compares a file.
pub async fn compare(template: &Template, bytes: &[u8]) -> anyhow::Result<Comparison> {
    let (text, rewritten) = rewritten(&String::from_utf8_lossy(bytes));
    let server = Server::start(template).await?;
    let mut comparison = Comparison { rewritten, ..Comparison::default() };
    let accepted = feed(&server, &text, &mut comparison).await?;
    let mut connection = server.connect("").await?;
    let databases = catalog::databases(&mut connection).await?;
    let theirs = catalog::facts(&mut connection, &databases).await?;
    let collation = server::rows(&mut connection, "SELECT @@collation_server").await?;
    let collation = collation.into_iter().flatten().next().flatten();

    let file = SourceFile::new("accepted.sql", accepted);
    let options = ReadOptions { server: Read::MariaDb1011, collation, ..ReadOptions::default() };
    let reading = ddl::read(&file, options);
    comparison.diagnostics = reading.diagnostics;
    let mut answers = Answers::default();
    probe::prepare(&mut connection).await?;
    for (database, table) in ours::tables(&reading.schema, DATABASE) {
        let expressions = ours::expressions(table);
        probe::ask(&mut connection, (database, &table.name), &expressions, &mut answers).await?;
    }
    probe::clean(&mut connection).await?;
    let ours = ours::facts(&reading.schema, DATABASE, &answers);
    judge(&ours, &theirs, &mut comparison);

    let other = Server::start(template).await?;
    other.client(text.as_bytes())?;
    other.answers().await?;
    let mut connection = other.connect("").await?;
    let databases = catalog::databases(&mut connection).await?;
    let whole = catalog::facts(&mut connection, &databases).await?;
    comparison.client = differences(&theirs, &whole);
    Ok(comparison)
}

/// Gives the statements to the server; the result is the text of those it took.
async fn feed(server: &Server, text: &str, comparison: &mut Comparison) -> anyhow::Result<String> {
    let mut accepted = format!("CREATE DATABASE {DATABASE};\nUSE {DATABASE};\n");
    let mut connection = server.connect(DATABASE).await?;
    let (mut line, mut counted) = (1, 0);
    for piece in splitter::split(text.as_bytes()) {
        line += text[counted..piece.range.start].matches('\n').count();
        counted = piece.range.start;
        let statement = &text[piece.range];
        if SKIPPED.contains(&first_word(statement, mariadb_1011).as_str()) {
            comparison.skipped += 1;
            continue;
        }
        match server::give(&mut connection, statement).await? {
            Answer::Taken => {
                comparison.taken += 1;
                if statement.contains(';') {
                    accepted += &format!("DELIMITER {DELIMITER}\n{statement}\n{DELIMITER}\nDELIMITER ;\n");
                } else {
                    accepted += &format!("{statement}\n;\n");
                }
            }
            Answer::Refused(number, words) => comparison.refused.push((line, number, words)),
        }
    }
    Ok(accepted)
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
