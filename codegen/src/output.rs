//! Emitted files on disk. The output folder is the generator's alone: a file in it that isn't the generator's stops
//! everything before anything is written.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use similar::TextDiff;
use tempfile::TempPath;

use crate::File;
use crate::file::is_generated;

/// How the name of a file begins while it is being written, how many letters and digits follow, and how it ends. One that
/// was left behind is the generator's.
const TEMPORARY: (&str, usize, &str) = (".migratable-", 6, ".tmp");

/// What [`write()`] did, file names in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files that had another text.
    pub updated: Vec<String>,
    /// Files that had this text already, and were not touched.
    pub unchanged: Vec<String>,
    /// Files of an earlier run that the contract no longer has.
    pub removed: Vec<String>,
}

/// A file that is not as the contract says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its name in the output folder.
    pub path: String,
    /// How it differs.
    pub kind: DifferenceKind,
    /// A unified diff from the file as it is to the file as it should be.
    pub diff: String,
}

/// How a file differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// It isn't there.
    Missing,
    /// It has another text.
    Changed,
    /// The contract no longer has it.
    Stale,
}

/// Why files were not written, or not compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The folder holds something that isn't the generator's.
    #[error("`{}` holds files that were not generated: {}", folder.display(), names.join(", "))]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// What it holds, in order.
        names: Vec<String>,
    },
    /// The path is something other than a folder.
    #[error("`{}` is not a folder", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// The file system said no.
    #[error("can't {action} `{}`", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// The answer.
        source: io::Error,
    },
}

/// Makes the folder hold exactly these files. Each is written whole, and only if its text changed, so that a build after
/// a run that changed nothing has nothing to do; files of an earlier run that are no longer among them are removed.
///
/// # Errors
/// The folder holds something that wasn't generated (then nothing is written), or the file system refuses.
pub fn write(folder: &Path, files: &[File]) -> Result<Report, OutputError> {
    let found = owned(folder)?;
    fs::create_dir_all(folder).map_err(io_error("create", folder))?;
    let mut report = Report::default();
    // All are on the disk before the first takes its place: a disk that is full leaves the old module, not half of two.
    let mut ready = Vec::new();
    for file in files {
        let names = match found.get(&file.path) {
            Some(text) if same(text, &file.text) => {
                report.unchanged.push(file.path.clone());
                continue;
            }
            Some(_) => &mut report.updated,
            None => &mut report.created,
        };
        names.push(file.path.clone());
        ready.push((temporary(folder, file)?, folder.join(&file.path)));
    }
    for (temporary, path) in ready {
        temporary.persist(&path).map_err(|error| io_error("write", &path)(error.error))?;
    }
    for name in stale(&found, files) {
        let path = folder.join(&name);
        fs::remove_file(&path).map_err(io_error("remove", &path))?;
        report.removed.push(name);
    }
    Ok(report)
}

/// What [`write()`] would change. Nothing, if the folder holds exactly these files.
///
/// # Errors
/// As [`write()`].
pub fn check(folder: &Path, files: &[File]) -> Result<Vec<Difference>, OutputError> {
    let found = owned(folder)?;
    let mut differences = Vec::new();
    for file in files {
        let (kind, old) = match found.get(&file.path) {
            Some(text) if same(text, &file.text) => continue,
            Some(text) => (DifferenceKind::Changed, text.as_str()),
            None => (DifferenceKind::Missing, ""),
        };
        differences.push(difference(&file.path, kind, old, &file.text));
    }
    for name in stale(&found, files) {
        let old = found.get(&name).map(String::as_str).unwrap_or_default();
        differences.push(difference(&name, DifferenceKind::Stale, old, ""));
    }
    Ok(differences)
}

fn difference(name: &str, kind: DifferenceKind, old: &str, new: &str) -> Difference {
    let old_name = if kind == DifferenceKind::Missing { "/dev/null" } else { name };
    let new_name = if kind == DifferenceKind::Stale { "/dev/null" } else { name };
    let diff =
        TextDiff::from_lines(unix(old).as_str(), new).unified_diff().header(old_name, new_name).to_string();
    Difference { path: name.to_owned(), kind, diff }
}

/// The generator's files in a folder, by name; a folder that isn't there has none.
fn owned(folder: &Path) -> Result<BTreeMap<String, String>, OutputError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(OutputError::NotAFolder { path: folder.to_owned() });
        }
        Err(error) => return Err(io_error("read", folder)(error)),
    };
    let mut found = BTreeMap::new();
    let mut foreign = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(io_error("read", folder))?;
        let name = entry.file_name();
        match owned_text(&entry.path(), &name)? {
            Some(text) => found.insert(name.to_string_lossy().into_owned(), text),
            None => {
                foreign.insert(name.to_string_lossy().into_owned());
                None
            }
        };
    }
    if foreign.is_empty() {
        Ok(found)
    } else {
        Err(OutputError::Foreign { folder: folder.to_owned(), names: foreign.into_iter().collect() })
    }
}

/// The text of a file if it is the generator's.
fn owned_text(path: &Path, name: &OsStr) -> Result<Option<String>, OutputError> {
    // Not followed: a link is somebody's decision, and what it points at is somebody's file.
    let kind = fs::symlink_metadata(path).map_err(io_error("read", path))?;
    if !kind.is_file() {
        return Ok(None);
    }
    let Some(name) = name.to_str() else { return Ok(None) };
    if is_temporary(name) {
        return Ok(Some(String::new()));
    }
    let bytes = fs::read(path).map_err(io_error("read", path))?;
    Ok(String::from_utf8(bytes).ok().filter(|text| is_generated(text)))
}

fn is_temporary(name: &str) -> bool {
    let (prefix, letters, suffix) = TEMPORARY;
    let middle = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(suffix));
    middle.is_some_and(|middle| middle.len() == letters && middle.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// The generator's files that are not among these, in order.
fn stale(found: &BTreeMap<String, String>, files: &[File]) -> Vec<String> {
    let wanted: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    found.keys().filter(|name| !wanted.contains(name.as_str())).cloned().collect()
}

/// Whether two texts are one, whatever line endings a checkout gave the file.
fn same(found: &str, wanted: &str) -> bool {
    unix(found) == wanted
}

fn unix(text: &str) -> String {
    text.replace("\r\n", "\n")
}

/// A file's text beside its place, to be moved there: nobody ever reads half of it.
fn temporary(folder: &Path, file: &File) -> Result<TempPath, OutputError> {
    let (prefix, letters, suffix) = TEMPORARY;
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix).rand_bytes(letters).suffix(suffix);
    // Temporary files are private by default; these are as readable as any source file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(folder).map_err(io_error("create a file in", folder))?;
    temporary.write_all(file.text.as_bytes()).map_err(io_error("write", &folder.join(&file.path)))?;
    // Closed: a contract may have more entities than a process may have open files.
    Ok(temporary.into_temp_path())
}

fn io_error(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> OutputError {
    let path = path.to_owned();
    move |source| OutputError::Io { action, path, source }
}
