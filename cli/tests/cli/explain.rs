//! `migratable explain`, and the line of a report that names it.

use insta::assert_snapshot;
use migratable_contract::codes;
use serde_json::Value;

use crate::sandbox::{CONTRACT, Sandbox};

#[test]
fn a_page_for_people_and_for_programs() {
    let sandbox = Sandbox::new();
    assert_snapshot!("explain_page", sandbox.show(&["explain", "MG0465"]));
    assert_snapshot!("explain_page_json", sandbox.show(&["explain", "mg465", "--format", "json"]));
    assert_snapshot!("explain_page_without_excerpts", sandbox.show(&["explain", "851"]));
}

#[test]
fn without_a_code_every_code_is_listed_with_its_sentence() {
    let sandbox = Sandbox::new();
    let lines: Vec<String> = codes::ALL.iter().map(|info| format!("{} {}", info.code, info.title)).collect();
    let listed = String::from_utf8(sandbox.run(&["explain"]).stdout).unwrap();
    assert_eq!(listed.lines().collect::<Vec<_>>(), lines);
    let object = sandbox.run(&["explain", "--format", "json"]).stdout;
    let object: Value = serde_json::from_slice(&object).unwrap();
    assert_eq!(object["codes"].as_array().unwrap().len(), lines.len());
    assert_eq!(object["codes"][0]["code"], "MG0101");
    assert_eq!(object["codes"][0]["title"], codes::ALL[0].title);
}

/// One of them by mistake prints its help or a list, and the rest would go unseen.
#[test]
fn every_page_is_printed() {
    let sandbox = Sandbox::new();
    for info in codes::ALL.iter().step_by(20) {
        let output = sandbox.run(&["explain", &info.code.to_string()]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", info.code);
        assert!(text.starts_with(&format!("{}: {}\n\n", info.code, info.title)), "{text}");
    }
}

#[test]
fn a_code_that_is_none_is_a_wrong_command_line() {
    let sandbox = Sandbox::new();
    assert_snapshot!("explain_unknown", sandbox.show(&["explain", "MG0400"]));
    assert_snapshot!("explain_no_code", sandbox.show(&["explain", "column"]));
}

#[test]
fn a_report_names_the_command_once_and_only_for_people() {
    let text =
        CONTRACT.replacen("get: [user_id]", "get: [userid]", 1).replacen("email: email", "mail: mail", 1);
    let sandbox = Sandbox::with_contract(&text);
    let messages = |arguments: &[&str]| String::from_utf8(sandbox.run(arguments).stderr).unwrap();
    let text = messages(&["check", "contract.yaml"]);
    assert!(text.matches("[MG").count() > 1, "{text}");
    assert_eq!(text.matches("migratable explain MG0").count(), 1, "{text}");
    assert_eq!(messages(&["check", "contract.yaml", "--format", "json"]), "");
    sandbox.write("contract.yaml", CONTRACT);
    assert_eq!(messages(&["check", "contract.yaml"]), "");
}
