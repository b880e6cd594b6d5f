//! Everything a user can get wrong: a code, a place, a next step, an exit code, nothing half-written, never a panic.

use insta::assert_snapshot;

use crate::sandbox::{CONTRACT, SCHEMA, Sandbox};

/// What `check` says of a contract that has `from` replaced by `to`.
fn check_edited(from: &str, to: &str) -> String {
    assert!(CONTRACT.contains(from), "{from}");
    Sandbox::with_contract(&CONTRACT.replacen(from, to, 1)).show(&["check", "contract.yaml"])
}

#[test]
fn no_file() {
    assert_snapshot!(Sandbox::new().show(&["check", "contract.yaml"]));
}

#[test]
fn a_folder() {
    assert_snapshot!(Sandbox::new().with("contracts/a.yaml", "").show(&["check", "contracts"]));
}

#[test]
fn a_binary_file() {
    let sandbox = Sandbox::new().with("contract.yaml", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    assert_snapshot!(sandbox.show(&["check", "contract.yaml"]));
}

#[test]
fn a_compressed_file() {
    let sandbox = Sandbox::new().with("schema.sql.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0");
    assert_snapshot!(sandbox.show(&["analyze", "schema.sql.gz"]));
}

#[test]
fn utf_16() {
    let bytes: Vec<u8> =
        std::iter::once(0xfeff).chain(SCHEMA.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_snapshot!(Sandbox::new().with("schema.sql", bytes).show(&["analyze", "schema.sql"]));
}

#[test]
fn latin_1() {
    let sandbox = Sandbox::new().with("schema.sql", b"CREATE TABLE caf\xe9s (id INT PRIMARY KEY);\n");
    assert_snapshot!(sandbox.show(&["analyze", "schema.sql"]));
}

#[test]
fn an_empty_contract() {
    assert_snapshot!(Sandbox::with_contract("").show(&["check", "contract.yaml"]));
}

#[test]
fn not_yaml() {
    assert_snapshot!(Sandbox::with_contract("contract: [1\n").show(&["check", "contract.yaml"]));
}

#[test]
fn tabs() {
    assert_snapshot!(check_edited("  server: mysql 8.0", "\tserver: mysql 8.0"));
}

#[test]
fn a_key_twice() {
    assert_snapshot!(check_edited("      email: email\n", "      email: email\n      email: id\n"));
}

#[test]
fn an_unknown_field() {
    assert_snapshot!(check_edited("    repository: users", "    repositry: users"));
}

#[test]
fn a_wrong_type() {
    assert_snapshot!(check_edited("primary_key: [id]", "primary_key: { id: 1 }"));
}

#[test]
fn a_reference_to_nothing() {
    assert_snapshot!(check_edited("get: [user_id]", "get: [userid]"));
}

#[test]
fn several_mistakes_are_said_at_once() {
    let contract = CONTRACT
        .replacen("rows: users", "rows: user", 1)
        .replacen("table: Users", "table: Usres", 1)
        .replacen("contract: 1", "contract: one", 1);
    assert_snapshot!(Sandbox::with_contract(&contract).show(&["check", "contract.yaml"]));
}

#[test]
fn a_wrong_contract_generates_and_formats_nothing() {
    let sandbox = Sandbox::with_contract(&CONTRACT.replacen("rows: users", "rows: user", 1));
    assert_eq!(sandbox.code(&["generate", "contract.yaml", "--out", "src/shop"]), 4);
    assert_eq!(sandbox.code(&["generate", "contract.yaml", "--out", "src/shop", "--check"]), 4);
    assert_eq!(sandbox.files(), ["contract.yaml"]);
    sandbox.write("contract.yaml", "contract: [1\n");
    assert_eq!(sandbox.code(&["fmt", "contract.yaml"]), 4);
    assert_eq!(sandbox.read("contract.yaml"), "contract: [1\n");
}

#[test]
fn every_command_refuses_every_unreadable_file() {
    let sandbox = Sandbox::new().with("binary", b"a\0b").with("latin1", b"\xe9").with("folder/x", "");
    for file in ["missing", "binary", "latin1", "folder"] {
        for command in
            [&["check", file][..], &["fmt", file], &["generate", file, "--out", "out"], &["analyze", file]]
        {
            assert_eq!(sandbox.code(command), 3, "{command:?}");
        }
    }
    assert_eq!(sandbox.files(), ["binary", "folder/x", "latin1"]);
}

#[test]
fn any_bytes_are_answered_and_never_with_a_panic() {
    // Cut at every length: quotes, comments, flow collections and escapes are left open in turn.
    let sandbox = Sandbox::new();
    for length in (0..CONTRACT.len()).step_by(23) {
        sandbox.write("cut.yaml", &CONTRACT[..length]);
        let code = sandbox.code(&["check", "cut.yaml"]);
        assert!(matches!(code, 0 | 4), "{code} at {length}");
    }
    for length in (0..SCHEMA.len()).step_by(23) {
        sandbox.write("cut.sql", &SCHEMA[..length]);
        let code = sandbox.code(&["analyze", "cut.sql", "--out", "cut.yaml", "--force"]);
        assert!(matches!(code, 0 | 3 | 6), "{code} at {length}");
    }
}
