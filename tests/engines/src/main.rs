//! `engines`: starts both stores, says where they are, and stops them at Ctrl-C or when its input ends.
#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

use anyhow::Context;
use migratable_test_engines::{DYNAMODB_ENDPOINT, DynamoDb, MYSQL_URL, MariaDb};
use tokio::io::AsyncReadExt;

fn main() -> anyhow::Result<()> {
    let mysql = MariaDb::start()?;
    let dynamodb = DynamoDb::start()?;
    println!(
        "Both stores are running{}.",
        if mysql.is_own() || dynamodb.is_own() { " (or your own)" } else { "" }
    );
    println!("To run tests or the example against them, in another terminal:");
    println!();
    println!("export {MYSQL_URL}={}", mysql.server_url());
    println!("export {DYNAMODB_ENDPOINT}={}", dynamodb.endpoint());
    println!();
    println!("Ctrl-C stops them; nothing is kept.");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let waited = runtime.block_on(stop_requested());
    // A read of the terminal can't be cancelled; without this the runtime would wait for it.
    runtime.shutdown_background();
    waited
}

async fn stop_requested() -> anyhow::Result<()> {
    tokio::select! {
        signal = tokio::signal::ctrl_c() => signal.context("could not wait for Ctrl-C"),
        _ = end_of_input() => Ok(()),
    }
}

async fn end_of_input() {
    let mut input = tokio::io::stdin();
    let mut buffer = [0; 1024];
    while matches!(input.read(&mut buffer).await, Ok(1..)) {}
}
