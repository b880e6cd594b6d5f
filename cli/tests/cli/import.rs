//! `migratable import workshop`.

use insta::assert_snapshot;

use crate::sandbox::{SCHEMA, Sandbox};

/// A design of one table for the sandbox's schema, with nothing wrong in it.
const DESIGN: &str = r#"{ "tables": [ {
  "table": "Orders", "type": "single-entity", "source_table": "orders", "pk": "order_id",
  "attributes": [
    { "name": "order_id", "type": "N", "source_table": "orders", "source_column": "id" },
    { "name": "user_id", "type": "N", "source_table": "orders", "source_column": "user_id" },
    { "name": "total", "type": "N", "source_table": "orders", "source_column": "total" }
  ],
  "satisfies": []
} ] }
"#;

/// One of its attributes.
const TOTAL: &str = r#",
    { "name": "total", "type": "N", "source_table": "orders", "source_column": "total" }"#;

const IMPORT: [&str; 5] = ["import", "workshop", "design.json", "--ddl", "shop.sql"];

/// A schema that has nothing but what the design is of.
fn sandbox(design: &str) -> Sandbox {
    let schema = "CREATE TABLE orders (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, user_id INT NOT NULL, total DECIMAL(10,2) NOT NULL);\n";
    Sandbox::new().with("shop.sql", schema).with("design.json", design)
}

#[test]
fn a_design_without_a_fault_is_imported_without_a_word() {
    let sandbox = sandbox(DESIGN);
    assert_snapshot!(sandbox.show(&IMPORT));
    assert_snapshot!("imported_contract", sandbox.read("contract.yaml"));
    assert_eq!(sandbox.code(&["check", "contract.yaml"]), 0);
    assert_eq!(sandbox.code(&["fmt", "contract.yaml", "--check"]), 0, "what it writes is canonical");
}

#[test]
fn what_is_mended_is_said_and_has_an_exit_code() {
    let lost = DESIGN.replace(TOTAL, "");
    let sandbox = sandbox(&lost);
    assert_snapshot!(sandbox.show(&IMPORT));
    assert_snapshot!(sandbox.show(&[
        "import",
        "workshop",
        "design.json",
        "--ddl",
        "shop.sql",
        "--force",
        "--format",
        "json"
    ]));
}

#[test]
fn what_is_left_out_has_another_exit_code() {
    let sandbox = sandbox(&DESIGN.replace("\"source_column\": \"total\"", "\"source_column\": \"totl\""));
    assert_snapshot!(sandbox.show(&IMPORT));
}

#[test]
fn lost_columns_can_be_dropped() {
    let sandbox = sandbox(&DESIGN.replace(TOTAL, ""));
    let mut drop = IMPORT.to_vec();
    drop.extend(["--lost", "drop"]);
    assert_eq!(sandbox.code(&drop), 10);
    let contract = sandbox.read("contract.yaml");
    assert!(contract.contains("total: the imported file doesn't carry it"), "{contract}");
    assert_eq!(sandbox.code(&["check", "contract.yaml"]), 0);
}

#[test]
fn an_existing_contract_is_kept_unless_forced() {
    let sandbox = sandbox(DESIGN).with("contract.yaml", "mine");
    assert_eq!(sandbox.code(&IMPORT), 7);
    assert_eq!(sandbox.read("contract.yaml"), "mine");
    let mut force = IMPORT.to_vec();
    force.push("--force");
    assert_eq!(sandbox.code(&force), 0);
}

#[test]
fn a_file_that_is_no_design_makes_no_contract() {
    for design in ["", "tables:\n  - none\n", "[]", "{ \"tables\": [] }"] {
        let sandbox = sandbox(design);
        assert_eq!(sandbox.code(&IMPORT), 3, "{design:?}");
        assert!(!sandbox.path("contract.yaml").exists(), "{design:?}");
    }
    let sandbox = Sandbox::new().with("shop.sql", SCHEMA);
    assert_snapshot!(sandbox.show(&IMPORT));
}
