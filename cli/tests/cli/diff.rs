//! `migratable diff` and `migratable check --against`: what changes of a contract break.

use std::process::Command;

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::{CONTRACT, SCHEMA, Sandbox};

/// The contract with another key.
fn other_key() -> String {
    CONTRACT.replace("USER#{id}", "ACCOUNT#{id}")
}

/// The contract with one more question.
fn one_more_pattern() -> String {
    format!("{CONTRACT}  User.with_id: {{ get: [user_id] }}\n")
}

#[test]
fn what_breaks_is_said_with_its_class_and_its_steps() {
    let sandbox = Sandbox::with_contract(CONTRACT).with("new.yaml", other_key());
    assert_snapshot!("diff_key", sandbox.show(&["diff", "contract.yaml", "new.yaml"]));
    let output = sandbox.run(&["diff", "contract.yaml", "new.yaml", "--format", "json"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((object["exit_code"].as_u64(), object["breaking"].as_u64()), (Some(9), Some(1)));
    assert_eq!(object["changes"][0]["class"], "KEY");
    assert_eq!(object["changes"][0]["code"], "MG0851");
    assert!(!object["changes"][0]["steps"].as_array().unwrap().is_empty());
}

#[test]
fn what_breaks_nothing_is_said_and_is_no_failure() {
    let sandbox = Sandbox::with_contract(CONTRACT)
        .with("new.yaml", one_more_pattern())
        .with("same.yaml", format!("# a comment\n{CONTRACT}"));
    assert_snapshot!("diff_pattern", sandbox.show(&["diff", "contract.yaml", "new.yaml"]));
    assert_snapshot!("diff_same", sandbox.show(&["diff", "contract.yaml", "same.yaml"]));
}

#[test]
fn what_is_no_contract_is_not_compared() {
    let wrong = CONTRACT.replacen("get: [user_id]", "get: [userid]", 1);
    let sandbox = Sandbox::with_contract(CONTRACT).with("wrong.yaml", wrong);
    assert_eq!(sandbox.code(&["diff", "contract.yaml", "wrong.yaml"]), 4);
    assert_eq!(sandbox.code(&["diff", "wrong.yaml", "contract.yaml"]), 4);
    assert_eq!(sandbox.code(&["diff", "missing.yaml", "contract.yaml"]), 3);
    assert_eq!(sandbox.code(&["diff", "contract.yaml"]), 2);
}

/// A repository with a contract in a folder, as it was at the commit `v1`.
fn repository() -> Sandbox {
    let sandbox = Sandbox::new().with("db/contract.yaml", CONTRACT).with("db/wrong.yaml", "contract: [1\n");
    git(&sandbox, &["init", "--quiet"]);
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "--message", "A contract"]);
    git(&sandbox, &["tag", "v1"]);
    sandbox
}

fn git(sandbox: &Sandbox, arguments: &[&str]) {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
    let done =
        Command::new("git").arg("-C").arg(sandbox.path(".")).args(identity).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn a_contract_is_compared_with_what_it_was_in_git() {
    let sandbox = repository();
    let check = |against: &str| {
        let output = sandbox.run(&["check", "db/contract.yaml", "--against", against]);
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = check("HEAD");
    assert_eq!(code, 0);
    assert!(said.contains("db/contract.yaml means what HEAD:db/contract.yaml means"), "{said}");
    sandbox.write("db/contract.yaml", other_key());
    let (code, said) = check("v1");
    assert_eq!(code, 9);
    assert!(said.contains("db/contract.yaml breaks what v1:db/contract.yaml has: 1 KEY"), "{said}");
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "--quiet", "--message", "Another key"]);
    assert_eq!((check("HEAD").0, check("HEAD~1").0, check("v1").0), (0, 9, 9));
    // What is worse decides the exit code: a drift alone is 8.
    let sandbox = sandbox.with("shop.sql", SCHEMA);
    let both =
        |against| sandbox.code(&["check", "db/contract.yaml", "--ddl", "shop.sql", "--against", against]);
    assert_eq!((both("HEAD"), both("v1")), (8, 9));
}

#[test]
fn what_git_does_not_have_is_said() {
    let mut shown = String::new();
    let alone = Sandbox::new().with("contract.yaml", CONTRACT);
    let mut show = |sandbox: &Sandbox, arguments: &[&str]| {
        let output = sandbox.run(arguments);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        shown.push_str(&format!(
            "$ migratable {}\n{}\n",
            arguments.join(" "),
            String::from_utf8(output.stderr).unwrap()
        ));
    };
    show(&alone, &["check", "contract.yaml", "--against", "main"]);
    let sandbox = repository().with("db/new.yaml", CONTRACT);
    show(&sandbox, &["check", "db/contract.yaml", "--against", "v2"]);
    show(&sandbox, &["check", "db/contract.yaml", "--against=--output=x"]);
    show(&sandbox, &["check", "db/new.yaml", "--against", "v1"]);
    assert_snapshot!(shown);
    sandbox.write("db/wrong.yaml", CONTRACT);
    assert_eq!(sandbox.code(&["check", "db/wrong.yaml", "--against", "v1"]), 4, "it was no contract then");
}
