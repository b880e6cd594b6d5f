//! How far reading is, on a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar over all the files, on standard error. It is drawn only where that is a terminal, and gone when reading ends.
pub(crate) struct Progress {
    bar: ProgressBar,
}

/// The bar while one of the files is read.
pub(crate) struct File<'p> {
    progress: &'p Progress,
    /// Bytes of the files before it.
    before: u64,
}

impl Progress {
    /// `size`: of all the files, where it is known.
    pub(crate) fn new(size: Option<u64>) -> Self {
        let target = ProgressDrawTarget::stderr_with_hz(5);
        let bar = ProgressBar::with_draw_target(size, target);
        let template = match size {
            Some(_) => "{bar:30} {binary_bytes}/{binary_total_bytes}, {binary_bytes_per_sec}, {wide_msg}",
            None => "{spinner} {binary_bytes}, {binary_bytes_per_sec}, {wide_msg}",
        };
        // The templates above are right; were they not, there is the usual bar.
        let style = ProgressStyle::with_template(template);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar }
    }

    /// The next file's turn.
    pub(crate) fn file(&self, name: &str) -> File<'_> {
        self.bar.set_message(name.to_owned());
        File { progress: self, before: self.bar.position() }
    }
}

impl File<'_> {
    /// So many bytes of the file are read.
    pub(crate) fn at(&mut self, bytes: u64) {
        self.progress.bar.set_position(self.before + bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
