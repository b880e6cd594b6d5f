//! Two contracts, compared by what they mean: plans and models, not text. Comments, the order of entries and how
//! something is spelled are no change.
//!
//! Each change has a class: what it breaks in the worst case. A change that is not breaking leaves everything as it was for
//! code and items of the older contract.

mod attributes;
mod carried;
mod change;
mod entity;
mod forms;
mod indexes;
mod keys;
mod named;
mod patterns;
mod rows;
mod rust;
mod steps;
mod tables;
mod words;

use super::places::ContractPlaces;
use super::source;
use crate::diagnostic::Severity;
use crate::model::Contract;
use change::{Changes, Sides};
pub use change::{Class, ContractChange};

/// Every change from one contract to another: what is worse comes first, then in the order of places in the newer one.
pub fn contracts(
    (old, old_places): (&Contract, &ContractPlaces),
    (new, new_places): (&Contract, &ContractPlaces),
) -> Vec<ContractChange> {
    let mut changes = Changes::new(Sides { old: old_places, new: new_places });
    let Contract { name, source: _, tables, entities, visibility, enums, writes, volumes, storage: _ } = old;
    rust::handle(name, *visibility, new, &mut changes);
    rust::enums(enums, &new.enums, &mut changes);
    tables::compare(tables, &new.tables, &mut changes);
    entity::compare((entities, tables), (&new.entities, &new.tables), &mut changes);
    words::writes(writes, &new.writes, &mut changes);
    words::volumes(volumes, &new.volumes, &mut changes);
    words::storage(old, new, &mut changes);
    compare_sources(old, new, &mut changes);
    changes.finish()
}

/// What has changed of the recorded schema. What it does to items is said of the entities themselves.
fn compare_sources(old: &Contract, new: &Contract, changes: &mut Changes<'_>) {
    let (was, is) = (changes.sides.old.source(), changes.sides.new.source());
    for found in source::compare(&old.source, &new.source) {
        let source::Change { code, severity, spot, about: _, message, old, new, edit: _, meaning, hint } =
            found;
        let breaking = severity == Severity::Error;
        let mut change = changes.of(Class::Source, code, breaking, message);
        if let Some(place) = is.nearest(&spot) {
            change = change.place(place.clone(), new.unwrap_or_else(|| "not here any more".to_owned()));
        }
        if let Some(place) = was.nearest(&spot) {
            change = change.place(place.clone(), old.unwrap_or_else(|| "not here yet".to_owned()));
        }
        let means = [meaning, hint];
        let means = means.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>();
        changes.add(change.means(means.join("; ")).steps(if breaking { steps::SOURCE } else { steps::NONE }));
    }
}
