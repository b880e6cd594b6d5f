//! The part of a stream that is held in memory: read on at one end, let go at the other.

use std::io::{self, ErrorKind, Read};

/// Bytes asked for at once.
const CHUNK: usize = 256 * 1024;

/// All offsets are those of the stream.
pub(super) struct Window<R> {
    input: R,
    /// Room for what is held; its length is how much memory that takes.
    room: Vec<u8>,
    /// Offset of the first byte that is held.
    base: usize,
    /// How many bytes are held.
    held: usize,
    /// Whether the input has ended.
    ended: bool,
    lines: Line,
    /// How far the lines are counted.
    counted: usize,
}

/// A line of the stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    /// Where it starts.
    pub(crate) start: usize,
    /// How many stand before it.
    pub(crate) before: usize,
}

impl<R: Read> Window<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, room: Vec::new(), base: 0, held: 0, ended: false, lines: Line::default(), counted: 0 }
    }

    /// Reads on, and lets go of what is before `hold`. False at the end of the input.
    pub(super) fn read_on(&mut self, hold: usize) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        self.make_room(hold);
        loop {
            let end = self.held + CHUNK;
            match self.input.read(&mut self.room[self.held..end]) {
                Ok(length) => {
                    self.held += length;
                    self.ended = length == 0;
                    return Ok(length > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Room for another chunk. What is held moves only where there is none, so small reads stay cheap.
    fn make_room(&mut self, hold: usize) {
        if self.held + CHUNK <= self.room.len() {
            return;
        }
        self.count_lines(hold);
        let gone = hold.saturating_sub(self.base).min(self.held);
        self.room.copy_within(gone..self.held, 0);
        self.base += gone;
        self.held -= gone;
        if self.held + CHUNK > self.room.len() {
            self.room.resize((2 * self.held).max(2 * CHUNK), 0);
        }
    }

    /// How much memory is held.
    #[cfg(test)]
    pub(super) fn room(&self) -> usize {
        self.room.len()
    }

    /// The line that `offset` is on. Offsets are asked for in ascending order.
    pub(super) fn line_of(&mut self, offset: usize) -> Line {
        self.count_lines(offset);
        self.lines
    }

    fn count_lines(&mut self, to: usize) {
        if to <= self.counted {
            return;
        }
        let bytes = self.slice(self.counted, to);
        let before = memchr::memchr_iter(b'\n', bytes).count();
        if let Some(last) = memchr::memrchr(b'\n', bytes) {
            self.lines = Line { start: self.counted + last + 1, before: self.lines.before + before };
        }
        self.counted = to;
    }

    /// Where what is held ends.
    pub(super) fn end(&self) -> usize {
        self.base + self.held
    }

    /// What is held from `at` on.
    pub(super) fn from(&self, at: usize) -> &[u8] {
        self.slice(at, self.end())
    }

    /// What stands from `start` to before `end`, as far as it is held.
    pub(super) fn slice(&self, start: usize, end: usize) -> &[u8] {
        let at = |offset: usize| offset.saturating_sub(self.base).min(self.held);
        &self.room[at(start)..at(end).max(at(start))]
    }
}
