//! CHECK constraints: what is said of a row before a write is what the server says of it.

use anyhow::{Context, ensure};
use migratable::Store;
use migratable_analyze::ddl::{self, Server};
use migratable_analyze::design::{self, Hints, Layout};
use migratable_contract::diagnostic::{SourceFile, render};
use migratable_contract::model::{Contract, Entity};
use migratable_core::check::Verdict;
use migratable_core::value::{Row, Value};
use migratable_test_conformance::random_row;
use migratable_test_engines::MariaDb;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, Row as _};

const DATABASE: &str = "checks";

/// One column of each kind a check can read, and two of those it compares with each other.
const COLUMNS: &str = "
  id  INT NOT NULL PRIMARY KEY,
  i   INT NULL,
  k   INT NULL,
  u   INT UNSIGNED NULL,
  big BIGINT NULL,
  ub  BIGINT UNSIGNED NULL,
  flag TINYINT(1) NULL,
  bits BIT(5) NULL,
  y   YEAR NULL,
  n   DECIMAL(8,3) NULL,
  un  DECIMAL(6,2) UNSIGNED NULL,
  f   FLOAT NULL,
  g   DOUBLE NULL,
  ci  VARCHAR(12) COLLATE utf8mb4_general_ci NULL,
  ui  VARCHAR(12) COLLATE utf8mb4_unicode_ci NULL,
  bin VARCHAR(12) COLLATE utf8mb4_bin NULL,
  nop VARCHAR(12) COLLATE utf8mb4_nopad_bin NULL,
  two VARCHAR(12) COLLATE utf8mb4_general_ci NULL,
  lat VARCHAR(12) COLLATE latin1_bin NULL,
  st  ENUM('new','paid','Ärger') COLLATE utf8mb4_general_ci NULL,
  bb  VARBINARY(6) NULL,
  d   DATE NULL,
  e   DATE NULL,
  dt  DATETIME(3) NULL,
  ts  TIMESTAMP NULL,
  tt  TIMESTAMP NULL,
  t   TIME NULL,
  doc VARCHAR(30) COLLATE utf8mb4_bin NULL";

fn contract(check: Option<&str>) -> anyhow::Result<Contract> {
    let check = check.map(|check| format!(",\n  CONSTRAINT c CHECK ({check})")).unwrap_or_default();
    let schema = format!("CREATE TABLE things ({COLUMNS}{check});");
    let file = SourceFile::new("schema.sql".to_owned(), schema);
    let reading = ddl::read(&file, Server::MariaDb1011);
    let options = design::Options { name: DATABASE.to_owned(), layout: Layout::TablePerEntity };
    let text = design::propose(&reading.schema.source(), &Hints::from(&reading.schema), &options).text;
    let outcome = migratable_contract::load(&SourceFile::new("contract.yaml".to_owned(), text));
    outcome.value.with_context(|| render(&outcome.diagnostics, false))
}

fn thing(contract: &Contract) -> anyhow::Result<&Entity> {
    contract.entities.first().context("the one entity")
}

/// Values that comparisons turn on: small numbers, texts equal under some collation, dates of one week, documents.
fn interesting(column: &str) -> Option<BoxedStrategy<Value>> {
    let text = |texts: &[&str]| {
        select(texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>()).prop_map(Value::Text).boxed()
    };
    Some(match column {
        "i" | "k" => (-3..=3_i64).prop_map(Value::Int).boxed(),
        "u" | "ub" => (0..=3_u64).prop_map(Value::UInt).boxed(),
        "f" => select(vec![0.0_f32, -1.0, 1.0, 0.5, 0.1, 2.5]).prop_map(Value::Float).boxed(),
        "g" => select(vec![0.0_f64, -1.0, 1.0, 0.5, 0.1, 2.5]).prop_map(Value::Double).boxed(),
        "ci" | "ui" | "two" => text(&[
            "", " ", "a", "A", "á", "b", "new", "NEW ", "ß", "ss", "😀", "a_b", "100%", "x@y.z", "a\tb",
        ]),
        "bin" | "nop" => text(&["", "a", "a ", "A", "á", "b", "a!", "a\t", "new", "100%", "x@y.z", "日本"]),
        "lat" => text(&["", "a", "a ", "A", "é", "€", "new"]),
        "doc" => text(&[
            "",
            "{}",
            "[1, 2",
            "null",
            "{\"a\": 1}",
            "\"\\ud800\"",
            "01",
            "1.",
            "[1,]",
            "\"\u{1}\"",
            "tru",
            "-",
            "{\"a\"}",
        ]),
        _ => return None,
    })
}

fn row(plan: &migratable_core::plan::Plan, id: i64, runner: &mut TestRunner) -> anyhow::Result<Row> {
    let mut row = random_row(plan, runner)?;
    for (value, column) in row.iter_mut().zip(plan.columns.iter()) {
        if column.name == "id" {
            *value = Value::Int(id);
        } else if let Some(values) = interesting(&column.name).filter(|_| id % 4 != 0) {
            let values = prop_oneof![1 => Just(Value::Null), 6 => values];
            *value = values.new_tree(runner).map_err(|reason| anyhow::anyhow!("{reason}"))?.current();
        }
    }
    Ok(row)
}

