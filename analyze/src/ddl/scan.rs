//! The lexical facts of MySQL text that the splitter and the lexer must agree on: where a quote ends, what a comment is.

use super::charset::Server;

/// A comment, seen from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// Skipped by every server.
    Plain {
        /// Just after it.
        end: usize,
        /// Whether a block comment was closed; the other kinds always are.
        closed: bool,
    },
    /// `/*! … */` or `/*M! … */`: what it holds is SQL, for servers of that version or later.
    Versioned {
        /// Where the SQL starts.
        body: usize,
        /// The version asked for, as the five or six digits say.
        version: Option<u32>,
        /// `/*M!`: for MariaDB alone.
        mariadb: bool,
    },
}

/// Where the quoted text that opens at `at` ends: just after its closing quote. `None` if it never does.
///
/// A doubled quote stands for itself in all three kinds, a backslash escapes in strings and not in names.
pub(super) fn quote_end(text: &[u8], at: usize) -> Option<usize> {
    let quote = *text.get(at)?;
    let mut next = at + 1;
    loop {
        let byte = *text.get(next)?;
        if byte == b'\\' && quote != b'`' {
            next += 2;
        } else if byte != quote {
            next += 1;
        } else if text.get(next + 1) == Some(&quote) {
            next += 2;
        } else {
            return Some(next + 1);
        }
    }
}

/// What kind of comment opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// It goes to the end of the line.
    Line,
    /// It goes to `*/`.
    Block,
    /// What it holds is SQL, which starts after so many bytes.
    Versioned { body: usize, version: Option<u32>, mariadb: bool },
}

/// As many bytes as [`opening`] looks at.
pub(super) const OPENING: usize = 10;

/// The kind of comment that opens at the start of the text, if one does. At the start of a statement `--` needs no blank
/// after it, because people draw rulers (`------`) there; elsewhere `a--1` is arithmetic.
pub(super) fn opening(text: &[u8], statement_start: bool) -> Option<Opening> {
    match text {
        [b'#', ..] | [b'-', b'-'] => Some(Opening::Line),
        [b'-', b'-', next, ..] if statement_start || *next <= b' ' => Some(Opening::Line),
        [b'/', b'*', b'!', ..] => Some(versioned(text, 3, false)),
        [b'/', b'*', b'M', b'!', ..] => Some(versioned(text, 4, true)),
        [b'/', b'*', ..] => Some(Opening::Block),
        _ => None,
    }
}

/// The comment that starts at `at`, if one does.
pub(super) fn comment_at(text: &[u8], at: usize, statement_start: bool) -> Option<Comment> {
    Some(match opening(text.get(at..)?, statement_start)? {
        Opening::Line => line_comment(text, at),
        Opening::Block => block_comment(text, at + 2, 0),
        Opening::Versioned { body, version, mariadb } => {
            Comment::Versioned { body: at + body, version, mariadb }
        }
    })
}

/// The block comment whose text starts at `from`, reading over `nested` levels of comments inside.
fn block_comment(text: &[u8], from: usize, nested: u32) -> Comment {
    let mut depth = 0;
    let mut next = from;
    while next < text.len() {
        if text[next..].starts_with(b"*/") {
            if depth == 0 {
                return Comment::Plain { end: next + 2, closed: true };
            }
            depth -= 1;
            next += 2;
        } else if depth < nested && text[next..].starts_with(b"/*") {
            depth += 1;
            next += 2;
        } else {
            next += 1;
        }
    }
    Comment::Plain { end: text.len(), closed: false }
}

/// Where a versioned comment ends that the server doesn't read. It may hold plain comments.
pub(super) fn skipped(text: &[u8], body: usize) -> usize {
    match block_comment(text, body, 1) {
        Comment::Plain { end, .. } => end,
        Comment::Versioned { body, .. } => body,
    }
}

fn line_comment(text: &[u8], at: usize) -> Comment {
    let length = text[at..].iter().position(|byte| *byte == b'\n').unwrap_or(text.len() - at);
    Comment::Plain { end: at + length, closed: true }
}

fn versioned(text: &[u8], digits: usize, mariadb: bool) -> Opening {
    let count = text[digits..].iter().take(6).take_while(|byte| byte.is_ascii_digit()).count();
    if count < 5 {
        return Opening::Versioned { body: digits, version: None, mariadb };
    }
    let number = text[digits..digits + count].iter().fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    Opening::Versioned { body: digits + count, version: Some(number), mariadb }
}

/// One of the first words of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// The word without quotes, or one character of punctuation.
    pub(super) text: &'a str,
    /// Whether it stood in quotes, and so can't be a keyword.
    pub(super) quoted: bool,
    /// Its bytes, in the text that was given, quotes included.
    pub(super) range: std::ops::Range<usize>,
}

impl Word<'_> {
    /// Whether it is this keyword.
    pub(super) fn is(&self, keyword: &str) -> bool {
        !self.quoted && self.text.eq_ignore_ascii_case(keyword)
    }
}

/// Up to `limit` first words of a statement, whatever it is, as that server reads it; as any server does if none is
/// given. Reads only as far as it must, and needs no valid SQL.
pub(super) fn first_words(text: &str, limit: usize, server: Option<Server>) -> Vec<Word<'_>> {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while at < bytes.len() && words.len() < limit {
        let byte = bytes[at];
        let end = if byte.is_ascii_whitespace() {
            at += 1;
            continue;
        } else if bytes[at..].starts_with(b"*/") {
            at += 2;
            continue;
        } else if let Some(comment) = comment_at(bytes, at, words.is_empty()) {
            at = match comment {
                Comment::Plain { end, .. } => end,
                Comment::Versioned { body, version, mariadb } => match server {
                    Some(server) if !server.reads(version, mariadb) => skipped(bytes, body),
                    _ => body,
                },
            };
            continue;
        } else if matches!(byte, b'\'' | b'"' | b'`') {
            let Some(end) = quote_end(bytes, at) else { break };
            words.push(Word { text: &text[at + 1..end - 1], quoted: true, range: at..end });
            at = end;
            continue;
        } else if is_word(byte) {
            at + bytes[at..].iter().take_while(|byte| is_word(**byte)).count()
        } else {
            at + 1
        };
        words.push(Word { text: &text[at..end], quoted: false, range: at..end });
        at = end;
    }
    words
}

/// Bytes of unquoted names; everything past ASCII is a letter to MySQL.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}
