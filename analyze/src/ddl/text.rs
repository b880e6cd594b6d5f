//! From a file's bytes to text, or to a diagnostic that says what is in the way.

use std::ops::Range;
use std::sync::Arc;

use migratable_contract::diagnostic::{Diagnostic, SourceFile};

use super::charset::Server;
use super::problem;
use super::splitter;
use super::statement::{Statement, classify};

/// Makes a file's bytes the text that [`super::read`] reads.
///
/// A byte order mark is blanked out. Bytes that aren't UTF-8 are let pass, as `?`, where they are data (an INSERT with
/// raw BLOBs in it) or in a comment, because nothing there is read.
///
/// # Errors
///
/// MG0603, with the byte's offset, for a binary file, UTF-16, or other encodings in anything that is read.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Arc<SourceFile>, Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(problem::binary(name, "UTF-16 starts", 0));
    }
    let file = |text| Arc::new(SourceFile { name: name.to_owned(), text });
    match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            Some(offset) => Err(problem::binary(name, "a zero byte", offset)),
            None => Ok(file(without_mark(text))),
        },
        Err(error) => {
            let bytes = error.into_bytes();
            let (text, foreign) = replaced(&bytes);
            let Some(offset) = first_that_matters(&bytes, &foreign) else {
                return match text.find('\0') {
                    Some(offset) if !foreign.is_empty() && outside_data(&bytes, offset) => {
                        Err(problem::binary(name, "a zero byte", offset))
                    }
                    _ => Ok(file(without_mark(text))),
                };
            };
            if let Some(zero) = bytes.iter().position(|byte| *byte == 0) {
                return Err(problem::binary(name, "a zero byte", zero));
            }
            Err(problem::not_utf8(&file(text), offset, bytes[offset]))
        }
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

/// Statements that are read, as opposed to data.
fn read_statements(bytes: &[u8]) -> Vec<Range<usize>> {
    let read = |range: &Range<usize>| {
        let text = String::from_utf8_lossy(&bytes[range.start..range.end.min(range.start + 4096)]);
        classify(&text, Server::default()) != Statement::Nothing
    };
    splitter::split(bytes).into_iter().map(|piece| piece.range).filter(read).collect()
}

fn first_that_matters(bytes: &[u8], foreign: &[usize]) -> Option<usize> {
    let statements = read_statements(bytes);
    let mut rest = foreign.iter().copied().peekable();
    for statement in statements {
        while rest.next_if(|offset| *offset < statement.start).is_some() {}
        if let Some(offset) = rest.peek().copied().filter(|offset| *offset < statement.end) {
            return Some(offset);
        }
    }
    None
}

fn outside_data(bytes: &[u8], offset: usize) -> bool {
    read_statements(bytes).iter().any(|range| range.contains(&offset))
}

/// A byte order mark is three bytes that are no SQL; blanks of the same length keep all places.
fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => format!("   {rest}"),
        None => text,
    }
}
