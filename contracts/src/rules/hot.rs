//! Rules about partitions: one takes so many reads and writes a second, and no more.

use std::collections::BTreeSet;

use migratable_core::dynamodb::AttributeType;
use migratable_core::key::KeyFormat;
use migratable_core::mysql::MySqlType;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::Reader;
use crate::lower::Draft;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::key::Key;
use crate::model::Rate;

/// Write units one partition takes in a second (DynamoDB Developer Guide, "Burst and adaptive capacity").
const PARTITION_WRITES: u64 = 1_000;

/// Read units one partition takes in a second (as above).
const PARTITION_READS: u64 = 3_000;

/// How many values an attribute can have, and whether its type says so (an ENUM's members, a flag's two, a small BIT's)
/// or the contract's source does.
fn values(entity: &Entity<'_>, attribute: &Attribute<'_>) -> Option<(u64, bool)> {
    let ty = attribute.mysql_type()?;
    let said = attribute.root_column().zip(entity.root).and_then(|(column, root)| {
        let distinct = root.node.distinct.as_ref()?.iter().find(|(name, _)| name.text == column);
        distinct.map(|(_, count)| u64::from(count.0))
    });
    match ty {
        _ if said.is_some() => Some((said?, false)),
        MySqlType::Enum { members, .. } => Some((members.len() as u64, true)),
        MySqlType::Bit { length: length @ 1..=6 } => Some((1 << length, true)),
        _ if attribute.attribute_type() == Some(AttributeType::Bool) || ty.is_tinyint_1() => Some((2, true)),
        _ => None,
    }
}

/// How many keys there can be, whether types alone say so, and how many of them are shards that a list asks together; `None`
/// where a value in it can be anything.
fn keys(entity: &Entity<'_>, partition: &[&Key<'_>]) -> Option<(u64, bool, u64)> {
    let (mut attributes, mut shards) = (BTreeSet::new(), 1_u64);
    for key in partition {
        entity.key_attributes(key)?;
        attributes.extend(entity.told_apart(key));
        for format in entity.formats(key) {
            match format {
                KeyFormat::Shard(count) => shards = shards.saturating_mul(u64::from(*count)),
                // As time goes by there are ever more, of which the last one is asked most; how often is not known.
                KeyFormat::Time(_) => return None,
                KeyFormat::Padded(_) => {}
            }
        }
    }
    // As many partitions as items are all there can be.
    let columns: Vec<&str> =
        attributes.iter().filter_map(|attribute| entity.attributes[*attribute].root_column()).collect();
    if entity.root.is_some_and(|root| root.is_unique_but_for_null(&columns)) {
        return None;
    }
    let all = attributes.into_iter().try_fold((shards, true), |(product, by_type), attribute| {
        let (count, said) = values(entity, &entity.attributes[attribute])?;
        Some((product.saturating_mul(count), by_type && said))
    });
    all.map(|(product, by_type)| (product, by_type, shards))
}

/// How often something happens in a second, in all; `None` where nothing is said.
fn sum<'r>(rates: impl Iterator<Item = &'r Rate>) -> Option<u64> {
    let each = rates.map(|rate| u64::from(rate.times.div_ceil(rate.seconds.max(1))));
    each.reduce(u64::saturating_add)
}

/// Reads of a key in a second, each of one unit at least.
fn reads(entity: &Entity<'_>, index: Option<&str>) -> Option<u64> {
    let asked = entity
        .patterns
        .iter()
        .filter(|pattern| pattern.node.index.as_ref().map(|index| index.text.as_str()) == index);
    sum(asked.filter_map(|pattern| Some(&pattern.node.rate.as_ref()?.value)))
}

/// Changes of an entity's items in a second.
fn writes(draft: &Draft<'_>, entity: &Entity<'_>) -> Option<u64> {
    let writes = draft.node.writes.iter().flat_map(|writes| writes.iter());
    let changes = writes.flat_map(|(_, write)| {
        let of_entity = write.does.items.iter().filter(|change| change.value.entity == entity.name.text);
        of_entity.filter_map(|_| Some(&write.rate.as_ref()?.value))
    });
    sum(changes)
}

/// No partition is asked more than it takes; where nothing says how often, there are more partitions than an ENUM or a
/// flag has values.
pub(super) fn hot_partition(draft: &Draft<'_>, reader: &mut Reader) {
    for entity in draft.entities.iter().filter(|entity| entity.whole) {
        let indexes = entity.complete_indexes().map(|index| {
            let keys: Vec<&Key<'_>> = index.partition.iter().filter_map(|(_, key)| key.as_ref()).collect();
            (format!("the index `{}`", index.name.text), index.name, Some(index.name.text.as_str()), keys)
        });
        let table = entity.table.map(|(name, _)| {
            (format!("the table `{}`", name.text), name, None, entity.partition.iter().collect::<Vec<_>>())
        });
        for (what, name, index, partition) in table.into_iter().chain(indexes) {
            let Some((first, (count, by_type, shards))) = partition.first().zip(keys(entity, &partition))
            else {
                continue;
            };
            let (reads, writes) = (reads(entity, index), writes(draft, entity));
            let each = |all: Option<u64>, of: u64| all.unwrap_or_default().div_ceil(of.max(1));
            let (each_read, each_written) = (each(reads, count / shards), each(writes, count));
            let label = if each_read > PARTITION_READS || each_written > PARTITION_WRITES {
                format!("{each_read} reads and {each_written} writes a second for each")
            } else if by_type && reads.is_none() && writes.is_none() {
                "the partition key has so few values".to_owned()
            } else {
                continue;
            };
            let or = if reads.or(writes).is_some() { "" } else { "; or say how often it is asked, `rate`" };
            let in_all = match count {
                1 => format!("every `{}` is in one partition of {what}", entity.name.text),
                count => format!("every `{}` is in one of {count} partitions of {what}", entity.name.text),
            };
            reader.report(
                Diagnostic::warning(codes::HOT_PARTITION, in_all)
                    .label(entity.key_place(first), label)
                    .label(name.place.clone(), "asked here")
                    .help(format!(
                        "a partition takes {PARTITION_WRITES} writes and {PARTITION_READS} reads of up to 4 KB in a second; put a value that spreads into the partition key{or}"
                    )),
            );
        }
    }
}
