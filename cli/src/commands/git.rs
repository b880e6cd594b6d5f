//! A file as git has it, by the command `git`.

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;

use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, SourceFile};

/// The file as it was at a commit, named as git names it: `main:contract.yaml`.
pub(super) fn file_at(commit: &str, path: &Path) -> Result<Arc<SourceFile>, Diagnostic> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let name = path.file_name().unwrap_or_default();
    // Before anything else: `git` would take it for an option.
    if commit.is_empty() || commit.starts_with('-') {
        return Err(no_commit(commit));
    }
    let found = git(folder, &[OsStr::new("rev-parse"), OsStr::new("--git-dir")])?;
    if !found.status.success() {
        return Err(no_repository(path, &String::from_utf8_lossy(&found.stderr)));
    }
    let verified = format!("{commit}^{{commit}}");
    let verify = ["rev-parse", "--verify", "--quiet", &verified].map(OsStr::new);
    if !git(folder, &verify)?.status.success() {
        return Err(no_commit(commit));
    }
    let mut object = std::ffi::OsString::from(format!("{commit}:./"));
    object.push(name);
    let shown = git(folder, &[OsStr::new("cat-file"), OsStr::new("blob"), &object])?;
    if !shown.status.success() {
        let message = format!("git has no {} at `{commit}`", path.display());
        return Err(Diagnostic::error(codes::GIT_NO_FILE, message)
            .help("name a commit that has the file under this name, or compare two files by `migratable diff OLD NEW`"));
    }
    let name = format!("{commit}:{}", path.display());
    let text = String::from_utf8(shown.stdout).map_err(|_| {
        let message = format!("{name} is not UTF-8");
        Diagnostic::error(codes::FILE_UNREADABLE, message).help("name a commit where it is a contract")
    })?;
    Ok(SourceFile::new(name, text))
}

fn git(folder: &Path, arguments: &[&OsStr]) -> Result<Output, Diagnostic> {
    Command::new("git").env("LC_ALL", "C").arg("-C").arg(folder).args(arguments).output().map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "there is no such command".to_owned(),
            _ => error.to_string(),
        };
        Diagnostic::error(codes::GIT_FAILED, format!("git can't be asked: {reason}"))
            .help("install git, or compare two files by `migratable diff OLD NEW`")
    })
}

/// `said`: what git says; there may be a repository that it doesn't trust.
fn no_repository(path: &Path, said: &str) -> Diagnostic {
    let path = path.display();
    let message = match said.lines().next() {
        Some(line) if !said.contains("not a git repository") => {
            format!("git can't be asked about {path}: {line}")
        }
        _ => format!("{path} is in no git repository"),
    };
    Diagnostic::error(codes::GIT_NO_REPOSITORY, message)
        .help("compare two files by `migratable diff OLD NEW`")
}

fn no_commit(commit: &str) -> Diagnostic {
    Diagnostic::error(codes::GIT_NO_COMMIT, format!("git knows no commit `{commit}`"))
        .help("name a branch, a tag or a commit that is here; fetch it if it is elsewhere")
}
