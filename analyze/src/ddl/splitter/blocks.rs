//! The blocks of a stored program that is sent without a DELIMITER around it, as tools for migrations do: its
//! semicolons end it only where no block is open.

use super::super::scan::{Comment, comment_at, is_word, quote_end};

/// What stands last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// What a statement can follow: a semicolon, BEGIN, THEN, a label's colon.
    Open,
    /// A dot: the next word is a name.
    Dot,
    /// END: the next word says what of.
    End,
    /// Anything else.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Begin,
    /// A CASE, be it a statement or an expression: both end with END.
    Case,
}

/// The blocks that are open after what was read.
#[derive(Clone, Debug)]
pub(super) struct Blocks {
    open: Vec<Block>,
    last: Last,
    /// Whether it is in a DECLARE: a handler's block follows its conditions.
    declares: bool,
    /// Where the first BEGIN stands.
    first: Option<usize>,
    /// How far the statement was read.
    pub(super) read: usize,
}

impl Blocks {
    /// Of a statement that starts at `start`.
    pub(super) const fn new(start: usize) -> Self {
        Self { open: Vec::new(), last: Last::Other, declares: false, first: None, read: start }
    }

    /// Where the block opens that is not closed, if one is.
    pub(super) fn unclosed(&self) -> Option<usize> {
        self.first.filter(|_| !self.open.is_empty())
    }

    /// Whether there was a block and all of it is over.
    pub(super) fn closed(&self) -> bool {
        self.first.is_some() && self.open.len() == usize::from(self.last == Last::End)
    }

    /// Reads on: `text` starts where reading stopped, and like that place ends between words, outside of quotes and
    /// comments.
    pub(super) fn read_on(&mut self, text: &[u8]) {
        let mut at = 0;
        while at < text.len() {
            let byte = text[at];
            if let Some(comment) = comment_at(text, at, false) {
                at = match comment {
                    Comment::Plain { end, .. } => end,
                    Comment::Versioned { body, .. } => body,
                };
            } else if matches!(byte, b'\'' | b'"' | b'`') {
                at = quote_end(text, at).unwrap_or(text.len());
                self.other();
            } else if is_word(byte) {
                let length = text[at..].iter().take_while(|byte| is_word(**byte)).count();
                self.word(&text[at..at + length], self.read + at);
                at += length;
            } else {
                if !byte.is_ascii_whitespace() {
                    self.punctuation(byte);
                }
                at += 1;
            }
        }
        self.read += text.len();
    }

    fn word(&mut self, word: &[u8], at: usize) {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword.as_bytes());
        if self.last == Last::End {
            self.last = Last::Other;
            // What these end never opened a block here. END CASE ends what CASE did.
            if ["IF", "LOOP", "WHILE", "REPEAT", "FOR"].into_iter().any(is) {
                return;
            }
            self.open.pop();
            if is("CASE") {
                return;
            }
        }
        let before = std::mem::replace(&mut self.last, Last::Other);
        if before == Last::Dot {
            return;
        }
        if is("BEGIN") && (before == Last::Open || self.declares || self.first.is_none()) {
            self.first.get_or_insert(at);
            self.open.push(Block::Begin);
            self.last = Last::Open;
            self.declares = false;
        } else if self.first.is_none() {
        } else if is("DECLARE") && before == Last::Open {
            self.declares = true;
        } else if is("CASE") {
            self.open.push(Block::Case);
        } else if is("END") && (before == Last::Open || self.open.last() == Some(&Block::Case)) {
            self.last = Last::End;
        } else if ["THEN", "ELSE", "DO", "LOOP", "REPEAT"].into_iter().any(is) {
            self.last = Last::Open;
        }
    }

    fn punctuation(&mut self, byte: u8) {
        self.other();
        self.last = match byte {
            b';' => {
                self.declares = false;
                Last::Open
            }
            b':' => Last::Open,
            b'.' => Last::Dot,
            _ => Last::Other,
        };
    }

    /// What follows END here is no word that says what of.
    fn other(&mut self) {
        if self.last == Last::End {
            self.open.pop();
        }
        self.last = Last::Other;
    }
}
