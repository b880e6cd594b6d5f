//! Pieces of Rust that a contract holds: types, the paths of derives, attributes.
//!
//! They go into emitted code as they are, so what is taken here has to be Rust: a small grammar, of which everything parses
//! wherever it is put, and which reads nothing into what it takes. What it refuses, it refuses on the exact place.

mod grammar;
mod lexer;

use std::ops::Range;

use crate::codes::{self, Code};

/// A kind of piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The type of a field: `crate::Money`, `Vec<crate::Tag>`, `[u8; 16]`.
    Type,
    /// The path of a derive macro: `Hash`, `serde::Serialize`.
    Derive,
    /// What stands between `#[` and `]`: `serde(skip)`.
    Attribute,
}

impl Piece {
    /// What it is, with its article.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Type => "a Rust type",
            Self::Derive => "a derive",
            Self::Attribute => "a Rust attribute",
        }
    }

    /// What is said of a text that is none.
    const fn code(self) -> Code {
        match self {
            Self::Type => codes::RUST_TYPE_TEXT,
            Self::Derive => codes::RUST_DERIVE_TEXT,
            Self::Attribute => codes::RUST_ATTRIBUTE_TEXT,
        }
    }

    /// An example of one.
    const fn example(self) -> &'static str {
        match self {
            Self::Type => "crate::Money",
            Self::Derive => "serde::Serialize",
            Self::Attribute => "serde(skip)",
        }
    }
}

/// What is wrong with a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Its code.
    pub(crate) code: Code,
    /// Where, in bytes of the piece.
    pub(crate) range: Range<usize>,
    /// What it is.
    pub(crate) label: String,
    /// What to do.
    pub(crate) help: String,
}

/// The first mistake of a piece, if there is one.
pub(crate) fn check(piece: Piece, text: &str) -> Result<(), Mistake> {
    let unreadable = |fault: lexer::Fault| Mistake {
        code: piece.code(),
        range: fault.range,
        label: fault.label,
        help: fault.help.unwrap_or_else(|| format!("write {}, as in `{}`", piece.what(), piece.example())),
    };
    let tokens = lexer::tokens(text).map_err(unreadable)?;
    let mut parser = grammar::Parser::new(text, &tokens);
    let parsed = match piece {
        Piece::Type => parser.field_type(),
        Piece::Derive => parser.derive(),
        Piece::Attribute => parser.attribute(),
    };
    parsed.map_err(|error| match error {
        grammar::Error::Fault(fault) => unreadable(fault),
        grammar::Error::Scope(fault) => Mistake {
            code: codes::RUST_SCOPE,
            range: fault.range,
            label: fault.label,
            help: fault.help.unwrap_or_default(),
        },
        grammar::Error::Reserved(fault) => Mistake {
            code: codes::RUST_ATTRIBUTE_RESERVED,
            range: fault.range,
            label: fault.label,
            help: fault.help.unwrap_or_default(),
        },
    })
}

#[cfg(test)]
mod tests;
