//! A folder to run the command in.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A small shop: a parent and a child, a unique key, a text column of a case-insensitive collation.
pub(crate) const SCHEMA: &str = "\
CREATE TABLE users (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
  UNIQUE KEY email (email)
);
CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  total DECIMAL(10,2) NOT NULL,
  CONSTRAINT fk_user FOREIGN KEY (user_id) REFERENCES users (id)
);
";

/// A contract that is right.
pub(crate) const CONTRACT: &str = "\
contract: 1
name: shop
source:
  server: mysql 8.0
  tables:
    users:
      columns:
        id: int
        email: varchar(100) collate utf8mb4_bin
      primary_key: [id]
tables:
  Users:
    partition: PK
entities:
  User:
    table: Users
    rows: users
    repository: users
    key: { PK: \"USER#{id}\" }
    attributes:
      user_id: id
      email: email
access_patterns:
  User.by_id: { get: [user_id] }
";

/// A folder that is gone at the end.
pub(crate) struct Sandbox {
    folder: tempfile::TempDir,
    environment: Vec<(&'static str, &'static str)>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// With one more environment variable.
    pub(crate) fn with_variable(mut self, name: &'static str, value: &'static str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// With the file `contract.yaml`.
    pub(crate) fn with_contract(text: &str) -> Self {
        Self::new().with("contract.yaml", text)
    }

    /// With one more file.
    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.write(name, bytes);
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Every file in the folder, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        list(self.folder.path(), self.folder.path(), &mut found);
        found.sort();
        found
    }

    /// Runs the command in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with_input(arguments, "")
    }

    /// Runs the command with that on its standard input.
    fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_migratable"));
        // No account of whoever runs the tests.
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
            command.env_remove(name);
        }
        let mut child = command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("NO_COLOR")
            .env("AWS_CONFIG_FILE", self.path("none"))
            .env("AWS_SHARED_CREDENTIALS_FILE", self.path("none"))
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .envs(self.environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that doesn't read its input may have ended.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Runs the command and gives its exit code.
    pub(crate) fn code(&self, arguments: &[&str]) -> i32 {
        self.run(arguments).status.code().unwrap()
    }

    /// Runs the command and gives everything one can see of it.
    pub(crate) fn show(&self, arguments: &[&str]) -> String {
        self.show_with_input(arguments, "")
    }

    /// The same, with that on its standard input.
    pub(crate) fn show_with_input(&self, arguments: &[&str], input: &str) -> String {
        let output = self.run_with_input(arguments, input);
        let mut shown = format!("$ migratable {}\n", arguments.join(" "));
        for (name, bytes) in [("output", &output.stdout), ("messages", &output.stderr)] {
            let text = std::str::from_utf8(bytes).unwrap();
            if !text.is_empty() {
                shown.push_str(&format!("--- {name}\n{text}"));
            }
        }
        let code = output.status.code().unwrap();
        shown.push_str(&format!("--- exit code {code}; files: {}\n", self.files().join(", ")));
        shown
    }
}

fn list(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(root, &path, found);
        } else {
            found.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
}
