//! What goes to the server: a file's statements, one by one, with what a MariaDB can't know put in other words.

use migratable_analyze::ddl::splitter;

use crate::oracle::Comparison;
use crate::scan::{first_word, mariadb_1011};
use crate::server::{self, Answer, DATABASE, Server};

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

/// Gives the statements to the server; the result is the text of those it took.
pub async fn feed(server: &Server, text: &str, comparison: &mut Comparison) -> anyhow::Result<String> {
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
