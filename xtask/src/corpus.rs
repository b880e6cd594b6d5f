//! `cargo xtask corpus DIR`: real schemas, read by us and by a real server, and compared fact by fact; some of them go
//! the whole way, to code that compiles.
//!
//! The comparison is done by the package `migratable-test-corpus`: what it needs is not what every user of
//! `cargo xtask` should have to build.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, bail, ensure};

use crate::command::{Line, root};
use crate::{package, setup};

/// Where the code goes, from the workspace's root. It is kept until the next run.
const FOLDER: &str = "target/corpus";

/// The schemas that go the whole way.
const WHOLE: [&str; 7] =
    ["sakila", "mediawiki", "wordpress", "opencart", "jeecg", "apollo_config", "apollo_portal"];

/// Runs it over the folder's files, or over those named: then nothing is compiled.
pub(crate) fn run(folder: &Path, files: &[String]) -> anyhow::Result<()> {
    ensure!(folder.is_dir(), "{} is not a folder", folder.display());
    setup::mysql()?;
    let folder = std::path::absolute(folder).context("there is no current folder")?;
    let compared = compare(&folder, files);
    if !files.is_empty() {
        return compared;
    }
    let compiled = compile(&folder);
    match (compared, compiled) {
        (Err(error), Err(other)) => bail!("{error:#}\n{other:#}"),
        (compared, compiled) => compared.and(compiled),
    }
}

fn compare(folder: &Path, files: &[String]) -> anyhow::Result<()> {
    let folder = folder.display().to_string();
    let mut arguments =
        vec!["run", "--quiet", "--locked", "--package", "migratable-test-corpus", "--bin", "corpus", "--"];
    arguments.push(&folder);
    arguments.extend(files.iter().map(String::as_str));
    Line::cargo(&arguments).run()
}

/// DDL → contract → check → code, for each schema; then all of it as modules of one crate, warnings denied.
fn compile(folder: &Path) -> anyhow::Result<()> {
    Line::build_migratable().run()?;
    let package = root().join(FOLDER);
    package::prepare(&package, "corpus-code", "Code of real schemas.", &WHOLE.map(str::to_owned))?;
    println!();
    for name in WHOLE {
        let start = Instant::now();
        let schema = folder.join("ddl").join(name).with_extension("sql").display().to_string();
        let (contract, module) = (format!("{name}.yaml"), format!("src/{name}"));
        let read = step(&package, &["analyze", &schema, "--name", name, "--out", &contract])?;
        let checked = step(&package, &["check", &contract])?;
        step(&package, &["generate", &contract, "--out", &module])?;
        println!(
            "{name}: {} warnings of analyze, {} of check; {}; {} ms",
            read.warnings,
            checked.warnings,
            checked.said,
            start.elapsed().as_millis()
        );
    }
    let start = Instant::now();
    println!("compiling all of it as one crate, warnings denied");
    package::build(&package)?;
    println!("compiled in {} s; it is in {FOLDER}", start.elapsed().as_secs());
    Ok(())
}

/// What a command had to say.
struct Said {
    warnings: usize,
    said: String,
}

fn step(package: &Path, arguments: &[&str]) -> anyhow::Result<Said> {
    let line = Line::migratable(arguments)?.within(package);
    let output = line.command().output().with_context(|| format!("could not run {line}"))?;
    let messages = String::from_utf8_lossy(&output.stderr);
    // Some statements were not understood, or hold nothing for a contract, and each was named.
    let partly = arguments[0] == "analyze" && output.status.code() == Some(6);
    ensure!(output.status.success() || partly, "failed ({}): {line}\n{messages}", output.status);
    let warnings = messages.lines().filter(|line| line.starts_with("warning")).count();
    let said = String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_owned();
    Ok(Said { warnings, said })
}
