//! `tables plan`, `create` and `verify`, on the embedded engine; and what is said when there is none.

use insta::assert_snapshot;
use migratable_test_engines::DynamoDb;

use crate::sandbox::{CONTRACT, Sandbox};

/// Two tables: an index, expiry, no protection.
fn contract() -> String {
    let tables = "tables:\n  Users:\n    partition: PK\n    deletion_protection: false\n    ttl: user_id\n    indexes:\n      \
                  ByEmail: { partition: [email_key], project: keys }\n";
    let key = "key: { PK: \"USER#{id}\", email_key: \"EMAIL#{email}\" }";
    let text = CONTRACT.replace("tables:\n  Users:\n    partition: PK\n", tables);
    let text = text.replace("key: { PK: \"USER#{id}\" }", key);
    text.replace("utf8mb4_bin", "utf8mb4_0900_bin")
}

fn sandbox() -> Sandbox {
    Sandbox::with_contract(&contract())
        .with_variable("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .with_variable("AWS_SECRET_ACCESS_KEY", "s3cret")
        .with_variable("AWS_REGION", "eu-central-1")
}

/// An engine of this test's own; `None` where the user's is to be used, which others fill.
fn engine() -> Option<DynamoDb> {
    let engine = DynamoDb::start().unwrap();
    (!engine.is_own()).then_some(engine)
}

/// What one sees, the address replaced.
fn show(sandbox: &Sandbox, engine: &DynamoDb, arguments: &[&str]) -> String {
    let arguments = [arguments, &["--endpoint", engine.endpoint()]].concat();
    sandbox.show(&arguments).replace(engine.endpoint(), "ENDPOINT")
}

#[test]
fn plan_create_verify() {
    let (Some(engine), sandbox) = (engine(), sandbox()) else { return };
    assert_snapshot!("tables_plan", show(&sandbox, &engine, &["tables", "plan", "contract.yaml"]));
    assert_snapshot!(
        "tables_verify_nothing",
        show(&sandbox, &engine, &["tables", "verify", "contract.yaml"])
    );
    assert_snapshot!("tables_create", show(&sandbox, &engine, &["tables", "create", "contract.yaml"]));
    assert_snapshot!("tables_create_again", show(&sandbox, &engine, &["tables", "create", "contract.yaml"]));
    assert_snapshot!("tables_plan_again", show(&sandbox, &engine, &["tables", "plan", "contract.yaml"]));
    let json = show(&sandbox, &engine, &["tables", "verify", "contract.yaml", "--format", "json"]);
    assert_snapshot!("tables_verify_json", json);
}

/// Each of a table's key, an index and its expiry, changed in the contract after the table was made.
#[test]
fn a_table_that_differs_fails_all_three_and_is_left_alone() {
    let (Some(engine), sandbox) = (engine(), sandbox()) else { return };
    assert!(show(&sandbox, &engine, &["tables", "create", "contract.yaml"]).contains("exit code 0"));
    for (name, from, to) in [
        ("key", "    partition: PK\n", "    partition: PK\n    sort: SK\n"),
        ("index", "project: keys", "project: all"),
        ("ttl", "    ttl: user_id\n", ""),
    ] {
        let text = contract().replacen(from, to, 1);
        let text = if name == "key" { text.replace("{ PK: ", "{ SK: USER, PK: ") } else { text };
        sandbox.write("contract.yaml", text);
        for command in ["plan", "create", "verify"] {
            let shown = show(&sandbox, &engine, &["tables", command, "contract.yaml"]);
            assert!(shown.contains("exit code 11"), "{name}, {command}: {shown}");
            if command != "verify" {
                continue;
            }
            assert_snapshot!(format!("tables_other_{name}"), shown);
        }
    }
    let json = show(&sandbox, &engine, &["tables", "create", "contract.yaml", "--format", "json"]);
    assert_snapshot!("tables_other_json", json);
    sandbox.write("contract.yaml", contract());
    let shown = show(&sandbox, &engine, &["tables", "verify", "contract.yaml"]);
    assert!(shown.contains("exit code 0"), "{shown}");
}

#[test]
fn what_is_missing_to_ask_dynamodb_is_said() {
    let contract = || Sandbox::with_contract(&contract());
    let nowhere = ["tables", "plan", "contract.yaml", "--endpoint", "http://127.0.0.1:1"];
    assert_snapshot!("tables_no_region", contract().show(&nowhere));
    let with_region = [&nowhere[..], &["--region", "eu-central-1"]].concat();
    assert_snapshot!("tables_no_credentials", contract().show(&with_region));
    assert_snapshot!("tables_unreachable", sandbox().show(&nowhere));
    let no_profile = contract().with_variable("AWS_PROFILE", "work");
    assert_snapshot!("tables_no_profile", no_profile.show(&nowhere));
    let account = ["tables", "create", "contract.yaml", "--endpoint", "http://kim:pa55word@127.0.0.1:1"];
    let shown = sandbox().show(&account);
    let (command, said) = shown.split_once('\n').unwrap();
    assert!(command.contains("pa55word") && !said.contains("pa55word"), "{shown}");
    assert!(said.contains("http://127.0.0.1:1"), "{shown}");
}

/// Who is asked is named, wherever the address comes from.
#[test]
fn the_address_of_the_environment_or_a_profile_is_named() {
    let plan = ["tables", "plan", "contract.yaml"];
    let services =
        "[default]\nservices = own\n[services own]\ndynamodb =\n  endpoint_url = http://127.0.0.1:3\n";
    let with = |name, value| sandbox().with_variable(name, value);
    for (sandbox, named) in [
        (with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"), "http://127.0.0.1:1"),
        (with("AWS_ENDPOINT_URL", "http://kim:pa55word@127.0.0.1:2"), "http://127.0.0.1:2"),
        (with("AWS_CONFIG_FILE", "profiles").with("profiles", services), "http://127.0.0.1:3"),
    ] {
        let shown = sandbox.show(&plan);
        assert!(shown.contains(&format!("MG1134]: {named} can't be reached")), "{shown}");
    }
    let both = with("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1");
    let shown = both.show(&[&plan[..], &["--endpoint", "http://127.0.0.1:4"]].concat());
    assert!(shown.contains("MG1134]: http://127.0.0.1:4 can't be reached"), "{shown}");
}

#[test]
fn a_command_line_or_a_contract_that_is_wrong_is_said_before_anybody_is_asked() {
    let sandbox = sandbox();
    for arguments in [
        &["tables"][..],
        &["tables", "drop", "contract.yaml"],
        &["tables", "plan"],
        &["tables", "plan", "contract.yaml", "--endpoint", "127.0.0.1:8000"],
        &["tables", "plan", "contract.yaml", "--endpoint", "http://"],
    ] {
        assert_eq!(sandbox.code(arguments), 2, "{arguments:?}");
    }
    assert_eq!(sandbox.code(&["tables", "plan", "none.yaml", "--region", "x"]), 3);
    sandbox.write("contract.yaml", contract().replace("ttl: user_id", "ttl: email"));
    assert_eq!(sandbox.code(&["tables", "plan", "contract.yaml", "--region", "x"]), 4);
}

/// Whoever answers, secrets are shown by nobody.
#[test]
fn another_service_is_told_from_dynamodb() {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 8192]);
            let page = "<html>It works! s3cret</html>";
            let head = format!(
                "HTTP/1.1 404 Not Found\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                page.len()
            );
            let _ = stream.write_all(format!("{head}{page}").as_bytes());
        }
    });
    let shown = sandbox().show(&["tables", "plan", "contract.yaml", "--endpoint", &endpoint]);
    assert!(!shown.contains("s3cret"), "{shown}");
    assert_snapshot!("tables_another_service", shown.replace(&endpoint, "ENDPOINT"));
}
