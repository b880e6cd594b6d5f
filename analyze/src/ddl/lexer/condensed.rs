//! A statement without its comments and with one blank where any stood: the tokenizer makes a token of each blank, and
//! what a megabyte of them takes is more than the statement is worth.

use sqlparser::tokenizer::Location;

use super::super::charset::Server;
use super::super::scan::{Comment, comment_at, is_word, quote_end, skipped};

/// The text, and where its bytes stand in the statement.
pub(super) struct Condensed {
    pub(super) sql: String,
    /// From the first byte on, the second is how many bytes of the statement are left out before.
    left_out: Vec<(usize, usize)>,
}

impl Condensed {
    /// Of the statement as that server reads it. The tokenizer would expand versioned comments by itself, but whatever
    /// their version, and with wrong places.
    pub(super) fn new(statement: &str, server: Server) -> Self {
        let bytes = statement.as_bytes();
        let mut condensed = Self { sql: String::with_capacity(statement.len()), left_out: Vec::new() };
        let (mut at, mut kept) = (0, 0);
        let mut versioned = false;
        while at < bytes.len() {
            if matches!(bytes[at], b'\'' | b'"' | b'`') {
                at = quote_end(bytes, at).unwrap_or(bytes.len());
                continue;
            }
            let end = match comment_at(bytes, at, false) {
                Some(Comment::Plain { end, .. }) => end,
                Some(Comment::Versioned { body, version, mariadb }) if server.reads(version, mariadb) => {
                    versioned = true;
                    body
                }
                Some(Comment::Versioned { body, .. }) => skipped(bytes, body),
                None if versioned && bytes[at..].starts_with(b"*/") => {
                    versioned = false;
                    at + 2
                }
                None if bytes[at].is_ascii_whitespace() => at + 1,
                None => {
                    at += 1;
                    continue;
                }
            };
            condensed.push(&statement[kept..at], end);
            (at, kept) = (end, end);
        }
        condensed.sql.push_str(&statement[kept..]);
        condensed
    }

    /// Adds a text and a blank for what stands behind it, up to byte `end` of the statement.
    fn push(&mut self, text: &str, end: usize) {
        self.sql.push_str(text);
        // `--` that a comment follows at once opens it: a blank would make a comment of all that comes.
        if self.sql.ends_with("--") {
            self.sql.truncate(self.sql.len() - 2);
        }
        if !text.is_empty() || !self.sql.ends_with(' ') {
            self.sql.push(' ');
        }
        let here = (self.sql.len(), end - self.sql.len());
        match self.left_out.last_mut() {
            Some(last) if last.0 == here.0 => last.1 = here.1,
            Some(last) if last.1 == here.1 => {}
            _ => self.left_out.push(here),
        }
    }

    /// Where it has more tokens than that, by a count that leaves some out.
    pub(super) fn token_after(&self, limit: usize) -> Option<usize> {
        let bytes = self.sql.as_bytes();
        let (mut at, mut tokens, mut marks) = (0, 0, 0);
        while at < bytes.len() {
            let byte = bytes[at];
            let start = at;
            at = if matches!(byte, b'\'' | b'"' | b'`') {
                quote_end(bytes, at).unwrap_or(bytes.len())
            } else if is_word(byte) || byte == b'.' {
                let word = bytes[at..].iter().take_while(|byte| is_word(**byte) || **byte == b'.');
                at + word.count()
            } else {
                at + 1
            };
            // No operator has more than three characters.
            let mark = at == start + 1 && !is_word(byte) && byte != b' ';
            marks = if mark { (marks + 1) % 3 } else { 0 };
            tokens += usize::from(if mark { marks == 1 } else { byte != b' ' });
            if tokens > limit {
                return Some(self.statement_byte(start));
            }
        }
        None
    }

    fn statement_byte(&self, byte: usize) -> usize {
        let before = self.left_out.partition_point(|(from, _)| *from <= byte);
        byte + before.checked_sub(1).map_or(0, |last| self.left_out[last].1)
    }

    /// To look up bytes of the statement by.
    pub(super) fn positions(&self) -> Positions<'_> {
        Positions { condensed: self, rest: self.sql.char_indices(), line: 1, column: 1, byte: 0, left_out: 0 }
    }
}

/// Lines and columns (in characters, from 1) to bytes of the statement, for positions asked for in ascending order.
pub(super) struct Positions<'a> {
    condensed: &'a Condensed,
    rest: std::str::CharIndices<'a>,
    line: u64,
    column: u64,
    byte: usize,
    /// How many of the places where something is left out were passed.
    left_out: usize,
}

impl Positions<'_> {
    pub(super) fn byte(&mut self, location: Location) -> usize {
        while (self.line, self.column) < (location.line, location.column) {
            let Some((_, character)) = self.rest.next() else { break };
            self.byte = self.rest.offset();
            if character == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                self.column += 1;
            }
        }
        let all = &self.condensed.left_out;
        while all.get(self.left_out).is_some_and(|(from, _)| *from <= self.byte) {
            self.left_out += 1;
        }
        self.byte + self.left_out.checked_sub(1).map_or(0, |last| all[last].1)
    }
}
