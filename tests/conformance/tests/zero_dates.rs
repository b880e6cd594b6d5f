//! MySQL's zero dates, which no calendar has, on real engines: carried as they are where the contract says so, refused
//! by name everywhere else.

use migratable::Store;
use migratable_contract::diagnostic::SourceFile;
use migratable_contract::model::Contract;
use migratable_core::value::{Date, DateTime, Value};
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};

fn library() -> anyhow::Result<(Contract, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../golden/cases/library");
    let text = std::fs::read_to_string(format!("{folder}/contract.yaml"))?;
    let outcome = migratable_contract::load(&SourceFile::new("contract.yaml".to_owned(), text));
    let contract = outcome.value.ok_or_else(|| anyhow::anyhow!("{:?}", outcome.diagnostics))?;
    Ok((contract, std::fs::read_to_string(format!("{folder}/schema.sql"))?))
}

#[tokio::test(flavor = "multi_thread")]
async fn zero_dates_are_kept_where_the_contract_says_so_and_refused_elsewhere() -> anyhow::Result<()> {
    let (contract, ddl) = library()?;
    let plan =
        &contract.entities.iter().find(|entity| entity.name == "Loan").expect("the library lends").plan;
    let server = MariaDb::start()?;
    server.create_database("library").await?;
    server.execute_script("library", &ddl).await?;
    server
        .execute_script(
            "library",
            "SET sql_mode = 'ALLOW_INVALID_DATES'; INSERT INTO authors VALUES (1, 'A', NULL);
             INSERT INTO books VALUES (1, '1', 'T', 1, NULL, 1, NULL);
             INSERT INTO loans VALUES (1, 1, '2024-01-31', '0000-00-00 00:00:00', 1.50),
                                      (2, 1, '2024-01-31', '2024-00-15 10:00:00', 1.50),
                                      (3, 1, '0000-00-00', NULL, 1.50),
                                      (4, 1, '2024-01-31', '2023-02-29 10:00:00', 1.50)",
        )
        .await?;
    let engine = DynamoDb::start()?;
    create_tables(&engine.client(), &contract.tables).await?;
    let mysql = Store::mysql(migratable::mysql::connect(&server.url("library")).await?).await?;
    let dynamodb = Store::dynamodb(engine.client());
    let due = plan.root_column("due").expect("a column");

    for (id, year, month, day) in [(1, 0, 0, 0), (2, 2024, 0, 15), (4, 2023, 2, 29)] {
        let row = mysql.get(plan, &plan.patterns[0], vec![Value::Int(id)]).await?.expect("the loan");
        let date = Date { year, month, day };
        let hour = if day == 0 { 0 } else { 10 };
        assert_eq!(row[due], Value::DateTime(DateTime { date, hour, minute: 0, second: 0, micros: 0 }));
        dynamodb.put(plan, row.clone()).await?;
        assert_eq!(dynamodb.get(plan, &plan.patterns[0], vec![Value::Int(id)]).await?.as_ref(), Some(&row));
        // And the way back.
        mysql.put(plan, row.clone()).await?;
        assert_eq!(mysql.get(plan, &plan.patterns[0], vec![Value::Int(id)]).await?, Some(row));
    }

    let error =
        mysql.get(plan, &plan.patterns[0], vec![Value::Int(3)]).await.expect_err("lent_on may not be zero");
    let chain = format!("{:#}", anyhow::Error::from(error));
    assert!(chain.contains("lent_on") && chain.contains("zero date"), "{chain}");
    Ok(())
}
