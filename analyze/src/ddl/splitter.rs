//! Cuts a file into statements, over bytes: nothing here has to be valid SQL, or valid UTF-8.
//!
//! What real files forced: rulers of dashes without a blank, `DELIMITER` around ordinary statements, versioned
//! comments that hold whole statements, carriage returns, no last semicolon, quotes that are never closed.

use std::ops::Range;

use super::scan::{Comment, comment_at, first_words, quote_end};

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes, from the first that counts to the last, without the delimiter.
    pub range: Range<usize>,
    /// Where a quote or a comment opens that is never closed. The statement then goes up to the next line that
    /// looks like the start of another, so that one slip doesn't swallow the file.
    pub unterminated: Option<usize>,
}

/// Line starts that a statement can be resynchronised at.
const RESUME: [&str; 4] = ["CREATE ", "DROP ", "ALTER ", "INSERT "];

/// After so many unclosed quotes the rest of the file is one piece: it isn't SQL, and each costs a look to its end.
const MAX_RESUMES: usize = 64;

/// Cuts `text` into statements, in order. Comments between statements and empty statements are left out.
pub fn split(text: &[u8]) -> Vec<Piece> {
    let mut splitter = Splitter {
        text,
        at: 0,
        start: None,
        last: 0,
        versioned: None,
        delimiter: b";".to_vec(),
        pieces: Vec::new(),
        resumes: 0,
    };
    splitter.run();
    splitter.pieces
}

struct Splitter<'a> {
    text: &'a [u8],
    at: usize,
    /// First byte of the current statement that counts.
    start: Option<usize>,
    /// Just after the last byte that counts.
    last: usize,
    /// Where the versioned comment opens that `at` is in.
    versioned: Option<usize>,
    delimiter: Vec<u8>,
    pieces: Vec<Piece>,
    resumes: usize,
}

impl Splitter<'_> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            self.step();
        }
        let unterminated = self.versioned.filter(|_| self.start.is_some());
        self.finish(unterminated);
    }

    fn step(&mut self) {
        let byte = self.text[self.at];
        if byte.is_ascii_whitespace() {
            self.at += 1;
        } else if self.versioned.is_none() && self.at_delimiter() {
            let length = if self.rest().starts_with(&self.delimiter) { self.delimiter.len() } else { 1 };
            self.finish(None);
            self.at += length;
        } else if let Some(comment) = comment_at(self.text, self.at, self.start.is_none()) {
            self.comment(comment);
        } else if matches!(byte, b'\'' | b'"' | b'`') {
            match quote_end(self.text, self.at) {
                Some(end) => self.take(end),
                None => self.resume(self.at),
            }
        } else if self.versioned.is_some() && self.rest().starts_with(b"*/") {
            self.versioned = None;
            self.take(self.at + 2);
        } else if self.start.is_none() && self.client_command() {
        } else {
            self.take(self.at + 1);
        }
    }

    fn rest(&self) -> &[u8] {
        &self.text[self.at..]
    }

    /// The next bytes belong to the statement.
    fn take(&mut self, end: usize) {
        self.start.get_or_insert(self.at);
        self.at = end;
        self.last = end;
    }

    /// Under another delimiter a semicolon still ends an ordinary statement: files switch it on around everything.
    /// Only a stored program's head makes the rest of the batch one statement.
    fn at_delimiter(&self) -> bool {
        self.rest().starts_with(&self.delimiter) || (self.rest()[0] == b';' && !self.in_program())
    }

    fn in_program(&self) -> bool {
        let Some(start) = self.start else { return false };
        let mut end = self.at.min(start + 400);
        let head = loop {
            match std::str::from_utf8(&self.text[start..end]) {
                Ok(head) => break head,
                Err(error) => end = start + error.valid_up_to(),
            }
        };
        let words = first_words(head, 24, None);
        let is_create = words.first().is_some_and(|word| word.is("CREATE") || word.is("ALTER"));
        let program = |keyword: &str| words.iter().any(|word| word.is(keyword));
        let opens_block = words.first().is_some_and(|word| word.is("BEGIN") || word.is("IF"));
        opens_block
            || is_create && ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"].into_iter().any(program)
    }

    fn comment(&mut self, comment: Comment) {
        match comment {
            Comment::Plain { end, closed: true } => self.at = end,
            Comment::Plain { closed: false, .. } => self.resume(self.at),
            Comment::Versioned { body, .. } => {
                self.versioned = Some(self.at);
                self.take(body);
            }
        }
    }

    /// `DELIMITER x` and `source file` are lines for the `mysql` client; no server ever sees them.
    fn client_command(&mut self) -> bool {
        let length = self.rest().iter().position(|byte| *byte == b'\n').unwrap_or(self.rest().len());
        let line = &self.rest()[..length];
        let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let Some(command) = words.next() else { return false };
        if command.eq_ignore_ascii_case(b"delimiter") {
            if let Some(delimiter) = words.next() {
                self.delimiter = delimiter.to_vec();
            }
        } else if !(command.eq_ignore_ascii_case(b"source") || command == b"\\.") {
            return false;
        }
        self.at += length;
        true
    }

    fn finish(&mut self, unterminated: Option<usize>) {
        if let Some(start) = self.start.take() {
            self.pieces.push(Piece { range: start..self.last, unterminated });
        }
        self.versioned = None;
    }

    /// Ends the statement at the first line after its start that looks like another's. Not at the first after the
    /// quote: an earlier slip makes every later quote seem to open where it closes.
    fn resume(&mut self, opening: usize) {
        let start = *self.start.get_or_insert(opening);
        self.resumes += 1;
        let line = next_statement_line(self.text, start).filter(|_| self.resumes <= MAX_RESUMES);
        let end = line.unwrap_or(self.text.len());
        self.last = start + self.text[start..end].trim_ascii_end().len();
        self.finish(Some(opening));
        self.at = end;
    }
}

/// The first line after byte `from` that looks like the start of a statement.
pub(super) fn next_statement_line(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(newline) = text.get(at..)?.iter().position(|byte| *byte == b'\n') {
        at += newline + 1;
        let line = &text[at..];
        let starts = |verb: &str| {
            line.get(..verb.len()).is_some_and(|head| head.eq_ignore_ascii_case(verb.as_bytes()))
        };
        if RESUME.into_iter().any(starts) {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests;
