//! Drift: the source a contract records, and the DDL of today.

use super::readers;
use super::source::{self, Change, SourcePlaces};
use crate::diagnostic::{self, Diagnostic};
use crate::model::Contract;
use crate::source::SourceSchema;

/// Every difference between the schema that a contract records and another reading of it, in the order of their places
/// in the contract. `recorded` and `today` say where the facts of the two stand.
///
/// Of foreign keys only those count that a contract has a place for: they point at something, and no two of them stand on
/// the same columns.
pub fn drift(
    contract: &Contract,
    recorded: &SourcePlaces,
    schema: &SourceSchema,
    today: &SourcePlaces,
) -> Vec<Diagnostic> {
    let changes = source::compare(&contract.source, schema);
    let mut found: Vec<Diagnostic> =
        changes.iter().map(|change| finding(contract, change, recorded, today)).collect();
    diagnostic::sort(&mut found);
    found
}

fn finding(
    contract: &Contract,
    change: &Change,
    recorded: &SourcePlaces,
    today: &SourcePlaces,
) -> Diagnostic {
    let Change { code, severity, spot, about, message, old, new, edit, meaning, hint } = change;
    let mut finding = Diagnostic::new(*severity, *code, message.clone());
    let said = |text: &Option<String>, otherwise: &str| text.clone().unwrap_or_else(|| otherwise.to_owned());
    if let Some(place) = recorded.nearest(spot) {
        let text = match (old, new) {
            (Some(old), Some(_)) => format!("recorded as {old}"),
            _ => said(old, "not recorded here"),
        };
        finding = finding.label(place.clone(), text);
    }
    let place = match new {
        Some(_) => today.nearest(spot),
        // Where what is gone would stand; of a table that is gone there is nothing to be seen.
        None => today.nearest(spot).filter(|_| old.is_some()),
    };
    if let Some(place) = place {
        let text = match (old, new) {
            (Some(_), Some(new)) => format!("{new} today"),
            _ => said(new, "not here today"),
        };
        finding = finding.label(place.clone(), text);
    }
    let readers = readers::sentence(contract, about);
    let sentences = [edit, meaning, &readers, hint];
    let said: Vec<&str> = sentences.into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    finding.help(said.join("; "))
}
