//! Help texts, and command lines that are wrong.

use insta::assert_snapshot;

use crate::sandbox::Sandbox;

#[test]
fn help_of_the_command_and_of_each_of_its_commands() {
    let sandbox = Sandbox::new();
    assert_snapshot!("help", sandbox.show(&["--help"]));
    for command in ["analyze", "check", "diff", "generate", "fmt", "explain", "language"] {
        assert_snapshot!(format!("help_{command}"), sandbox.show(&[command, "--help"]));
    }
    for what in ["plan", "create", "verify"] {
        assert_snapshot!(format!("help_tables_{what}"), sandbox.show(&["tables", what, "--help"]));
    }
    assert_snapshot!("help_import", sandbox.show(&["import", "workshop", "--help"]));
}

#[test]
fn a_wrong_command_line_is_exit_code_2() {
    let sandbox = Sandbox::new();
    let wrong: [&[&str]; 8] = [
        &[],
        &["chekc", "contract.yaml"],
        &["check"],
        &["check", "a", "b"],
        &["generate", "contract.yaml"],
        &["language"],
        &["language", "--schema", "--reference"],
        &["analyze", "schema.sql", "--layout", "one-table"],
    ];
    for arguments in wrong {
        assert_eq!(sandbox.code(arguments), 2, "{arguments:?}");
    }
    assert_snapshot!("wrong_layout", sandbox.show(wrong[7]));
}

#[test]
fn the_language_is_printed_whole() {
    let sandbox = Sandbox::new();
    let schema = sandbox.run(&["language", "--schema"]);
    let value: serde_json::Value = serde_json::from_slice(&schema.stdout).unwrap();
    assert!(value["$defs"]["Contract"]["properties"]["access_patterns"].is_object());
    let reference = sandbox.run(&["language", "--reference"]);
    assert!(String::from_utf8(reference.stdout).unwrap().contains("access_patterns"));
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_migratable"))
        .args(["language", "--reference"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}
