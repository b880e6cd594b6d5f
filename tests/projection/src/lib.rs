//! Rows of a real MySQL server, projected, beside items that were written by hand from what the data means.

pub mod clubs;
pub mod shop;

use std::collections::BTreeMap;
use std::sync::Arc;

use migratable::Store;
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::plan::Plan;
use migratable_core::projection::{self, Outcome};
use migratable_core::sql;
use migratable_core::value::{Row, Value};
use migratable_test_engines::MariaDb;
use serde_json::{Map, Value as Json, json};
use sqlx::MySqlPool;

/// A server whose own time zone is not UTC, and whose SQL mode is the strictest about GROUP BY: what a session needs, it has to
/// say.
pub struct Server(MariaDb);

impl Server {
    /// Starts one.
    ///
    /// # Errors
    /// It doesn't start.
    pub async fn start() -> anyhow::Result<Arc<Self>> {
        let server = MariaDb::start()?;
        server.create_database("settings").await?;
        let modes = "SET GLOBAL time_zone = '+05:30'; SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',ONLY_FULL_GROUP_BY')";
        server.execute_script("settings", modes).await?;
        Ok(Arc::new(Self(server)))
    }
}

/// A database with a schema and its rows.
pub struct Source {
    /// Stops with the last of its databases.
    _server: Arc<Server>,
    /// What is asked.
    pub store: Store,
    /// The same server, by its pinned sessions.
    pub pool: MySqlPool,
}

impl Source {
    /// Starts a server with these tables and rows.
    ///
    /// # Errors
    /// The server doesn't start, or refuses a statement.
    pub async fn start(schema: &str, rows: &str) -> anyhow::Result<Self> {
        Self::create(&Server::start().await?, "source", schema, rows).await
    }

    /// Makes a database of this name, with these tables and rows.
    ///
    /// # Errors
    /// The server refuses a statement.
    pub async fn create(server: &Arc<Server>, name: &str, schema: &str, rows: &str) -> anyhow::Result<Self> {
        let database = &server.0;
        database.create_database(name).await?;
        database.execute_script(name, &format!("SET time_zone = '+00:00';\n{schema}\n{rows}")).await?;
        let pool = migratable::mysql::connect(&database.url(name)).await?;
        Ok(Self { _server: Arc::clone(server), store: Store::mysql(pool.clone()).await?, pool })
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// The server's.
    pub async fn count(&self, table: &str) -> anyhow::Result<u64> {
        let statement = format!("SELECT COUNT(*) FROM {}", sql::quote(table));
        let count: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(statement)).fetch_one(&self.pool).await?;
        Ok(u64::try_from(count)?)
    }

    /// The row with this key, by the plan's first pattern.
    ///
    /// # Errors
    /// The store's.
    pub async fn row(&self, plan: &Plan, key: Vec<Value>) -> Result<Option<Row>, migratable::Error> {
        self.store.get(plan, &plan.patterns[0], key).await
    }

    /// What the row with this key becomes: its item as DynamoDB's JSON, `{"tombstone": key}`, or nothing.
    ///
    /// # Errors
    /// The store's, or the row can't be an item.
    pub async fn item(&self, plan: &Plan, key: Vec<Value>) -> anyhow::Result<Json> {
        let row = self.row(plan, key).await?;
        row.map_or(Ok(Json::Null), |row| outcome(plan, &row))
    }

    /// The same of a row that repositories don't see, because the entity leaves it out.
    ///
    /// # Errors
    /// The store's, or the row can't be an item.
    pub async fn item_left_out(&self, plan: &Plan, key: Vec<Value>) -> anyhow::Result<Json> {
        let mut whole = plan.clone();
        whole.filter = None;
        let mut by_key = whole.patterns[0].clone();
        by_key.sql = sql::pattern_sql(&whole, &by_key.by, &[], by_key.kind);
        whole.patterns = vec![by_key].into();
        let row = self.row(&whole, key).await?;
        let row = row.ok_or_else(|| anyhow::anyhow!("MySQL has no such row"))?;
        outcome(plan, &row)
    }
}

fn outcome(plan: &Plan, row: &[Value]) -> anyhow::Result<Json> {
    Ok(match projection::outcome(plan, row)? {
        Outcome::Item(item) => item_json(&item),
        Outcome::Tombstone(key) => json!({ "tombstone": item_json(&key) }),
        Outcome::Absent => Json::Null,
    })
}

/// An item as DynamoDB's JSON, without the entity's name.
pub fn item_json(item: &Item) -> Json {
    let members = item.iter().filter(|(name, _)| *name != "_entity");
    Json::Object(members.map(|(name, value)| (name.clone(), value_json(value))).collect::<Map<_, _>>())
}

fn value_json(value: &AttributeValue) -> Json {
    let map = |values: &BTreeMap<String, AttributeValue>| -> Json {
        Json::Object(values.iter().map(|(name, value)| (name.clone(), value_json(value))).collect())
    };
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(digits) => json!({ "N": digits }),
        AttributeValue::B(bytes) => json!({ "B": bytes }),
        AttributeValue::Bool(flag) => json!({ "BOOL": flag }),
        AttributeValue::Null => json!({ "NULL": true }),
        AttributeValue::Ss(texts) => json!({ "SS": texts }),
        AttributeValue::Ns(numbers) => json!({ "NS": numbers }),
        AttributeValue::Bs(values) => json!({ "BS": values }),
        AttributeValue::L(values) => json!({ "L": values.iter().map(value_json).collect::<Vec<_>>() }),
        AttributeValue::M(values) => json!({ "M": map(values) }),
    }
}
