//! Reading the files a user names: what can be wrong with them, as diagnostics.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;

use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place, SourceFile};

/// How far into a file a NUL byte is looked for; text has none.
const PROBE: usize = 8192;

fn open(path: &Path) -> std::io::Result<File> {
    // Some systems open a folder like a file and fail in odd ways when reading.
    if path.is_dir() { Err(ErrorKind::IsADirectory.into()) } else { File::open(path) }
}

/// Reads a contract: a file of UTF-8.
///
/// # Errors
/// What is wrong with the file.
pub fn text(path: &Path) -> Result<Arc<SourceFile>, Diagnostic> {
    text_as(path, &path.display().to_string())
}

/// Reads a contract that messages call by another name.
///
/// # Errors
/// What is wrong with the file.
pub fn text_as(path: &Path, name: &str) -> Result<Arc<SourceFile>, Diagnostic> {
    let mut bytes = Vec::new();
    open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|error| unreadable(name, &error))?;
    if bytes[..bytes.len().min(PROBE)].contains(&0) {
        return Err(binary(name, &bytes));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => Err(not_utf8(name, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// What to say about a file that can't be read.
pub fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::NotFound => Diagnostic::error(codes::FILE_MISSING, format!("there is no file {name}"))
            .help("check the path; it is taken from the folder the command is run in"),
        ErrorKind::IsADirectory => {
            Diagnostic::error(codes::FILE_IS_FOLDER, format!("{name} is a folder")).help("name a file in it")
        }
        _ => Diagnostic::error(codes::FILE_UNREADABLE, format!("{name} can't be read: {error}"))
            .help("make it readable for the account that runs the command"),
    }
}

fn binary(name: &str, bytes: &[u8]) -> Diagnostic {
    let help = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            format!("it begins like UTF-16; make it UTF-8: iconv -f UTF-16 -t UTF-8 {name}")
        }
        _ => "name a text file".to_owned(),
    };
    Diagnostic::error(codes::FILE_BINARY, format!("{name} is not a text file")).help(help)
}

/// The label is on what stands for the bad bytes in the shown text: up to there, the text and the bytes are the same.
fn not_utf8(name: &str, bytes: &[u8], offset: usize) -> Diagnostic {
    let byte = bytes[offset];
    let file = SourceFile::new(name, String::from_utf8_lossy(bytes));
    let place = Place::new(&file, offset..offset + char::REPLACEMENT_CHARACTER.len_utf8());
    Diagnostic::error(codes::FILE_ENCODING, format!("{name} is not UTF-8"))
        .label(place, format!("byte 0x{byte:02x} can't stand here"))
        .help(format!("if it is Latin-1, make it UTF-8: iconv -f LATIN1 -t UTF-8 {name}"))
}
