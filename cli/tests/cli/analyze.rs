//! `migratable analyze`.

use insta::assert_snapshot;

use crate::sandbox::{SCHEMA, Sandbox};

#[test]
fn it_writes_a_contract_and_says_what_is_next() {
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA);
    assert_snapshot!(sandbox.show(&["analyze", "shop.sql"]));
    assert_snapshot!("analyzed_contract", sandbox.read("contract.yaml"));
    assert_eq!(sandbox.code(&["check", "contract.yaml"]), 0);
    assert_eq!(sandbox.code(&["fmt", "contract.yaml", "--check"]), 0, "what it writes is canonical");
}

#[test]
fn every_layout_is_a_contract_that_passes() {
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA);
    let mut contracts = std::collections::BTreeSet::new();
    for layout in ["single-table", "table-per-aggregate", "table-per-entity"] {
        let out = format!("{layout}.yaml");
        assert_eq!(sandbox.code(&["analyze", "shop.sql", "--layout", layout, "--out", &out]), 0, "{layout}");
        assert_eq!(sandbox.code(&["check", &out]), 0, "{layout}");
        contracts.insert(sandbox.read(&out));
    }
    assert_eq!(contracts.len(), 3, "the layouts differ");
}

#[test]
fn an_existing_contract_is_kept_unless_forced() {
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA).with("contract.yaml", "mine");
    assert_snapshot!(sandbox.show(&["analyze", "shop.sql"]));
    assert_eq!(sandbox.read("contract.yaml"), "mine");
    assert_eq!(sandbox.code(&["analyze", "shop.sql", "--force"]), 0);
    assert_ne!(sandbox.read("contract.yaml"), "mine");
}

#[test]
fn statements_that_are_not_understood_are_said_and_the_rest_is_written() {
    let sandbox = Sandbox::new().with("shop.sql", format!("{SCHEMA}CREATE TABLE broken (id INT,, x);\n"));
    assert_snapshot!(sandbox.show(&["analyze", "shop.sql"]));
    assert_eq!(sandbox.code(&["check", "contract.yaml"]), 0);
}

#[test]
fn a_file_without_a_table_makes_no_contract() {
    let sandbox = Sandbox::new().with("shop.sql", "SELECT 1;\n");
    assert_snapshot!(sandbox.show(&["analyze", "shop.sql"]));
}

#[test]
fn names_and_servers_are_taken() {
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA.replace(" COLLATE utf8mb4_bin", ""));
    assert_eq!(sandbox.code(&["analyze", "shop.sql", "--name", "store", "--server", "mariadb-10.11"]), 0);
    let contract = sandbox.read("contract.yaml");
    assert!(contract.contains("name: store\n") && contract.contains("server: mariadb 10.11"), "{contract}");
    assert!(contract.contains("utf8mb4_general_ci"), "{contract}");
}

#[test]
fn the_same_input_gives_the_same_bytes_wherever_it_is() {
    let (one, other) =
        (Sandbox::new().with("shop.sql", SCHEMA), Sandbox::new().with("deep/er/shop.sql", SCHEMA));
    assert_eq!(one.code(&["analyze", "shop.sql"]), 0);
    assert_eq!(other.code(&["analyze", "deep/er/shop.sql"]), 0);
    assert_eq!(one.read("contract.yaml"), other.read("contract.yaml"));
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA);
    assert_snapshot!(sandbox.show(&["analyze", "shop.sql", "--out", "nowhere/contract.yaml"]));
}

#[cfg(unix)]
#[test]
fn the_contract_is_as_readable_as_any_file() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA);
    assert_eq!(sandbox.code(&["analyze", "shop.sql"]), 0);
    let mode = |name: &str| std::fs::metadata(sandbox.path(name)).unwrap().permissions().mode();
    assert_eq!(mode("contract.yaml"), mode("shop.sql"));
}
