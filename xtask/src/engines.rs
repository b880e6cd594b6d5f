//! `cargo xtask engines`.

use std::os::unix::process::CommandExt;

use crate::command::Line;
use crate::setup;

/// Becomes the `engines` program, so that Ctrl-C goes there and nowhere else.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::mysql()?;
    let line = Line::cargo(&[
        "run",
        "--quiet",
        "--locked",
        "--package",
        "migratable-test-engines",
        "--bin",
        "engines",
    ]);
    Err(line.command().exec().into())
}
