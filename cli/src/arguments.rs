//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use migratable_contract::codes::{self, Code};
use migratable_contract::diagnostic::suggest;
use migratable_contract::explain;

use crate::exit;

/// Moves a MySQL application to DynamoDB by a reviewed contract.
#[derive(Debug, Parser)]
#[command(name = "migratable", version, after_help = exit::HELP, disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// For people, or one JSON object on standard output for programs
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,

    /// Colour in diagnostics; auto: when they go to a terminal and NO_COLOR is not set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read MySQL DDL and propose a contract
    Analyze(Analyze),
    /// Check a contract and say everything that is wrong with it
    Check(Check),
    /// Compare two contracts and say what each change breaks
    Diff(Diff),
    /// Write Rust code from a contract
    Generate(Generate),
    /// Put a contract into its canonical form, keeping comments
    Fmt(Fmt),
    /// Make a contract of another tool's design
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Import {
        #[command(subcommand)]
        from: ImportFrom,
    },
    /// Compare DynamoDB's tables with a contract, and make those that aren't there
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Tables {
        #[command(subcommand)]
        what: Tables,
    },
    /// Say what a finding's code demands, and why
    Explain(Explain),
    /// Print the definition of the contract language
    Language(Language),
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Analyze {
    /// Files of MySQL statements, read in this order as one: dumps (rows are skipped) or migrations. A folder stands for
    /// its *.sql files, those of its folders too, in the order of their names, where V2 is before V10; files that undo others
    /// (U2__x.sql, x.down.sql) are left out. - is standard input
    #[arg(value_name = "SCHEMA", required = true)]
    pub(crate) schemas: Vec<PathBuf>,

    /// The one database to read, where a dump holds several; statements before any USE belong to it
    #[arg(long, value_name = "NAME")]
    pub(crate) database: Option<String>,

    /// The contract to write
    #[arg(long, value_name = "FILE", default_value = "contract.yaml")]
    pub(crate) out: PathBuf,

    /// How entities share DynamoDB tables
    #[arg(long, value_name = "LAYOUT", default_value = "table-per-aggregate")]
    pub(crate) layout: Layout,

    /// The contract's name; default: from the name of the first file or folder
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// The server the DDL is for; it decides the collation of columns that don't name one
    #[arg(long, value_name = "SERVER", default_value = "mysql-8.0")]
    pub(crate) server: Server,

    /// Overwrite the contract if it is there already
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Check {
    /// The contract
    #[arg(value_name = "CONTRACT")]
    pub(crate) contract: PathBuf,

    /// Compare the source that the contract records with the DDL of today: files, folders and - as `analyze` takes them
    #[arg(long, value_name = "SCHEMA", num_args = 1..)]
    pub(crate) ddl: Vec<PathBuf>,

    /// The one database of the DDL to read; statements before any USE belong to it
    #[arg(long, value_name = "NAME", requires = "ddl")]
    pub(crate) database: Option<String>,

    /// The server the DDL is for; default: the one that the contract records
    #[arg(long, value_name = "SERVER", requires = "ddl")]
    pub(crate) server: Option<Server>,

    /// Compare the contract with what it was in git, as `diff` does: a branch, a tag, a commit
    #[arg(long, value_name = "GIT-REF")]
    pub(crate) against: Option<String>,

    /// Fail with exit code 4 if the contract has a warning that its `allow` doesn't allow; what --ddl and --against find has
    /// exit codes of its own
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Diff {
    /// The older contract
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,

    /// The newer contract
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Generate {
    /// The contract
    #[arg(value_name = "CONTRACT")]
    pub(crate) contract: PathBuf,

    /// The folder to write: a module of your crate, with nothing of yours in it
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,

    /// Write nothing; show how the folder differs from what would be written
    #[arg(long)]
    pub(crate) check: bool,

    /// Write views.sql, too: the items of each entity as a view of MySQL, to look at before anything moves
    #[arg(long)]
    pub(crate) sql_views: bool,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Fmt {
    /// The contract
    #[arg(value_name = "CONTRACT")]
    pub(crate) contract: PathBuf,

    /// Write nothing; show how the file differs from its canonical form
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct Explain {
    /// The code, as reports print it: MG0430. Without one, every code is listed with its sentence
    #[arg(value_name = "CODE", value_parser = code)]
    pub(crate) code: Option<Code>,
}

/// A code there is, or what else may have been meant.
fn code(text: &str) -> Result<Code, String> {
    explain::code(text).ok_or_else(|| {
        let known: Vec<String> = codes::ALL.iter().map(|info| info.code.to_string()).collect();
        match suggest(text, known.iter().map(String::as_str)) {
            Some(near) => format!("no finding has this code; did you mean {near}?"),
            None => "no finding has this code; `migratable explain` lists all".to_owned(),
        }
    })
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
#[group(required = true, multiple = false)]
pub(crate) struct Language {
    /// Its JSON Schema, for editors
    #[arg(long)]
    pub(crate) schema: bool,

    /// Its reference page, as Markdown
    #[arg(long)]
    pub(crate) reference: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportFrom {
    /// The migration contract of the modernizer workshop: a JSON file of tables, entities, attributes and joins
    Workshop(ImportWorkshop),
}

#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct ImportWorkshop {
    /// The JSON file
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,

    /// The DDL of the MySQL database it is for: files, folders and - as `analyze` takes them
    #[arg(long, value_name = "SCHEMA", num_args = 1.., required = true)]
    pub(crate) ddl: Vec<PathBuf>,

    /// The contract to write
    #[arg(long, value_name = "FILE", default_value = "contract.yaml")]
    pub(crate) out: PathBuf,

    /// What becomes of columns that the file has no attribute for; those of keys are carried in any case
    #[arg(long, value_name = "WHAT", default_value = "carry")]
    pub(crate) lost: Lost,

    /// The contract's name; default: from the name of the file
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,

    /// The one database of the DDL to read; statements before any USE belong to it
    #[arg(long, value_name = "NAME")]
    pub(crate) database: Option<String>,

    /// The server the DDL is for; it decides the collation of columns that don't name one
    #[arg(long, value_name = "SERVER", default_value = "mysql-8.0")]
    pub(crate) server: Server,

    /// Overwrite the contract if it is there already
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Tables {
    /// Say what `create` would do, and do nothing
    Plan(TablesOptions),
    /// Make the tables that aren't there, wait until they can be used, and compare; a table that is there is never changed
    Create(TablesOptions),
    /// Compare the tables with the contract, and fail with exit code 11 where they differ
    Verify(TablesOptions),
}

/// Credentials come from the SDK's standard chain: environment, profile, container, instance.
#[derive(Debug, Args)]
#[command(after_help = exit::HELP)]
pub(crate) struct TablesOptions {
    /// The contract
    #[arg(value_name = "CONTRACT")]
    pub(crate) contract: PathBuf,

    /// An engine of your own: http://127.0.0.1:8000; default: AWS_ENDPOINT_URL_DYNAMODB, the profile's, or AWS
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub(crate) endpoint: Option<String>,

    /// The region; default: AWS_REGION, or the profile's
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
}

/// An address that says how it is spoken to.
fn endpoint(text: &str) -> Result<String, &'static str> {
    let rest = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match rest {
        Some(rest) if !rest.is_empty() => Ok(text.to_owned()),
        _ => Err("give it as http://host:port or https://host"),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lost {
    /// They become attributes
    Carry,
    /// They are dropped, with the reason that the file doesn't carry them
    Drop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// One table for everything
    SingleTable,
    /// One table for each parent and what hangs on it
    TablePerAggregate,
    /// One table for each entity
    TablePerEntity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Server {
    #[value(name = "mysql-5.7")]
    MySql57,
    #[value(name = "mysql-8.0")]
    MySql80,
    #[value(name = "mysql-8.4")]
    MySql84,
    #[value(name = "mysql-9.0")]
    MySql90,
    #[value(name = "mariadb-10.11")]
    MariaDb1011,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        super::Arguments::command().debug_assert();
    }
}
