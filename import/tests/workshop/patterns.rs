//! The ten patterns that the format documents, each in a file of its own.

use insta::assert_snapshot;

use super::{imported, shown};

/// The files, by their names.
pub(crate) const PATTERNS: [(&str, &str); 10] = [
    ("01_self_join", include_str!("../../fixtures/patterns/01_self_join.json")),
    ("02_foreign_key", include_str!("../../fixtures/patterns/02_foreign_key.json")),
    ("03_multi_column", include_str!("../../fixtures/patterns/03_multi_column.json")),
    ("04_conditional", include_str!("../../fixtures/patterns/04_conditional.json")),
    ("05_chain", include_str!("../../fixtures/patterns/05_chain.json")),
    ("06_lookup_table", include_str!("../../fixtures/patterns/06_lookup_table.json")),
    ("07_json_construction", include_str!("../../fixtures/patterns/07_json_construction.json")),
    ("08_multi_entity", include_str!("../../fixtures/patterns/08_multi_entity.json")),
    ("09_calculated", include_str!("../../fixtures/patterns/09_calculated.json")),
    ("10_time_based", include_str!("../../fixtures/patterns/10_time_based.json")),
];

#[test]
fn every_pattern_is_imported() {
    for (name, text) in PATTERNS {
        let import = imported(text);
        let errors = import.diagnostics.iter().filter(|found| found.is_error()).count();
        assert_snapshot!(name, shown(&import));
        assert_eq!(errors, 0, "{name}: nothing is left out");
    }
}
