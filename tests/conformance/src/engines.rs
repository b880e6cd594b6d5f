//! The suite on engines of its own.

use migratable::Store;
use migratable_contract::model::Contract;
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};

use crate::suite::{Report, Stores, run};

/// The database the tables are made in.
const DATABASE: &str = "conformance";

/// Starts both engines, makes the tables, runs the suite, stops the engines.
pub async fn run_on_engines(contract: &Contract, ddl: &str, rows_each: usize) -> anyhow::Result<Report> {
    let mysql = MariaDb::start()?;
    mysql.create_database(DATABASE).await?;
    mysql.execute_script(DATABASE, &tables_only(ddl)).await?;
    let dynamodb = DynamoDb::start()?;
    create_tables(&dynamodb.client(), &contract.tables).await?;
    let pool = migratable::mysql::connect(&mysql.url(DATABASE)).await?;
    let stores = Stores { mysql: Store::mysql(pool).await?, dynamodb: Store::dynamodb(dynamodb.client()) };
    run(contract, &stores, rows_each).await
}

/// The script without the statements that choose a database: the suite has one of its own.
fn tables_only(ddl: &str) -> String {
    let chooses = |line: &&str| {
        let line = line.trim_start().to_ascii_lowercase();
        !(line.starts_with("use ") || line.starts_with("create database"))
    };
    ddl.lines().filter(chooses).collect::<Vec<_>>().join("\n")
}