fn numbers() -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        4 => select(vec!["i", "k", "u", "big", "ub", "flag", "bits", "n", "un"]).prop_map(str::to_owned),
        3 => (-3..=3_i32).prop_map(|number| number.to_string()),
        1 => select(vec!["1.50", "-0.125", "2147483647", "18446744073709551615", "9223372036854775808", ".5", "TRUE", "NULL"])
            .prop_map(str::to_owned),
        1 => select(vec!["char_length(ci)", "length(ui)", "length(lat)", "length(bb)", "octet_length(nop)", "char_length(st)"])
            .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            (inner.clone(), select(vec!["+", "-", "*"]), inner.clone())
                .prop_map(|(left, op, right)| format!("({left} {op} {right})")),
            inner.prop_map(|operand| format!("(-{operand})")),
        ]
    })
    .boxed()
}

fn comparison() -> impl Strategy<Value = &'static str> {
    select(vec!["=", "<>", "!=", "<", "<=", ">", ">=", "<=>"])
}

fn literal() -> impl Strategy<Value = &'static str> {
    select(vec!["''", "'a'", "'A '", "'new'", "_utf8mb4'á'", "'ß'", "'ss'", "'x@y.z'", "'it''s'", "NULL"])
}

fn condition() -> BoxedStrategy<String> {
    let texts = || select(vec!["ci", "ui", "bin", "nop", "two", "st", "lat"]);
    let dates = || select(vec!["d", "e", "dt", "DATE'2024-02-29'", "'2024-01-31'", "NULL"]);
    let leaf = prop_oneof![
        4 => (numbers(), comparison(), numbers()).prop_map(|(left, op, right)| format!("{left} {op} {right}")),
        1 => (numbers(), numbers(), numbers(), any::<bool>())
            .prop_map(|(value, least, most, not)| format!("{value} {}BETWEEN {least} AND {most}", not_word(not))),
        1 => (numbers(), proptest::collection::vec(numbers(), 1..4), any::<bool>())
            .prop_map(|(value, list, not)| format!("{value} {}IN ({})", not_word(not), list.join(", "))),
        3 => (texts(), select(vec!["=", "<>", "<=>", "<", ">=", ">"]), literal())
            .prop_map(|(text, op, literal)| format!("{text} {op} {literal}")),
        1 => (texts(), proptest::collection::vec(literal(), 1..4), any::<bool>())
            .prop_map(|(text, list, not)| format!("{text} {}IN ({})", not_word(not), list.join(", "))),
        1 => (select(vec!["ci = two", "two <> ci", "ci <=> two", "bin = bin", "nop >= nop"])).prop_map(str::to_owned),
        2 => (texts(), select(vec!["'a%'", "'_'", "'%@%'", "'A_%'", "'100\\%'", "'%'", "''", "'n_w'"]), any::<bool>())
            .prop_map(|(text, pattern, not)| format!("{text} {}LIKE {pattern}", not_word(not))),
        2 => (dates(), comparison(), dates()).prop_map(|(left, op, right)| format!("{left} {op} {right}")),
        1 => (select(vec!["d", "dt"]), any::<bool>())
            .prop_map(|(date, not)| format!("{date} {}BETWEEN '2000-01-01' AND '2030-12-31'", not_word(not))),
        1 => (comparison(), select(vec!["'2024-01-31 10:00:00'", "'2024-01-31 10:00:00.5'"]))
            .prop_map(|(op, moment)| format!("dt {op} {moment}")),
        1 => comparison().prop_map(|op| format!("ts {op} tt")),
        1 => (comparison(), select(vec!["'00:00:00'", "'-01:30:00'", "TIME'100:00:00'"]))
            .prop_map(|(op, time)| format!("t {op} {time}")),
        1 => (select(vec!["f", "g"]), comparison(), select(vec!["0", "1", "0.5", "0.1", "-1", "2.50"]))
            .prop_map(|(real, op, number)| format!("{real} {op} {number}")),
        1 => (comparison(), select(vec!["1970", "2000", "2155", "1901"]))
            .prop_map(|(op, year)| format!("y {op} {year}")),
        1 => Just("json_valid(doc)".to_owned()),
        1 => numbers(),
        1 => (texts(), any::<bool>()).prop_map(|(text, not)| format!("{text} IS {}NULL", not_word(not))),
    ];
    leaf.prop_recursive(3, 10, 2, |inner| {
        prop_oneof![
            (inner.clone(), select(vec!["AND", "OR", "XOR"]), inner.clone())
                .prop_map(|(left, op, right)| format!("{left} {op} {right}")),
            (inner.clone(), select(vec!["AND", "OR", "XOR", "=", "<>", "<=>"]), inner.clone())
                .prop_map(|(left, op, right)| format!("({left}) {op} ({right})")),
            inner.clone().prop_map(|operand| format!("NOT {operand}")),
            (inner, select(vec!["TRUE", "FALSE", "UNKNOWN", "NULL"]), any::<bool>())
                .prop_map(|(operand, what, not)| format!("({operand}) IS {}{what}", not_word(not))),
        ]
    })
    .boxed()
}

