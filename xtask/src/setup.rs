//! `cargo xtask setup`: installs what is missing, and says so.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::command::{Line, root};

/// What a private MariaDB needs, and the Debian and Ubuntu packages that have it.
const PROGRAMS: [&str; 3] = ["mariadbd", "mariadb-install-db", "my_print_defaults"];
const PACKAGES: [&str; 2] = ["mariadb-server-core", "mariadb-client-core"];

/// The variable that names a MySQL server of the user's own; then nothing is needed.
const MYSQL_URL: &str = "MIGRATABLE_TEST_MYSQL_URL";

/// What is installed of the second DynamoDB engine, and where.
const MINISTACK: &str = include_str!("../../tests/engines/ministack.txt");
const MINISTACK_FOLDER: &str = "target/engines/ministack";

/// The variable that names an endpoint of the user's own in its place; then nothing is needed.
const SECOND_ENDPOINT: &str = "MIGRATABLE_TEST_SECOND_DYNAMODB_ENDPOINT";

/// Installs all that tests need.
pub(crate) fn run() -> anyhow::Result<()> {
    mysql()?;
    second_engine()
}

/// Installs MariaDB's server programs unless they are there, or a server is named by [`MYSQL_URL`].
pub(crate) fn mysql() -> anyhow::Result<()> {
    if is_set(MYSQL_URL) {
        println!("setup: {MYSQL_URL} names a server, so MariaDB is not needed here");
        return Ok(());
    }
    let missing = missing(&PROGRAMS);
    if missing.is_empty() {
        println!("setup: MariaDB is installed, nothing to do");
        return Ok(());
    }
    println!("setup: missing {}: installing the packages {}", missing.join(", "), PACKAGES.join(", "));
    let otherwise = format!(
        "install MariaDB 10.11 or newer in your system's way, so that {} can be run, or name a server of your own in \
         {MYSQL_URL}",
        missing.join(", ")
    );
    install(&PACKAGES, &otherwise)?;
    let missing = self::missing(&PROGRAMS);
    if !missing.is_empty() {
        bail!("the packages are installed, but {} can't be found in PATH or /usr/sbin", missing.join(", "));
    }
    println!("setup: done");
    Ok(())
}

/// Installs ministack in a folder of its own, unless it is there as `tests/engines/ministack.txt` says, or an endpoint is
/// named by [`SECOND_ENDPOINT`].
fn second_engine() -> anyhow::Result<()> {
    if is_set(SECOND_ENDPOINT) {
        println!("setup: {SECOND_ENDPOINT} names an endpoint, so ministack is not needed here");
        return Ok(());
    }
    let folder = root().join(MINISTACK_FOLDER);
    let installed = folder.join("requirements.txt");
    if std::fs::read_to_string(&installed).is_ok_and(|known| known == MINISTACK) {
        println!("setup: ministack is installed, nothing to do");
        return Ok(());
    }
    println!("setup: installing ministack from PyPI in {MINISTACK_FOLDER}");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("could not remove {}", folder.display()))?;
    }
    let venv = Line::new("python3", &["-m", "venv", MINISTACK_FOLDER]);
    println!("setup: {venv}");
    // Debian's Python has venv, but not what it puts into one.
    if !venv.status().is_ok_and(|status| status.success()) {
        let packages = ["python3", "python3-venv"];
        println!("setup: that takes the packages {}: installing them", packages.join(", "));
        let otherwise = format!(
            "install Python 3 with venv and pip in your system's way, or name an endpoint of your own in {SECOND_ENDPOINT}"
        );
        install(&packages, &otherwise)?;
        venv.run()?;
    }
    let pip = format!("{MINISTACK_FOLDER}/bin/pip");
    let arguments =
        ["install", "--quiet", "--disable-pip-version-check", "--requirement", "tests/engines/ministack.txt"];
    let pip = Line::new(&pip, &arguments);
    println!("setup: {pip}");
    pip.run()?;
    // Last, so that what was broken off is not taken for whole.
    std::fs::write(&installed, MINISTACK)
        .with_context(|| format!("could not write {}", installed.display()))?;
    println!("setup: done");
    Ok(())
}

fn is_set(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| !value.is_empty())
}

/// Installs packages by apt; where there is none, says what to do otherwise.
fn install(packages: &[&str], otherwise: &str) -> anyhow::Result<()> {
    if !is_there("apt-get") {
        bail!("there is no apt-get here: {otherwise}");
    }
    let prefix = root_prefix(packages)?;
    for arguments in [&["update", "--quiet"][..], &["install", "--quiet", "--yes", "--no-install-recommends"]]
    {
        let packages: &[&str] = if arguments[0] == "install" { packages } else { &[] };
        let line =
            [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments, packages].concat();
        let line = Line::new(line[0], &line[1..]);
        println!("setup: {line}");
        line.run()?;
    }
    Ok(())
}

/// What goes before a command that only root may run.
fn root_prefix(packages: &[&str]) -> anyhow::Result<&'static [&'static str]> {
    let id = Line::new("id", &["-u"]).output().context("could not find out who is running this")?;
    if id.trim_ascii() == b"0" {
        return Ok(&[]);
    }
    if !is_there("sudo") {
        bail!(
            "only root may install packages, and there is no sudo: as root, run apt-get install {}",
            packages.join(" ")
        );
    }
    Ok(&["sudo"])
}

fn missing(programs: &[&'static str]) -> Vec<&'static str> {
    programs.iter().copied().filter(|program| !is_there(program)).collect()
}

/// Whether a program is in `PATH`, or where Debian puts servers, which isn't in the `PATH` of ordinary users.
fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .any(|folder| folder.join(program).is_file())
}
