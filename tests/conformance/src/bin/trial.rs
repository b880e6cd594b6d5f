//! `trial SCHEMA.sql CONTRACT.yaml…`: makes the schema's tables on a private MariaDB and each contract's on the embedded
//! DynamoDB engine, and runs the conformance suite over them.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use migratable_contract::diagnostic::{self, SourceFile};
use migratable_contract::model::Contract;
use migratable_test_conformance::{Report, run_on_engines};

/// Rows of each entity.
const ROWS: usize = 40;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((schema, contracts)) = arguments.split_first().filter(|(_, contracts)| !contracts.is_empty())
    else {
        say("usage: trial SCHEMA.sql CONTRACT.yaml…");
        return ExitCode::from(2);
    };
    for contract in contracts {
        match trial(Path::new(schema), Path::new(contract)).await {
            Ok(report) => say(&format!("{contract}: {report}")),
            Err(error) => {
                say(&format!("{contract}: {error:#}"));
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

async fn trial(schema: &Path, contract: &Path) -> anyhow::Result<Report> {
    let ddl = read(schema)?;
    let contract = load(contract)?;
    run_on_engines(&contract, &ddl, ROWS).await
}

fn load(path: &Path) -> anyhow::Result<Contract> {
    let file = SourceFile::new(path.display().to_string(), read(path)?);
    let outcome = migratable_contract::load(&file);
    outcome.value.with_context(|| diagnostic::render(&outcome.diagnostics, false))
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))
}

#[expect(clippy::print_stdout, reason = "what it is for")]
fn say(text: &str) {
    println!("{text}");
}
