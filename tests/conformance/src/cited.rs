//! Lists of what must not go wrong, each entry with the tests that show it: an entry whose test is gone says so.

use std::path::Path;

use anyhow::{Context, ensure};

/// A test: its file, from the workspace's root, and its function.
pub type Cited = (&'static str, &'static str);

/// Reads the tests that something cites.
///
/// # Errors
/// Nothing is cited; or a file, or a function in it, isn't there.
pub fn are_there(what: &str, tests: &[Cited]) -> anyhow::Result<()> {
    ensure!(!tests.is_empty(), "no test shows: {what}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for (file, function) in tests {
        let text = std::fs::read_to_string(root.join(file)).with_context(|| format!("{what}: {file}"))?;
        ensure!(text.contains(&format!("fn {function}(")), "{what}: {file} has no {function}");
    }
    Ok(())
}
