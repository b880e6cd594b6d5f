//! Collations: which texts MySQL holds equal, and the canonical form keys use for them.
//!
//! Under most collations several texts are one key to MySQL (`bob`, `Bob`, `Bób`, `bob␠`), and each would be a key of
//! its own to DynamoDB. [`Collation::fold`] gives all of them one text. It knows the families below; a key over any
//! other collation is refused rather than guessed.
//!
//! | family | MySQL holds equal | folded here by |
//! | --- | --- | --- |
//! | `binary`, `*_0900_bin`, `*_nopad_bin` | only the same characters | nothing |
//! | other `*_bin` | the same, but for blanks at the end (PAD SPACE) | cutting blanks |
//! | Unicode `*_general_ci`, `*_unicode_ci`, `*_unicode_520_ci`, `*_uca1400_ai_ci`, `*_0900_ai_ci` | letters whatever their case and accents | lower case without accents; blanks cut unless `_0900_` or `nopad` |
//!
//! For the last family the repertoire is ASCII, the letters of Latin-1 and Latin Extended-A, Greek, Cyrillic, CJK
//! ideographs and Hangul: there the fold is measured to agree with the server (tests/conformance). A text with any other
//! character can't be folded and is an error. What only MySQL 8 has (`_0900_`) is taken to agree with MariaDB's newer
//! `_uca1400_`, and is not measured.

mod fold;

use std::borrow::Cow;

use fold::Generation;

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
    Insensitive(Generation),
    Unknown,
}

/// Character sets whose every character takes one byte.
const SINGLE_BYTE: [&str; 26] = [
    "armscii8", "ascii", "binary", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866", "dec8",
    "geostd8", "greek", "hebrew", "hp8", "keybcs2", "koi8r", "koi8u", "latin1", "latin2", "latin5", "latin7",
    "macce", "macroman", "swe7", "tis620",
];

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
        SINGLE_BYTE.contains(&self.charset())
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
        if self.name == "binary" || self.name.ends_with("_bin") {
            return Family::Bytes;
        }
        let (charset, rest) = self.name.split_once('_').unwrap_or((&self.name, ""));
        let unicode = matches!(charset, "utf8mb4" | "utf8mb3" | "utf8" | "ucs2" | "utf16" | "utf32");
        // MariaDB has each of its own without padding, too.
        match rest {
            "general_ci" | "general_nopad_ci" if unicode || charset == "ascii" => {
                Family::Insensitive(Generation::General)
            }
            "unicode_ci" | "unicode_nopad_ci" if unicode => Family::Insensitive(Generation::Uca400),
            "unicode_520_ci" | "unicode_520_nopad_ci" if unicode => Family::Insensitive(Generation::Uca520),
            "uca1400_ai_ci" | "uca1400_nopad_ai_ci" | "0900_ai_ci" if unicode => {
                Family::Insensitive(Generation::Uca900)
            }
            _ => Family::Unknown,
        }
    }

    /// One text for all that the collation holds equal. The folded text is itself equal to them all under the
    /// collation, so a key that holds it still finds the row by an indexed lookup.
    pub fn fold(&self, text: &str) -> Result<String, ValueError> {
        self.folded(text).map(Cow::into_owned)
    }

    /// What [`Collation::fold`] gives; the text itself, where nothing is to be folded.
    pub(crate) fn folded<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, ValueError> {
        let text = if self.pads() { text.trim_end_matches(' ') } else { text };
        match self.family() {
            Family::Bytes => Ok(Cow::Borrowed(text)),
            Family::Insensitive(generation) => {
                fold::fold(text, generation).map(Cow::Owned).ok_or_else(|| {
                    self.unfoldable("it has a character whose equals under this collation are not known")
                })
            }
            Family::Unknown => Err(self.unfoldable("what this collation holds equal is not known")),
        }
    }

    /// Whether [`Collation::fold`] folds this text.
    pub fn folds(&self, text: &str) -> bool {
        match self.family() {
            Family::Bytes => true,
            Family::Insensitive(generation) => fold::folds(text, generation),
            Family::Unknown => false,
        }
    }

    fn unfoldable(&self, reason: &str) -> ValueError {
        ValueError::Range { ty: format!("a key under {}", self.name), reason: reason.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(collation: &'static str, text: &str) -> Option<String> {
        Collation::constant(collation).fold(text).ok()
    }

    #[test]
    fn one_text_for_what_mysql_holds_equal() {
        for (collation, text, folded) in [
            ("utf8mb4_unicode_ci", "Bób  ", "bob"),
            ("utf8mb4_0900_ai_ci", "Bób  ", "bob  "),
            ("utf8mb4_bin", "Bób  ", "Bób"),
            ("utf8mb4_0900_bin", "Bób  ", "Bób  "),
            ("utf8mb4_general_ci", "Straße", "strase"),
            ("utf8mb4_unicode_ci", "Straße", "strasse"),
            ("utf8mb4_unicode_ci", "Ærø", "ærø"),
            ("utf8mb4_uca1400_ai_ci", "Ærø", "aero"),
            ("utf8mb4_unicode_ci", "ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"),
            ("utf8mb4_unicode_ci", "Ёлка, Йод, Київ", "елка, йод, київ"),
            ("utf8mb4_general_ci", "Київ", "киів"),
            ("utf8mb3_general_ci", "東京 서울", "東京 서울"),
        ] {
            assert_eq!(fold(collation, text).as_deref(), Some(folded), "{text} under {collation}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        assert_eq!(fold("latin1_swedish_ci", "a"), None);
        assert_eq!(fold("utf8mb4_tr_0900_ai_ci", "i"), None);
        for text in ["😀", "e\u{301}", "a\tb", "²", "ŉ", "ﬁ"] {
            assert_eq!(fold("utf8mb4_unicode_ci", text), None, "{text:?}");
        }
    }

    #[test]
    fn padding_is_told_by_the_name() {
        for (name, pads) in [
            ("utf8mb4_bin", true),
            ("utf8mb4_0900_bin", false),
            ("utf8mb4_nopad_bin", false),
            ("utf8mb4_general_nopad_ci", false),
            ("latin1_swedish_ci", true),
            ("binary", false),
        ] {
            assert_eq!(Collation::constant(name).pads(), pads, "{name}");
        }
    }
}
