//! The engines start, answer, stand side by side, and are gone afterwards, also after `kill -9`.
#![expect(clippy::unwrap_used, reason = "a test's failure is a panic")]

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use migratable_core::dynamodb::AttributeType;
use migratable_core::plan::{Table, TableIndex};
use migratable_test_engines::{
    DYNAMODB_ENDPOINT, DynamoDb, MYSQL_URL, MariaDb, Template, create_tables, delete_tables,
};
use sqlx::{Connection, MySqlConnection};

async fn text(url: &str, sql: &'static str) -> String {
    let mut connection = MySqlConnection::connect(url).await.unwrap();
    sqlx::query_scalar(sql).fetch_one(&mut connection).await.unwrap()
}

fn address(url: &str) -> String {
    let authority = url.split("://").nth(1).unwrap();
    authority.rsplit('@').next().unwrap().trim_end_matches('/').to_owned()
}

fn answers(address: &str) -> bool {
    TcpStream::connect(address).is_ok()
}

fn eventually(what: &str, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(20), "not within 20 s: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test]
async fn servers_from_one_template_know_nothing_of_each_other() {
    let template = Template::new().unwrap();
    let (one, other) = (template.start().unwrap(), template.start().unwrap());
    one.create_database("shop").await.unwrap();
    let count = "SELECT CAST(COUNT(*) AS CHAR) FROM information_schema.schemata WHERE schema_name = 'shop'";
    assert_eq!(text(&one.server_url(), count).await, "1");
    assert_eq!(text(&other.server_url(), count).await, "0");
}

#[tokio::test]
async fn mariadb_runs_scripts_of_several_statements() {
    let mysql = MariaDb::start().unwrap();
    mysql.create_database("shop").await.unwrap();
    let script = "CREATE TABLE t (a VARCHAR(9)); -- a comment; with a semicolon\nINSERT INTO t VALUES ('x;''y'), ('z')";
    mysql.execute_script("shop", script).await.unwrap();

    let url = mysql.url("shop");
    assert_eq!(text(&url, "SELECT GROUP_CONCAT(a ORDER BY a) FROM t").await, "x;'y,z");
    assert!(text(&url, "SELECT VERSION()").await.contains('.'));

    let failure =
        mysql.execute_script("shop", "SELECT 1; SELECT * FROM nowhere; DROP TABLE t").await.unwrap_err();
    assert!(format!("{failure:#}").contains("nowhere"), "{failure:#}");
    assert_eq!(
        text(&url, "SELECT CAST(COUNT(*) AS CHAR) FROM t").await,
        "2",
        "the script stopped at the failure"
    );
}

#[tokio::test]
async fn a_database_is_created_once_and_only_under_a_plain_name() {
    let mysql = MariaDb::start().unwrap();
    mysql.create_database("a_1").await.unwrap();
    assert!(mysql.create_database("a_1").await.is_err());
    for name in ["", "a`b", "A", "a b"] {
        let error = mysql.create_database(name).await.unwrap_err();
        assert!(error.to_string().contains("a-z"), "{error}");
    }
}

#[tokio::test]
async fn instances_are_separate_and_dropped_ones_are_gone() {
    let (first, second) = (MariaDb::start().unwrap(), MariaDb::start().unwrap());
    first.create_database("same").await.unwrap();
    second.create_database("same").await.unwrap();
    first.execute_script("same", "CREATE TABLE only_here (a INT)").await.unwrap();
    assert!(second.execute_script("same", "SELECT * FROM only_here").await.is_err());

    if first.is_own() {
        return;
    }
    let socket = text(&first.server_url(), "SELECT @@socket").await;
    let folder = std::path::Path::new(&socket).parent().unwrap().to_owned();
    let address = address(&first.server_url());
    assert!(answers(&address) && folder.exists());
    drop(first);
    assert!(!answers(&address), "the server is still there");
    assert!(!folder.exists(), "its folder is still there");
    assert!(second.execute_script("same", "SELECT 1").await.is_ok(), "the other one is untouched");
}

fn table(name: &'static str) -> Table {
    let key = |name: &'static str, ty| (name.into(), ty);
    Table {
        name: name.into(),
        partition: key("PK", AttributeType::S),
        sort: Some(key("SK", AttributeType::S)),
        indexes: vec![TableIndex {
            name: "ByRegion".into(),
            partition: vec![key("country", AttributeType::S), key("city", AttributeType::S)].into(),
            sort: vec![key("year", AttributeType::N), key("hash", AttributeType::B)].into(),
            project: None,
        }]
        .into(),
    }
}

#[tokio::test]
async fn tables_come_with_their_keys_and_indexes_and_go() {
    let dynamodb = DynamoDb::start().unwrap();
    let client = dynamodb.client();
    let tables = [table("EnginesTestOne"), table("EnginesTestTwo")];
    delete_tables(&client, &tables).await.unwrap();
    create_tables(&client, &tables).await.unwrap();

    client
        .put_item()
        .table_name("EnginesTestOne")
        .item("PK", AttributeValue::S("p".into()))
        .item("SK", AttributeValue::S("s".into()))
        .item("country", AttributeValue::S("DE".into()))
        .item("city", AttributeValue::S("Ulm".into()))
        .item("year", AttributeValue::N("2024".into()))
        .item("hash", AttributeValue::B(vec![1].into()))
        .item("extra", AttributeValue::Bool(true))
        .send()
        .await
        .unwrap();
    let answer = client
        .query()
        .table_name("EnginesTestOne")
        .index_name("ByRegion")
        .key_condition_expression("country = :country AND city = :city")
        .expression_attribute_values(":country", AttributeValue::S("DE".into()))
        .expression_attribute_values(":city", AttributeValue::S("Ulm".into()))
        .send()
        .await
        .unwrap();
    assert!(answer.items()[0].contains_key("extra"), "an index has every attribute");

    let again = create_tables(&client, &tables[..1]).await.unwrap_err();
    assert!(format!("{again:#}").contains("EnginesTestOne"), "{again:#}");

    delete_tables(&client, &tables).await.unwrap();
    let names = client.list_tables().send().await.unwrap().table_names.unwrap_or_default();
    assert!(!names.iter().any(|name| name.starts_with("EnginesTest")), "{names:?}");
}

#[tokio::test]
async fn a_key_of_an_impossible_type_is_an_error_that_names_it() {
    let dynamodb = DynamoDb::start().unwrap();
    let mut table = table("EnginesTestBad");
    table.partition.1 = AttributeType::L;
    let error = create_tables(&dynamodb.client(), &[table]).await.unwrap_err();
    assert_eq!(
        format!("{error:#}"),
        "could not create table EnginesTestBad: key attribute PK: type L can't be in a key"
    );
}

#[tokio::test]
async fn dynamodb_engines_are_separate_and_dropped_ones_are_gone() {
    let (first, second) = (DynamoDb::start().unwrap(), DynamoDb::start().unwrap());
    if first.is_own() {
        return;
    }
    create_tables(&first.client(), &[table("EnginesTestHere")]).await.unwrap();
    assert_eq!(second.client().list_tables().send().await.unwrap().table_names(), [] as [String; 0]);

    let address = address(first.endpoint());
    assert!(answers(&address));
    drop(first);
    assert!(!answers(&address), "the engine is still there");
}

#[test]
fn engines_die_with_a_killed_process() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_engines"))
        .env_remove(MYSQL_URL)
        .env_remove(DYNAMODB_ENDPOINT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let exports: Vec<String> = lines
        .filter_map(|line| Some(line.strip_prefix("export ")?.split_once('=')?.1.to_owned()))
        .take(2)
        .collect();
    let addresses: Vec<String> = exports.iter().map(|url| address(url)).collect();
    assert!(addresses.iter().all(|address| answers(address)), "{exports:?}");

    child.kill().unwrap();
    child.wait().unwrap();
    for address in &addresses {
        eventually(address, || !answers(address));
    }
}

#[test]
fn a_process_killed_while_starting_leaves_nothing() {
    let parent = tempfile::tempdir().unwrap();
    let is_empty = || std::fs::read_dir(parent.path()).unwrap().next().is_none();
    // While the system tables are made, and while the server starts.
    for file in ["data/mysql", "s.sock"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_engines"))
            .env_remove(MYSQL_URL)
            .env("TMPDIR", parent.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let made = || {
            let mut folders = std::fs::read_dir(parent.path()).unwrap();
            folders.any(|folder| folder.unwrap().path().join(file).exists())
        };
        eventually(file, made);
        child.kill().unwrap();
        child.wait().unwrap();
        eventually("the folder is gone", is_empty);
    }
}

#[test]
fn engines_stop_when_their_input_ends() {
    let output = Command::new(env!("CARGO_BIN_EXE_engines")).stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8(output.stderr).unwrap());
    assert!(String::from_utf8(output.stdout).unwrap().contains("http://"));
}

/// Runs the program to its end and gives its error.
fn failure_with(variable: &str, value: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_engines"))
        .env_remove(MYSQL_URL)
        .env_remove(DYNAMODB_ENDPOINT)
        .env(variable, value)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!output.status.success());
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_is_missing_or_wrong_is_said_with_the_next_step() {
    let missing = failure_with("PATH", "/nowhere");
    assert!(missing.contains("not installed: run `cargo xtask setup`"), "{missing}");
    let url = failure_with(MYSQL_URL, "127.0.0.1:3306");
    assert!(url.contains(MYSQL_URL) && url.contains("not a MySQL URL"), "{url}");
    let endpoint = failure_with(DYNAMODB_ENDPOINT, "https://example.com");
    assert!(endpoint.contains("plain HTTP"), "{endpoint}");
}
