//! Contracts of the golden cases that have `rows.sql`: each row of their entities becomes the item in `items.json`, which was
//! written by hand from what the rows mean, and DynamoDB gives that row back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use migratable::Store;
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::model::{Contract, Entity};
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::key::read_key;
use migratable_core::projection;
use migratable_test_engines::{DynamoDb, create_tables, delete_tables};
use migratable_test_projection::{Server, Source, item_json};
use serde_json::{Value as Json, json};

/// The cases that have rows and items. Beside each what its items show.
const CASES: &[&str] = &[
    "market", // most words at once, beside each other
    // What rows lead to.
    "self_join",     // rows of their own table, twice
    "foreign_key",   // two foreign keys to one table, rows that are not there
    "conditional",   // texts that hang on conditions
    "chain",         // values behind five foreign keys
    "relation",      // joins of several columns
    "lookup",        // tables of pairs, from either side
    "collected",     // lists and maps: ordered, with ties, limited, empty
    "several_kinds", // several entities in one table
    "calculated",    // functions over rows, texts, moments
    "unique_keys",   // markers: single, composite, nullable, folded
    "key_forms",     // parts of moments in keys, wider numbers, shards
    "sharded",       // shards, more digits and days in keys
    "timed",         // moments in keys, other time zones
    "ancestry",      // ways up a tree, circles, lost parents
    "imported",      // a design of another tool, mended
    "retention",     // rows left behind, expiry, copies, secrets
    "sparse",        // indexes of some items, keys of several attributes
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden/cases")
}

fn read(case: &str, file: &str) -> anyhow::Result<String> {
    let path = folder().join(case).join(file);
    std::fs::read_to_string(&path).map_err(|error| anyhow::anyhow!("{case} has no {file} to read: {error}"))
}

fn contract(case: &str) -> anyhow::Result<Contract> {
    let outcome = migratable_contract::load(&SourceFile::new("contract.yaml", read(case, "contract.yaml")?));
    outcome.value.ok_or_else(|| anyhow::anyhow!("{case}: {}", render(&outcome.diagnostics, false)))
}

/// The texts and numbers of an expected item, among which its key is.
fn scalars(item: &Json) -> Item {
    let members = item.as_object().into_iter().flatten();
    let scalars = members.filter_map(|(name, value)| {
        let text = |kind: &str| value.get(kind)?.as_str().map(str::to_owned);
        let value = text("S").map(AttributeValue::S).or_else(|| text("N").map(AttributeValue::N))?;
        Some((name.clone(), value))
    });
    scalars.collect()
}

/// What differs between an item and the one that was written down, attribute by attribute.
fn difference(found: &Json, expected: &Json) -> String {
    let (Json::Object(found), Json::Object(expected)) = (found, expected) else {
        return format!("{found} where {expected} was expected");
    };
    let names: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let differing = names.into_iter().filter(|name| found.get(*name) != expected.get(*name));
    let shown = |value: Option<&Json>| value.map_or_else(|| "nothing".to_owned(), Json::to_string);
    let lines = differing.map(|name| {
        format!("\n  {name}: {} where {} was expected", shown(found.get(name)), shown(expected.get(name)))
    });
    lines.collect()
}

/// A case at work: its rows in MySQL, its tables in DynamoDB.
struct Engines {
    source: Source,
    dynamodb: Store,
}

