//! `check --deny-warnings`.

use insta::assert_snapshot;

use crate::sandbox::{CONTRACT, Sandbox};

/// A contract with one warning: nothing asks for its entity.
fn unasked(allow: &str) -> Sandbox {
    let text = CONTRACT.replacen("access_patterns:\n  User.by_id: { get: [user_id] }\n", "", 1);
    assert_ne!(text, CONTRACT);
    Sandbox::with_contract(&text.replacen("name: shop\n", &format!("name: shop\n{allow}"), 1))
}

const DENY: [&str; 3] = ["check", "contract.yaml", "--deny-warnings"];

#[test]
fn a_warning_is_the_exit_code_of_an_error() {
    let sandbox = unasked("");
    assert_eq!(sandbox.code(&["check", "contract.yaml"]), 0);
    assert_snapshot!("deny_warnings", sandbox.show(&DENY));
    assert_snapshot!("deny_warnings_json", sandbox.show(&[&DENY[..], &["--format", "json"]].concat()));
}

#[test]
fn no_warning_is_none_and_an_error_is_one() {
    assert_eq!(Sandbox::with_contract(CONTRACT).code(&DENY), 0);
    assert_eq!(Sandbox::with_contract("contract: 1\n").code(&DENY), 4);
}

#[test]
fn what_the_contract_allows_is_no_warning_until_it_is_again() {
    let entry = |until: &str| format!("allow: [{{ code: MG0496, reason: it is asked by key{until} }}]\n");
    assert_eq!(unasked(&entry("")).code(&DENY), 0);
    assert_eq!(unasked(&entry(", until: 9999-12-31")).code(&DENY), 0);
    assert_eq!(unasked(&entry(", until: 2020-01-01")).code(&DENY), 4);
}

/// What has changed is said as warnings, too, but nobody could mend or allow it.
#[test]
fn other_comparisons_keep_their_exit_codes() {
    let ddl = "CREATE TABLE users (id INT PRIMARY KEY, email VARCHAR(100) COLLATE utf8mb4_bin NOT NULL, KEY k (email));";
    let sandbox = Sandbox::with_contract(CONTRACT).with("today.sql", ddl);
    let with_ddl = [&DENY[..], &["--ddl", "today.sql"]].concat();
    let without = ["check", "contract.yaml", "--ddl", "today.sql"];
    assert_eq!(sandbox.code(&with_ddl), sandbox.code(&without));
    assert_eq!(unasked("").with("today.sql", ddl).code(&with_ddl), sandbox.code(&without).max(4));
}
