//! A contract's code as a folder of files: what `migratable generate` writes and compares.

use std::path::{Path, PathBuf};

use migratable_codegen::output::{self, Difference, OutputError, Report};
use migratable_codegen::{File, Options, command_line, generate, generate_views};
use migratable_contract::model::Contract;

use crate::paths::{relative, slashes};

/// A module in a folder of its own, in memory.
#[derive(Clone, Debug)]
pub struct Module {
    folder: PathBuf,
    files: Vec<File>,
}

impl Module {
    /// The module of a contract that was read from this path, for this folder.
    ///
    /// # Errors
    /// The current folder can't be found.
    pub fn new(contract: &Contract, path: &Path, folder: &Path) -> Result<Self, OutputError> {
        let options = Self::options(path, folder, false)?;
        Ok(Self { folder: folder.to_owned(), files: generate(contract, &options) })
    }

    /// The same, and beside it the items as views of MySQL.
    ///
    /// # Errors
    /// The current folder can't be found.
    pub fn with_sql_views(contract: &Contract, path: &Path, folder: &Path) -> Result<Self, OutputError> {
        let options = Self::options(path, folder, true)?;
        let mut files = generate(contract, &options);
        files.push(generate_views(contract, &options));
        Ok(Self { folder: folder.to_owned(), files })
    }

    fn options(path: &Path, folder: &Path, sql_views: bool) -> Result<Options, OutputError> {
        origin(path, folder, sql_views).map_err(|source| OutputError::Io {
            action: "find",
            path: folder.to_owned(),
            source,
        })
    }

    /// How many files it has.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Makes the folder hold exactly the module.
    ///
    /// # Errors
    /// As [`output::write`]'s.
    pub fn write(&self) -> Result<Report, OutputError> {
        output::write(&self.folder, &self.files)
    }

    /// What [`Module::write`] would change.
    ///
    /// # Errors
    /// As [`output::check`]'s.
    pub fn check(&self) -> Result<Vec<Difference>, OutputError> {
        output::check(&self.folder, &self.files)
    }
}

/// The command that generates a module, with the paths as they are given.
pub(crate) fn command(contract: &str, folder: &str, sql_views: bool) -> String {
    let mut words = vec!["migratable", "generate", contract, "--out", folder];
    words.extend(sql_views.then_some("--sql-views"));
    command_line(&words)
}

/// What generated files say about where they come from. Everything is relative to the files themselves, so that it is
/// the same in every checkout and whatever folder the command is run in: the command is the one to run in the
/// contract's folder.
fn origin(contract: &Path, out: &Path, sql_views: bool) -> std::io::Result<Options> {
    let folder = contract.parent().unwrap_or(Path::new(""));
    let name = contract.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let (up, down) = (slashes(&relative(out, folder)?), slashes(&relative(folder, out)?));
    let contract_path = if up.is_empty() { name.clone() } else { format!("{up}/{name}") };
    let down = if down.is_empty() { "." } else { &down };
    Ok(Options { contract_path, command: command(&name, down, sql_views) })
}
