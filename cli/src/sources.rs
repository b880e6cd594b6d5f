//! What `analyze` reads: files, the files of folders, standard input.

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use migratable_build::input;
use migratable_contract::codes;
use migratable_contract::diagnostic::Diagnostic;

/// What stands for standard input on the command line.
pub(crate) const STANDARD_INPUT: &str = "-";

/// Everything to read.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// In order.
    pub(crate) files: Vec<Source>,
    /// Files of folders that undo what others do.
    pub(crate) left_out: Vec<PathBuf>,
}

/// One thing to read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    StandardInput,
}

impl Source {
    /// As diagnostics name it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "<stdin>".to_owned(),
        }
    }

    pub(crate) fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::StandardInput => Box::new(io::stdin().lock()),
        })
    }

    /// How long it is, if that can be known.
    fn size(&self) -> Option<u64> {
        let Self::File(path) = self else { return None };
        fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
    }
}

impl Sources {
    /// What the arguments stand for.
    pub(crate) fn find(arguments: &[PathBuf]) -> Result<Self, Diagnostic> {
        let mut sources = Self::default();
        for argument in arguments {
            if argument.as_os_str() == STANDARD_INPUT {
                sources.standard_input()?;
            } else if argument.is_dir() {
                let before = sources.files.len();
                sources.folder(argument, &mut Vec::new())?;
                if sources.files.len() == before {
                    return Err(empty(argument));
                }
            } else {
                sources.files.push(Source::File(argument.clone()));
            }
        }
        Ok(sources)
    }

    /// How long all of it is, if that can be known.
    pub(crate) fn size(&self) -> Option<u64> {
        self.files.iter().map(Source::size).sum()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.files.iter().map(Source::name).collect()
    }

    fn standard_input(&mut self) -> Result<(), Diagnostic> {
        if self.files.contains(&Source::StandardInput) {
            return Err(Diagnostic::error(codes::FILE_UNREADABLE, "standard input can't be read twice")
                .help("name `-` once"));
        }
        self.files.push(Source::StandardInput);
        Ok(())
    }

    /// The folder's files, and those of its folders. `within`: the real paths of the folders it is in.
    fn folder(&mut self, folder: &Path, within: &mut Vec<PathBuf>) -> Result<(), Diagnostic> {
        let unreadable = |error| input::unreadable(&folder.display().to_string(), &error);
        let real = folder.canonicalize().map_err(unreadable)?;
        if within.contains(&real) {
            return Err(inside_itself(folder, &real));
        }
        within.push(real);
        let entries = fs::read_dir(folder).map_err(unreadable)?;
        let mut paths =
            entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>().map_err(unreadable)?;
        paths.sort_by_cached_key(|path| Order::of(&name(path)));
        for path in paths {
            if path.is_dir() {
                self.folder(&path, within)?;
            } else if !name(&path).to_ascii_lowercase().ends_with(".sql") {
            } else if undoes(&name(&path)) {
                self.left_out.push(path);
            } else {
                self.files.push(Source::File(path));
            }
        }
        within.pop();
        Ok(())
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Whether migration tools run a file of this name to undo another: Flyway's `U2__x.sql`, `x.down.sql`, `down.sql`.
fn undoes(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let before = |end: &str| lower.strip_suffix(end).map(|rest| rest.chars().next_back());
    let down = before("down.sql").is_some_and(|last| last.is_none_or(|last| matches!(last, '.' | '_' | '-')));
    let flyway = name
        .strip_prefix('U')
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()) && rest.contains("__"));
    down || flyway
}

/// The order that files of migrations are run in, by their names.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    /// Flyway's `R__x.sql`, which it runs after all that have versions.
    last: bool,
    parts: Vec<Part>,
    name: String,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// Compared as numbers: 2 before 10.
    Digits(String),
    Other(char),
}

impl Order {
    fn of(name: &str) -> Self {
        // Two underscores end a version: V1__x is before V1_1__x.
        let versions_apart = name.to_lowercase().replace("__", "\u{1}");
        let mut parts: Vec<Part> = Vec::new();
        for character in versions_apart.chars() {
            match (parts.last_mut(), character.is_ascii_digit()) {
                (Some(Part::Digits(digits)), true) => digits.push(character),
                (_, true) => parts.push(Part::Digits(character.to_string())),
                (_, false) => parts.push(Part::Other(character)),
            }
        }
        Self { last: name.starts_with("R__"), parts, name: name.to_owned() }
    }
}

impl Ord for Part {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Digits(a), Self::Digits(b)) => {
                let (a, b) = (a.trim_start_matches('0'), b.trim_start_matches('0'));
                a.len().cmp(&b.len()).then_with(|| a.cmp(b))
            }
            (Self::Digits(_), Self::Other(b)) => '0'.cmp(b),
            (Self::Other(a), Self::Digits(_)) => a.cmp(&'0'),
            (Self::Other(a), Self::Other(b)) => a.cmp(b),
        }
    }
}

impl PartialOrd for Part {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn empty(folder: &Path) -> Diagnostic {
    let message = format!("the folder {} holds no file *.sql that is to be read", folder.display());
    Diagnostic::error(codes::FOLDER_EMPTY, message)
        .help("name a folder of migrations, or the files themselves")
}

fn inside_itself(folder: &Path, real: &Path) -> Diagnostic {
    let message = format!("the folder {} is a link to {}, which it is in", folder.display(), real.display());
    Diagnostic::error(codes::FOLDER_LOOP, message).help("remove the link, or name the files themselves")
}

#[cfg(test)]
mod tests {
    use super::{Order, undoes};

    #[test]
    fn names_are_ordered_as_migrations_are_run() {
        let ordered = [
            "1_a.sql",
            "2_b.sql",
            "10_c.sql",
            "20240101_d.sql",
            "a.sql",
            "V1__x.sql",
            "V1.1__x.sql",
            "V1_2__x.sql",
            "V2__x.sql",
            "V010__x.sql",
            "V11__a.sql",
            "V11__b.sql",
            "R__a.sql",
        ];
        for pair in ordered.windows(2) {
            assert!(Order::of(pair[0]) < Order::of(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn what_undoes_is_known_by_its_name() {
        for name in ["U2__x.sql", "U1.1__x.sql", "1_a.down.sql", "1_a_down.sql", "down.sql", "A.DOWN.SQL"] {
            assert!(undoes(name), "{name}");
        }
        for name in
            ["V2__x.sql", "users.sql", "U.sql", "1_a.up.sql", "countdown.sql", "U2.sql", "down.sql.sql"]
        {
            assert!(!undoes(name), "{name}");
        }
    }
}
