//! What every application compiles before its own code: the derive's dependencies stay light.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::process::Command;

/// Crates and features the derive must never pull in, by the beginning of their line in the tree: each costs every user
/// seconds, or a second.
const HEAVY: [&str; 16] = [
    "sqlparser",
    "schemars",
    "zstd",
    "flate2",
    "sqlx",
    "aws-",
    "tokio",
    "chrono",
    "darling",
    "prettyplease",
    "similar",
    "tempfile",
    "rustix",
    "heck",
    "proptest",
    "syn feature \"full\"",
];

#[test]
fn the_derive_pulls_in_nothing_heavy() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal,features",
            "--prefix",
            "none",
            "--package",
            "migratable-derive",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).unwrap();
    assert!(tree.contains("migratable-codegen v"), "not the derive's tree:\n{tree}");
    let heavy: Vec<&str> =
        tree.lines().filter(|line| HEAVY.iter().any(|name| line.starts_with(name))).collect();
    assert!(heavy.is_empty(), "{heavy:#?}");
}
