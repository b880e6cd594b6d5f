//! Byte offsets as people count: lines and columns from 1.

use std::sync::Arc;

use super::SourceFile;

/// A line and a column, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line. Lines end at `\n`, as in the rendered report.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Position {
    /// The position of a byte offset; an offset past the end is the end.
    pub fn of(text: &str, offset: usize) -> Self {
        let before = &text[..text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.bytes().filter(|byte| *byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The line starts of the files met so far, so that a long report counts each file's lines once.
#[derive(Default)]
pub(super) struct Positions {
    files: Vec<(Arc<SourceFile>, Vec<usize>)>,
}

impl Positions {
    /// As [`Position::of`], for an offset on a character boundary.
    pub(super) fn find(&mut self, file: &Arc<SourceFile>, offset: usize) -> Position {
        let starts = self.line_starts(file);
        let line = starts.partition_point(|start| *start <= offset);
        let line_start = starts[line - 1];
        Position { line: file.origin.lines + line, column: file.text[line_start..offset].chars().count() + 1 }
    }

    fn line_starts(&mut self, file: &Arc<SourceFile>) -> &[usize] {
        let known = self.files.iter().position(|(known, _)| Arc::ptr_eq(known, file));
        let at = known.unwrap_or_else(|| {
            let starts =
                std::iter::once(0).chain(file.text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            self.files.push((Arc::clone(file), starts));
            self.files.len() - 1
        });
        &self.files[at].1
    }
}
