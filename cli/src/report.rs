//! What a command found and did, printed for people or for programs.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use migratable_contract::diagnostic::{self, Diagnostic};
use serde_json::{Map, Value};

use crate::arguments::{Color, Format};
use crate::exit;

/// The outcome of one command.
#[derive(Debug)]
pub(crate) struct Report {
    command: &'static str,
    exit: u8,
    diagnostics: Vec<Diagnostic>,
    /// The result, for people.
    text: String,
    /// The result, for programs: merged into the JSON object.
    facts: Map<String, Value>,
}

impl Report {
    /// A report of a command that has said nothing yet and went well.
    pub(crate) fn new(command: &'static str) -> Self {
        Self { command, exit: exit::OK, diagnostics: Vec::new(), text: String::new(), facts: Map::new() }
    }

    /// A report of a command that ended with one error.
    pub(crate) fn failure(command: &'static str, exit: u8, error: Diagnostic) -> Self {
        Self::new(command).exit(exit).diagnostics(vec![error])
    }

    /// Sets the exit code.
    #[must_use]
    pub(crate) fn exit(mut self, exit: u8) -> Self {
        self.exit = exit;
        self
    }

    /// Sets the exit code, if none that is greater has been set.
    #[must_use]
    pub(crate) fn exit_at_least(self, exit: u8) -> Self {
        let exit = exit.max(self.exit);
        self.exit(exit)
    }

    /// Adds diagnostics.
    #[must_use]
    pub(crate) fn diagnostics(mut self, diagnostics: Vec<Diagnostic>) -> Self {
        self.diagnostics.extend(diagnostics);
        self
    }

    /// Whether anything has been found.
    pub(crate) fn has_findings(&self) -> bool {
        !self.diagnostics.is_empty()
    }

    /// Adds a line of the result, for people.
    #[must_use]
    pub(crate) fn line(self, line: impl AsRef<str>) -> Self {
        self.text(line).text("\n")
    }

    /// Adds text of the result, for people.
    #[must_use]
    pub(crate) fn text(mut self, text: impl AsRef<str>) -> Self {
        self.text.push_str(text.as_ref());
        self
    }

    /// Adds a fact of the result, for programs.
    #[must_use]
    pub(crate) fn fact(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), value.into());
        self
    }

    /// Adds the command to run next, for both.
    #[must_use]
    pub(crate) fn next(self, command: String) -> Self {
        self.line(format!("next: {command}")).fact("next", command)
    }

    /// Prints it and gives the exit code.
    pub(crate) fn print(self, format: Format, color: Color) -> ExitCode {
        let written = match format {
            Format::Human => self.print_human(color),
            Format::Json => self.print_json(),
        };
        match written {
            Ok(()) => ExitCode::from(self.exit),
            // Whoever was reading has read enough.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::from(self.exit),
            Err(_) => ExitCode::from(exit::UNEXPECTED),
        }
    }

    fn print_human(&self, color: Color) -> std::io::Result<()> {
        let mut messages = std::io::stderr().lock();
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                messages.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        if let Some(first) = self.diagnostics.first() {
            messages.write_all(diagnostic::render(&self.diagnostics, color).as_bytes())?;
            writeln!(messages, "\n{}", diagnostic::summary(&self.diagnostics))?;
            writeln!(messages, "more about a code: migratable explain {}", first.code)?;
        }
        let mut result = std::io::stdout().lock();
        result.write_all(self.text.as_bytes())?;
        result.flush()
    }

    fn print_json(&self) -> std::io::Result<()> {
        // A map that sorts its keys: the order of serde_json's own depends on a feature others may turn on.
        let mut object: std::collections::BTreeMap<&str, Value> =
            self.facts.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        object.insert("command", self.command.into());
        object.insert("exit_code", self.exit.into());
        object.insert("diagnostics", serde_json::from_str(&diagnostic::to_json(&self.diagnostics))?);
        let mut result = std::io::stdout().lock();
        serde_json::to_writer_pretty(&mut result, &object)?;
        writeln!(result)?;
        result.flush()
    }
}