const fn not_word(not: bool) -> &'static str {
    if not { "NOT " } else { "" }
}

/// What the server says of a check.
struct Answer {
    /// The rows it takes, by their ids.
    taken: Vec<i64>,
    /// The rows it has no verdict on: evaluating the check is an error.
    failed: Vec<i64>,
    /// The check as it prints it.
    printed: String,
}

/// Asks the server; `None` where it takes no such check.
async fn ask(connection: &mut MySqlConnection, check: &str, rows: i64) -> anyhow::Result<Option<Answer>> {
    let table = format!("CREATE OR REPLACE TABLE checked ({COLUMNS}, CONSTRAINT c CHECK ({check}))");
    if sqlx::raw_sql(AssertSqlSafe(table)).execute(&mut *connection).await.is_err() {
        return Ok(None);
    }
    let mut failed = Vec::new();
    // A row that can't be judged ends the statement.
    let all = "INSERT IGNORE INTO checked SELECT * FROM things";
    if sqlx::raw_sql(all).execute(&mut *connection).await.is_err() {
        sqlx::raw_sql("DELETE FROM checked").execute(&mut *connection).await?;
        for id in 1..=rows {
            let one = sqlx::query("INSERT IGNORE INTO checked SELECT * FROM things WHERE id = ?").bind(id);
            if one.execute(&mut *connection).await.is_err() {
                failed.push(id);
            }
        }
    }
    let found = sqlx::query("SELECT id FROM checked").fetch_all(&mut *connection).await?;
    let taken = found.iter().map(|row| row.get::<i32, _>(0).into()).collect();
    let clause = sqlx::query(
        "SELECT CHECK_CLAUSE FROM information_schema.CHECK_CONSTRAINTS
         WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = 'checked' AND CONSTRAINT_NAME = 'c'",
    );
    let printed = clause.fetch_one(connection).await?.get(0);
    Ok(Some(Answer { taken, failed, printed }))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_holds_for_the_rows_the_server_takes() -> anyhow::Result<()> {
    let base = contract(None)?;
    let plan = &thing(&base)?.plan;
    let server = MariaDb::start()?;
    server.create_database(DATABASE).await?;
    server.execute_script(DATABASE, &format!("CREATE TABLE things ({COLUMNS});")).await?;
    let store = Store::mysql(migratable::mysql::connect(&server.url(DATABASE)).await?).await?;
    let mut runner = TestRunner::deterministic();
    let mut rows = Vec::new();
    for id in 1..=60 {
        let row = row(plan, id, &mut runner)?;
        store.put(plan, row.clone()).await?;
        rows.push(row);
    }
    let mut connection = MySqlConnection::connect(&server.url(DATABASE)).await?;
    sqlx::raw_sql("SET time_zone = '+00:00'").execute(&mut connection).await?;

    let (mut evaluated, mut passed, mut failed, mut undecided) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for _ in 0..600 {
        let check =
            condition().new_tree(&mut runner).map_err(|reason| anyhow::anyhow!("{reason}"))?.current();
        let Some(answer) = ask(&mut connection, &check, rows.len() as i64).await? else { continue };
        // As written, and as the server prints it.
        for check in [check, answer.printed] {
            let contract = contract(Some(&check)).with_context(|| check.clone())?;
            let plan = &thing(&contract)?.plan;
            let Some(rule) = plan.checks.first() else { continue };
            evaluated += 1;
            for row in &rows {
                let Value::Int(id) = row[0] else { continue };
                if answer.failed.contains(&id) {
                    continue;
                }
                let takes = answer.taken.contains(&id);
                match rule.verdict(plan, row) {
                    Verdict::Passes if takes => passed += 1,
                    Verdict::Fails if !takes => failed += 1,
                    Verdict::Undecided => undecided += 1,
                    verdict => wrong.push(format!(
                        "{check}: {verdict:?}, but the server: {takes}\n{}\n{row:?}",
                        rule.rule
                    )),
                }
            }
        }
    }
    let report = format!(
        "{evaluated} checks; {passed} rows passed, {failed} failed, {undecided} were left to the server"
    );
    ensure!(
        wrong.is_empty(),
        "{} rows judged wrongly, such as\n{}",
        wrong.len(),
        first_of_each(&wrong).join("\n\n")
    );
    ensure!(evaluated > 400 && passed > 3000 && failed > 3000, "too little was compared: {report}");
    ensure!(undecided * 5 < passed + failed, "too much was left to the server: {report}");
    Ok(())
}

/// One row of each check that was judged wrongly, a few checks.
fn first_of_each(wrong: &[String]) -> Vec<&str> {
    let mut seen = Vec::new();
    let mut first = Vec::new();
    for case in wrong {
        let check = case.split(": ").next().unwrap_or_default();
        if !seen.contains(&check) {
            seen.push(check);
            first.push(case.as_str());
        }
    }
    first.truncate(12);
    first
}
