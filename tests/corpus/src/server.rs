//! A server of a file's own: statements go in one by one, and its catalog comes out.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::Context;
use migratable_test_engines::{MariaDb, Template};
use sqlx::mysql::{MySqlConnectOptions, MySqlRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, MySqlConnection, Row};

/// The database in use when a file starts: files that name none fill it.
pub const DATABASE: &str = "corpus";

/// A fresh server with [`DATABASE`].
pub struct Server {
    mariadb: MariaDb,
}

/// What became of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server took it.
    Taken,
    /// It refused: its error number and words.
    Refused(u16, String),
}

impl Server {
    /// Starts it.
    pub async fn start(template: &Template) -> anyhow::Result<Self> {
        let server = Self { mariadb: template.start()? };
        let mut connection = server.connect("").await?;
        // What the installer put there is no business of a file's.
        execute(&mut connection, &format!("DROP DATABASE IF EXISTS sys; CREATE DATABASE {DATABASE}")).await?;
        connection.close().await?;
        Ok(server)
    }

    /// A connection that starts in a database (none: the empty text), with the server's own SQL mode.
    pub async fn connect(&self, database: &str) -> anyhow::Result<MySqlConnection> {
        let options: MySqlConnectOptions = self.mariadb.url(database).parse()?;
        let options = options.pipes_as_concat(false).no_engine_substitution(false).timezone(None);
        Ok(MySqlConnection::connect_with(&options.disable_statement_logging()).await?)
    }

    /// Gives a whole file to the command-line client, which goes on after errors.
    pub fn client(&self, script: &[u8]) -> anyhow::Result<()> {
        let url: MySqlConnectOptions = self.mariadb.url(DATABASE).parse()?;
        let mut client = Command::new("mariadb")
            .args(["--no-defaults", "--force", "--batch", "--silent", "--user=root", "--protocol=tcp"])
            .args(["--default-character-set=utf8mb4", "--host", url.get_host()])
            .arg(format!("--port={}", url.get_port()))
            .arg(DATABASE)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("could not run the client `mariadb`")?;
        let mut input = client.stdin.take().context("the client has no input")?;
        // A client that has given up closes its end; what it has left is compared all the same.
        let _ = input.write_all(script);
        drop(input);
        client.wait()?;
        Ok(())
    }
}

/// Gives one statement to the server.
pub async fn give(connection: &mut MySqlConnection, statement: &str) -> anyhow::Result<Answer> {
    match execute(connection, statement).await {
        Ok(()) => Ok(Answer::Taken),
        Err(sqlx::Error::Database(error)) => {
            let number =
                error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>().map_or(0, |e| e.number());
            Ok(Answer::Refused(number, error.message().to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Runs a statement for its effect.
pub async fn execute(connection: &mut MySqlConnection, sql: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

/// The rows of a query, each value as text.
pub async fn rows(connection: &mut MySqlConnection, sql: &str) -> anyhow::Result<Vec<Vec<Option<String>>>> {
    let rows =
        sqlx::raw_sql(AssertSqlSafe(sql)).fetch_all(connection).await.with_context(|| sql.to_owned())?;
    let text = |row: &MySqlRow, at: usize| -> sqlx::Result<Option<String>> {
        let bytes: Option<Vec<u8>> = row.try_get_unchecked(at)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    };
    rows.iter().map(|row| (0..row.len()).map(|at| Ok(text(row, at)?)).collect()).collect()
}

/// A text as an SQL literal.
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', "''"))
}