impl Engines {
    /// What is wrong with one entry of `items.json`.
    async fn judge(&self, entity: &Entity, entry: &Json) -> anyhow::Result<Option<String>> {
        let plan = &entity.plan;
        let written = entry.get("item").or_else(|| entry.get("tombstone")).unwrap_or(&entry["none"]);
        let key = read_key(plan, None, &scalars(written))?;
        let found = self.source.item(plan, key.clone()).await;
        let found = match (entry.get("error").and_then(Json::as_str), found) {
            (Some(expected), Err(error)) if format!("{error:#}").contains(expected) => return Ok(None),
            (Some(expected), Err(error)) => {
                return Ok(Some(format!("{error:#}\n  where `{expected}` was expected")));
            }
            (Some(expected), Ok(found)) => {
                return Ok(Some(format!("{found}\n  where `{expected}` was expected")));
            }
            (None, found) => found?,
        };
        let Some(expected) = entry.get("item") else {
            if found != Json::Null {
                return Ok(Some(format!("{found}\n  where nothing was expected")));
            }
            let tombstone = entry.get("tombstone").map(|key| json!({ "tombstone": key })).unwrap_or_default();
            let left = self.source.item_left_out(plan, key).await?;
            return Ok((left != tombstone).then(|| format!("{left}\n  where {tombstone} was expected")));
        };
        if found != *expected {
            return Ok(Some(difference(&found, expected)));
        }
        let Some(row) = self.source.row(plan, key.clone()).await? else {
            return Ok(Some("the row of the item is gone".to_owned()));
        };
        let markers = projection::markers(plan, &row)?.iter().map(item_json).collect::<Vec<_>>();
        let expected = entry.get("markers").and_then(Json::as_array).cloned().unwrap_or_default();
        if markers != expected {
            return Ok(Some(format!("{markers:?}\n  where {expected:?} were expected")));
        }
        self.dynamodb.put(plan, row.clone()).await?;
        let back = self.dynamodb.get(plan, &plan.patterns[0], key).await?;
        Ok((back.as_ref() != Some(&row)).then(|| format!("{back:?}\n  came back where {row:?} went")))
    }

    /// What is wrong with a case.
    async fn judge_all(&self, contract: &Contract, entries: &[Json]) -> anyhow::Result<Vec<String>> {
        let mut failures = Vec::new();
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for entry in entries {
            let name = entry["entity"].as_str().unwrap_or_default();
            let Some(entity) = contract.entities.iter().find(|entity| entity.name == name) else {
                failures.push(format!("`{name}` is no entity: {entry}"));
                continue;
            };
            *counts.entry(name).or_default() += 1;
            let found = self.judge(entity, entry).await;
            let failure = found.unwrap_or_else(|error| Some(format!("{error:#}")));
            failures.extend(failure.map(|failure| format!("{name} {entry}: {failure}")));
        }
        for entity in &contract.entities {
            let written = counts.get(entity.name.as_str()).copied().unwrap_or_default();
            let rows = self.source.count(&entity.plan.root).await?;
            if written != rows || rows == 0 {
                let name = &entity.name;
                failures.push(format!("{name}: {rows} rows, and {written} of them are written down"));
            }
        }
        Ok(failures)
    }
}

/// What is wrong with a case.
async fn failures(case: &str, mysql: &Arc<Server>, dynamodb: &DynamoDb) -> anyhow::Result<Vec<String>> {
    let contract = contract(case)?;
    let entries: Vec<Json> = serde_json::from_str(&read(case, "items.json")?)?;
    let source = Source::create(mysql, case, &read(case, "schema.sql")?, &read(case, "rows.sql")?).await?;
    let client = dynamodb.client();
    create_tables(&client, &contract.tables).await?;
    let engines = Engines { source, dynamodb: Store::dynamodb(client.clone()) };
    let found = engines.judge_all(&contract, &entries).await;
    delete_tables(&client, &contract.tables).await?;
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_gives_the_items_that_were_written_down() -> anyhow::Result<()> {
    let (mysql, dynamodb) = (Server::start().await?, DynamoDb::start()?);
    let mut all = Vec::new();
    for case in CASES {
        let found = failures(case, &mysql, &dynamodb).await;
        let found = found.unwrap_or_else(|error| vec![format!("{error:#}")]);
        all.extend(found.into_iter().map(|failure| format!("{case}: {failure}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    Ok(())
}

/// Nobody's rows or items lie about unasked.
#[test]
fn every_case_with_rows_or_items_is_asked() -> anyhow::Result<()> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder())? {
        let entry = entry?;
        if ["rows.sql", "items.json"].iter().any(|file| entry.path().join(file).exists()) {
            found.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    let listed: BTreeSet<String> = CASES.iter().map(|case| (*case).to_owned()).collect();
    assert_eq!(found, listed, "folders with rows.sql or items.json, and the list of this file");
    Ok(())
}
