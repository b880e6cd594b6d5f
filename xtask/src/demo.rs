//! `cargo xtask demo`: the example shop from DDL to compiled code that runs on both stores, in a fresh folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::command::{Line, root};
use crate::setup;

/// Where the demo is made, from the workspace's root. It is kept, to be looked at, until the next demo.
const FOLDER: &str = "target/demo";

/// The example it is made from. Its own contract and generated code are left out: the demo makes them anew.
const SHOP: &str = "examples/shop";

/// The demo's package: what an application of one's own would say, and that it is no part of this workspace.
const MANIFEST: &str = r#"[package]
name = "shop-demo"
version = "0.1.0"
edition = "2024"
publish = false

[lib]
name = "shop"

# The folder stands inside another workspace, and is no part of it.
[workspace]

[dependencies]
anyhow = "1"
migratable = { path = "../..", features = ["mysql", "dynamodb"] }
migratable-test-engines = { path = "../../tests/engines" }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }

# As in the workspace, so that what is built there needn't be built again.
[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false
"#;

/// One thing the demo does: a command, and where to look after it.
struct Step {
    title: &'static str,
    line: Line,
    look: &'static str,
}

fn steps(folder: &Path) -> anyhow::Result<[Step; 4]> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let migratable = |arguments: &[&str]| Ok::<_, anyhow::Error>(Line::migratable(arguments)?.within(folder));
    Ok([
        Step {
            title: "MySQL's tables become a proposed contract",
            line: migratable(&["analyze", "schema.sql", "--name", "shop", "--out", "contract.yaml"])?,
            look: "contract.yaml: how rows become items, what is asked of them, what is dropped and why",
        },
        Step {
            title: "The contract is checked",
            line: migratable(&["check", "contract.yaml"])?,
            look: "edit contract.yaml and run `migratable check` again: every mistake is said on its exact place",
        },
        Step {
            title: "The contract becomes Rust",
            line: migratable(&["generate", "contract.yaml", "--out", "src/shop"])?,
            look: "src/shop/: one file for each entity, with its struct and its repository",
        },
        Step {
            title: "The code is compiled and runs on MariaDB and on a DynamoDB engine",
            line: Line::cargo(&["run"]).within(folder).with("CARGO_TARGET_DIR", &target),
            look: "src/main.rs: the program that has just run",
        },
    ])
}

/// Makes the demo and runs it.
pub(crate) fn run() -> anyhow::Result<()> {
    setup::mysql()?;
    println!("\nThe command is built first.");
    Line::build_migratable().run()?;
    let folder = root().join(FOLDER);
    prepare(&folder)?;
    println!("\n[1/5] A fresh folder with the shop's DDL: {FOLDER}");
    println!("  look at: schema.sql");
    for (position, step) in steps(&folder)?.iter().enumerate() {
        println!("\n[{}/5] {}", position + 2, step.title);
        println!("  $ {}", step.line);
        step.line.run()?;
        println!("  look at: {}", step.look);
    }
    println!(
        "\nEverything is in {FOLDER}. Next: change contract.yaml there and generate again, or read docs/contract.md."
    );
    Ok(())
}

/// Makes the folder: DDL, program and manifest, and nothing that is generated.
fn prepare(folder: &Path) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    let shop = root().join(SHOP);
    fs::create_dir_all(folder.join("src"))?;
    fs::copy(shop.join("schema.sql"), folder.join("schema.sql"))?;
    for entry in fs::read_dir(shop.join("src"))? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), folder.join("src").join(entry.file_name()))?;
        }
    }
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    // The versions this workspace was tested with.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn dependencies(manifest: &str) -> BTreeSet<&str> {
        let section = manifest.lines().skip_while(|line| *line != "[dependencies]").skip(1);
        let entries = section.take_while(|line| !line.starts_with('['));
        let names = entries.filter_map(|line| line.split(['.', ' ', '=']).next());
        names.filter(|name| !name.is_empty() && !name.starts_with('#')).collect()
    }

    #[test]
    fn the_demo_depends_on_what_the_example_depends_on() {
        let shop = fs::read_to_string(root().join(SHOP).join("Cargo.toml")).unwrap_or_default();
        assert_eq!(dependencies(MANIFEST), dependencies(&shop));
    }
}
