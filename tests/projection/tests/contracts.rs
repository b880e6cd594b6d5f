//! Contracts of the golden cases that have `rows.sql`: each row they name becomes the item in `items.json`, which was written
//! by hand from what the rows mean, and DynamoDB gives that row back.

use std::path::PathBuf;

use migratable::Store;
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::model::Contract;
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::key::read_key;
use migratable_test_engines::{DynamoDb, create_tables};
use migratable_test_projection::Source;
use serde_json::Value as Json;

const CASES: [&str; 1] = ["market"];

fn read(case: &str, file: &str) -> anyhow::Result<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../golden/cases").join(case).join(file);
    Ok(std::fs::read_to_string(path)?)
}

fn contract(case: &str) -> anyhow::Result<Contract> {
    let outcome = migratable_contract::load(&SourceFile::new("contract.yaml", read(case, "contract.yaml")?));
    outcome.value.ok_or_else(|| anyhow::anyhow!("{}", render(&outcome.diagnostics, false)))
}

/// The texts of an expected item, among which its key is.
fn texts(item: &Json) -> Item {
    let members = item.as_object().into_iter().flatten();
    let texts =
        members.filter_map(|(name, value)| Some((name.clone(), value.get("S")?.as_str()?.to_owned())));
    texts.map(|(name, text)| (name, AttributeValue::S(text))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_gives_the_items_that_were_written_down() -> anyhow::Result<()> {
    for case in CASES {
        let contract = contract(case)?;
        let source = Source::start(&read(case, "schema.sql")?, &read(case, "rows.sql")?).await?;
        let engine = DynamoDb::start()?;
        create_tables(&engine.client(), &contract.tables).await?;
        let dynamodb = Store::dynamodb(engine.client());
        let expected: Vec<Json> = serde_json::from_str(&read(case, "items.json")?)?;
        assert!(!expected.is_empty());
        for entry in &expected {
            let name = entry["entity"].as_str().unwrap_or_default();
            let entity =
                contract.entities.iter().find(|entity| entity.name == name).expect("an entity of the case");
            let plan = &entity.plan;
            let item = entry.get("item").unwrap_or(&entry["none"]);
            let key = read_key(plan, None, &texts(item))?;
            let found = source.item(plan, key.clone()).await;
            match (entry.get("error").and_then(Json::as_str), found) {
                (Some(expected), Err(error)) => {
                    assert!(format!("{error:#}").contains(expected), "{case} {name}: {error:#}")
                }
                (Some(expected), Ok(found)) => {
                    panic!("{case} {name}: {found} where `{expected}` was expected")
                }
                (None, Err(error)) => return Err(error),
                (None, Ok(found)) => {
                    assert_eq!(found, *entry.get("item").unwrap_or(&Json::Null), "{case} {name}")
                }
            }
            if entry.get("item").is_some() {
                let row = source.row(plan, key.clone()).await?.expect("the row of the item");
                dynamodb.put(plan, row.clone()).await?;
                let back = dynamodb.get(plan, &plan.patterns[0], key).await?;
                assert_eq!(back, Some(row), "{case} {name}");
            }
        }
    }
    Ok(())
}
