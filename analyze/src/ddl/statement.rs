//! What a statement is, by its first words: nearly all of a dump needs no parser.

use super::charset::Server;
use super::scan::{Word, first_words};

/// How a statement bears on the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// CREATE TABLE. `temporary`: of the session alone.
    CreateTable { temporary: bool },
    /// ALTER TABLE.
    AlterTable,
    /// CREATE INDEX.
    CreateIndex,
    /// DROP INDEX.
    DropIndex,
    /// RENAME TABLE.
    RenameTable,
    /// DROP TABLE.
    DropTable,
    /// CREATE or ALTER DATABASE: its defaults are looked at.
    Database {
        /// The database; `None` means the current one.
        name: Option<String>,
        /// ALTER.
        alter: bool,
    },
    /// DROP DATABASE.
    DropDatabase(Option<String>),
    /// USE.
    Use(String),
    /// Changes what only the server knows.
    Hidden(String),
    /// SET STATEMENT … FOR, before the statement that matters.
    Behind,
    /// Makes, changes or drops what a schema has besides tables: a view, a program.
    Object(String),
    /// Changes no table: data, sessions, accounts.
    Nothing,
    /// Not known at all, by its first word.
    Unknown(String),
}

/// First words of statements that change no table.
const NOTHING: [&str; 49] = [
    "ANALYZE",
    "BEGIN",
    "BINLOG",
    "CALL",
    "CHANGE",
    "CHECK",
    "CHECKSUM",
    "COMMIT",
    "DEALLOCATE",
    "DELETE",
    "DESC",
    "DESCRIBE",
    "DO",
    "EXPLAIN",
    "FLUSH",
    "GET",
    "GRANT",
    "HANDLER",
    "HELP",
    "INSERT",
    "INSTALL",
    "KILL",
    "LOAD",
    "LOCK",
    "OPTIMIZE",
    "PREPARE",
    "PURGE",
    "RELEASE",
    "REPAIR",
    "REPLACE",
    "RESET",
    "RESIGNAL",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "SHOW",
    "SIGNAL",
    "START",
    "STOP",
    "TABLE",
    "TRUNCATE",
    "UNINSTALL",
    "UNLOCK",
    "UPDATE",
    "VALUES",
    "WITH",
    "XA",
];

/// Things that are created, altered and dropped and are no part of a schema.
const NO_SCHEMA: [&str; 9] =
    ["USER", "ROLE", "SERVER", "TABLESPACE", "LOGFILE", "UNDO", "RESOURCE", "INSTANCE", "REFERENCE"];

/// Things that belong to a schema besides tables.
const OBJECTS: [&str; 8] =
    ["VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT", "INDEX", "SEQUENCE", "PACKAGE"];

/// What the statement is to that server.
pub(super) fn classify(text: &str, server: Server) -> Statement {
    let words = first_words(text, 40, Some(server));
    let Some(first) = words.first() else { return Statement::Nothing };
    if first.is("SET") && words.get(1).is_some_and(|word| word.is("STATEMENT")) {
        return Statement::Behind;
    }
    if first.is("BEGIN") && words.get(1).is_some_and(|word| word.is("NOT")) {
        // MariaDB's programs without a name: what they run depends on what they find.
        return Statement::Hidden("BEGIN NOT ATOMIC".to_owned());
    }
    if first.text == "(" || NOTHING.iter().any(|word| first.is(word)) {
        return Statement::Nothing;
    }
    let rest = &words[1..];
    match first.text.to_ascii_uppercase().as_str() {
        _ if first.quoted => Statement::Unknown(first.text.to_owned()),
        "CREATE" => create(rest),
        "ALTER" => alter(rest),
        "DROP" => drop(rest),
        "RENAME" => rename(rest),
        "USE" => rest.first().map_or(Statement::Nothing, |word| Statement::Use(name_text(word))),
        "EXECUTE" => Statement::Hidden("EXECUTE".to_owned()),
        _ => Statement::Unknown(first.text.to_owned()),
    }
}

