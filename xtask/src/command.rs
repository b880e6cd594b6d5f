//! Programs run from here: shown as one would type them, in the folder they are run in.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output};

use anyhow::{Context, bail};

/// The workspace's root.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// A command line.
#[derive(Debug)]
pub(crate) struct Line {
    program: String,
    arguments: Vec<String>,
    folder: PathBuf,
    variables: Vec<(&'static str, PathBuf)>,
    /// What one would type for the program, if it is something else.
    shown: Option<&'static str>,
}

impl Line {
    /// A program, to be run in the workspace's root.
    pub(crate) fn new(program: &str, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self { program: program.to_owned(), arguments, folder: root(), variables: Vec::new(), shown: None }
    }

    /// Cargo, the one that runs us.
    pub(crate) fn cargo(arguments: &[&str]) -> Self {
        Self::new("cargo", arguments)
    }

    /// The `migratable` command that was built last, shown as one that is installed: it stands beside us, wherever cargo
    /// puts what it builds.
    pub(crate) fn migratable(arguments: &[&str]) -> anyhow::Result<Self> {
        // Cargo may have built us anew since: then this path is no longer ours, but its folder is still the right one.
        let own = std::env::current_exe().context("could not find the folder of built programs")?;
        let program = own.with_file_name("migratable").with_extension(std::env::consts::EXE_EXTENSION);
        Ok(Self { shown: Some("migratable"), ..Self::new(&program.display().to_string(), arguments) })
    }

    /// Builds the `migratable` command, showing how far it is.
    pub(crate) fn build_migratable() -> Self {
        Self::cargo(&["build", "--locked", "--package", "migratable-cli"])
    }

    /// The same, in another folder.
    pub(crate) fn within(mut self, folder: &Path) -> Self {
        self.folder = folder.to_owned();
        self
    }

    /// The same, with an environment variable.
    pub(crate) fn with(mut self, variable: &'static str, value: &Path) -> Self {
        self.variables.push((variable, value.to_owned()));
        self
    }

    /// What the standard library runs.
    pub(crate) fn command(&self) -> Command {
        let program = match self.program.as_str() {
            // Set by the cargo that runs us: the toolchain stays the same.
            "cargo" => std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            program => program.into(),
        };
        let mut command = Command::new(program);
        command.args(&self.arguments).current_dir(&self.folder);
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it with our own input and output.
    pub(crate) fn status(&self) -> anyhow::Result<ExitStatus> {
        self.command().status().with_context(|| format!("could not run {}", self.program))
    }

    /// Runs it with our own input and output; an error unless it succeeds.
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let status = self.status()?;
        if !status.success() {
            bail!("failed ({status}): {self}");
        }
        Ok(())
    }

    /// Runs it for its output; its messages go to our own.
    pub(crate) fn output(&self) -> anyhow::Result<Vec<u8>> {
        let Output { status, stdout, .. } = self
            .command()
            .stderr(std::process::Stdio::inherit())
            .output()
            .with_context(|| format!("could not run {}", self.program))?;
        if !status.success() {
            bail!("failed ({status}): {self}");
        }
        Ok(stdout)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shown.unwrap_or(&self.program))?;
        for argument in &self.arguments {
            if argument.chars().all(|c| c.is_ascii_alphanumeric() || "-_./=:,+@".contains(c)) {
                write!(f, " {argument}")?;
            } else {
                write!(f, " '{}'", argument.replace('\'', r"'\''"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn a_line_is_shown_as_one_would_type_it() {
        let line = Line::new("sh", &["-c", "echo it's $HOME", "a-b_c.d/e=f"]);
        assert_eq!(line.to_string(), r"sh -c 'echo it'\''s $HOME' a-b_c.d/e=f");
    }
}
