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

/// What a statement that names the connection's character set has in front of that name.
const CONNECTION: [&str; 2] = ["set names ", "character_set_client = "];

/// The file as both sides get it, and what was changed in it so that a MariaDB can take it and both read the same.
pub fn rewritten(text: &str) -> (String, Vec<String>) {
    let mut said = Vec::new();
    // A mark of the encoding is no SQL, and not every client knows it.
    let text = text.trim_start_matches('\u{feff}');
    let (mut result, collations) = with_words(text, MYSQL_8, |_| Some(STAND_IN));
    if collations > 0 {
        said.push(format!("{collations} times a collation {MYSQL_8}… is {STAND_IN}"));
    }
    // What is given is UTF-8, whatever the file was.
    let mut connections = 0;
    for front in CONNECTION {
        let (changed, count) = with_words(&result, front, |word| {
            let other = word.is_empty() || word.eq_ignore_ascii_case("utf8mb4");
            (!other).then_some(front).map(|front| {
                if front == CONNECTION[0] { "SET NAMES utf8mb4" } else { "character_set_client = utf8mb4" }
            })
        });
        result = changed;
        connections += count;
    }
    if connections > 0 {
        said.push(format!("{connections} times the connection's character set is utf8mb4"));
    }
    let own = |line: &str| line.trim().eq_ignore_ascii_case("USE mysql;");
    if result.lines().any(own) {
        let lines = result.split_inclusive('\n');
        result = lines
            .map(|line| if own(line) { format!("USE {DATABASE};\n") } else { line.to_owned() })
            .collect();
        said.push(format!("the database `mysql`, which is the server's own, is `{DATABASE}`"));
    }
    (result, said)
}

/// The text with something else for each place that starts with `front`, whatever its case, and goes on with the word
/// that `change` is asked about; and how many places were changed.
fn with_words(text: &str, front: &str, change: impl Fn(&str) -> Option<&'static str>) -> (String, usize) {
    let lower = text.to_ascii_lowercase();
    let (mut result, mut from, mut count) = (String::with_capacity(text.len()), 0, 0);
    for (found, _) in lower.match_indices(front) {
        let start = found + front.len();
        let length = text[start..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if let Some(other) = change(&text[start..start + length]) {
            result += &text[from..found];
            result += other;
            from = start + length;
            count += 1;
        }
    }
    result += &text[from..];
    (result, count)
}

/// The error of a DROP TABLE that names a table there isn't: MariaDB has dropped the others.
const UNKNOWN_TABLE: u16 = 1051;

/// Which statements are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Give {
    /// Those that say what the schema is.
    Schema,
    /// Those that change rows, and run what changes the schema, as well.
    Everything,
}

/// Gives the statements to the server; the result is the text of those it took.
pub async fn feed(
    server: &Server,
    text: &str,
    give: Give,
    comparison: &mut Comparison,
) -> anyhow::Result<String> {
    let mut accepted = format!("CREATE DATABASE {DATABASE};\nUSE {DATABASE};\n");
    let mut connection = server.connect(DATABASE).await?;
    let (mut line, mut counted) = (1, 0);
    for piece in splitter::split(text.as_bytes()) {
        line += text[counted..piece.range.start].matches('\n').count();
        counted = piece.range.start;
        let statement = &text[piece.range];
        if give == Give::Schema && SKIPPED.contains(&first_word(statement, mariadb_1011).as_str()) {
            comparison.skipped += 1;
            continue;
        }
        let answer = server::give(&mut connection, statement).await?;
        let done = matches!(answer, Answer::Taken | Answer::Refused(UNKNOWN_TABLE, _));
        match answer {
            Answer::Taken => comparison.taken += 1,
            Answer::Refused(number, words) => comparison.refused.push((line, number, words)),
        }
        if done && statement.contains(';') {
            accepted += &format!("DELIMITER {DELIMITER}\n{statement}\n{DELIMITER}\nDELIMITER ;\n");
        } else if done {
            accepted += &format!("{statement}\n;\n");
        }
    }
    Ok(accepted)
}

#[cfg(test)]
mod tests {
    use super::rewritten;

    #[test]
    fn a_text_is_changed_where_a_server_could_not_take_it() {
        for (text, expected) in [
            ("a COLLATE utf8mb4_0900_ai_ci, b", "a COLLATE utf8mb4_unicode_ci, b"),
            ("Set Names latin1;", "SET NAMES utf8mb4;"),
            (
                "SET NAMES utf8mb4; SET character_set_client = @old",
                "SET NAMES utf8mb4; SET character_set_client = @old",
            ),
            ("\u{feff}use MySQL;\nUSE mysqlx;", "USE corpus;\nUSE mysqlx;"),
        ] {
            assert_eq!(rewritten(text).0, expected);
        }
    }
}
