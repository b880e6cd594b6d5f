//! `cargo xtask corpus DIR`: real schemas, read by us and by a real server, and compared fact by fact.
//!
//! The work is done by the package `migratable-test-corpus`: what it needs is not what every user of `cargo xtask`
//! should have to build.

use std::path::Path;

use anyhow::{Context, ensure};

use crate::command::Line;
use crate::setup;

/// Runs it over the folder's files, or over those named.
pub(crate) fn run(folder: &Path, files: &[String]) -> anyhow::Result<()> {
    ensure!(folder.is_dir(), "{} is not a folder", folder.display());
    setup::run()?;
    let folder = std::path::absolute(folder).context("there is no current folder")?.display().to_string();
    let mut arguments =
        vec!["run", "--quiet", "--locked", "--package", "migratable-test-corpus", "--bin", "corpus", "--"];
    arguments.push(&folder);
    arguments.extend(files.iter().map(String::as_str));
    Line::cargo(&arguments).run()
}
