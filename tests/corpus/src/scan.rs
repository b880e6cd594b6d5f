//! Which tables a file leaves, by its own scan over the heads of its statements. It shares no code with the reader, so
//! that the two can disagree.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A word, a name or a sign. Texts are only marked: what they say is nothing that matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    text: String,
    quoted: bool,
    at: usize,
}

/// What a file does to tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// The tables there are at the end, by database and name, each with the bytes of the statement that made it.
    pub tables: BTreeMap<(String, String), Range<usize>>,
    /// Statements.
    pub statements: usize,
    /// Tables created.
    pub created: usize,
    /// Tables dropped.
    pub dropped: usize,
}

/// Which versioned comments a server reads.
pub type Reads = fn(version: u32, for_mariadb: bool) -> bool;

/// MySQL 8.0.
pub fn mysql_80(version: u32, for_mariadb: bool) -> bool {
    !for_mariadb && version < 80_100
}

/// MariaDB 10.11.
pub fn mariadb_1011(version: u32, for_mariadb: bool) -> bool {
    version < 101_200 && (for_mariadb || !(50_700..=99_999).contains(&version))
}

/// Scans a file. `database` is in use at the start.
pub fn scan(text: &str, database: &str, reads: Reads) -> Expected {
    let mut expected = Expected::default();
    let mut state = State { database: database.to_owned(), expected: &mut expected };
    let mut start = 0;
    for part in parts(text) {
        for statement in statements(part, reads) {
            state.statement(&statement, start);
        }
        start += part.len();
    }
    expected
}

/// Some of the files were put together from many, and say so: what one of them doesn't end, its end does.
fn parts(text: &str) -> Vec<&str> {
    let starts = text.match_indices("\n--##file##").map(|(newline, _)| newline + 1);
    let bounds: Vec<usize> = [0].into_iter().chain(starts).chain([text.len()]).collect();
    bounds.windows(2).map(|bound| &text[bound[0]..bound[1]]).collect()
}

/// The first word of a statement, in capitals.
pub fn first_word(statement: &str, reads: Reads) -> String {
    let mut scanner = Scanner { text: statement, at: 0, reads, inside: false };
    scanner.next().map(|token| token.text.to_uppercase()).unwrap_or_default()
}

fn statements(text: &str, reads: Reads) -> Vec<Vec<Token>> {
    let mut scanner = Scanner { text, at: 0, reads, inside: false };
    let mut delimiter = ";".to_owned();
    let (mut all, mut current) = (Vec::new(), Vec::<Token>::new());
    // Blocks open in a stored program, which may hold semicolons.
    let mut depth = 0_usize;
    loop {
        if current.is_empty()
            && let Some(changed) = scanner.client_line()
        {
            if let Some(changed) = changed {
                delimiter = changed;
            }
            continue;
        }
        let ended = delimiter != ";" && scanner.skip(&delimiter);
        let Some(token) = (if ended { None } else { scanner.next() }) else {
            let rest = !current.is_empty();
            if rest {
                all.push(std::mem::take(&mut current));
            }
            depth = 0;
            if !ended {
                return all;
            }
            continue;
        };
        if is(&token, ";") && !(is_program(&current, &delimiter) && (delimiter != ";" || depth > 0)) {
            if !current.is_empty() {
                all.push(std::mem::take(&mut current));
            }
            depth = 0;
            continue;
        }
        if is(&token, "BEGIN") || is(&token, "CASE") && !current.last().is_some_and(|last| is(last, "END")) {
            depth += 1;
        } else if is(&token, "END") && !scanner.ends_a_loop() {
            depth = depth.saturating_sub(1);
        }
        current.push(token);
    }
}

fn is(token: &Token, word: &str) -> bool {
    !token.quoted && token.text.eq_ignore_ascii_case(word)
}

