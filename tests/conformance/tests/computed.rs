//! Values worked out of a row's columns: what is computed here is what the server computes for a view, for random rows.

use migratable::Store;
use migratable::mysql::read_rows;
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::load;
use migratable_core::plan::Plan;
use migratable_core::sql;
use migratable_core::value::Value;
use migratable_test_conformance::random_row;
use migratable_test_engines::MariaDb;
use proptest::test_runner::TestRunner;
use sqlx::{AssertSqlSafe, Executor, Row as _};

const SCHEMA: &str = "CREATE TABLE things (id INT PRIMARY KEY, small TINYINT, big BIGINT, huge BIGINT UNSIGNED, price DECIMAL(12,4), wide DECIMAL(45,3), \
whole DECIMAL(9,0), name VARCHAR(20) COLLATE utf8mb4_unicode_ci, latin VARCHAR(9) CHARACTER SET latin1 COLLATE latin1_bin, kind ENUM('a','B c'), \
day DATE, at DATETIME(3), seen TIMESTAMP(6) NULL, plain DATETIME, t TIME(2), y YEAR, bits BIT(12))";

const CONTRACT: &str = r##"
contract: 1
name: things
source:
  server: mariadb 10.11
  tables:
    things:
      columns:
        id: int
        small: tinyint null
        big: bigint null
        huge: bigint unsigned null
        price: decimal(12,4) null
        wide: decimal(45,3) null
        whole: decimal(9,0) null
        name: varchar(20) collate utf8mb4_unicode_ci null
        latin: varchar(9) collate latin1_bin null
        kind: enum('a','B c') collate utf8mb4_general_ci null
        day: date null
        at: datetime(3) null
        seen: timestamp(6) null
        plain: datetime null
        t: time(2) null
        y: year null
        bits: bit(12) null
      primary_key: [id]
tables:
  Things: { partition: PK }
entities:
  Thing:
    table: Things
    rows: things
    repository: things
    key: { PK: "{id}" }
    attributes:
      id: id
      small: small
      big: big
      huge: huge
      price: price
      wide: wide
      whole: whole
      name: name
      latin: latin
      kind: kind
      day: day
      at: at
      seen: seen
      plain: plain
      t: t
      y: y
      bits: bits
      numbers: { text: "{small} {big}/{huge} {y} {bits}" }
      prices: { text: "{price} {whole}" }
      wides: { text: "{wide}" }
      names: { text: "{name}'\\{latin}[{kind}]" }
      moments: { text: "{day} {at} {seen} {plain} {t}" }
      padded: { text: "{small:02} {big:020} {huge:03}" }
      by_day: { text: "{day:%d.%m.%Y} %" }
      by_time: { text: "{at:%H%M%S} {seen:%Y/%m/%dT%H:%M:%S} {plain:%%%Y}" }
      month: { path: seen, format: "%Y-%m" }
      either: { case: { "small > 5": "big {big}", "price < 0": "owed {price}", name is null: nobody }, else: "{name}" }
      sometimes: { case: { "small > 50 and not y is null": "{y}" } }
      later: { path: at, plus: 1mo }
      sooner: { path: seen, minus: 90d }
      next: { path: day, plus: 3y }
      gone: { path: seen, plus: 30d, as: epoch }
      day_epoch: { path: day, as: epoch, zone: UTC }
access_patterns:
  Thing.by_id: { get: [id] }
"##;

fn plan() -> Plan {
    let outcome = load(&SourceFile::new("contract.yaml", CONTRACT));
    let report = render(&outcome.diagnostics, false);
    outcome.value.map(|contract| contract.entities[0].plan.clone()).unwrap_or_else(|| panic!("{report}"))
}

/// A computed value as the view shows it.
fn shown(plan: &Plan, position: usize, value: &Value) -> Option<String> {
    let ty = &plan.derived[position].scalar()?.ty;
    match value {
        Value::Null => None,
        Value::Int(number) => Some(number.to_string()),
        Value::Text(text) => Some(text.clone()),
        other => match migratable_core::codec::encode(ty, ty.default_attribute_type(), other) {
            Ok(Some(migratable_core::dynamodb::AttributeValue::S(text))) => Some(text),
            written => panic!("{other:?} is {written:?}"),
        },
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_computes_what_is_computed_here() -> anyhow::Result<()> {
    let plan = plan();
    let server = MariaDb::start()?;
    server.create_database("things").await?;
    server.execute_script("things", SCHEMA).await?;
    let pool = migratable::mysql::connect(&server.url("things")).await?;
    let store = Store::mysql(pool.clone()).await?;
    let mut runner = TestRunner::deterministic();
    let mut written = 0;
    while written < 300 {
        written += usize::from(store.put(&plan, random_row(&plan, &mut runner)?).await.is_ok());
    }
    let view = sql::view(&plan, "shown");
    assert_eq!(view.left_out, []);
    let rows = read_rows(&pool, &plan, &sql::all(&plan)).await?;
    let mut session = pool.acquire().await?;
    session.execute("SET time_zone = '+07:30'").await?;
    session.execute(AssertSqlSafe(view.sql)).await?;
    let columns: Vec<String> =
        plan.derived.iter().map(|derived| format!("CAST({} AS CHAR)", sql::quote(&derived.name))).collect();
    let select = format!("SELECT {} FROM shown ORDER BY id", columns.join(", "));
    let seen = session.fetch_all(AssertSqlSafe(select)).await?;
    assert_eq!(seen.len(), rows.len());
    let mut values = vec![0; plan.derived.len()];
    for (row, seen) in rows.iter().zip(&seen) {
        for (position, derived) in plan.derived.iter().enumerate() {
            let here = shown(&plan, position, &row[plan.columns.len() + position]);
            let there: Option<String> = seen.try_get_unchecked(position)?;
            assert_eq!(there, here, "{} of {row:?}", derived.name);
            values[position] += usize::from(here.is_some());
        }
    }
    // No value was always NULL.
    assert!(values.iter().all(|count| *count > 10), "{values:?}");
    Ok(())
}
