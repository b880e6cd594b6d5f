//! The suite on engines of its own.

use migratable::Store;
use migratable_analyze::ddl::splitter;
use migratable_contract::model::Contract;
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};

use crate::suite::{Report, Stores, run};

/// The database the tables are made in.
const DATABASE: &str = "conformance";

/// Starts both engines, makes the tables, runs the suite, stops the engines.
pub async fn run_on_engines(contract: &Contract, ddl: &str, rows_each: usize) -> anyhow::Result<Report> {
    let mysql = MariaDb::start()?;
    mysql.create_database(DATABASE).await?;
    mysql.execute_script(DATABASE, &tables_only(ddl, &contract.source.server)).await?;
    let dynamodb = DynamoDb::start()?;
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
