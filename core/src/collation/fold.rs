//! One text for all that an accent- and case-insensitive collation holds equal.
//!
//! Measured against the server's own weights (`WEIGHT_STRING`), character by character, for the repertoire below. The
//! families differ in a few letters, and beyond the repertoire in thousands of characters, so a text with any other
//! character is refused: an error is seen, a wrong key is not.

use unicode_normalization::char::decompose_canonical;

/// The generations of MySQL's and MariaDB's accent- and case-insensitive Unicode collations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Generation {
    /// `*_general_ci`: one weight for each character, no expansions.
    General,
    /// `*_unicode_ci`: Unicode Collation Algorithm 4.0.0.
    Uca400,
    /// `*_unicode_520_ci`: UCA 5.2.0.
    Uca520,
    /// `*_0900_ai_ci` (UCA 9.0.0) and `*_uca1400_ai_ci` (UCA 14.0.0), which agree on the repertoire.
    Uca900,
}

/// Folds a text; `None` where it has a character outside the repertoire.
pub(super) fn fold(text: &str, generation: Generation) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        fold_character(character, generation, &mut folded)?;
    }
    Some(folded)
}

/// Whether every character of a text is in the repertoire.
pub(super) fn folds(text: &str, generation: Generation) -> bool {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return true;
    }
    let mut folded = String::new();
    text.chars().all(|character| fold_character(character, generation, &mut folded).is_some())
}

fn fold_character(character: char, generation: Generation, out: &mut String) -> Option<()> {
    match character {
        ' '..='~' => out.push(character.to_ascii_lowercase()),
        // Letters of Latin-1 and Latin Extended-A; ŉ has no one-letter upper case and is left out.
        '\u{c0}'..='\u{17f}' if character.is_alphabetic() && character != 'ŉ' => {
            match latin_letter(lower(character), generation) {
                Some(text) => out.push_str(text),
                None => out.push(base(character)),
            }
        }
        // Greek with and without accents; the final sigma is a sigma.
        '\u{386}' | '\u{388}'..='\u{3ce}' if character.is_alphabetic() => {
            out.push(match base(character) {
                'ς' => 'σ',
                letter => letter,
            });
        }
        '\u{400}'..='\u{45f}' => out.push(cyrillic_letter(character, generation)),
        // CJK ideographs of Unicode 1.1 and Hangul syllables have no case and no accents.
        '\u{4e00}'..='\u{9fa5}' | '\u{ac00}'..='\u{d7a3}' => out.push(character),
        _ => return None,
    }
    Some(())
}

/// Latin letters that are more, or less, than a base letter with an accent. `None` for all others.
fn latin_letter(letter: char, generation: Generation) -> Option<&'static str> {
    use Generation::{General, Uca400, Uca520, Uca900};
    Some(match (letter, generation) {
        ('ß', General) | ('ſ', _) => "s",
        ('ß', _) => "ss",
        ('ı', General) => "i",
        ('ı', _) => "ı",
        ('ĳ', General) => "ĳ",
        ('ĳ', _) => "ij",
        ('œ', General) => "œ",
        ('œ', _) => "oe",
        ('æ', Uca520 | Uca900) => "ae",
        ('ð' | 'đ', Uca520 | Uca900) => "d",
        ('ø', Uca520 | Uca900) => "o",
        ('ħ', Uca520 | Uca900) => "h",
        ('ł' | 'ŀ', Uca520 | Uca900) => "l",
        ('ŀ', General | Uca400) => "ŀ",
        _ => return None,
    })
}

/// й is a letter of its own everywhere; the other accented letters are, where the generation has contractions for them.
fn cyrillic_letter(character: char, generation: Generation) -> char {
    match lower(character) {
        'й' => 'й',
        letter @ ('ѓ' | 'ї' | 'ќ' | 'ў') if matches!(generation, Generation::Uca400 | Generation::Uca520) => {
            letter
        }
        letter => base(letter),
    }
}

fn lower(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

/// The letter without its accents, in lower case.
fn base(character: char) -> char {
    let mut first = None;
    decompose_canonical(character, |part| {
        first.get_or_insert(part);
    });
    lower(first.unwrap_or(character))
}
