//! Writing one file, whole or not at all.

use std::fs::Permissions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

/// What to do about a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    Refuse,
    Replace,
}

/// Why nothing was written.
pub(crate) enum Failure {
    /// There is a file, and it may not be replaced.
    Exists,
    /// The system said no.
    Io(std::io::Error),
}

/// Writes to a temporary file beside the target, then renames it. Keeps the permissions of what it replaces, and
/// follows a link rather than replacing it.
pub(crate) fn write(path: &Path, text: &str, existing: Existing) -> Result<(), Failure> {
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    // What a new file would get; the system takes the user's mask off.
    let permissions =
        std::fs::metadata(&target).map_or(Permissions::from_mode(0o666), |old| old.permissions());
    let mut file = tempfile::Builder::new()
        .prefix(".migratable-")
        .permissions(permissions)
        .tempfile_in(folder(&target))
        .map_err(Failure::Io)?;
    file.write_all(text.as_bytes()).map_err(Failure::Io)?;
    let persisted = match existing {
        Existing::Refuse => file.persist_noclobber(&target),
        Existing::Replace => file.persist(&target),
    };
    match persisted {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Err(Failure::Exists),
        Err(error) => Err(Failure::Io(error.error)),
    }
}

fn folder(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// What to say about a file that could not be written.
pub(crate) fn not_written(path: &Path, error: &std::io::Error) -> Diagnostic {
    let folder = folder(path);
    // The error's own text names the temporary file.
    let reason = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => format!("there is no folder {}", folder.display()),
        ErrorKind::PermissionDenied => format!("the folder {} may not be written to", folder.display()),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        kind => kind.to_string(),
    };
    Diagnostic::error(codes::OUTPUT_FAILED, format!("{} can't be written: {reason}", path.display()))
        .help("nothing was changed; put that right, or write elsewhere")
}
