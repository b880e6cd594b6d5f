//! `cargo xtask bench`: how fast DDL is read, and in how much memory, beside what any reading takes. Optimised builds;
//! nothing is asserted, because another machine has other times.

use anyhow::Context;

use crate::command::{Line, root};

/// Where the inputs go, from the workspace's root. They are kept.
const FOLDER: &str = "target/bench";

/// Builds and measures.
pub(crate) fn run() -> anyhow::Result<()> {
    let packages = ["--package", "migratable-cli", "--package", "migratable-test-bench"];
    Line::cargo(&[&["build", "--release", "--locked"], &packages[..]].concat()).run()?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let built = |name: &str| {
        let path = target.join("release").join(name).with_extension(std::env::consts::EXE_EXTENSION);
        path.into_os_string().into_string().ok().context("a path is not UTF-8")
    };
    Line::new(&built("bench")?, &[&built("migratable")?, FOLDER]).run()
}
