//! `cargo xtask setup`: installs what is missing, and says so.

use std::path::PathBuf;

use anyhow::{Context, bail};

use crate::command::Line;

/// What a private MariaDB needs, and the Debian and Ubuntu packages that have it.
const PROGRAMS: [&str; 3] = ["mariadbd", "mariadb-install-db", "my_print_defaults"];
const PACKAGES: [&str; 2] = ["mariadb-server-core", "mariadb-client-core"];

/// The variable that names a MySQL server of the user's own; then nothing is needed.
const MYSQL_URL: &str = "MIGRATABLE_TEST_MYSQL_URL";

/// Installs MariaDB's server programs unless they are there, or a server is named by [`MYSQL_URL`].
pub(crate) fn run() -> anyhow::Result<()> {
    if std::env::var(MYSQL_URL).is_ok_and(|url| !url.is_empty()) {
        println!("setup: {MYSQL_URL} names a server, so MariaDB is not needed here");
        return Ok(());
    }
    let missing = missing(&PROGRAMS);
    if missing.is_empty() {
        println!("setup: MariaDB is installed, nothing to do");
        return Ok(());
    }
    println!("setup: missing {}: installing the packages {}", missing.join(", "), PACKAGES.join(", "));
    if !is_there("apt-get") {
        bail!(
            "there is no apt-get here: install MariaDB 10.11 or newer in your system's way, so that {} can be run, \
             or name a server of your own in {MYSQL_URL}",
            missing.join(", ")
        );
    }
    let prefix = root_prefix()?;
    for arguments in [&["update", "--quiet"][..], &["install", "--quiet", "--yes", "--no-install-recommends"]]
    {
        let packages: &[&str] = if arguments[0] == "install" { &PACKAGES } else { &[] };
        let line =
            [prefix, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments, packages].concat();
        let line = Line::new(line[0], &line[1..]);
        println!("setup: {line}");
        line.run()?;
    }
    let missing = self::missing(&PROGRAMS);
    if !missing.is_empty() {
        bail!("the packages are installed, but {} can't be found in PATH or /usr/sbin", missing.join(", "));
    }
    println!("setup: done");
    Ok(())
}

/// What goes before a command that only root may run.
fn root_prefix() -> anyhow::Result<&'static [&'static str]> {
    let id = Line::new("id", &["-u"]).output().context("could not find out who is running this")?;
    if id.trim_ascii() == b"0" {
        return Ok(&[]);
    }
    if !is_there("sudo") {
        bail!(
            "only root may install packages, and there is no sudo: as root, run apt-get install {}",
            PACKAGES.join(" ")
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
