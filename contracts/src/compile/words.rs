//! What the contract says that plans don't need.

use crate::language::{Contract, Table};
use crate::lower::entity::Entity;
use crate::lower::source::Source;
use crate::model::{Asked, Billing, Capacity, NotServed, Payment, Storage, Volume, Write};

pub(super) fn writes(contract: &Contract) -> Vec<Write> {
    let writes = contract.writes.iter().flat_map(|writes| writes.iter());
    let write = writes.map(|(name, write)| Write {
        name: name.text.clone(),
        does: write.does.items.iter().map(|change| change.value.clone()).collect(),
        rate: write.rate.as_ref().map(|rate| rate.value),
    });
    write.collect()
}

pub(super) fn volumes(source: &Source<'_>) -> Vec<Volume> {
    let said = source.tables.iter().filter(|table| {
        table.node.rows.is_some() || table.node.distinct.is_some() || table.node.writers.is_some()
    });
    let volume = said.map(|table| {
        let distinct = table.node.distinct.iter().flat_map(|distinct| distinct.iter());
        let writers = table.node.writers.as_ref();
        Volume {
            table: table.name.text.clone(),
            rows: table.node.rows.map(|rows| rows.0),
            distinct: distinct.map(|(column, count)| (column.text.clone(), count.0)).collect(),
            writers: writers.map(|names| names.items.iter().map(|name| name.text.clone()).collect()),
        }
    });
    volume.collect()
}

/// How the tables are kept; `None` where one is to be paid for by a capacity that isn't said.
pub(super) fn storage(contract: &Contract) -> Option<Vec<Storage>> {
    let table = contract.tables.iter().map(|(_, table)| {
        Some(Storage {
            ttl: table.ttl.as_ref().map(|name| name.text.clone()),
            payment: payment(table)?,
            stream: table.stream.as_ref().map(|choice| choice.value),
            point_in_time_recovery: table.point_in_time_recovery.is_none_or(|flag| flag.0),
            deletion_protection: table.deletion_protection.is_none_or(|flag| flag.0),
        })
    });
    table.collect()
}

fn payment(table: &Table) -> Option<Payment> {
    match table.billing.as_ref().map(|choice| choice.value) {
        None | Some(Billing::OnDemand) => Some(Payment::OnDemand),
        Some(Billing::Provisioned) => table
            .capacity
            .as_ref()
            .map(|said| Payment::Provisioned(Capacity { read: said.read.0, write: said.write.0 })),
    }
}

/// The questions about an entity that nothing answers.
pub(super) fn not_served(entity: &str, contract: &Contract) -> Vec<NotServed> {
    let patterns = contract.access_patterns.iter().flat_map(|patterns| patterns.iter());
    let not_served = patterns.filter(|(name, _)| name.entity.text == entity).filter_map(|(name, pattern)| {
        Some(NotServed {
            name: name.method.text.clone(),
            reason: pattern.not_served.as_ref()?.text.clone(),
            remedy: pattern.remedy.as_ref().map(|remedy| remedy.text.clone()),
        })
    });
    not_served.collect()
}

/// Patterns of which something is said.
pub(super) fn asked(entity: &Entity<'_>) -> Vec<Asked> {
    let asked = entity.patterns.iter().filter(|pattern| {
        let node = pattern.node;
        node.rate.is_some() || node.freshness.is_some() || node.consistent.is_some()
    });
    let asked = asked.map(|pattern| Asked {
        name: pattern.name.method.text.clone(),
        rate: pattern.node.rate.as_ref().map(|rate| rate.value),
        freshness: pattern.node.freshness.as_ref().map(|choice| choice.value).unwrap_or_default(),
        consistent: pattern.node.consistent.is_some_and(|flag| flag.0),
    });
    asked.collect()
}
