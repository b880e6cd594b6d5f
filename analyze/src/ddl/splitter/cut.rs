//! What the splitter cuts out of the stream.

use std::ops::Range;

use super::super::charset::Server;
use super::super::scan::{first_words, is_word};
use super::super::statement::{Statement, classify};
use super::blocks::Blocks;
use super::window::Line;

/// A statement of the stream. Its bytes can be had until the next one is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Cut {
    /// Its bytes, from the first that counts to the last, without the delimiter.
    pub(in super::super) range: Range<usize>,
    /// Where a quote, a comment or a block opens that is never closed.
    pub(in super::super) unterminated: Option<usize>,
    /// The line it starts on; of a line that is very long, the part from the statement on.
    pub(in super::super) line: Line,
    pub(in super::super) kind: Kind,
}

/// What there is of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// All of it.
    Whole,
    /// It is data, or something else that no schema is made of: its head.
    Data,
    /// It is longer than any that is read: its head.
    TooLong,
}

/// Longer statements are not read. MySQL itself sends none of more than 64 MiB, and no table comes near this.
pub(super) const MAX_STATEMENT: usize = if cfg!(test) { 1 << 20 } else { 8 << 20 };

/// What a statement is by its first words is settled after so many bytes.
const UNDECIDED: usize = 4096;

/// First words of statements that can be passed over at once.
const DATA: [&[u8]; 4] = [b"INSERT", b"REPLACE", b"UPDATE", b"DELETE"];

/// The statement that is being read.
#[derive(Debug)]
pub(super) struct Current {
    /// Its first byte that counts.
    pub(super) start: usize,
    /// Just after the last byte that counts.
    pub(super) last: usize,
    pub(super) line: Line,
    /// Where the versioned comment opens that reading is in.
    pub(super) versioned: Option<usize>,
    pub(super) mode: Mode,
    program: Option<Program>,
    blocks: Blocks,
}

/// What becomes of the statement's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Kept until it is clear what it is.
    Undecided,
    /// Kept.
    Kept,
    /// Passed over: rows.
    Rows,
    /// Passed over: something else.
    Other,
    /// Passed over, because there are too many.
    TooLong,
    /// There is no statement, only a comment.
    Comment,
}

/// Whether semicolons can be part of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    No,
    /// CREATE PROCEDURE and the like.
    Stored,
    /// A block without a name.
    Block,
}

impl Current {
    /// A statement that starts with `text`, of which there are a dozen bytes if it has so many.
    pub(super) fn new(start: usize, line: Line, text: &[u8]) -> Self {
        let length = text.iter().take_while(|byte| is_word(**byte)).count();
        let rows = DATA.iter().any(|verb| text[..length].eq_ignore_ascii_case(verb));
        Self {
            start,
            last: start,
            line,
            versioned: None,
            mode: if rows { Mode::Rows } else { Mode::Undecided },
            program: None,
            blocks: Blocks::new(start),
        }
    }

    /// A comment between statements.
    pub(super) fn comment(start: usize, line: Line) -> Self {
        Self { mode: Mode::Comment, ..Self::new(start, line, b"") }
    }

    /// Whether its bytes are let go of.
    pub(super) const fn passes_over(&self) -> bool {
        !matches!(self.mode, Mode::Undecided | Mode::Kept)
    }

    /// How far reading may go before [`Self::decide`] is asked.
    pub(super) const fn limit(&self) -> usize {
        match self.mode {
            Mode::Undecided => self.start + UNDECIDED,
            Mode::Kept => self.start + MAX_STATEMENT,
            Mode::Rows | Mode::Other | Mode::TooLong | Mode::Comment => usize::MAX,
        }
    }

    /// At the limit: what becomes of it from now on. `head` is its text up to there.
    pub(super) fn decide(&mut self, head: &[u8], server: Server) {
        self.mode = match self.mode {
            Mode::Undecided if classify(&String::from_utf8_lossy(head), server) == Statement::Nothing => {
                Mode::Other
            }
            Mode::Undecided => Mode::Kept,
            _ => Mode::TooLong,
        };
    }

    /// Whether a semicolon ends it, that stands at the end of `text`, which starts where [`Self::blocks_from`] says.
    /// `own`: whether the semicolon is the delimiter, and not what another is set for.
    ///
    /// Under another delimiter a semicolon still ends an ordinary statement: files switch it on around everything. Only a
    /// stored program's head makes the rest of the batch one statement.
    pub(super) fn ends_at_semicolon(&mut self, head: &[u8], text: &[u8], own: bool) -> bool {
        if self.passes_over() {
            return true;
        }
        match *self.program.get_or_insert_with(|| program(head)) {
            Program::No => true,
            Program::Block => own,
            Program::Stored if own => {
                self.blocks.read_on(text);
                self.blocks.unclosed().is_none()
            }
            Program::Stored => false,
        }
    }

    /// Whether it is a stored program whose block was closed. `text`: as for [`Self::ends_at_semicolon`].
    pub(super) fn is_closed_program(&mut self, head: &[u8], text: &[u8]) -> bool {
        let program = *self.program.get_or_insert_with(|| program(head));
        if program == Program::Stored {
            self.blocks.read_on(text);
        }
        program == Program::Stored && self.blocks.closed()
    }

    /// Where the text starts that blocks are still to be looked for in.
    pub(super) const fn blocks_from(&self) -> usize {
        self.blocks.read
    }

    /// Where something opens, other than a quote or a comment, that is not closed.
    pub(super) fn unclosed(&self) -> Option<usize> {
        self.versioned.or_else(|| self.blocks.unclosed())
    }

    pub(super) fn cut(self, end: usize, unterminated: Option<usize>) -> Cut {
        let kind = match self.mode {
            Mode::Undecided | Mode::Kept => Kind::Whole,
            Mode::Rows | Mode::Other | Mode::Comment => Kind::Data,
            Mode::TooLong => Kind::TooLong,
        };
        Cut { range: self.start..end, unterminated, line: self.line, kind }
    }
}

fn program(head: &[u8]) -> Program {
    let head = String::from_utf8_lossy(head);
    let words = first_words(&head, 24, None);
    let first = |keyword: &str| words.first().is_some_and(|word| word.is(keyword));
    let programs = ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE"];
    if first("BEGIN") || first("IF") {
        Program::Block
    } else if (first("CREATE") || first("ALTER"))
        && programs.into_iter().any(|keyword| words.iter().any(|word| word.is(keyword)))
    {
        Program::Stored
    } else {
        Program::No
    }
}