/// Whether these tokens start a stored program; under another delimiter, BEGIN starts a block and not a transaction.
fn is_program(tokens: &[Token], delimiter: &str) -> bool {
    let programs = ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"];
    let Some(first) = tokens.first() else { return false };
    let head = &tokens[..tokens.len().min(16)];
    is(first, "BEGIN") && delimiter != ";"
        || (is(first, "CREATE") || is(first, "ALTER"))
            && head.iter().any(|token| programs.iter().any(|word| is(token, word)))
            // A trigger's or a view's name; a table may be called an event.
            && !head.iter().take(4).any(|token| is(token, "TABLE"))
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    reads: Reads,
    /// Inside a versioned comment that is read.
    inside: bool,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip(&mut self, text: &str) -> bool {
        self.blanks();
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// A line that is for the client: the outer is that there is one, the inner the delimiter it sets.
    fn client_line(&mut self) -> Option<Option<String>> {
        self.blanks();
        let line = self.rest().lines().next()?.to_owned();
        // mysql's client takes any dashes at the start of a line for a comment.
        if line.starts_with("--") {
            self.at += line.len();
            return Some(None);
        }
        let mut words = line.split_whitespace();
        let word = words.next()?.to_lowercase();
        if word != "delimiter" && word != "source" {
            return None;
        }
        self.at += line.len();
        Some(words.next().filter(|_| word == "delimiter").map(str::to_owned))
    }

    /// Whether the END just read closes an IF or a loop, which had no BEGIN.
    fn ends_a_loop(&mut self) -> bool {
        self.blanks();
        let word: String = self.rest().chars().take_while(char::is_ascii_alphabetic).collect();
        ["IF", "LOOP", "WHILE", "REPEAT"].iter().any(|other| word.eq_ignore_ascii_case(other))
    }

    /// Passes over blanks and comments.
    fn blanks(&mut self) {
        loop {
            let before = self.at;
            self.at += self.rest().len() - self.rest().trim_start().len();
            let rest = self.rest();
            let dashes = rest.starts_with("--") && rest[2..].chars().next().is_none_or(char::is_whitespace);
            if dashes || rest.starts_with('#') {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if self.inside && rest.starts_with("*/") {
                self.inside = false;
                self.at += 2;
            } else if rest.starts_with("/*") {
                self.comment();
            }
            if self.at == before {
                return;
            }
        }
    }

    fn comment(&mut self) {
        let rest = self.rest();
        let for_mariadb = rest.starts_with("/*M!");
        if rest.starts_with("/*!") || for_mariadb {
            let start = if for_mariadb { 4 } else { 3 };
            let digits: String = rest[start..].chars().take_while(char::is_ascii_digit).take(6).collect();
            // Five digits, or six; a number glued to them doesn't occur.
            let version = digits.parse().unwrap_or(0);
            if (self.reads)(version, for_mariadb) {
                self.inside = true;
                self.at += start + digits.len();
                return;
            }
        }
        self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
    }

    fn next(&mut self) -> Option<Token> {
        self.blanks();
        let at = self.at;
        let first = self.rest().chars().next()?;
        if matches!(first, '\'' | '"' | '`') {
            let text = self.quote(first);
            return Some(Token { text, quoted: true, at });
        }
        let word: String =
            self.rest().chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '$')).collect();
        let text = if word.is_empty() { first.to_string() } else { word };
        self.at += text.len();
        Some(Token { text, quoted: false, at })
    }

    fn quote(&mut self, quote: char) -> String {
        let mut text = String::new();
        let mut end = self.text.len();
        let mut characters = self.rest().char_indices().skip(1).peekable();
        while let Some((offset, character)) = characters.next() {
            if character == '\\' && quote != '`' {
                text.extend(characters.next().map(|(_, escaped)| escaped));
            } else if character != quote {
                text.push(character);
            } else if characters.peek().is_some_and(|(_, next)| *next == quote) {
                characters.next();
                text.push(quote);
            } else {
                end = self.at + offset + 1;
                break;
            }
        }
        self.at = end;
        text
    }
}

struct State<'e> {
    database: String,
    expected: &'e mut Expected,
}

impl State<'_> {
    /// Takes a statement of the part of the file that begins at `start`.
    fn statement(&mut self, tokens: &[Token], start: usize) {
        self.expected.statements += 1;
        let place = start + tokens[0].at..start + tokens[tokens.len() - 1].at + 1;
        let mut words = Words { tokens, at: 0 };
        if words.take("CREATE") {
            self.create(words, place);
        } else if words.take("DROP") {
            self.drop(words);
        } else if words.take("USE") {
            self.database = words.next().unwrap_or_default();
        } else if words.take("RENAME") && (words.take("TABLE") || words.take("TABLES")) {
            self.rename(words);
        } else if words.take("ALTER") {
            self.alter(words);
        }
    }

    fn create(&mut self, mut words: Words<'_>, place: Range<usize>) {
        let replace = words.take("OR") && words.take("REPLACE");
        if words.take("DATABASE") || words.take("SCHEMA") {
            return;
        }
        if !words.take("TABLE") {
            return;
        }
        words.condition();
        let Some(name) = words.name(&self.database) else { return };
        if replace || !self.expected.tables.contains_key(&name) {
            self.expected.created += 1;
            self.expected.tables.insert(name, place);
        }
    }

    fn drop(&mut self, mut words: Words<'_>) {
        if words.take("DATABASE") || words.take("SCHEMA") {
            words.condition();
            let name = words.next().unwrap_or_default();
            let before = self.expected.tables.len();
            self.expected.tables.retain(|(database, _), _| *database != name);
            self.expected.dropped += before - self.expected.tables.len();
        } else if words.take("TABLE") || words.take("TABLES") {
            words.condition();
            while let Some(name) = words.name(&self.database) {
                self.expected.dropped += usize::from(self.expected.tables.remove(&name).is_some());
                if !words.take(",") {
                    break;
                }
            }
        }
    }

    fn rename(&mut self, mut words: Words<'_>) {
        words.condition();
        while let Some(from) = words.name(&self.database) {
            words.take("TO");
            let Some(to) = words.name(&self.database) else { break };
            self.moved(&from, to);
            if !words.take(",") {
                break;
            }
        }
    }

    fn moved(&mut self, from: &(String, String), to: (String, String)) {
        if let Some(place) = self.expected.tables.remove(from) {
            self.expected.tables.insert(to, place);
        }
    }

    /// ALTER TABLE … RENAME [TO] other, among its other actions.
    fn alter(&mut self, mut words: Words<'_>) {
        for word in ["ONLINE", "IGNORE"] {
            words.take(word);
        }
        if !words.take("TABLE") {
            return;
        }
        words.condition();
        let Some(name) = words.name(&self.database) else { return };
        let mut depth = 0;
        let mut starts = true;
        while let Some(token) = words.tokens.get(words.at) {
            if starts && depth == 0 && words.take("RENAME") {
                let other = ["COLUMN", "INDEX", "KEY"].iter().any(|word| words.take(word));
                if !other {
                    let _ = ["TO", "AS", "="].iter().any(|word| words.take(word));
                    if let Some(to) = words.name(&self.database) {
                        self.moved(&name, to);
                    }
                }
                starts = false;
                continue;
            }
            depth += i32::from(is(token, "(")) - i32::from(is(token, ")"));
            starts = is(token, ",");
            words.at += 1;
        }
    }
}

