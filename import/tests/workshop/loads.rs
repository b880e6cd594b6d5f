//! What is imported is a contract: it loads, but for words that nothing is made of yet.

use std::collections::BTreeSet;

use migratable_contract::codes::{self, Code};
use migratable_contract::diagnostic::{SourceFile, render};

use super::imported;
use super::patterns::PATTERNS;

/// The errors that a word which nothing is made of brings with it, by the patterns that use one.
fn refused(pattern: &str) -> &'static [Code] {
    match &pattern[..2] {
        // A path through a relation.
        "03" => &[codes::NOT_COMPILED, codes::UNKNOWN_COLUMN],
        // A date in a key, some attributes in an index.
        "10" => &[codes::NOT_COMPILED, codes::KEY_FORMAT],
        _ => &[],
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
