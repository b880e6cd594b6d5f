//! Foreign keys that are kept, as plans say them: at the row that points, and at the one it points at.

use std::collections::HashMap;

use migratable_core::List;
use migratable_core::plan::{OnDelete, Reference, Referrer};

use super::text;
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::source::{Action, names_text};

/// The foreign keys that an entity keeps. `None` only where something has been reported.
pub(super) fn all(entity: &Entity<'_>) -> Option<List<Reference>> {
    let compiled = entity.references().map(|reference| {
        let (key, (parent, count)) = reference.key.zip(reference.counted())?;
        let columns = entity.carriers(key)?;
        let on_delete = match key.facts.on_delete {
            Action::Restrict => OnDelete::Restrict,
            Action::Cascade => OnDelete::Cascade { index: entity.listed(&columns)? },
            Action::SetNull => OnDelete::SetNull { index: entity.listed(&columns)? },
            Action::SetDefault => return None,
        };
        Some(Reference {
            name: text(&names_text(&key.facts.columns)),
            columns: columns.into(),
            entity: text(parent),
            to: key.facts.references.iter().map(|column| text(column)).collect(),
            count: text(count),
            on_delete,
        })
    });
    compiled.collect()
}

/// The foreign keys that point at each entity.
pub(super) fn referrers(draft: &Draft<'_>) -> HashMap<String, Vec<Referrer>> {
    let mut found: HashMap<String, Vec<Referrer>> = HashMap::new();
    for entity in &draft.entities {
        for reference in entity.references() {
            let Some((key, (parent, count))) = reference.key.zip(reference.counted()) else { continue };
            found.entry(parent.to_owned()).or_default().push(Referrer {
                entity: text(&entity.name.text),
                name: text(&names_text(&key.facts.columns)),
                count: text(count),
            });
        }
    }
    found
}
