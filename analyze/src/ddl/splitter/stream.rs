//! The splitter: from one delimiter to the next.

use std::io::{self, Read};

use super::super::charset::Server;
use super::super::scan::{OPENING, Opening, is_word, opening};
use super::cut::{Current, Cut, Kind, MAX_STATEMENT, Mode};
use super::enclosed::{Enclosure, Memory};
use super::window::{Line, Window};
use super::{next_statement_line, starts_statement, starts_with};

/// Bytes looked at before anything is decided.
pub(super) const LOOKAHEAD: usize = 16;
const _: () = assert!(OPENING <= LOOKAHEAD);

/// As much of the line a statement starts on is kept for showing it.
pub(super) const PREFIX: usize = 4096;

/// As much of a statement that is passed over is kept for naming it.
const HEAD: usize = 200;

/// What a statement is in a batch under another delimiter is seen in so many bytes.
const PROGRAM_HEAD: usize = 400;

/// A line for the client is no longer, as far as it matters here.
const COMMAND: usize = 256;

/// After so many unclosed quotes it isn't SQL, and each costs another look at what was remembered.
const MAX_RESUMES: usize = 64;

/// Cuts what a reader gives into statements.
pub(in super::super) struct Splitter<R> {
    pub(super) window: Window<R>,
    server: Server,
    pub(super) at: usize,
    pub(super) current: Option<Current>,
    pub(super) memory: Option<Memory>,
    /// The head of the statement that is passed over.
    head: Vec<u8>,
    delimiter: Vec<u8>,
    /// Bytes that can end a run of ordinary ones.
    stops: [bool; 256],
    /// First bytes of two-byte characters whose second may be a backslash.
    pub(super) leads: Option<fn(u8) -> bool>,
    /// Whether rows follow, as PostgreSQL's COPY has them.
    copies: bool,
    resumes: usize,
}

impl<R: Read> Splitter<R> {
    pub(in super::super) fn new(input: R, server: Server) -> Self {
        let mut splitter = Self {
            window: Window::new(input),
            server,
            at: 0,
            current: None,
            memory: None,
            head: Vec::new(),
            delimiter: Vec::new(),
            stops: [false; 256],
            leads: None,
            copies: false,
            resumes: 0,
        };
        splitter.delimit(b";");
        splitter
    }

    /// Whether what is left of the input was given up, because it isn't SQL.
    pub(in super::super) const fn gave_up(&self) -> bool {
        self.resumes > MAX_RESUMES
    }

    /// From here on, these are the first bytes of characters whose second byte may look like a backslash.
    pub(in super::super) fn set_leads(&mut self, leads: Option<fn(u8) -> bool>) {
        self.leads = leads;
    }

    /// The text of the statement that was cut out last, from the start of its line on; of one that isn't there whole,
    /// the head.
    pub(in super::super) fn excerpt(&self, cut: &Cut) -> &[u8] {
        if !self.head.is_empty() {
            return &self.head[..self.head.len().min(cut.range.end - cut.line.start)];
        }
        let end = match cut.kind {
            // What is never closed may open behind the line that reading goes on at.
            Kind::Whole => cut.range.end.max(cut.unterminated.map_or(0, |opening| self.opened(opening))),
            Kind::Data | Kind::TooLong => cut.range.end.min(cut.range.start + HEAD),
        };
        self.window.slice(cut.line.start, end)
    }

    /// The end of what opens something there: a quote, two characters of a comment, BEGIN.
    fn opened(&self, opening: usize) -> usize {
        let text = self.window.from(opening);
        let word = text.iter().take_while(|byte| is_word(**byte)).count();
        opening + word.max(if text.starts_with(b"/") { 2 } else { 1 })
    }

