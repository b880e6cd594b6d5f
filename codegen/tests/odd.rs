//! Generated code of a contract with names that are none in Rust, or mean something else there. It is a module of the
//! package `migratable-test-ui`; that it compiles there without a warning is the other half of the test. Here, and not
//! there, so that stale code, which does not compile, can be written anew: `MIGRATABLE_BLESS=1`.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use migratable_codegen::{Options, generate, output};
use migratable_contract::diagnostic::{SourceFile, render};

#[test]
fn the_generated_module_is_current() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui");
    let text = fs::read_to_string(root.join("contracts/odd.yaml")).unwrap();
    let outcome = migratable_contract::load(&SourceFile::new("contracts/odd.yaml", text));
    let contract = outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)));
    let options = Options {
        contract_path: "../../contracts/odd.yaml".to_owned(),
        command: "MIGRATABLE_BLESS=1 cargo test -p migratable-codegen --test odd".to_owned(),
    };
    let (folder, files) = (root.join("src/odd"), generate(&contract, &options));
    if std::env::var_os("MIGRATABLE_BLESS").is_some() {
        output::write(&folder, &files).unwrap();
    }
    let differences = output::check(&folder, &files).unwrap();
    let diffs: Vec<&str> = differences.iter().map(|difference| difference.diff.as_str()).collect();
    assert!(differences.is_empty(), "{}", diffs.join("\n"));
}
