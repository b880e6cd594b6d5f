//! Collations: which texts MySQL holds equal, and the canonical form keys use for them.
//!
//! Under most collations several texts are one key to MySQL (`bob`, `Bob`, `Bób`, `bob␠`), and each would be a key of
//! its own to DynamoDB. [`Collation::fold`] gives all of them one text. It knows the families below; a key over any
//! other collation is refused rather than guessed.
//!
//! | family | equal to MySQL | folded here by |
//! | --- | --- | --- |
//! | `binary`, `*_0900_bin`, `*_nopad_bin` | only the same characters | nothing |
//! | other `*_bin` | the same, but for blanks at the end (PAD SPACE) | cutting blanks |
//! | `*_general_ci`, `*_unicode_ci`, `*_unicode_520_ci`, `*_uca1400_ai_ci`, `*_0900_ai_ci` | letters whatever their case and accents | decomposing, dropping marks, case folding |
//! | `*_uca1400_as_ci`, `*_0900_as_ci` | letters whatever their case | composing, case folding |
//!
//! Families that pad (all but `_0900_` and `_nopad_`) also ignore blanks at the end.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::{Text, ValueError};

/// A MySQL collation, by name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Collation {
    /// Its name, as `utf8mb4_0900_ai_ci`.
    pub name: Text,
}

/// What a collation holds equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Bytes,
    IgnoresCaseAndAccents,
    IgnoresCase,
    Unknown,
}

impl Collation {
    /// A collation in constant code.
    pub const fn constant(name: &'static str) -> Self {
        Self { name: Text::Borrowed(name) }
    }

    /// The collation with this name.
    pub fn new(name: impl Into<Text>) -> Self {
        Self { name: name.into() }
    }

    /// The character set: what stands before the first underscore.
    pub fn charset(&self) -> &str {
        self.name.split('_').next().unwrap_or_default()
    }

    /// Whether every character of the set takes one byte.
    pub fn is_single_byte(&self) -> bool {
        const SINGLE_BYTE: [&str; 23] = [
            "armscii8", "ascii", "binary", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866",
            "dec8", "geostd8", "greek", "hebrew", "hp8", "keybcs2", "koi8r", "koi8u", "latin1", "latin2",
            "latin5", "latin7", "macroman",
        ];
        SINGLE_BYTE.contains(&self.charset()) || matches!(self.charset(), "macce" | "swe7" | "tis620")
    }

    /// Whether texts are equal only if every character is: no case, no accents, no padding.
    pub fn is_binary(&self) -> bool {
        self.family() == Family::Bytes && !self.pads()
    }

    /// Whether MySQL sorts by characters' codes, so that the order of keys can be MySQL's.
    pub fn sorts_by_bytes(&self) -> bool {
        self.family() == Family::Bytes
    }

    /// Whether blanks at the end don't count (PAD SPACE).
    pub fn pads(&self) -> bool {
        !(self.name == "binary" || self.name.contains("_0900_") || self.name.contains("nopad"))
    }

    /// Whether [`Collation::fold`] knows this collation.
    pub fn foldable(&self) -> bool {
        self.family() != Family::Unknown
    }

    fn family(&self) -> Family {
        let name = self.name.replace("_nopad", "");
        if name == "binary" || name.ends_with("_bin") {
            return Family::Bytes;
        }
        let unicode = matches!(self.charset(), "utf8mb4" | "utf8mb3" | "utf8" | "ucs2" | "utf16" | "utf32");
        let ascii = self.charset() == "ascii";
        match name.split_once('_').map_or("", |(_, rest)| rest) {
            "general_ci" if unicode || ascii => Family::IgnoresCaseAndAccents,
            "unicode_ci" | "unicode_520_ci" | "uca1400_ai_ci" | "0900_ai_ci" if unicode => {
                Family::IgnoresCaseAndAccents
            }
            "uca1400_as_ci" | "0900_as_ci" if unicode => Family::IgnoresCase,
            _ => Family::Unknown,
        }
    }

    /// One text for all that the collation holds equal. The folded text is itself equal to them all under the
    /// collation, so a key that holds it still finds the row by an indexed lookup.
    pub fn fold(&self, text: &str) -> Result<String, ValueError> {
        let text = if self.pads() { text.trim_end_matches(' ') } else { text };
        match self.family() {
            Family::Bytes => Ok(text.to_owned()),
            Family::IgnoresCaseAndAccents => Ok(fold_case(text.nfd().filter(|c| !is_combining_mark(*c)))),
            Family::IgnoresCase => Ok(fold_case(text.nfc())),
            Family::Unknown => Err(ValueError::Range {
                ty: format!("a key under {}", self.name),
                reason: "what this collation holds equal is not known here".to_owned(),
            }),
        }
    }
}

/// Upper case and back, which also joins what has one upper case (`ß` and `ss`, `ς` and `σ`).
fn fold_case(characters: impl Iterator<Item = char>) -> String {
    characters.flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect()
}
