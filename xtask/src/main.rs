//! Developer commands: `cargo xtask --help`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a developer command talks to its developer")]

mod bench;
mod codegen;
mod command;
mod corpus;
mod demo;
mod engines;
mod fuzz;
mod package;
mod setup;
mod test;
mod trial;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Developer commands of migratable.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Installs what tests and the demo need and isn't there: MariaDB's server, by apt-get; a second DynamoDB engine, by pip.
    Setup,
    /// Runs everything a change must pass: setup, format, lints, generated files, tests, documentation's examples.
    Test,
    /// Writes the generated files that are committed: the contract's JSON Schema and reference, the example's code.
    Codegen {
        /// Writes nothing; fails with a diff if a file isn't what would be written.
        #[arg(long)]
        check: bool,
    },
    /// Takes the example shop from DDL to compiled code in target/demo and runs it on both stores.
    Demo,
    /// Takes a schema of your own the whole way, in each layout: contract, code that compiles, random rows through both
    /// stores.
    Trial {
        /// The DDL.
        schema: std::path::PathBuf,
        /// The server it is for. The rows go to MariaDB, whatever it is.
        #[arg(long, default_value = "mariadb-10.11")]
        server: String,
    },
    /// Fuzzes reading DDL, with inputs grown from the fixtures; installs a nightly compiler and cargo-fuzz if they aren't
    /// there.
    Fuzz {
        /// For about how long.
        #[arg(long, default_value_t = 300)]
        seconds: u64,
    },
    /// Reads real schemas, holds what was read against a scan of its own and against a private MariaDB, and compiles
    /// the code of some of them as modules of one crate.
    Corpus {
        /// A folder with `ddl` and `ddl-grammar` in it, full of `.sql` files.
        folder: std::path::PathBuf,
        /// The files to take, without `.sql`; all of them if none is named.
        files: Vec<String>,
    },
    /// Measures how fast everything is, each thing beside what it is compared with: reading DDL, check and generate, items,
    /// compile time.
    Bench {
        /// The part to measure; all of them if none is named.
        part: Option<bench::Part>,
    },
    /// Starts MariaDB and the DynamoDB engine and says where they are, until Ctrl-C or the end of input.
    Engines,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Setup => setup::run(),
        Command::Test => test::run(),
        Command::Codegen { check } => codegen::run(check),
        Command::Demo => demo::run(),
        Command::Trial { schema, server } => trial::run(&schema, &server),
        Command::Fuzz { seconds } => fuzz::run(seconds),
        Command::Corpus { folder, files } => corpus::run(&folder, &files),
        Command::Bench { part } => bench::run(part),
        Command::Engines => engines::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
