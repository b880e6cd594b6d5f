//! `migratable language`.

use migratable_contract::language;
use serde_json::Value;

use crate::arguments::Language;
use crate::report::Report;

/// Prints the JSON Schema or the reference page.
pub(crate) fn run(options: &Language) -> Report {
    let report = Report::new("language");
    if options.schema {
        let schema = language::json_schema();
        let value = serde_json::from_str(&schema).unwrap_or(Value::Null);
        report.text(schema).fact("schema", value)
    } else {
        let reference = language::reference();
        report.text(&reference).fact("reference", reference)
    }
}
