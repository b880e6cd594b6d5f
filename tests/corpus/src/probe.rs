//! Expressions as the server parses them: our text of each is given to it, in a table of its own with the same columns,
//! and what it makes of it is read back.

use std::collections::BTreeMap;

use sqlx::MySqlConnection;

use crate::server::{Answer, execute, give, literal, rows};

/// The database the probes are made in, and the one table there is in it at a time.
const DATABASE: &str = "migratable_probe";
const TABLE: &str = "probe";

/// What names of probes start with: no file has such.
const PREFIX: &str = "migratable_probe_";

/// An expression of our model.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression {
    /// What it stands in.
    pub role: Role,
    /// As our model has it.
    pub sql: String,
}

/// What an expression stands in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// DEFAULT of this column.
    Default(String),
    /// The value of this generated column.
    Generated(String),
    /// A CHECK.
    Check,
}

/// What the server makes of expressions, by database, table and expression; or why it refuses them.
#[derive(Clone, Debug, Default)]
pub struct Answers(BTreeMap<(String, String, Expression), Result<String, String>>);

impl Answers {
    /// The expression as the server prints it. One that it refuses, or was never asked about, is said as that: it then
    /// differs from whatever the server has.
    pub fn text(&self, database: &str, table: &str, expression: &Expression) -> String {
        let key = (database.to_owned(), table.to_owned(), expression.clone());
        match self.0.get(&key) {
            Some(Ok(text)) => text.clone(),
            Some(Err(refusal)) => format!("{} (refused: {refusal})", expression.sql),
            None => format!("{} (not given to the server)", expression.sql),
        }
    }
}

/// Asks about all expressions of a table.
pub async fn ask(
    connection: &mut MySqlConnection,
    (database, table): (&str, &str),
    expressions: &[Expression],
    answers: &mut Answers,
) -> anyhow::Result<()> {
    if expressions.is_empty() {
        return Ok(());
    }
    let columns = columns(connection, database, table).await?;
    let mut said = attempt(connection, &columns, expressions).await?;
    if said.is_err() {
        // One of them spoils it for all: each for itself then.
        let mut each = Vec::new();
        for expression in expressions {
            let alone = attempt(connection, &columns, std::slice::from_ref(expression)).await?;
            each.extend(match alone {
                Ok(texts) => texts,
                Err(refusal) => vec![Err(refusal)],
            });
        }
        said = Ok(each);
    }
    let keys =
        expressions.iter().map(|expression| (database.to_owned(), table.to_owned(), expression.clone()));
    answers.0.extend(keys.zip(said.unwrap_or_default()));
    Ok(())
}

/// Makes the database for the probes.
pub async fn prepare(connection: &mut MySqlConnection) -> anyhow::Result<()> {
    // What an expression means doesn't depend on what else the server would find fault with.
    execute(connection, &format!("SET sql_mode = ''; CREATE DATABASE IF NOT EXISTS {DATABASE}")).await?;
    Ok(())
}

/// Removes it.
pub async fn clean(connection: &mut MySqlConnection) -> anyhow::Result<()> {
    execute(connection, &format!("DROP DATABASE {DATABASE}")).await?;
    Ok(())
}

/// The columns of a table, each with its type.
async fn columns(
    connection: &mut MySqlConnection,
    database: &str,
    table: &str,
) -> anyhow::Result<Vec<(String, String)>> {
    let sql = format!(
        "SELECT column_name, column_type, collation_name FROM information_schema.columns \
         WHERE table_schema = {} AND table_name = {} ORDER BY ordinal_position",
        literal(database),
        literal(table)
    );
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let columns = rows(connection, &sql).await?;
    Ok(columns
        .iter()
        .map(|row| {
            let collation = row[2].as_ref().map_or_else(String::new, |name| format!(" COLLATE {name}"));
            (text(&row[0]), format!("{}{collation}", text(&row[1])))
        })
        .collect())
}

type Said = Result<Vec<Result<String, String>>, String>;

/// One table with all these expressions: what the server makes of each, or why it refuses the table.
async fn attempt(
    connection: &mut MySqlConnection,
    columns: &[(String, String)],
    expressions: &[Expression],
) -> anyhow::Result<Said> {
    let mut entries: Vec<String> = Vec::new();
    for (name, ty) in columns {
        let default = expressions.iter().find_map(|expression| match &expression.role {
            Role::Default(column) if column == name => Some(format!(" DEFAULT {}", expression.sql)),
            _ => None,
        });
        entries.push(format!("{} {ty} NULL{}", quoted(name), default.unwrap_or_default()));
    }
    for (position, expression) in expressions.iter().enumerate() {
        let (name, sql) = (format!("{PREFIX}{position}"), &expression.sql);
        match &expression.role {
            Role::Default(_) => {}
            Role::Generated(column) => {
                let ty = columns.iter().find(|(name, _)| name == column).map_or("int", |(_, ty)| ty);
                entries.push(format!("{name} {ty} GENERATED ALWAYS AS ({sql}) VIRTUAL"));
            }
            Role::Check => entries.push(format!("CONSTRAINT {name} CHECK ({sql})")),
        }
    }
    let create = format!("CREATE TABLE {DATABASE}.{TABLE} ({}) ENGINE=MyISAM", entries.join(", "));
    if let Answer::Refused(_, words) = give(connection, &create).await? {
        return Ok(Err(words));
    }
    let mut texts = Vec::new();
    for (position, expression) in expressions.iter().enumerate() {
        let name = format!("{PREFIX}{position}");
        let (value, from, column, name) = match &expression.role {
            Role::Default(column) => ("column_default", "columns", "column_name", column),
            Role::Generated(_) => ("generation_expression", "columns", "column_name", &name),
            Role::Check => ("check_clause", "check_constraints", "constraint_name", &name),
        };
        let schema = if from == "columns" { "table_schema" } else { "constraint_schema" };
        let sql = format!(
            "SELECT {value} FROM information_schema.{from} WHERE {schema} = '{DATABASE}' \
             AND table_name = '{TABLE}' AND {column} = {}",
            literal(name)
        );
        let found = rows(connection, &sql).await?.into_iter().next().and_then(|row| row.into_iter().next());
        texts.push(found.flatten().ok_or_else(|| "it has vanished".to_owned()));
    }
    execute(connection, &format!("DROP TABLE {DATABASE}.{TABLE}")).await?;
    Ok(Ok(texts))
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}
