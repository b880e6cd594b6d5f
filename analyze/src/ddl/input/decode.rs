//! From a statement's bytes to text.

use encoding_rs::Encoding;

use super::super::scan::{Comment, comment_at, is_word, quote_end};

/// A statement as text. Places in the bytes are places in the text, but for those given back in `places`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) text: String,
    /// Where the places that were asked for are in the text.
    pub(super) places: [usize; 3],
    /// The first byte that is in no encoding that is known, and was replaced.
    pub(super) foreign: Option<usize>,
    /// The first of those that stands where it means something.
    pub(super) refused: Option<usize>,
}

/// The text: UTF-8, or else in that encoding. Bytes in neither become `?`, each of them, so that places stay; they are
/// harmless in comments. The statement starts at the first of the places.
pub(super) fn decode(bytes: &[u8], places: [usize; 3], encoding: Option<&'static Encoding>) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), places, foreign: None, refused: None };
    }
    let decode = |end: usize| {
        let (text, wrong) = encoding?.decode_without_bom_handling(&bytes[..end.min(bytes.len())]);
        Some((text, wrong))
    };
    if let Some((text, false)) = decode(bytes.len()) {
        let places = places.map(|place| decode(place).map_or(0, |(text, _)| text.len()));
        return Decoded { text: text.into_owned(), places, foreign: None, refused: None };
    }
    let (text, foreign) = replaced(bytes);
    let foreign: Vec<usize> = foreign.into_iter().filter(|offset| *offset >= places[0]).collect();
    let refused = first_that_counts(text.as_bytes(), places[0], &foreign);
    Decoded { text, places, foreign: foreign.first().copied(), refused }
}

/// The text with `?` for each foreign byte, so that every other byte keeps its place, and where those bytes are.
fn replaced(bytes: &[u8]) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(bytes.len());
    let mut foreign = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            foreign.push(text.len());
            text.push('?');
        }
    }
    (text, foreign)
}

/// The first of the offsets, which ascend, that is neither in a comment nor in the text of a COMMENT.
fn first_that_counts(text: &[u8], start: usize, offsets: &[usize]) -> Option<usize> {
    let mut rest = offsets.iter().copied().peekable();
    let (mut at, mut comments) = (start, false);
    while let Some(next) = rest.peek().copied() {
        let byte = *text.get(at)?;
        let (end, harmless) = match comment_at(text, at, false) {
            Some(Comment::Plain { end, .. }) => (end, true),
            Some(Comment::Versioned { body, .. }) => (body, false),
            None if matches!(byte, b'\'' | b'"' | b'`') => {
                (quote_end(text, at).unwrap_or(text.len()), comments && byte != b'`')
            }
            None if is_word(byte) => {
                let length = text[at..].iter().take_while(|byte| is_word(**byte)).count();
                comments = text[at..at + length].eq_ignore_ascii_case(b"COMMENT");
                at += length;
                continue;
            }
            None => {
                comments &= byte == b'=' || byte.is_ascii_whitespace();
                (at + 1, false)
            }
        };
        if next < end {
            if !harmless {
                return Some(next);
            }
            while rest.next_if(|offset| *offset < end).is_some() {}
        }
        at = end;
    }
    None
}
