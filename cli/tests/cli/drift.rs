//! `migratable check --ddl`: what a contract records, and the DDL of today.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::{SCHEMA, Sandbox};

/// A folder with a schema and the contract that was made of it.
fn analyzed() -> Sandbox {
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA);
    assert_eq!(sandbox.code(&["analyze", "shop.sql"]), 0);
    sandbox
}

#[test]
fn a_schema_that_is_what_it_was() {
    let sandbox = analyzed();
    assert_snapshot!(sandbox.show(&["check", "contract.yaml", "--ddl", "shop.sql"]));
    let (users, orders) = SCHEMA.split_at(SCHEMA.find("CREATE TABLE orders").unwrap());
    let sandbox = sandbox.with("db/1.sql", users).with("db/2.sql", orders);
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--ddl", "db"]), 0);
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--ddl", "db/1.sql", "db/2.sql"]), 0);
    let shown = sandbox.show_with_input(&["check", "contract.yaml", "--ddl", "-"], SCHEMA);
    assert!(shown.contains("--- exit code 0;"), "{shown}");
}

#[test]
fn a_schema_that_is_another_one() {
    let sandbox = analyzed().with("today.sql", SCHEMA.replace("DECIMAL(10,2)", "DECIMAL(12,2)"));
    assert_snapshot!("drift", sandbox.show(&["check", "contract.yaml", "--ddl", "today.sql"]));
    let output = sandbox.run(&["check", "contract.yaml", "--ddl", "today.sql", "--format", "json"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["exit_code"], 8);
    assert_eq!(object["differences"], 1);
    assert_eq!(object["diagnostics"][0]["code"], "MG0806");
    assert_eq!(object["diagnostics"][0]["labels"][1]["file"], "today.sql");
}

/// The DDL is read for the server that the contract is for: what `analyze` was told need not be told again.
#[test]
fn the_server_is_the_contracts() {
    let sandbox = Sandbox::new().with("a.sql", "CREATE TABLE a (id INT PRIMARY KEY, t VARCHAR(5));");
    assert_eq!(sandbox.code(&["analyze", "a.sql", "--server", "mariadb-10.11"]), 0);
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--ddl", "a.sql"]), 0);
    assert_snapshot!(sandbox.show(&["check", "contract.yaml", "--ddl", "a.sql", "--server", "mysql-8.4"]));
    let text = sandbox.read("contract.yaml").replace("mariadb 10.11", "mariadb 5.1");
    sandbox.write("contract.yaml", text);
    assert_snapshot!("unknown_server", sandbox.show(&["check", "contract.yaml", "--ddl", "a.sql"]));
}

#[test]
fn what_can_not_be_compared() {
    let sandbox =
        analyzed().with("none.sql", "SELECT 1;").with("half.sql", format!("{SCHEMA}CREATE TABLE c (;"));
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--ddl", "missing.sql"]), 3);
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--ddl", "none.sql"]), 3);
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--ddl", "half.sql"]), 6);
    assert_eq!(sandbox.code(&["check", "contract.yaml", "--server", "mysql-8.0"]), 2, "a server of no DDL");
}
