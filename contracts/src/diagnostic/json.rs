//! Diagnostics for machines.

use serde_json::{Value, json};

use super::position::Positions;
use super::{Diagnostic, Label};

/// A JSON array, one object per diagnostic, in the given order. Lines and columns count from 1, columns in
/// characters; offsets are bytes; ends are exclusive.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    let mut positions = Positions::default();
    let array: Vec<Value> = diagnostics.iter().map(|diagnostic| object(diagnostic, &mut positions)).collect();
    format!("{:#}", Value::Array(array))
}

// Keys are written in alphabetical order: whether serde_json sorts them or keeps the order they came in depends on a
// feature any other package of a build may turn on, and the output must not.
fn object(diagnostic: &Diagnostic, positions: &mut Positions) -> Value {
    let labels: Vec<Value> = diagnostic.labels.iter().map(|found| label(found, positions)).collect();
    json!({
        "code": diagnostic.code.to_string(),
        "help": diagnostic.help,
        "labels": labels,
        "message": diagnostic.message,
        "severity": diagnostic.severity.name(),
    })
}

fn label(label: &Label, positions: &mut Positions) -> Value {
    let range = label.place.clamped();
    let start = positions.find(&label.place.file, range.start);
    let end = positions.find(&label.place.file, range.end);
    let before = label.place.file.origin.offset;
    json!({
        "end": { "column": end.column, "line": end.line, "offset": before + range.end },
        "file": label.place.file.name,
        "start": { "column": start.column, "line": start.line, "offset": before + range.start },
        "text": label.text,
    })
}
