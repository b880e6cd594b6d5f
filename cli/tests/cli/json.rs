//! `--format json`: one object on standard output, nothing on standard error.

use insta::assert_snapshot;
use serde_json::Value;

use crate::sandbox::{CONTRACT, SCHEMA, Sandbox};

#[test]
fn every_command_prints_one_object() {
    let sandbox =
        Sandbox::with_contract(CONTRACT).with("shop.sql", SCHEMA).with("bad.yaml", "contract: [1\n");
    let commands: [&[&str]; 18] = [
        &["analyze", "shop.sql", "--out", "new.yaml"],
        &["analyze", "shop.sql"],
        &["check", "contract.yaml"],
        &["check", "bad.yaml"],
        &["check", "missing.yaml"],
        &["check", "contract.yaml", "--ddl", "shop.sql"],
        &["check", "contract.yaml", "--against", "main"],
        &["diff", "contract.yaml", "contract.yaml"],
        &["diff", "contract.yaml", "bad.yaml"],
        &["generate", "contract.yaml", "--out", "src/shop", "--check"],
        &["generate", "contract.yaml", "--out", "src/shop"],
        &["fmt", "contract.yaml"],
        &["fmt", "bad.yaml"],
        &["check", "contract.yaml", "--deny-warnings"],
        &["explain"],
        &["explain", "MG0430"],
        &["language", "--schema"],
        &["language", "--reference"],
    ];
    for command in commands {
        let output = sandbox.run(&[command, &["--format", "json"]].concat());
        let object: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(object["command"], command[0], "{command:?}");
        assert_eq!(object["exit_code"], output.status.code().unwrap(), "{command:?}");
        assert!(object["diagnostics"].is_array(), "{command:?}");
        assert_eq!(output.stderr, b"", "{command:?}");
    }
}

#[test]
fn objects_of_success_and_failure() {
    let sandbox = Sandbox::with_contract(CONTRACT);
    assert_snapshot!("json_check", sandbox.show(&["check", "contract.yaml", "--format", "json"]));
    sandbox.write("contract.yaml", CONTRACT.replacen("get: [user_id]", "get: [userid]", 1));
    assert_snapshot!("json_check_wrong", sandbox.show(&["check", "contract.yaml", "--format", "json"]));
}

#[test]
fn colour_comes_only_when_asked_for() {
    let sandbox = Sandbox::with_contract("contract: [1\n");
    let has_colour = |arguments: &[&str]| sandbox.run(arguments).stderr.contains(&0x1b);
    assert!(has_colour(&["check", "contract.yaml", "--color", "always"]));
    assert!(!has_colour(&["check", "contract.yaml"]), "the messages don't go to a terminal");
    assert!(!has_colour(&["check", "contract.yaml", "--color", "never"]));
}