fn create(words: &[Word<'_>]) -> Statement {
    match object(words) {
        Some((at, "TABLE")) => Statement::CreateTable { temporary: is_temporary(&words[..at]) },
        Some((_, "INDEX")) => Statement::CreateIndex,
        Some((at, "DATABASE")) => {
            Statement::Database { name: name(&words[at + 1..]).map(|(name, _)| name), alter: false }
        }
        Some((at, kind)) => about("CREATE", kind, &words[at + 1..]),
        None if words.iter().take(4).any(|word| NO_SCHEMA.iter().any(|kind| word.is(kind))) => {
            Statement::Nothing
        }
        None => Statement::Unknown(joined("CREATE", words)),
    }
}

fn alter(words: &[Word<'_>]) -> Statement {
    match object(words) {
        Some((_, "TABLE")) => Statement::AlterTable,
        Some((at, "DATABASE")) => {
            let rest = &words[at + 1..];
            let options = ["DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "ENCRYPTION", "READ", "COMMENT"];
            let unnamed = rest.first().is_some_and(|word| options.iter().any(|option| word.is(option)));
            let name = if unnamed { None } else { name(rest).map(|(name, _)| name) };
            Statement::Database { name, alter: true }
        }
        Some((at, kind)) => about("ALTER", kind, &words[at + 1..]),
        None if words.iter().take(4).any(|word| NO_SCHEMA.iter().any(|kind| word.is(kind))) => {
            Statement::Nothing
        }
        None => Statement::Unknown(joined("ALTER", words)),
    }
}

fn drop(words: &[Word<'_>]) -> Statement {
    match object(words) {
        Some((_, "TABLE")) => Statement::DropTable,
        Some((at, "DATABASE")) => Statement::DropDatabase(name(&words[at + 1..]).map(|(name, _)| name)),
        Some((_, "INDEX")) => Statement::DropIndex,
        Some((at, kind)) => about("DROP", kind, &words[at + 1..]),
        None if words
            .iter()
            .take(4)
            .any(|word| NO_SCHEMA.iter().any(|kind| word.is(kind)) || word.is("PREPARE")) =>
        {
            Statement::Nothing
        }
        None => Statement::Unknown(joined("DROP", words)),
    }
}

fn rename(words: &[Word<'_>]) -> Statement {
    match words.first() {
        Some(word) if word.is("USER") => Statement::Nothing,
        Some(word) if word.is("TABLE") || word.is("TABLES") => Statement::RenameTable,
        _ => Statement::Unknown(joined("RENAME", words)),
    }
}

/// The kind of thing created, altered or dropped, and the position of its word. What can stand before it is known:
/// anything else means that the word found later is part of a name.
fn object(words: &[Word<'_>]) -> Option<(usize, &'static str)> {
    let before = [
        "OR",
        "REPLACE",
        "TEMPORARY",
        "UNIQUE",
        "FULLTEXT",
        "SPATIAL",
        "ONLINE",
        "OFFLINE",
        "IGNORE",
        "AGGREGATE",
        "UNDEFINED",
        "MERGE",
        "TEMPTABLE",
        "SQL",
        "SECURITY",
        "INVOKER",
        "BODY",
    ];
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if word.is("TABLE") || word.is("TABLES") {
            return Some((at, "TABLE"));
        } else if word.is("DATABASE") || word.is("SCHEMA") {
            return Some((at, "DATABASE"));
        } else if let Some(kind) = OBJECTS.iter().find(|kind| word.is(kind)) {
            return Some((at, kind));
        } else if (word.is("DEFINER") || word.is("ALGORITHM"))
            && words.get(at + 1).is_some_and(|next| next.is("="))
        {
            at += definer(&words[at..]);
        } else if before.iter().any(|keyword| word.is(keyword)) || word.is("DEFINER") {
            at += 1;
        } else {
            return None;
        }
    }
    None
}

/// How many words `DEFINER = user@host` or `ALGORITHM = MERGE` takes.
fn definer(words: &[Word<'_>]) -> usize {
    let is = |at: usize, text: &str| words.get(at).is_some_and(|word| word.is(text));
    // user@host, CURRENT_USER()
    if is(3, "@") || is(3, "(") { 5 } else { 3 }
}

fn is_temporary(words: &[Word<'_>]) -> bool {
    words.iter().any(|word| word.is("TEMPORARY"))
}

fn about(verb: &str, kind: &str, words: &[Word<'_>]) -> Statement {
    Statement::Object(match name(words) {
        Some((name, _)) => format!("{verb} {kind} `{name}`"),
        None => format!("{verb} {kind}"),
    })
}

/// The name a statement goes on with, without its database, and how many words it takes.
fn name(words: &[Word<'_>]) -> Option<(String, usize)> {
    let optional = ["IF", "NOT", "EXISTS"];
    let mut at = words.iter().take_while(|word| optional.iter().any(|keyword| word.is(keyword))).count();
    let mut name = words.get(at).filter(|word| is_name(word))?;
    at += 1;
    while words.get(at).is_some_and(|word| word.is(".")) {
        name = words.get(at + 1)?;
        at += 2;
    }
    Some((name_text(name), at))
}

fn is_name(word: &Word<'_>) -> bool {
    word.quoted
        || word
            .text
            .chars()
            .next()
            .is_some_and(|first| first.is_alphanumeric() || first == '_' || first == '$')
}

fn name_text(word: &Word<'_>) -> String {
    if word.quoted { word.text.replace("``", "`") } else { word.text.to_owned() }
}

fn joined(verb: &str, words: &[Word<'_>]) -> String {
    words.first().map_or_else(|| verb.to_owned(), |word| format!("{verb} {}", word.text))
}
