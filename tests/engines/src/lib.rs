//! Real stores for tests, benchmarks and the demo: a private MariaDB and an embedded DynamoDB engine, both on free
//! ports of 127.0.0.1, both gone when the handle is dropped or the process dies, however it dies; and a second DynamoDB
//! engine, which others wrote in another language, so that no single one says what is right.
//!
//! ```no_run
//! # async fn example() -> anyhow::Result<()> {
//! use migratable_test_engines::{DynamoDb, MariaDb};
//!
//! let mysql = MariaDb::start()?;
//! mysql.create_database("shop").await?;
//! mysql.execute_script("shop", "CREATE TABLE users (id INT PRIMARY KEY)").await?;
//! let url = mysql.url("shop");
//!
//! let dynamodb = DynamoDb::start()?;
//! let client = dynamodb.client();
//! # Ok(()) }
//! ```
//!
//! # Your own stores
//!
//! | variable | effect |
//! | --- | --- |
//! | `MIGRATABLE_TEST_MYSQL_URL` | [`MariaDb::start`] starts nothing and uses this server, such as `mysql://root:secret@127.0.0.1:3306`. The account must be allowed to create and drop databases. Names of databases get a prefix of this process, `migratable_test_<pid>_…`; they are dropped with the handle. |
//! | `MIGRATABLE_TEST_DYNAMODB_ENDPOINT` | [`DynamoDb::start`] starts nothing and uses this plain HTTP endpoint, such as `http://127.0.0.1:8000`, with made-up credentials: an access key of twelve digits, another for each handle. Tables keep the contract's names: give it an empty engine, best one that keeps access keys apart. |
//! | `MIGRATABLE_TEST_SECOND_DYNAMODB_ENDPOINT` | [`DynamoDb::second`] starts nothing and uses this endpoint, in the same way. |
//!
//! All are taken as they are: a value that leads nowhere is an error, never a quiet return to the private engine.

mod dynamodb;
mod mariadb;
mod ministack;
mod process;
mod supervisor;
mod tables;

pub use dynamodb::{DYNAMODB_ENDPOINT, DynamoDb, SECOND_DYNAMODB_ENDPOINT, client_config};
pub use mariadb::{MYSQL_URL, MariaDb, Template};
pub use tables::{create_tables, delete_tables};

/// An environment variable's value; empty is the same as unset.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
