//! The `migratable` command: reads arguments, calls the rooms, prints what they say.

mod arguments;
mod commands;
mod exit;
mod output;
mod progress;
mod report;
mod sources;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command, ImportFrom};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let report = match &arguments.command {
        Command::Analyze(options) => commands::analyze::run(options),
        Command::Check(options) => commands::check::run(options),
        Command::Diff(options) => commands::diff::run(options),
        Command::Generate(options) => commands::generate::run(options),
        Command::Fmt(options) => commands::fmt::run(options),
        Command::Import { from: ImportFrom::Workshop(options) } => commands::import::run(options),
        Command::Tables { what } => commands::tables::run(what),
        Command::Explain(options) => commands::explain::run(options),
        Command::Language(options) => commands::language::run(options),
    };
    report.print(arguments.format, arguments.color)
}
