//! A user's project (tests/stranger) as its own workspace, built and tested by cargo: what its people see when contract and
//! code part, and that the commands they are told to run mend it.
//!
//! The project is copied, so that it can be changed, and built without a network: its dependencies are some of ours, in the
//! versions of our Cargo.lock.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// There is one copy: the second test finds most of it built.
static COPY: Mutex<()> = Mutex::new(());

const CONTRACT: &str = "contract.yaml";

const NEW_ENTITY: &str = "  Coupon:
    table: Coupons
    rows: coupons
    repository: coupons
    attributes: { id: id }
";

/// The copied project, for as long as a test needs it.
struct Project {
    folder: PathBuf,
    _only: MutexGuard<'static, ()>,
}

impl Project {
    /// As it is committed.
    fn fresh() -> Self {
        let only = COPY.lock().unwrap_or_else(PoisonError::into_inner);
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stranger");
        let project = Self { folder, _only: only };
        copy(&home.join("tests/stranger"), &project.folder);
        project.edit("Cargo.toml", |text| {
            let home = home.to_str().unwrap().replace('\\', "/");
            text.replace("path = \"../../", &format!("path = \"{home}/"))
                .replace("path = \"../..\"", &format!("path = \"{home}\""))
        });
        write(&project.folder.join("Cargo.lock"), &fs::read(home.join("Cargo.lock")).unwrap());
        project
    }

    fn edit(&self, file: &str, change: impl Fn(&str) -> String) {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        let changed = change(&text);
        assert_ne!(text, changed, "{file} has changed; change this test with it");
        fs::write(path, changed).unwrap();
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).arg("--offline").current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("stranger-target"));
        command.env("CARGO_TERM_COLOR", "never").env_remove("RUST_BACKTRACE");
        command.output().unwrap()
    }

    /// What it printed, if it went well.
    fn passes(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        assert!(output.status.success(), "cargo {}:\n{}", arguments.join(" "), printed(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it said, if it failed.
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.cargo(arguments);
        assert!(!output.status.success(), "cargo {} passed:\n{}", arguments.join(" "), printed(&output));
        printed(&output)
    }

    /// Runs a command that a message named.
    fn run(&self, folder: &str, command: &str) {
        let mut words = command.split(' ');
        assert_eq!(words.next(), Some("migratable"), "{command}");
        let mut migratable = Command::new(env!("CARGO_BIN_EXE_migratable"));
        let output = migratable.args(words).current_dir(self.folder.join(folder)).output().unwrap();
        assert!(output.status.success(), "{command}:\n{}", printed(&output));
    }
}

fn printed(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Makes a folder what another is. What is the same is not written: cargo looks at times.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(to).unwrap().map(Result::unwrap) {
        if !from.join(entry.file_name()).exists() && entry.path().is_file() {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (here, there) = (entry.path(), to.join(entry.file_name()));
        match entry.file_name().to_str() {
            Some("target" | "Cargo.lock") => {}
            _ if here.is_dir() => copy(&here, &there),
            _ => write(&there, &fs::read(here).unwrap()),
        }
    }
}

fn write(path: &Path, bytes: &[u8]) {
    if fs::read(path).ok().as_deref() != Some(bytes) {
        fs::write(path, bytes).unwrap();
    }
}

/// The first command to generate that a message names, up to what closes it.
fn named_command(message: &str) -> &str {
    let start = message.find("migratable generate ").unwrap_or_else(|| panic!("no command in:\n{message}"));
    message[start..].split(['`', '\n']).next().unwrap()
}

#[test]
fn a_users_project_builds_and_its_tests_pass() {
    let project = Project::fresh();
    project.passes(&["test"]);
    assert_eq!(project.passes(&["run", "-p", "two"]), "orders number\n");
}

#[test]
fn a_test_shows_what_the_derive_can_not_see_and_the_command_that_mends_it() {
    let project = Project::fresh();
    // No entity is another for a new one, so everything still compiles.
    project.edit(CONTRACT, |text| {
        let (table, entity) = ("\n    coupons: { columns: { id: int }, primary_key: [id] }", NEW_ENTITY);
        text.replace("  tables:\n    users:", &format!("  tables:{table}\n    users:"))
            .replace("tables:\n  Users:", "tables:\n  Coupons: { partition: id }\n  Users:")
            .replace("\naccess_patterns:", &format!("{entity}\naccess_patterns:"))
    });
    let message = project.fails(&["test", "-p", "app", "--test", "contract"]);
    assert!(message.contains("`src/shop` is not what `../contract.yaml` says: 2 files differ"), "{message}");
    assert!(
        message.contains("\n+mod coupon;\n") && message.contains("\n+pub struct Coupon {\n"),
        "{message}"
    );
    // The files' own headers name a command too.
    let end = message.find("to generate it again, run in `").unwrap_or_else(|| panic!("{message}"));
    let command = named_command(&message[end..]);
    assert_eq!(command, "migratable generate ../contract.yaml --out src/shop");
    project.run("app", command);
    project.passes(&["test", "-p", "app", "--test", "contract"]);
}

#[test]
fn a_struct_of_another_contract_does_not_compile_and_the_error_names_the_command() {
    let project = Project::fresh();
    project.passes(&["build"]);
    assert!(project.passes(&["run", "-p", "built"]).starts_with("order_id user_id status total note\n"));
    // `app` makes no use of the name.
    project.edit(CONTRACT, |text| text.replace("      status: status", "      state: status"));
    for (package, expected) in [
        ("app", "migratable generate contract.yaml --out app/src/shop"),
        ("two", "migratable generate contract.yaml --out two/src/shop"),
    ] {
        let message = project.fails(&["build", "-p", package]);
        let stale = "the contract's entity `Order` has changed since `Order` was generated; run `migratable";
        assert!(message.contains(stale), "{message}");
        let command = named_command(&message);
        assert_eq!(command, expected);
        project.run("", command);
    }
    project.edit("app/src/order_ext.rs", |text| text.replace("status: ", "state: "));
    project.edit("built/src/lib.rs", |text| text.replace("self.status", "self.state"));
    project.passes(&["test"]);
}

#[test]
fn code_of_a_build_script_follows_the_contract() {
    let project = Project::fresh();
    assert!(project.passes(&["run", "-p", "built"]).starts_with("order_id user_id status total note\n"));
    project.edit(CONTRACT, |text| text.replace("      note: note", "      remark: note"));
    assert!(project.passes(&["run", "-p", "built"]).starts_with("order_id user_id status total remark\n"));
}

#[test]
fn a_build_script_shows_a_contracts_mistakes_as_check_does() {
    let project = Project::fresh();
    project.edit(CONTRACT, |text| text.replace("      note: note", "      note: notes"));
    let message = project.fails(&["build", "-p", "built"]);
    let from = message.find("Error: ").unwrap_or_else(|| panic!("{message}"));
    // Cargo may say something of its own behind it.
    let end = message[from..].find("1 error\n").unwrap_or_else(|| panic!("{message}"));
    insta::assert_snapshot!(message[from..][..end]);
    project.edit(CONTRACT, |text| text.replace("      note: notes", "      note: note"));
    project.passes(&["build", "-p", "built"]);
}
