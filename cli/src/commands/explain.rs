//! `migratable explain`.

use migratable_contract::codes;
use migratable_contract::explain::{self, Page};
use serde_json::{Value, json};

use crate::arguments::Explain;
use crate::report::Report;

/// Characters of a line: those of a narrow terminal.
const WIDTH: usize = 80;

/// Prints a code's page, or lists every code.
pub(crate) fn run(options: &Explain) -> Report {
    options.code.and_then(explain::page).map_or_else(list, |page| one(&page))
}

fn one(page: &Page) -> Report {
    let report = Report::new("explain")
        .text(page.text(WIDTH))
        .fact("code", page.code.to_string())
        .fact("title", page.title())
        .fact("rule", page.rule)
        .fact("why", page.why);
    [("wrong", &page.wrong), ("right", &page.right)].into_iter().fold(report, |report, (name, excerpt)| {
        let value = if excerpt.is_empty() { Value::Null } else { Value::from(excerpt.as_str()) };
        report.fact(name, value)
    })
}

fn list() -> Report {
    let listed: Vec<Value> =
        codes::ALL.iter().map(|info| json!({ "code": info.code.to_string(), "title": info.title })).collect();
    let report = Report::new("explain").fact("codes", listed);
    codes::ALL.iter().fold(report, |report, info| report.line(format!("{} {}", info.code, info.title)))
}
