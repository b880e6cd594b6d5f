//! What `migratable analyze` takes: files, folders, standard input.

use insta::assert_snapshot;

use crate::sandbox::{SCHEMA, Sandbox};

/// A table of that name.
fn table(name: &str) -> String {
    format!("CREATE TABLE {name} (id INT PRIMARY KEY);\n")
}

#[test]
fn several_files_are_read_as_one_in_their_order() {
    let (users, orders) = SCHEMA.split_at(SCHEMA.find("CREATE TABLE orders").unwrap());
    let sandbox = Sandbox::new().with("b.sql", users).with("a.sql", orders).with("whole.sql", SCHEMA);
    assert_snapshot!(sandbox.show(&["analyze", "b.sql", "a.sql", "--out", "parts.yaml", "--name", "shop"]));
    assert_eq!(sandbox.code(&["analyze", "whole.sql", "--out", "whole.yaml", "--name", "shop"]), 0);
    assert_eq!(sandbox.read("parts.yaml"), sandbox.read("whole.yaml"));
}

#[test]
fn a_folder_of_migrations_is_read_in_the_order_they_are_run() {
    let sandbox = Sandbox::new()
        .with("db/V1__make.sql", "CREATE TABLE a (id INT PRIMARY KEY, one INT);")
        .with("db/V2__rename.sql", "ALTER TABLE a RENAME COLUMN one TO two;")
        .with("db/V10__rename.sql", "ALTER TABLE a RENAME COLUMN two TO three;")
        .with("db/U2__back.sql", "ALTER TABLE a RENAME COLUMN two TO one;")
        .with("db/V11/1.up.sql", "ALTER TABLE a RENAME COLUMN three TO four;")
        .with("db/V11/1.down.sql", "ALTER TABLE a RENAME COLUMN four TO three;")
        .with("db/README.md", "not read");
    assert_snapshot!(sandbox.show(&["analyze", "db"]));
    let contract = sandbox.read("contract.yaml");
    assert!(contract.contains("name: db\n") && contract.contains("four: int"), "{contract}");
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let sandbox = Sandbox::new().with("b.sql", table("b"));
    assert_snapshot!(
        sandbox.show_with_input(&["analyze", "-", "b.sql"], &format!("{}CREATE TABLE c (;", table("a")))
    );
    let contract = sandbox.read("contract.yaml");
    assert!(contract.contains("name: schema\n"), "{contract}");
    assert_snapshot!("standard_input_twice", sandbox.show_with_input(&["analyze", "-", "-", "--force"], ""));
}

#[test]
fn one_database_of_several_is_read() {
    let dump = format!("{}CREATE DATABASE x;\nUSE x;\n{}USE y;\n{}", table("a"), table("b"), table("c"));
    let sandbox = Sandbox::new().with("dump.sql", dump);
    assert_eq!(sandbox.code(&["analyze", "dump.sql", "--database", "x"]), 0);
    let contract = sandbox.read("contract.yaml");
    assert!(contract.contains("    b:\n") && !contract.contains("    c:\n"), "{contract}");
}

#[test]
fn folders_that_say_nothing() {
    let sandbox = Sandbox::new().with("db/README.md", "").with("undo/1.down.sql", table("a"));
    assert_snapshot!(sandbox.show(&["analyze", "db"]));
    assert_eq!(sandbox.code(&["analyze", "undo"]), 3);
}

#[test]
fn a_file_that_is_not_there() {
    let sandbox = Sandbox::new().with("a.sql", table("a"));
    assert_snapshot!(sandbox.show(&["analyze", "a.sql", "b.sql"]));
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_inside_itself() {
    let sandbox = Sandbox::new().with("db/1.sql", table("a"));
    std::os::unix::fs::symlink("..", sandbox.path("db/loop")).unwrap();
    assert_eq!(sandbox.code(&["analyze", "db"]), 3);
    std::fs::remove_file(sandbox.path("db/loop")).unwrap();
    // A link to another folder is one.
    std::fs::create_dir(sandbox.path("more")).unwrap();
    sandbox.write("more/2.sql", table("b"));
    std::os::unix::fs::symlink("../more", sandbox.path("db/more")).unwrap();
    assert_eq!(sandbox.code(&["analyze", "db"]), 0);
    // One to nothing is not.
    std::os::unix::fs::symlink("nowhere.sql", sandbox.path("db/3.sql")).unwrap();
    assert_snapshot!(sandbox.show(&["analyze", "db", "--force"]));
}

#[test]
fn programs_get_one_object_whatever_is_read() {
    let sandbox = Sandbox::new().with("db/1.sql", table("a")).with("db/1.down.sql", "");
    let output = sandbox.run(&["analyze", "db", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["schemas"], serde_json::json!(["db/1.sql"]));
    assert_eq!(value["left_out"], serde_json::json!(["db/1.down.sql"]));
    assert!(output.stderr.is_empty(), "no bar where there is no terminal");
}
