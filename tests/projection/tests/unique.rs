//! Unique keys held by markers: DynamoDB refuses what MySQL refuses, takes what it takes, and says the same key.

use migratable::{Error, Store};
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::{load, model};
use migratable_core::plan::Plan;
use migratable_core::value::{Row, Value};
use migratable_test_engines::{DynamoDb, create_tables};
use migratable_test_projection::Source;

const SCHEMA: &str = "
CREATE TABLE guests (id INT PRIMARY KEY, email VARCHAR(40) COLLATE utf8mb4_unicode_ci NULL, room INT NOT NULL, bed INT NULL, name VARCHAR(20) COLLATE utf8mb4_bin NOT NULL, UNIQUE email (email), UNIQUE place (room, bed));
";

const CONTRACT: &str = r##"
contract: 1
name: hostel
source:
  server: mariadb 10.11
  tables:
    guests:
      columns:
        id: int
        email: varchar(40) collate utf8mb4_unicode_ci null
        room: int
        bed: int null
        name: varchar(20) collate utf8mb4_bin
      primary_key: [id]
      unique: { email: [email], place: [room, bed] }
tables:
  Hostel: { partition: PK, sort: SK }
entities:
  Guest:
    table: Hostel
    rows: guests
    repository: guests
    key: { PK: "GUEST#{id}", SK: GUEST }
    unique:
      email: { PK: "EMAIL#{email:fold}", SK: EMAIL }
      place: { PK: "ROOM#{room}", SK: "BED#{bed}" }
    attributes: { guest_id: id, email: email, room: room, bed: bed, name: name }
access_patterns:
  Guest.by_id: { get: [guest_id] }
"##;

struct Stores {
    /// Stops its server when it goes.
    source: Source,
    /// As does this.
    _engine: DynamoDb,
    dynamodb: Store,
    client: aws_sdk_dynamodb::Client,
    plan: Plan,
}

impl Stores {
    async fn start() -> anyhow::Result<Self> {
        let outcome = load(&SourceFile::new("contract.yaml", CONTRACT));
        assert!(outcome.diagnostics.is_empty(), "{}", render(&outcome.diagnostics, false));
        let model::Contract { entities, tables, .. } = outcome.value.expect("a model");
        let source = Source::start(SCHEMA, "").await?;
        let engine = DynamoDb::start()?;
        create_tables(&engine.client(), &tables).await?;
        let client = engine.client();
        let dynamodb = Store::dynamodb(client.clone());
        let plan = entities.into_iter().next().expect("an entity").plan;
        Ok(Self { source, _engine: engine, dynamodb, client, plan })
    }

    /// Writes a guest to both stores, and says whether they were taken, or which key refused them.
    async fn put(&self, row: Row) -> String {
        let mysql = said(self.source.store.put(&self.plan, row.clone()).await);
        let dynamodb = said(self.dynamodb.put(&self.plan, row.clone()).await);
        assert_eq!(mysql, dynamodb, "{row:?}");
        mysql
    }

    /// The keys of all items.
    async fn keys(&self) -> anyhow::Result<Vec<String>> {
        let items = self.client.scan().table_name("Hostel").consistent_read(true).send().await?;
        let text = |item: &std::collections::HashMap<_, aws_sdk_dynamodb::types::AttributeValue>, name| {
            item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
        };
        let mut keys: Vec<String> =
            items.items().iter().map(|item| format!("{} {}", text(item, "PK"), text(item, "SK"))).collect();
        keys.sort();
        Ok(keys)
    }
}

fn said(outcome: Result<(), Error>) -> String {
    match outcome {
        Ok(()) => "taken".to_owned(),
        Err(error) if error.is_conflict() => {
            let text = error.to_string();
            let name = text.split("unique key `").nth(1).and_then(|rest| rest.split('`').next());
            name.unwrap_or(&text).to_owned()
        }
        Err(error) => panic!("{error}"),
    }
}

fn guest(id: i64, email: Option<&str>, room: i64, bed: Option<i64>) -> Row {
    let text = |text: &str| Value::Text(text.to_owned());
    let bed = bed.map_or(Value::Null, Value::Int);
    vec![Value::Int(id), email.map_or(Value::Null, text), Value::Int(room), bed, text("somebody")]
}

#[tokio::test(flavor = "multi_thread")]
async fn both_stores_refuse_the_same_guests() -> anyhow::Result<()> {
    let stores = Stores::start().await?;
    assert_eq!(stores.put(guest(1, Some("Ann@example.org"), 7, Some(1))).await, "taken");
    // Equal under the collation.
    assert_eq!(stores.put(guest(2, Some("ÀNN@example.org "), 7, Some(2))).await, "email");
    assert_eq!(stores.put(guest(2, Some("bo@example.org"), 7, Some(1))).await, "place");
    // NULL is equal to nothing, and to no other NULL.
    assert_eq!(stores.put(guest(2, None, 7, None)).await, "taken");
    assert_eq!(stores.put(guest(3, None, 7, None)).await, "taken");
    // The same guest again, spelt otherwise, and then somewhere else.
    assert_eq!(stores.put(guest(1, Some("ann@example.org"), 7, Some(1))).await, "taken");
    assert_eq!(stores.put(guest(2, Some("ann@example.org"), 8, None)).await, "email");
    assert_eq!(stores.put(guest(1, Some("ann@example.com"), 8, Some(1))).await, "taken");
    assert_eq!(stores.put(guest(2, Some("ann@example.org"), 7, Some(1))).await, "taken");
    assert_eq!(stores.put(guest(1, None, 8, Some(1))).await, "taken");
    // What was given up is gone, what was refused left nothing.
    let room = |room: u32, bed: u32| format!("ROOM#{room:010} BED#{bed:010}");
    let guests = (1..=3).map(|id| format!("GUEST#{id:010} GUEST"));
    let mut expected: Vec<String> = guests.chain([room(7, 1), room(8, 1)]).collect();
    expected.insert(0, stores.keys().await?[0].clone());
    assert!(expected[0].starts_with("EMAIL#ann@example.org"), "{expected:?}");
    assert_eq!(stores.keys().await?, expected);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_want_one_address_one_has_it() -> anyhow::Result<()> {
    let stores = Stores::start().await?;
    let writes = (1..=20).map(|id| {
        let (store, plan) = (stores.dynamodb.clone(), stores.plan.clone());
        tokio::spawn(
            async move { store.put(&plan, guest(id, Some("one@example.org"), 1, None)).await.is_ok() },
        )
    });
    let mut won = 0;
    for write in writes.collect::<Vec<_>>() {
        won += u32::from(write.await?);
    }
    assert_eq!(won, 1);
    let keys = stores.keys().await?;
    assert_eq!(keys.len(), 2, "{keys:?}");
    // And one guest who moves about leaves one marker, wherever it ends.
    let moves = (0..8).map(|bed| {
        let (store, plan) = (stores.dynamodb.clone(), stores.plan.clone());
        tokio::spawn(async move { store.put(&plan, guest(50, None, 2, Some(bed))).await })
    });
    for write in moves.collect::<Vec<_>>() {
        if let Err(error) = write.await? {
            assert!(error.is_retryable(), "{error}");
        }
    }
    let keys = stores.keys().await?;
    assert_eq!(keys.iter().filter(|key| key.starts_with("ROOM#0000000002")).count(), 1, "{keys:?}");
    Ok(())
}
