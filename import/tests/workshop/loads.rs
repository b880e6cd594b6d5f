//! What is imported is a contract: it loads, but for words that nothing is made of yet.

use std::collections::BTreeSet;

use migratable_contract::codes::{self, Code};
use migratable_contract::diagnostic::{SourceFile, render};

use super::imported;
use super::patterns::PATTERNS;

/// The errors that a word which isn't compiled brings with it, by the patterns that use one.
fn refused(pattern: &str) -> &'static [Code] {
    match &pattern[..2] {
        // A path through a relation.
        "03" => &[codes::NOT_COMPILED, codes::UNKNOWN_COLUMN],
        // Rows that are collected or counted alone.
        "07" | "09" => &[codes::NOT_COMPILED, codes::SOURCE_TABLE_UNUSED],
        // A date in a key, and beside itself in a form.
        "10" => &[codes::NOT_COMPILED, codes::KEY_FORMAT, codes::CARRIED_TWICE],
        "02" | "06" | "08" => &[],
        _ => &[codes::NOT_COMPILED],
    }
}

#[test]
fn contracts_of_the_patterns_load() {
    for (name, text) in PATTERNS {
        let contract = imported(text).contract.unwrap();
        let file = SourceFile::new("contract.yaml", contract.text.as_str());
        let loaded = migratable_contract::load(&file);
        let errors = loaded.diagnostics.iter().filter(|found| found.is_error());
        let errors: BTreeSet<Code> = errors.map(|found| found.code).collect();
        let surprise = errors.iter().any(|code| !refused(name).contains(code));
        assert!(!surprise, "{name}:\n{}", render(&loaded.diagnostics, false));
        // What is written is in the one form that contracts have.
        let formatted = migratable_contract::format(&file).value;
        assert_eq!(formatted.as_deref(), Some(contract.text.as_str()), "{name}");
    }
}