struct Words<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Words<'_> {
    fn take(&mut self, word: &str) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|token| is(token, word));
        self.at += usize::from(found);
        found
    }

    fn next(&mut self) -> Option<String> {
        let token = self.tokens.get(self.at)?;
        self.at += 1;
        Some(token.text.clone())
    }

    /// IF [NOT] EXISTS.
    fn condition(&mut self) {
        if self.take("IF") {
            self.take("NOT");
            self.take("EXISTS");
        }
    }

    /// A table's name, with its database.
    fn name(&mut self, database: &str) -> Option<(String, String)> {
        let first = self.next()?;
        if self.take(".") { Some((first, self.next()?)) } else { Some((database.to_owned(), first)) }
    }
}

/// Names on one list that are not on the other.
pub fn beyond<'n>(
    some: &'n BTreeSet<(String, String)>,
    others: &'n BTreeSet<(String, String)>,
) -> Vec<&'n (String, String)> {
    some.difference(others).collect()
}

#[cfg(test)]
mod tests {
    use super::{mariadb_1011, mysql_80, scan};

    fn tables(text: &str) -> Vec<String> {
        let named = |(database, name): &(String, String)| format!("{database}.{name}");
        scan(text, "d", mysql_80).tables.keys().map(named).collect()
    }

    #[test]
    fn what_statements_do_to_tables() {
        for (text, expected) in [
            ("CREATE TABLE t (a INT); CREATE TABLE IF NOT EXISTS `u``v`.`w` (a INT)", &["d.t", "u`v.w"][..]),
            ("CREATE TABLE t (a INT); DROP TABLE IF EXISTS x, t", &[]),
            ("CREATE TABLE t (a INT); USE e; CREATE TABLE t (a INT); DROP DATABASE d", &["e.t"]),
            ("CREATE TABLE t (a INT); RENAME TABLE t TO u, u TO e.v", &["e.v"]),
            ("CREATE TABLE t (a INT); ALTER TABLE t ADD b INT, RENAME COLUMN a TO c, RENAME u", &["d.u"]),
            ("CREATE TEMPORARY TABLE t (a INT)", &[]),
            ("-- CREATE TABLE a (a INT);\n/* CREATE TABLE b */ SELECT '; CREATE TABLE c (a INT)'", &[]),
            (
                "DELIMITER //\nCREATE PROCEDURE p() BEGIN CREATE TABLE t (a INT); END//\nCREATE TABLE u (a INT)//",
                &["d.u"],
            ),
            (
                "CREATE PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CREATE TABLE t (a INT); END; CREATE TABLE u (a INT)",
                &["d.u"],
            ),
            ("BEGIN; CREATE TABLE t (a INT); COMMIT", &["d.t"]),
        ] {
            assert_eq!(tables(text), expected, "{text}");
        }
    }

    #[test]
    fn versioned_comments_are_read_by_the_servers_they_are_for() {
        let text = "/*!80000 CREATE TABLE m (a INT) */; /*M!100100 CREATE TABLE n (a INT) */; /*!40000 CREATE TABLE o (a INT) */";
        let names =
            |reads| scan(text, "", reads).tables.into_keys().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(mysql_80), ["m", "o"]);
        assert_eq!(names(mariadb_1011), ["n", "o"]);
    }
}
