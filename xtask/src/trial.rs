//! `cargo xtask trial SCHEMA.sql`: the whole way for a schema of your own, in each layout: DDL → contract → check → code,
//! compiled without a warning, and random rows through both stores.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::command::{Line, root};
use crate::{package, setup};

/// Where the trial is made, from the workspace's root. It is kept until the next trial.
const FOLDER: &str = "target/trial";

const LAYOUTS: [&str; 3] = ["single-table", "table-per-aggregate", "table-per-entity"];

/// Makes the trial and runs it.
pub(crate) fn run(schema: &Path, server: &str) -> anyhow::Result<()> {
    setup::mysql()?;
    let ddl = fs::read(schema).with_context(|| format!("can't read {}", schema.display()))?;
    let folder = root().join(FOLDER);
    let modules = LAYOUTS.map(module);
    package::prepare(&folder, "trial", "A trial of a schema.", &modules)?;
    fs::write(folder.join("schema.sql"), ddl)?;
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
    package::build(&folder)?;
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
