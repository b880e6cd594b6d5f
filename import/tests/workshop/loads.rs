//! What is imported is a contract: it loads.

use migratable_contract::diagnostic::{SourceFile, render};

use super::imported;
use super::patterns::PATTERNS;

#[test]
fn contracts_of_the_patterns_load() {
    for (name, text) in PATTERNS {
        let contract = imported(text).contract.unwrap();
        let file = SourceFile::new("contract.yaml", contract.text.as_str());
        let loaded = migratable_contract::load(&file);
        assert!(loaded.value.is_some(), "{name}:\n{}", render(&loaded.diagnostics, false));
        // What is written is in the one form that contracts have.
        let formatted = migratable_contract::format(&file).value;
        assert_eq!(formatted.as_deref(), Some(contract.text.as_str()), "{name}");
    }
}
