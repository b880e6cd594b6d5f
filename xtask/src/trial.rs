//! `cargo xtask trial SCHEMA.sql`: the whole way for a schema of your own, in each layout: DDL → contract → check → code,
//! compiled without a warning, and random rows through both stores.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::command::{Line, root};
use crate::setup;

/// Where the trial is made, from the workspace's root. It is kept until the next trial.
const FOLDER: &str = "target/trial";

const LAYOUTS: [&str; 3] = ["single-table", "table-per-aggregate", "table-per-entity"];

/// A package that is part of no workspace, with the versions and the settings of this one.
const MANIFEST: &str = r#"[package]
name = "trial"
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

/// Makes the trial and runs it.
pub(crate) fn run(schema: &Path, server: &str) -> anyhow::Result<()> {
    setup::run()?;
    let ddl = fs::read(schema).with_context(|| format!("can't read {}", schema.display()))?;
    let folder = root().join(FOLDER);
    prepare(&folder, &ddl)?;
    Line::build_migratable().run()?;
    let mut contracts = Vec::new();
    for layout in LAYOUTS {
        let contract = format!("{layout}.yaml");
        let module = format!("src/{}", module(layout));
        for arguments in [
            &[
                "analyze",
                "schema.sql",
                "--layout",
                layout,
                "--server",
                server,
                "--name",
                "trial",
                "--out",
                &contract,
            ][..],
            &["check", &contract],
            &["generate", &contract, "--out", &module],
            &["generate", &contract, "--out", &module, "--check"],
        ] {
            let line = Line::migratable(arguments)?.within(&folder);
            println!("\n$ {line}");
            let status = line.status()?;
            // Some statements were not understood, and each was named; the contract is there.
            let partly = arguments[0] == "analyze" && status.code() == Some(6);
            ensure!(status.success() || partly, "failed ({status}): {line}");
        }
        contracts.push(folder.join(&contract).display().to_string());
    }
    println!("\ncompiling the code of all layouts, warnings denied");
    Line::cargo(&["check", "--quiet"]).within(&folder).with("CARGO_TARGET_DIR", &target()).run()?;
    println!("\nrandom rows through MariaDB and a DynamoDB engine");
    let schema = folder.join("schema.sql").display().to_string();
    let mut arguments =
        vec!["run", "--quiet", "--locked", "--package", "migratable-test-conformance", "--bin", "trial"];
    arguments.extend(["--", &schema]);
    arguments.extend(contracts.iter().map(String::as_str));
    Line::cargo(&arguments).run()?;
    println!("\nthe trial is in {FOLDER}");
    Ok(())
}

fn module(layout: &str) -> String {
    layout.replace('-', "_")
}

fn target() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into)
}

fn prepare(folder: &Path, ddl: &[u8]) -> anyhow::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("schema.sql"), ddl)?;
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let modules: Vec<String> =
        LAYOUTS.iter().map(|layout| format!("pub mod {};\n", module(layout))).collect();
    let library =
        format!("//! A trial of a schema.\n#![deny(warnings, missing_docs)]\n\n{}", modules.concat());
    fs::write(folder.join("src/lib.rs"), library)?;
    Ok(())
}
