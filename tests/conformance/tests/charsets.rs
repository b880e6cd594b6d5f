//! Character sets other than utf8mb4: both stores compare and order their texts alike, and refuse alike what a column
//! can't hold.

use anyhow::Context;
use migratable::Store;
use migratable_analyze::ddl::{self, Server};
use migratable_analyze::design::{self, Hints, Layout};
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::model::Contract;
use migratable_core::collation::Collation;
use migratable_core::mysql::MySqlType;
use migratable_core::value::Value;
use migratable_test_conformance::run_on_engines;
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};
use sqlx::{Connection, MySqlConnection, Row};

const SCHEMA: &str = "
CREATE TABLE places (
  id    INT NOT NULL PRIMARY KEY,
  name  VARCHAR(20) COLLATE latin1_bin NOT NULL UNIQUE,
  code  VARCHAR(20) COLLATE utf16_bin NOT NULL UNIQUE,
  note  VARCHAR(20) COLLATE utf16_general_ci NULL
);
CREATE TABLE visits (
  place_id  INT NOT NULL,
  guest     VARCHAR(12) COLLATE latin1_bin NOT NULL,
  door      VARCHAR(12) COLLATE utf8mb3_bin NOT NULL,
  stars     INT NULL,
  PRIMARY KEY (place_id, guest, door),
  FOREIGN KEY (place_id) REFERENCES places (id)
);
";

fn contract() -> anyhow::Result<Contract> {
    let file = SourceFile::new("schema.sql".to_owned(), SCHEMA.to_owned());
    let reading = ddl::read(&file, Server::MySql80);
    let options = design::Options { name: "charsets".to_owned(), layout: Layout::TablePerAggregate };
    let text = design::propose(&reading.schema.source(), &Hints::from(&reading.schema), &options).text;
    let file = SourceFile::new("contract.yaml".to_owned(), text);
    let outcome = migratable_contract::load(&file);
    outcome.value.with_context(|| render(&outcome.diagnostics, false))
}

#[tokio::test(flavor = "multi_thread")]
async fn random_rows_are_the_same_in_both_stores() -> anyhow::Result<()> {
    let report = run_on_engines(&contract()?, SCHEMA, 60).await?;
    assert!(report.patterns >= 5 && report.pages > 60, "{report}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_outside_a_columns_character_set_is_refused_by_both_stores() -> anyhow::Result<()> {
    let contract = contract()?;
    let server = MariaDb::start()?;
    server.create_database("charsets").await?;
    server.execute_script("charsets", SCHEMA).await?;
    let engine = DynamoDb::start()?;
    create_tables(&engine.client(), &contract.tables).await?;
    let mysql = Store::mysql(migratable::mysql::connect(&server.url("charsets")).await?).await?;
    let dynamodb = Store::dynamodb(engine.client());
    let place = contract.entities.iter().find(|entity| entity.name == "Place").context("an entity")?;
    let by_name =
        place.plan.patterns.iter().find(|pattern| pattern.name == "by_name").context("a pattern")?;
    for store in [&mysql, &dynamodb] {
        let ask =
            async |text: &str| store.get(&place.plan, by_name, vec![Value::Text(text.to_owned())]).await;
        assert_eq!(ask("Zoë €").await?, None);
        for text in ["日本", "😀", "Ā"] {
            let error = ask(text).await.expect_err("latin1 lacks it");
            assert!(error.is_invalid() && error.to_string().contains("latin1"), "{store:?}: {error}");
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_character_set_has_the_characters_that_the_server_has() -> anyhow::Result<()> {
    let server = MariaDb::start()?;
    server.create_database("charsets").await?;
    let mut connection = MySqlConnection::connect(&server.url("charsets")).await?;
    let table = "CREATE TEMPORARY TABLE t (a VARCHAR(1) COLLATE utf8mb4_nopad_bin)";
    sqlx::query(table).execute(&mut connection).await?;
    let all: Vec<String> = ('\0'..'\u{10400}').map(String::from).collect();
    for chunk in all.chunks(8_000) {
        let rows = vec!["(?)"; chunk.len()].join(", ");
        let mut insert = sqlx::query(sqlx::AssertSqlSafe(format!("INSERT INTO t VALUES {rows}")));
        for text in chunk {
            insert = insert.bind(text);
        }
        insert.execute(&mut connection).await?;
    }
    for charset in ["latin1", "ascii", "utf8mb3", "ucs2"] {
        let same =
            format!("SELECT a FROM t WHERE CONVERT(CONVERT(a USING {charset}) USING utf8mb4) = a ORDER BY a");
        let held = sqlx::query(sqlx::AssertSqlSafe(same)).fetch_all(&mut connection).await?;
        let held: Vec<String> = held.iter().map(|row| row.get(0)).collect();
        let collation = Collation::new(format!("{charset}_bin"));
        let ty = MySqlType::VarChar { length: 1, collation };
        let ours = all.iter().filter(|text| ty.check(&Value::Text((*text).clone())).is_ok());
        assert_eq!(held, ours.cloned().collect::<Vec<_>>(), "{charset}");
    }
    Ok(())
}
