//! What the derive's documentation shows of its output is its output: derive/docs/expansion.md is made here, of the contract
//! and the structs beside it. `MIGRATABLE_BLESS=1` writes it anew.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::PathBuf;

use migratable_codegen::derive::{Source, derive};
use migratable_contract::diagnostic::{SourceFile, render};
use syn::DeriveInput;

#[test]
fn the_documented_expansion_is_the_derives() {
    let page = format!(
        "With this contract\n\n```yaml\n{}```\n\n{}\n{}",
        read("contract.yaml"),
        section("A whole struct", "order.rs"),
        section("A subset", "order_total.rs")
    );
    let path = folder().join("expansion.md");
    if std::env::var_os("MIGRATABLE_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == page,
        "derive/docs/expansion.md is not what the derive emits; run `MIGRATABLE_BLESS=1 cargo test -p migratable-codegen \
         --test published`"
    );
}

/// A struct, and what is emitted for it.
fn section(what: &str, file: &str) -> String {
    let text = read(file);
    let input: DeriveInput = syn::parse_str(&text).unwrap();
    let expanded = derive(&input, |args| {
        let file = SourceFile::new("contract.yaml", read("contract.yaml"));
        let outcome = migratable_contract::load_entity(&file, &args.entity);
        let entity = outcome.value.unwrap_or_else(|| panic!("{}", render(&outcome.diagnostics, false)));
        let contract = "/home/me/shop/src/contract.yaml".to_owned();
        Ok(Source { entity, contract, command: "migratable generate contract.yaml --out src".to_owned() })
    });
    let expanded = prettyplease::unparse(&syn::parse2(expanded).unwrap());
    assert!(!expanded.contains("compile_error"), "{expanded}");
    let expanded = expanded.trim_end();
    format!("## {what}\n\n```rust,ignore\n{text}```\n\ngets beside it\n\n```rust,ignore\n{expanded}\n```\n")
}

fn read(file: &str) -> String {
    fs::read_to_string(folder().join(file)).unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../derive/docs")
}
