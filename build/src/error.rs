//! What can go wrong, as people read it.

use std::fmt;
use std::path::PathBuf;

use migratable_codegen::output::{Difference, OutputError};
use migratable_contract::diagnostic::{self, Diagnostic};

use crate::module;

/// How many lines of differences a message has. A test's output is read from its end; the command shows the rest.
const LINES: usize = 200;

/// Why there is no code, or why what there is isn't right.
///
/// `Debug` is what `Display` is: a build script's `main` that returns an error, or an `unwrap`, prints a text for people.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The contract can't be read, or has errors.
    #[error("{}", contract(.0))]
    Contract(Vec<Diagnostic>),
    /// The folder can't be had.
    #[error("{}", with_source(.0))]
    Output(#[from] OutputError),
    /// The folder is not what the contract says.
    #[error("{0}")]
    Parted(Box<Parted>),
    /// Cargo said no folder for generated files.
    #[error("there is no OUT_DIR: code is generated into it by a build script, so call this in build.rs")]
    NoOutDir,
    /// The module's name is none.
    #[error("`{0}` is no name of a module; a name is one word, such as `shop`")]
    ModuleName(String),
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

fn contract(diagnostics: &[Diagnostic]) -> String {
    let rendered = diagnostic::render(diagnostics, false);
    format!("the contract can't be used\n\n{}\n\n{}", rendered.trim_end(), diagnostic::summary(diagnostics))
}

fn with_source(error: &OutputError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// Committed code that is not what its contract says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// The contract, as it was named.
    pub contract: PathBuf,
    /// The folder, as it was named.
    pub folder: PathBuf,
    /// The package's folder, which both were taken from.
    pub package: PathBuf,
    /// What differs, one or more.
    pub differences: Vec<Difference>,
    /// Whether the folder has the items as views, too.
    pub sql_views: bool,
}

impl Parted {
    /// The command that generates the code again, to be run in the package's folder.
    pub fn command(&self) -> String {
        let (contract, folder) = (self.contract.display().to_string(), self.folder.display().to_string());
        module::command(&contract, &folder, self.sql_views)
    }
}

impl fmt::Display for Parted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (contract, folder) = (self.contract.display(), self.folder.display());
        let count = self.differences.len();
        let files = if count == 1 { "1 file differs" } else { &format!("{count} files differ") };
        writeln!(formatter, "`{folder}` is not what `{contract}` says: {files}\n")?;
        let diffs: String = self.differences.iter().map(|difference| difference.diff.as_str()).collect();
        let lines: Vec<&str> = diffs.lines().collect();
        for line in lines.iter().take(LINES) {
            writeln!(formatter, "{line}")?;
        }
        if let Some(more @ 1..) = lines.len().checked_sub(LINES) {
            writeln!(formatter, "… and {more} more lines, which the command below shows with --check")?;
        }
        let package = self.package.display();
        write!(formatter, "\nto generate it again, run in `{package}`:\n\n    {}\n", self.command())
    }
}
