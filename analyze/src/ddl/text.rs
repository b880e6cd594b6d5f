//! From a file's bytes to text, or to a diagnostic that says what is in the way.

use std::sync::Arc;

use migratable_contract::diagnostic::{Diagnostic, SourceFile};

use super::charset::Server;
use super::problem;
use super::splitter;
use super::statement::{Statement, classify};

/// Makes a file's bytes the text that [`super::read`] reads.
///
/// A byte order mark is blanked out. Bytes that aren't UTF-8 and zero bytes are let pass where they are data (an
/// INSERT with raw BLOBs in it) or in a comment, because nothing there is read; the former as `?`.
///
/// # Errors
///
/// MG0603, with the byte's offset, for a binary file, UTF-16, or other encodings in anything that is read.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(problem::binary(name, "UTF-16 starts", 0));
    }
    let (text, mut odd) = replaced(&bytes);
    odd.extend(bytes.iter().enumerate().filter(|(_, byte)| **byte == 0).map(|(offset, _)| offset));
    let file = SourceFile::new(name.to_owned(), without_mark(text));
    if odd.is_empty() {
        return Ok(file);
    }
    odd.sort_unstable();
    let odd = in_what_is_read(&bytes, &odd);
    match odd.iter().copied().find(|offset| bytes[*offset] == 0).or(odd.first().copied()) {
        None => Ok(file),
        Some(offset) if bytes[offset] == 0 => Err(problem::binary(name, "a zero byte", offset)),
        Some(offset) => Err(problem::not_utf8(&file, offset, bytes[offset])),
    }
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

/// Those of the offsets, which ascend, that are in a statement that is read: not in data, nor in a comment.
fn in_what_is_read(bytes: &[u8], offsets: &[usize]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut rest = offsets.iter().copied().peekable();
    for piece in splitter::split(bytes) {
        let range = piece.range;
        while rest.next_if(|offset| *offset < range.start).is_some() {}
        if rest.peek().is_some_and(|offset| range.contains(offset)) {
            let head = String::from_utf8_lossy(&bytes[range.start..range.end.min(range.start + 4096)]);
            if classify(&head, Server::default()) != Statement::Nothing {
                found.extend(std::iter::from_fn(|| rest.next_if(|offset| *offset < range.end)));
            }
        }
    }
    found
}

/// A byte order mark is three bytes that are no SQL; blanks of the same length keep all places.
fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => format!("   {rest}"),
        None => text,
    }
}