    /// How much memory is held.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.window.room()
    }

    /// The next statement.
    pub(in super::super) fn next(&mut self) -> io::Result<Option<Cut>> {
        if std::mem::take(&mut self.copies) {
            self.pass_over_copied()?;
        }
        while !self.gave_up() && self.look()? {
            let byte = self.rest()[0];
            if byte.is_ascii_whitespace() {
                self.at += 1;
            } else if self.rest().starts_with(&self.delimiter) {
                self.at += self.delimiter.len();
            } else if byte == b';' {
                self.at += 1;
            } else if let Some(cut) = match opening(self.rest(), true) {
                Some(Opening::Line) => self.line_comment()?,
                Some(Opening::Block) => {
                    let line = self.line_of(self.at);
                    self.begin(Current::comment(self.at, line));
                    self.enclosed(Enclosure::Comment)?
                }
                _ if self.client_command()? => None,
                _ => Some(self.statement()?),
            } {
                return Ok(Some(cut));
            }
        }
        Ok(None)
    }

    fn begin(&mut self, current: Current) {
        self.current = Some(current);
        self.head.clear();
    }

    fn statement(&mut self) -> io::Result<Cut> {
        let line = self.line_of(self.at);
        self.begin(Current::new(self.at, line, self.rest()));
        loop {
            self.run()?;
            if self.at >= self.limit() {
                if let Some(cut) = self.at_limit(None) {
                    return Ok(cut);
                }
            } else if !self.look()? {
                return Ok(self.at_end());
            } else if let Some(cut) = self.step()? {
                return Ok(cut);
            }
        }
    }

    /// The line that `at` is on; of one that is very long, the part from there on.
    pub(super) fn line_of(&mut self, at: usize) -> Line {
        let line = self.window.line_of(at);
        if at - line.start <= PREFIX { line } else { Line { start: at, ..line } }
    }

    /// Over ordinary bytes.
    fn run(&mut self) -> io::Result<()> {
        let limit = self.limit();
        loop {
            let rest = self.window.slice(self.at, limit);
            let length = rest.iter().position(|byte| self.stops[usize::from(*byte)]).unwrap_or(rest.len());
            let stopped = length < rest.len();
            let last = rest[..length].iter().rposition(|byte| !byte.is_ascii_whitespace());
            if let (Some(last), Some(current)) = (last, &mut self.current) {
                current.last = self.at + last + 1;
            }
            self.at += length;
            if stopped || self.at >= limit || !self.read_on()? {
                return Ok(());
            }
        }
    }

    /// At a byte that may mean something.
    fn step(&mut self) -> io::Result<Option<Cut>> {
        let byte = self.rest()[0];
        let versioned = self.current.as_ref().is_some_and(|current| current.versioned.is_some());
        if !versioned && let Some(length) = self.delimiter_here() {
            return Ok(Some(self.finish(length)));
        }
        match (byte, opening(self.rest(), false)) {
            (_, Some(Opening::Line)) => return self.line_comment(),
            (_, Some(Opening::Block)) => return self.enclosed(Enclosure::Comment),
            (_, Some(Opening::Versioned { body, .. })) => {
                if let Some(current) = &mut self.current {
                    current.versioned = Some(self.at);
                }
                self.take(body);
            }
            (b'\'' | b'"' | b'`', None) => return self.enclosed(Enclosure::Quote(byte)),
            (b'*', None) if versioned && self.rest().starts_with(b"*/") => {
                if let Some(current) = &mut self.current {
                    current.versioned = None;
                }
                self.take(2);
            }
            (b'\n', None) => return Ok(self.line_end(versioned)),
            (_, None) => self.take(1),
        }
        Ok(None)
    }

    /// The next bytes belong to the statement.
    pub(super) fn take(&mut self, length: usize) {
        self.at += length;
        if let Some(current) = &mut self.current {
            current.last = self.at;
        }
    }

    /// Whether the statement ends here, and how long what ends it is.
    fn delimiter_here(&mut self) -> Option<usize> {
        let rest = self.window.from(self.at);
        let own = rest.starts_with(&self.delimiter);
        // The client's own commands for "go".
        if rest.starts_with(b"\\g") || rest.starts_with(b"\\G") {
            return Some(2);
        } else if rest[0] != b';' || (own && self.delimiter.len() > 1) {
            return own.then_some(self.delimiter.len());
        }
        let current = self.current.as_mut()?;
        let head = self.window.slice(current.start, self.at.min(current.start + PROGRAM_HEAD));
        let text = self.window.slice(current.blocks_from(), self.at + 1);
        current.ends_at_semicolon(head, text, own).then_some(1)
    }

    /// Lines that end a statement without a delimiter.
    fn line_end(&mut self, versioned: bool) -> Option<Cut> {
        self.at += 1;
        let current = self.current.as_mut().filter(|_| !versioned)?;
        let rest = self.window.from(self.at);
        let ends = match current.mode {
            // These words are reserved: in rows they can stand nowhere, so a semicolon was forgotten.
            Mode::Rows => starts_statement(rest) && !starts_with(rest, b"INSERT"),
            // USE is the client's, and needs no delimiter.
            Mode::Undecided if starts_with(self.window.from(current.start), b"USE ") => {
                current.last > current.start + b"USE ".len()
            }
            // So is DELIMITER; the one before was forgotten.
            Mode::Undecided | Mode::Kept if starts_with(rest, b"DELIMITER ") => {
                rest.get(10).is_some_and(u8::is_ascii_punctuation)
            }
            // The semicolon behind a program's END was forgotten.
            Mode::Undecided | Mode::Kept if starts_statement(rest) && self.delimiter == b";" => {
                let head = self.window.slice(current.start, self.at.min(current.start + PROGRAM_HEAD));
                let text = self.window.slice(current.blocks_from(), self.at);
                current.is_closed_program(head, text)
            }
            Mode::Undecided | Mode::Kept | Mode::Other | Mode::TooLong | Mode::Comment => false,
        };
        ends.then(|| self.finish(0))
    }

    /// To the end of the line.
    fn line_comment(&mut self) -> io::Result<Option<Cut>> {
        loop {
            let rest = self.window.slice(self.at, self.limit());
            let newline = memchr::memchr(b'\n', rest);
            self.at += newline.unwrap_or(rest.len());
            if newline.is_some() {
                return Ok(None);
            } else if self.at >= self.limit() {
                if let Some(cut) = self.at_limit(None) {
                    return Ok(Some(cut));
                }
            } else if !self.read_on()? {
                return Ok(None);
            }
        }
    }

    /// Lines for the `mysql` client, and for `psql`: no server ever sees them.
    fn client_command(&mut self) -> io::Result<bool> {
        if !matches!(self.rest()[0], b'd' | b'D' | b's' | b'S' | b'\\') {
            return Ok(false);
        }
        self.ensure(COMMAND)?;
        let line = &self.rest()[..self.rest().len().min(COMMAND)];
        let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
        let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let (command, argument) = (words.next().unwrap_or_default(), words.next());
        if command.eq_ignore_ascii_case(b"delimiter") {
            if let Some(delimiter) = argument.map(<[u8]>::to_vec) {
                self.delimit(&delimiter);
            }
        } else if command.starts_with(b"\\g") || command.starts_with(b"\\G") {
            self.at += 2;
            return Ok(true);
        } else if !command.eq_ignore_ascii_case(b"source") && command[0] != b'\\' {
            return Ok(false);
        }
        self.line_comment()?;
        Ok(true)
    }

    fn delimit(&mut self, delimiter: &[u8]) {
        self.stops = [false; 256];
        for byte in b"'\"`-#/*;\\\n".iter().chain(delimiter.first()) {
            self.stops[usize::from(*byte)] = true;
        }
        self.delimiter = delimiter.to_vec();
    }

    /// Over the rows that follow `COPY … FROM stdin`, and the line that ends them.
    fn pass_over_copied(&mut self) -> io::Result<()> {
        loop {
            self.line_comment()?;
            self.at += 1;
            if !self.look()? {
                self.at = self.window.end();
                return Ok(());
            } else if self.rest().starts_with(b"\\.") {
                self.line_comment()?;
                return Ok(());
            }
        }
    }

    /// The statement ends here, at a delimiter of that length.
    fn finish(&mut self, delimiter: usize) -> Cut {
        // In rows that a stray quote has turned inside out, a semicolon is inside a text.
        let after = self.window.from(self.at + delimiter).first();
        if let Some(memory) = self.memory
            && after.is_some_and(|byte| !byte.is_ascii_whitespace())
        {
            return self.resume(memory.opening);
        }
        let cut = self.cut(None);
        if cut.kind == Kind::Whole && starts_with(self.window.from(cut.range.start), b"COPY ") {
            let text = self.window.slice(cut.range.start, cut.range.end).to_ascii_lowercase();
            self.copies = memchr::memmem::find(&text, b" from stdin").is_some();
        }
        self.at += delimiter;
        cut
    }

    fn cut(&mut self, unterminated: Option<usize>) -> Cut {
        self.memory = None;
        let current = self.current.take().unwrap_or_else(|| Current::new(self.at, Line::default(), b""));
        let end = current.last;
        current.cut(end, unterminated)
    }

    /// The input ends in the statement.
    fn at_end(&mut self) -> Cut {
        let text = match &self.current {
            Some(current) if !current.passes_over() => self.window.from(current.blocks_from()).to_vec(),
            _ => Vec::new(),
        };
        let Some(current) = &mut self.current else { return self.cut(None) };
        if self.delimiter == b";" && !text.is_empty() {
            let head = &self.window.slice(current.start, current.start + PROGRAM_HEAD);
            current.ends_at_semicolon(head, &text, true);
        }
        match current.unclosed() {
            Some(opening) => self.resume(opening),
            None => self.cut(None),
        }
    }

    /// How far reading may go on as it does.
    pub(super) fn limit(&self) -> usize {
        let limit = self.current.as_ref().map_or(usize::MAX, Current::limit);
        self.memory.map_or(limit, |memory| limit.min(memory.line + MAX_STATEMENT))
    }

    /// Reading has come to the limit. `opening`: where the quote or comment opens that it is in.
    pub(super) fn at_limit(&mut self, opening: Option<usize>) -> Option<Cut> {
        if let Some(memory) = self.memory {
            return Some(self.resume(memory.opening));
        }
        let current = self.current.as_mut()?;
        let text = self.window.slice(current.start, self.at);
        let opening = opening.or_else(|| current.unclosed());
        if current.mode == Mode::Kept
            && let Some(opening) = opening
            && next_statement_line(text, 0).is_some()
        {
            return Some(self.resume(opening));
        }
        current.decide(text, self.server);
        None
    }

    /// Ends the statement at the first line after its start that looks like another's. Not at the first after the
    /// quote: an earlier slip makes every later quote seem to open where it closes.
    pub(super) fn resume(&mut self, opening: usize) -> Cut {
        self.resumes += 1;
        let Some(current) = &mut self.current else { return self.cut(Some(opening)) };
        let line = match self.memory {
            Some(memory) => Some(memory.line),
            None if current.passes_over() => None,
            None => {
                let text = self.window.slice(current.start, self.at);
                next_statement_line(text, 0).map(|line| current.start + line)
            }
        };
        let end = line.unwrap_or(self.at);
        let before = self.window.slice(current.start.max(end.saturating_sub(PREFIX)), end);
        current.last = end - (before.len() - before.trim_ascii_end().len());
        // What opens behind that line belongs to another statement; then a block is what isn't closed in this one.
        let block = current.unclosed().filter(|block| opening >= end && *block < end);
        self.at = end;
        self.cut(Some(block.unwrap_or(opening)))
    }

    /// What is there from here on.
    pub(super) fn rest(&self) -> &[u8] {
        self.window.from(self.at)
    }

    /// Sees to it that what stands here can be told. False at the end of the input.
    pub(super) fn look(&mut self) -> io::Result<bool> {
        self.ensure(LOOKAHEAD.max(self.delimiter.len() + 1))?;
        Ok(self.at < self.window.end())
    }

    /// Sees to it that so many bytes are there, unless the input ends.
    pub(super) fn ensure(&mut self, length: usize) -> io::Result<()> {
        while self.window.end() < self.at + length && self.read_on()? {}
        Ok(())
    }

    pub(super) fn read_on(&mut self) -> io::Result<bool> {
        let mut hold = self.at.saturating_sub(PREFIX);
        if let Some(current) = &self.current {
            let head = current.start + HEAD;
            if !current.passes_over() {
                hold = hold.min(current.line.start);
            } else if !self.head.is_empty() {
            } else if self.at < head {
                hold = hold.min(current.line.start);
            } else {
                self.head.extend_from_slice(self.window.slice(current.line.start, head));
            }
        }
        if let Some(memory) = self.memory {
            hold = hold.min(memory.line.saturating_sub(PREFIX));
        }
        self.window.read_on(hold)
    }
}
