//! Quotes and comments: what is in them is nothing, until their end doesn't come.

use std::io::{self, Read};

use super::cut::{Current, Cut, Mode};
use super::starts_statement;
use super::stream::{LOOKAHEAD, Splitter};

/// What encloses text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Enclosure {
    Quote(u8),
    /// `/* … */`.
    Comment,
}

/// A line inside a quote or a comment that looks like the start of a statement. From there on the input is held until
/// the statement ends: should the quote turn out to be a stray one, reading goes on there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Memory {
    pub(super) line: usize,
    /// Where the quote or the comment opens.
    pub(super) opening: usize,
}

impl<R: Read> Splitter<R> {
    /// Goes to just after the end of what opens here. A statement comes of it only where there is no end.
    pub(super) fn enclosed(&mut self, enclosure: Enclosure) -> io::Result<Option<Cut>> {
        let opening = self.at;
        self.at += if enclosure == Enclosure::Comment { 2 } else { 1 };
        loop {
            let limit = self.limit();
            let rest = self.window.slice(self.at, limit);
            let Some(length) = self.find(enclosure, rest) else {
                self.at += rest.len();
                if self.at >= limit {
                    if let Some(cut) = self.at_limit(Some(opening)) {
                        return Ok(Some(cut));
                    }
                } else if !self.read_on()? {
                    return Ok(Some(self.resume(opening)));
                }
                continue;
            };
            self.at += length;
            if self.closes(enclosure, opening)? {
                self.closed(enclosure);
                return Ok(None);
            }
        }
    }

    /// The next byte that may mean something.
    fn find(&self, enclosure: Enclosure, text: &[u8]) -> Option<usize> {
        match (enclosure, self.leads) {
            (Enclosure::Comment, _) => memchr::memchr2(b'*', b'\n', text),
            (Enclosure::Quote(quote), Some(leads)) => {
                text.iter().position(|byte| *byte == quote || matches!(byte, b'\\' | b'\n') || leads(*byte))
            }
            (Enclosure::Quote(quote @ b'`'), None) => memchr::memchr2(quote, b'\n', text),
            (Enclosure::Quote(quote), None) => memchr::memchr3(quote, b'\\', b'\n', text),
        }
    }

    /// Takes a byte that may mean something, and whether it closes what encloses it.
    ///
    /// A doubled quote stands for itself in all three kinds, a backslash escapes in strings and not in names.
    fn closes(&mut self, enclosure: Enclosure, opening: usize) -> io::Result<bool> {
        self.ensure(2)?;
        let (byte, next) = (self.rest()[0], self.rest().get(1).copied());
        self.at += 1;
        match (enclosure, byte) {
            (_, b'\n') => self.remember(opening)?,
            (Enclosure::Comment, _) => {
                let closes = next == Some(b'/');
                self.at += usize::from(closes);
                return Ok(closes);
            }
            (Enclosure::Quote(quote), _) if byte == quote => {
                let doubled = next == Some(quote);
                self.at += usize::from(doubled);
                return Ok(!doubled);
            }
            (Enclosure::Quote(quote), b'\\') => self.at += usize::from(quote != b'`' && next.is_some()),
            // The first byte of two. Quotes are never the second.
            (Enclosure::Quote(_), _) => self.at += usize::from(next.is_some_and(|next| next >= 0x40)),
        }
        Ok(false)
    }

    /// At the start of a line.
    fn remember(&mut self, opening: usize) -> io::Result<()> {
        if self.memory.is_none() && self.current.as_ref().is_some_and(Current::passes_over) {
            self.ensure(LOOKAHEAD)?;
            self.memory = starts_statement(self.rest()).then_some(Memory { line: self.at, opening });
        }
        Ok(())
    }

    fn closed(&mut self, enclosure: Enclosure) {
        if let Enclosure::Quote(_) = enclosure {
            self.take(0);
        } else if self.current.as_ref().is_some_and(|current| current.mode == Mode::Comment) {
            (self.current, self.memory) = (None, None);
        }
    }
}
