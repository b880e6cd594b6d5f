//! One path seen from another.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The way from one folder to another. Neither needs to be there.
///
/// # Errors
/// The current folder can't be found.
pub(crate) fn relative(from: &Path, to: &Path) -> io::Result<PathBuf> {
    let (from, to) = (resolve(from)?, resolve(to)?);
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    Ok(up.chain(to.components().skip(common)).collect())
}

/// The same on every system.
pub(crate) fn slashes(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// An absolute path without links and dots: what is there is asked, the rest is taken as it is written.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let here = path.as_os_str().is_empty();
    let path = std::path::absolute(if here { Path::new(".") } else { path })?;
    let mut resolved = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                resolved.pop();
            }
            part => {
                resolved.push(part);
                if let Ok(real) = resolved.canonicalize() {
                    resolved = real;
                }
            }
        }
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_up_to_the_common_folder_and_down() {
        for (from, to, expected) in [
            ("/a/src/shop", "/a", "../.."),
            ("/a", "/a/src/shop", "src/shop"),
            ("/a/x", "/a/y/z", "../y/z"),
            ("/a/x/../b", "/a/b", ""),
            ("/a//b/./c", "/a/b", ".."),
            ("", "here", "here"),
            ("src/shop", "", "../.."),
        ] {
            let found = relative(Path::new(from), Path::new(to)).map(|path| slashes(&path));
            assert_eq!(found.ok().as_deref(), Some(expected), "{from} to {to}");
        }
    }
}
