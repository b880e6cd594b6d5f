//! A package of generated code, made to see that it compiles.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::command::{Line, root};

/// A package that is part of no workspace, with the versions and the settings of this one. It stands two folders below
/// the workspace's root.
const MANIFEST: &str = r#"
version = "0.1.0"
edition = "2024"
publish = false

[workspace]

[dependencies]
migratable = { path = "../..", features = ["mysql", "dynamodb"] }

[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

/// Makes the folder anew, with a library of these modules that takes no warning.
pub(crate) fn prepare(folder: &Path, name: &str, what: &str, modules: &[String]) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), format!("[package]\nname = \"{name}\"{MANIFEST}"))?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let modules: String = modules.iter().map(|module| format!("pub mod {module};\n")).collect();
    let library = format!("//! {what}\n#![deny(warnings, missing_docs)]\n\n{modules}");
    fs::write(folder.join("src/lib.rs"), library)?;
    Ok(())
}

/// Compiles it, with what the workspace has compiled already.
pub(crate) fn build(folder: &Path) -> anyhow::Result<()> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Line::cargo(&["build", "--quiet"]).within(folder).with("CARGO_TARGET_DIR", &target).run()
}
