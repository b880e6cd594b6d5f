//! Files to statements, one after the other, so that no file need be held whole.

mod charset;
mod decode;
mod dialect;
mod file;

use std::io::{self, Read};
use std::sync::Arc;

use migratable_contract::diagnostic::SourceFile;

use super::session::Session;
use super::{ReadOptions, Reading};

/// Reads files of DDL together, as if one followed the other, each statement as it comes: rows are passed over and never
/// held, so a dump's size makes no difference.
pub struct Reader {
    session: Session,
    files: usize,
}

impl Reader {
    /// A reader that has read nothing yet.
    pub fn new(options: impl Into<ReadOptions>) -> Self {
        Self { session: Session::new(options.into()), files: 0 }
    }

    /// Reads a file. Never fails over what it says: what wasn't understood is in the diagnostics, as an error for each
    /// statement that is missing from the schema, and a warning for each that would have changed it.
    ///
    /// `progress` is told how many bytes were read so far.
    ///
    /// # Errors
    ///
    /// What the input fails with. What was read before stays read.
    pub fn file(&mut self, name: &str, input: impl Read, progress: &mut dyn FnMut(u64)) -> io::Result<()> {
        self.session.inputs.push(name.to_owned());
        let number = self.files;
        self.files += 1;
        file::read(&mut self.session, (name, number), &mut Watched { input, bytes: 0, progress })
    }

    /// What all of them gave.
    pub fn finish(self) -> Reading {
        self.session.finish()
    }
}

/// Reads a file that is in memory, as [`Reader`] does.
pub fn read(file: &Arc<SourceFile>, options: impl Into<ReadOptions>) -> Reading {
    let mut reader = Reader::new(options);
    // Reading memory doesn't fail.
    let _ = reader.file(&file.name, file.text.as_bytes(), &mut |_| {});
    reader.finish()
}

/// Says how much is read from it.
struct Watched<'p, R> {
    input: R,
    bytes: u64,
    progress: &'p mut dyn FnMut(u64),
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.bytes += length as u64;
        (self.progress)(self.bytes);
        Ok(length)
    }
}
