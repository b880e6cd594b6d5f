//! Contracts read and parsed once for each compiler process, however many structs name them.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::SystemTime;

use migratable_contract::Outcome;
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::yaml::{self, Node};

/// A contract's file and its tree.
pub(crate) struct Parsed {
    /// The file.
    pub(crate) file: Arc<SourceFile>,
    /// The tree, or why there is none.
    pub(crate) tree: Outcome<Node>,
}

/// A file as it was when it was read. An editor's compiler process lives long, so a change has to be noticed.
struct Known {
    length: u64,
    modified: Option<SystemTime>,
    parsed: Arc<Parsed>,
}

static FILES: LazyLock<Mutex<HashMap<PathBuf, Known>>> = LazyLock::new(Mutex::default);

/// The contract at this path; `shown` is how messages call it.
pub(crate) fn read(path: &Path, shown: &str) -> Result<Arc<Parsed>, String> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::InvalidData => format!("the contract `{shown}` is not text in UTF-8"),
        _ => format!("the contract `{shown}` can't be read: {error}"),
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    let (length, modified) = (metadata.len(), metadata.modified().ok());
    // Another derive's panic leaves the map as good as it was.
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = files.get(path)
        && known.length == length
        && modified.is_some()
        && known.modified == modified
    {
        return Ok(Arc::clone(&known.parsed));
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let file = SourceFile::new(shown, text);
    let parsed = Arc::new(Parsed { tree: yaml::parse(&file), file });
    files.insert(path.to_owned(), Known { length, modified, parsed: Arc::clone(&parsed) });
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_again_only_when_it_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contract.yaml");
        fs::write(&path, "contract: 1\n").unwrap();
        let first = read(&path, "c.yaml").unwrap();
        assert!(Arc::ptr_eq(&first, &read(&path, "c.yaml").unwrap()));
        fs::write(&path, "contract: 1\nname: shop\n").unwrap();
        let second = read(&path, "c.yaml").unwrap();
        assert_eq!(second.file.text, "contract: 1\nname: shop\n");
    }

    #[test]
    fn what_can_not_be_read_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("contract.yaml");
        assert!(read(&path, "c.yaml").err().unwrap().starts_with("the contract `c.yaml` can't be read: "));
        fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
        assert_eq!(read(&path, "c.yaml").err().unwrap(), "the contract `c.yaml` is not text in UTF-8");
    }
}
