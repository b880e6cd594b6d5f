//! Rules about keys that change: an item can't change its key, it becomes another item.

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, quoted_list};
use crate::lower::entity::{Attribute, Entity};
use crate::lower::source::{ForeignKey, SourceTable};
use crate::source::Action;

/// Why a key made of an attribute's value is another one tomorrow.
fn reason(attribute: &Attribute<'_>, root: &SourceTable<'_>) -> Option<&'static str> {
    let Some(column) = attribute.root_column() else {
        return Some("another row's value, which changes without this row");
    };
    let cascades = |key: &ForeignKey<'_>| {
        key.facts.columns.iter().any(|name| name == column) && key.facts.on_update != Action::Restrict
    };
    if root.foreign_keys.iter().any(cascades) {
        return Some("MySQL changes it with the row it points at");
    }
    // A row that goes with another one belongs to it for life.
    let belongs = |key: &ForeignKey<'_>| {
        key.facts.columns.iter().any(|name| name == column) && key.facts.on_delete == Action::Cascade
    };
    if root.foreign_keys.iter().any(belongs) {
        return None;
    }
    (!root.primary_key().any(|name| name == column))
        .then_some("not in the primary key, so a row can change it")
}

/// A table's key stays what it is as long as its row is there, or it is said how its item moves.
pub(super) fn key_moves(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|root| entity.whole && root.names_rows()) else { return };
    let mut seen = Vec::new();
    for key in entity.table_keys() {
        for position in entity.key_attributes(key).unwrap_or_default() {
            let attribute = &entity.attributes[position];
            let nullable = attribute.target.as_ref().is_some_and(|target| target.nullable);
            if nullable || seen.contains(&position) {
                continue;
            }
            let Some(reason) = reason(attribute, root) else { continue };
            seen.push(position);
            let message =
                format!("the key of a `{}` changes with its `{}`", entity.name.text, attribute.name.text);
            let mut finding = Diagnostic::warning(codes::KEY_MOVES, message)
                .label(entity.key_place(key), "an item can't change its key");
            if let Some(target) = &attribute.target {
                finding = finding.label(target.column.text.place.clone(), reason);
            }
            let primary: Vec<&str> = root.primary_key().collect();
            reader.report(finding.help(format!(
                "what is written then is a new item, and the old one stays until somebody deletes it; build the key from {}, or delete the old item wherever the value changes",
                quoted_list(&primary)
            )));
        }
    }
}
