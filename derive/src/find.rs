//! Where a contract is, given what a struct says.

use std::env;
use std::path::{Component, Path, PathBuf};

use migratable_codegen::command_line;
use migratable_codegen::derive::LoadError;
use migratable_contract::diagnostic::suggest;
use syn::LitStr;

/// A contract, and the source file that names it.
pub(crate) struct Place {
    /// The contract's absolute path.
    pub(crate) contract: PathBuf,
    /// The contract's path for people: from the folder the compiler runs in, which is where cargo's messages start too.
    pub(crate) shown: String,
    /// The source file's folder, for people; editors don't always say it.
    folder: Option<String>,
    /// Whether a build script generated the source file.
    built: bool,
}

impl Place {
    /// The contract a literal names: looked for from the source file's folder, then from the package's.
    pub(crate) fn of(literal: &LitStr) -> Result<Self, String> {
        let named = literal.value();
        let current = env::current_dir().unwrap_or_default();
        // Not the folder of the compiler's choice: tools compile a package from a folder of their own, but know its files.
        let source = literal.span().unwrap().local_file().map(|file| current.join(file));
        let folder = source.as_deref().and_then(Path::parent);
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
        let candidates = candidates(&named, folder, package.as_deref());
        match candidates.iter().find(|candidate| candidate.is_file()) {
            Some(found) => Ok(Self {
                contract: found.clone(),
                shown: shown(found, &current),
                folder: folder.map(|folder| shown(folder, &current)),
                built: env::var_os("OUT_DIR").is_some_and(|out| folder.is_some_and(|at| at.starts_with(out))),
            }),
            None => Err(missing(&named, folder, &candidates, &current)),
        }
    }

    /// The contract's path as text, for code that names it.
    pub(crate) fn contract_text(&self) -> Result<String, LoadError> {
        let text = self.contract.to_str().map(str::to_owned);
        text.ok_or_else(|| LoadError::Contract(format!("the path `{}` is not UTF-8", self.shown)))
    }

    /// The command that generates the code again.
    pub(crate) fn command(&self) -> String {
        if self.built {
            return "cargo build".to_owned();
        }
        let folder = match self.folder.as_deref() {
            Some("") => ".".to_owned(),
            Some(folder) => command_line(&[folder]),
            None => "<the folder of this file>".to_owned(),
        };
        format!("migratable generate {} --out {folder}", command_line(&[&self.shown]))
    }
}

/// Where a contract of this name may be, the likelier first.
///
/// An editor may not say where the source file is. It is somewhere below the package's folder, so a path that goes up n
/// folders ends in that folder or fewer than n above it.
fn candidates(named: &str, folder: Option<&Path>, package: Option<&Path>) -> Vec<PathBuf> {
    let named = Path::new(named);
    let beside = folder.into_iter().chain(package).map(|folder| folder.join(named));
    let ups = named.components().take_while(|component| matches!(component, Component::ParentDir)).count();
    let rest: PathBuf = named.components().skip(ups).collect();
    let unknown = package.filter(|_| folder.is_none());
    let above =
        unknown.into_iter().flat_map(|package| package.ancestors().take(ups)).map(|at| at.join(&rest));
    beside.chain(above).collect()
}

/// Why there is no such contract, and which one may be meant.
fn missing(named: &str, folder: Option<&Path>, candidates: &[PathBuf], current: &Path) -> String {
    if let Some(found) = candidates.iter().find(|candidate| candidate.is_dir()) {
        return format!(
            "`{}` is a folder; a contract is a file, as in `{named}/contract.yaml`",
            shown(found, current)
        );
    }
    let message = match folder {
        Some(folder) => format!(
            "no contract `{named}`: there is no file `{}`, and none at that path from the package's folder",
            shown(&folder.join(named), current)
        ),
        None => format!("no contract `{named}`: there is no such file in the package's folder"),
    };
    match candidates.iter().find_map(|candidate| near(candidate)) {
        Some(file) => {
            format!("{message}; did you mean `{}`?", Path::new(named).with_file_name(file).display())
        }
        None => message,
    }
}

/// The file beside this path whose name is like its name.
fn near(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_str()?;
    let files = path.parent()?.read_dir().ok()?.filter_map(Result::ok);
    let mut names: Vec<String> =
        files.filter_map(|file| file.file_name().into_string().ok()).filter(|name| name != wanted).collect();
    // Folders have no order of their own.
    names.sort();
    let yaml = names.iter().filter(|name| name.ends_with(".yaml") || name.ends_with(".yml"));
    suggest(wanted, yaml.map(String::as_str)).map(str::to_owned)
}

/// A path for people: from a folder, if it is below it, with forward slashes.
fn shown(path: &Path, current: &Path) -> String {
    let path = plain(path);
    let path = path.strip_prefix(current).unwrap_or(&path);
    let text = path.display().to_string();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

/// A path without `.` and `..`: to be shown, not to be opened, for `..` of a link may be elsewhere.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_plain() {
        for (path, expected) in [
            ("/a/b/../c.yaml", "/a/c.yaml"),
            ("/a/./b/../../c", "/c"),
            ("../c", "../c"),
            ("a/../../c", "../c"),
        ] {
            assert_eq!(plain(Path::new(path)), Path::new(expected), "{path}");
        }
    }

    #[test]
    fn a_contract_is_found_without_knowing_the_source_file() {
        let look = |named, folder: Option<&str>| {
            candidates(named, folder.map(Path::new), Some(Path::new("/home/app")))
                .into_iter()
                .map(|path| path.display().to_string())
                .collect::<Vec<_>>()
        };
        // From src/shop or src, of this package or of the folder above it.
        assert_eq!(
            look("../../c.yaml", None),
            ["/home/app/../../c.yaml", "/home/app/c.yaml", "/home/c.yaml"]
        );
        assert_eq!(look("db/c.yaml", None), ["/home/app/db/c.yaml"]);
        assert_eq!(
            look("../c.yaml", Some("/home/app/src")),
            ["/home/app/src/../c.yaml", "/home/app/../c.yaml"]
        );
    }

    #[test]
    fn the_command_can_be_pasted() {
        let place = |shown: &str, folder: Option<&str>, built| {
            let (shown, folder) = (shown.to_owned(), folder.map(str::to_owned));
            Place { contract: PathBuf::new(), shown, folder, built }
        };
        for (contract, folder, expected) in [
            ("db/c.yaml", Some("src/shop"), "migratable generate db/c.yaml --out src/shop"),
            ("my db/c.yaml", Some("it's/shop"), r"migratable generate 'my db/c.yaml' --out 'it'\''s/shop'"),
            ("c.yaml", Some(""), "migratable generate c.yaml --out ."),
            ("c.yaml", None, "migratable generate c.yaml --out <the folder of this file>"),
        ] {
            assert_eq!(place(contract, folder, false).command(), expected);
        }
        assert_eq!(place("c.yaml", Some("target/x/out/shop"), true).command(), "cargo build");
    }

    #[test]
    fn paths_are_shown_from_the_current_folder() {
        assert_eq!(shown(Path::new("/a/b/c.yaml"), Path::new("/a")), "b/c.yaml");
        assert_eq!(shown(Path::new("/x/c.yaml"), Path::new("/a")), "/x/c.yaml");
    }
}
