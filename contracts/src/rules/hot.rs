//! Rules about partitions: one takes so many reads and writes a second, and no more.

use std::collections::BTreeSet;

use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::MySqlType;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Reader;
use crate::lower::Draft;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::key::Key;

/// Write units one partition takes in a second (DynamoDB Developer Guide, "Burst and adaptive capacity").
const PARTITION_WRITES: u64 = 1_000;

/// Read units one partition takes in a second (as above).
const PARTITION_READS: u64 = 3_000;

/// How many values an attribute can have, where its type says so: an ENUM's members, a flag's two, a small BIT's.
fn values(attribute: &Attribute<'_>) -> Option<u64> {
    let ty = attribute.mysql_type()?;
    match ty {
        MySqlType::Enum { members, .. } => Some(members.len() as u64),
        MySqlType::Bit { length: length @ 1..=6 } => Some(1 << length),
        _ if attribute.attribute_type() == Some(AttributeType::Bool) || ty.is_tinyint_1() => Some(2),
        _ => None,
    }
}

/// How many keys there can be; `None` where a value in it can be anything.
fn keys(entity: &Entity<'_>, partition: &[&Key<'_>]) -> Option<u64> {
    let mut attributes = BTreeSet::new();
    for key in partition {
        attributes.extend(entity.key_attributes(key)?);
    }
    // As many partitions as items are all there can be.
    let columns: Vec<&str> =
        attributes.iter().filter_map(|attribute| entity.attributes[*attribute].root_column()).collect();
    if entity.root.is_some_and(|root| root.is_unique_but_for_null(&columns)) {
        return None;
    }
    attributes.into_iter().try_fold(1_u64, |product, attribute| {
        Some(product.saturating_mul(values(&entity.attributes[attribute])?))
    })
}

/// Items spread over more partitions than a type has values.
pub(super) fn hot_partition(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in draft.entities.iter().filter(|entity| entity.whole) {
        let indexes = entity.complete_indexes().map(|index| {
            let keys: Vec<&Key<'_>> = index.partition.iter().filter_map(|(_, key)| key.as_ref()).collect();
            (format!("the index `{}`", index.name.text), index.name, keys)
        });
        let table = entity.table.map(|(name, _)| {
            (format!("the table `{}`", name.text), name, entity.partition.iter().collect::<Vec<_>>())
        });
        for (what, name, partition) in table.into_iter().chain(indexes) {
            let Some((first, count)) = partition.first().zip(keys(entity, &partition)) else { continue };
            let in_all = match count {
                1 => format!("every `{}` is in one partition of {what}", entity.name.text),
                count => format!("every `{}` is in one of {count} partitions of {what}", entity.name.text),
            };
            reader.report(
                Diagnostic::warning(codes::HOT_PARTITION, in_all)
                    .label(entity.key_place(first), "the partition key has so few values")
                    .label(name.place.clone(), "asked here")
                    .help(format!(
                        "a partition takes {PARTITION_WRITES} writes and {PARTITION_READS} reads of up to 4 KB in a second; put a value that spreads into the partition key, or say why so many are enough"
                    )),
            );
        }
    }
}
