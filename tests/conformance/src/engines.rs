//! Engines of the suite's own: MySQL's, and two of DynamoDB's that have nothing in common.

use migratable::Store;
use migratable_analyze::ddl::splitter;
use migratable_contract::model::Contract;
use migratable_core::plan::Table;
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};
use sqlx::MySqlPool;

use crate::suite::{Report, Stores, run};

/// The database the tables are made in.
const DATABASE: &str = "conformance";

/// Connections at once: crowds of tests have fifty writers.
const CONNECTIONS: u32 = 60;

/// A server and two engines, with the tables of one contract in each.
#[derive(Debug)]
pub struct Engines {
    /// MySQL.
    pub server: MariaDb,
    /// Its sessions.
    pub pool: MySqlPool,
    /// The embedded DynamoDB engine.
    pub embedded: DynamoDb,
    /// The second one.
    pub second: DynamoDb,
}

impl Engines {
    /// Starts them and makes the tables.
    ///
    /// # Errors
    /// One doesn't start, or refuses a table.
    pub async fn start(ddl: &str, tables: &[Table]) -> anyhow::Result<Self> {
        let server = MariaDb::start()?;
        server.create_database(DATABASE).await?;
        server.execute_script(DATABASE, ddl).await?;
        let (embedded, second) = (DynamoDb::start()?, DynamoDb::second()?);
        for engine in [&embedded, &second] {
            create_tables(&engine.client(), tables).await?;
        }
        let options = migratable::mysql::pool_options().max_connections(CONNECTIONS);
        let pool = options.connect(&server.url(DATABASE)).await?;
        Ok(Self { server, pool, embedded, second })
    }

    /// A store on each: MySQL, the embedded engine, the second one.
    ///
    /// # Errors
    /// MySQL can't be asked.
    pub async fn stores(&self) -> anyhow::Result<[Store; 3]> {
        let mysql = Store::mysql(self.pool.clone()).await?;
        let [embedded, second] =
            [&self.embedded, &self.second].map(|engine| Store::dynamodb(engine.client()));
        Ok([mysql, embedded, second])
    }

    /// Runs a script in the database.
    ///
    /// # Errors
    /// A statement's.
    pub async fn execute_script(&self, sql: &str) -> anyhow::Result<()> {
        self.server.execute_script(DATABASE, sql).await
    }
}

/// Things, one on each of the stores of [`Engines::stores`], one after another. Each is named as its turn comes, so that a test
/// that fails has said last which one it was at.
#[expect(clippy::print_stderr, reason = "what a test says is shown where it fails")]
pub fn each<T>(things: [T; 3]) -> impl Iterator<Item = T> {
    let names = ["MySQL", "the embedded DynamoDB engine", "the second DynamoDB engine"];
    things.into_iter().zip(names).map(|(thing, name)| {
        eprintln!("on {name}:");
        thing
    })
}

/// Starts the engines, makes the tables, runs the suite on MySQL and the embedded engine, stops the engines.
pub async fn run_on_engines(contract: &Contract, ddl: &str, rows_each: usize) -> anyhow::Result<Report> {
    run_beside(contract, ddl, rows_each, DynamoDb::start()?).await
}

/// The same, on MySQL and the second engine.
pub async fn run_on_second_engine(
    contract: &Contract,
    ddl: &str,
    rows_each: usize,
) -> anyhow::Result<Report> {
    run_beside(contract, ddl, rows_each, DynamoDb::second()?).await
}

async fn run_beside(
    contract: &Contract,
    ddl: &str,
    rows_each: usize,
    dynamodb: DynamoDb,
) -> anyhow::Result<Report> {
    let mysql = MariaDb::start()?;
    mysql.create_database(DATABASE).await?;
    mysql.execute_script(DATABASE, &tables_only(ddl, &contract.source.server)).await?;
    create_tables(&dynamodb.client(), &contract.tables).await?;
    let pool = migratable::mysql::connect(&mysql.url(DATABASE)).await?;
    let stores = Stores {
        mysql: Store::mysql(pool.clone()).await?,
        dynamodb: Store::dynamodb(dynamodb.client()),
        source: pool,
    };
    run(contract, &stores, rows_each).await
}

/// The script for a database of ours: without the statements that choose another, without a dump's own rows, and with the
/// collation the server it was read for gives where it says none.
fn tables_only(ddl: &str, server: &str) -> String {
    let statements = splitter::split(ddl.as_bytes()).into_iter().filter_map(|piece| ddl.get(piece.range));
    let chosen = statements.filter(|statement| {
        let words: Vec<String> = statement.split_whitespace().take(2).map(str::to_ascii_lowercase).collect();
        !matches!(
            words.iter().map(String::as_str).collect::<Vec<_>>()[..],
            ["use" | "insert" | "replace", ..] | [_, "database" | "schema"]
        )
    });
    let collation = match server {
        "mariadb 10.11" => "ALTER DATABASE COLLATE utf8mb4_general_ci;\n",
        _ => "",
    };
    format!("{collation}{};", chosen.collect::<Vec<_>>().join(";\n"))
}
