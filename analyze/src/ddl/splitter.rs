//! Cuts a stream into statements, over bytes: nothing here has to be valid SQL, or valid UTF-8.
//!
//! What real files forced: rulers of dashes without a blank, `DELIMITER` around ordinary statements and none around
//! stored programs, versioned comments that hold whole statements, carriage returns, no last semicolon, quotes that are
//! never closed. Data is passed over as fast as it can be looked at, and never held.
//!
//! How the bytes come in makes no difference: nothing is decided before there is as much of the input as it takes.

mod blocks;
mod cut;
mod enclosed;
mod stream;
mod window;

use std::ops::Range;

use super::charset::Server;

pub(super) use cut::{Cut, Kind};
pub(super) use stream::Splitter;

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes, from the first that counts to the last, without the delimiter.
    pub range: Range<usize>,
    /// Where a quote, a comment or a block opens that is never closed. The statement then goes up to the next line that
    /// looks like the start of another, so that one slip doesn't swallow the file.
    pub unterminated: Option<usize>,
}

/// Cuts `text` into statements, in order. Comments between statements and empty statements are left out.
pub fn split(text: &[u8]) -> Vec<Piece> {
    let mut splitter = Splitter::new(text, Server::default());
    // Reading memory doesn't fail.
    std::iter::from_fn(|| splitter.next().ok().flatten())
        .map(|Cut { range, unterminated, .. }| Piece { range, unterminated })
        .collect()
}

/// Line starts that a statement can be resynchronised at.
const RESUME: [&[u8]; 4] = [b"CREATE ", b"DROP ", b"ALTER ", b"INSERT "];

/// Whether the text looks like the start of a statement.
fn starts_statement(text: &[u8]) -> bool {
    RESUME.into_iter().any(|verb| starts_with(text, verb))
}

/// Whether the text starts with these letters, in either case.
fn starts_with(text: &[u8], letters: &[u8]) -> bool {
    text.get(..letters.len()).is_some_and(|head| head.eq_ignore_ascii_case(letters))
}

/// The first line after byte `from` that looks like the start of a statement.
pub(super) fn next_statement_line(text: &[u8], from: usize) -> Option<usize> {
    let lines = memchr::memchr_iter(b'\n', text.get(from..)?);
    lines.map(|newline| from + newline + 1).find(|line| starts_statement(&text[*line..]))
}

#[cfg(test)]
mod tests;
