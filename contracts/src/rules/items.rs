//! Rules about whole items: how large they can be.

use migratable_core::dynamodb::{ENTITY_ATTRIBUTE, MAX_ITEM_BYTES};
use migratable_core::key::MAX_PARTITION_BYTES;

use super::sizes::key_bytes;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, quoted_list};
use crate::lower::derived::ExtraKind;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::key::KeySource;
use crate::lower::path::Target;
use crate::size::{OVERFLOW, derived_bytes, map_bytes, most_bytes};
use crate::source::SourceType;

/// How many of the largest attributes are named.
const NAMED: usize = 3;

/// The most bytes an attribute's value has in an item.
fn value_bytes(attribute: &Attribute<'_>) -> Option<u64> {
    Some(most_bytes(attribute.mysql_type()?, attribute.attribute_type()?))
}

fn column_bytes(target: &Target<'_>) -> u64 {
    match &target.column.facts.ty {
        SourceType::Known(ty) => most_bytes(ty, ty.default_attribute_type()),
        SourceType::Other(_) => 0,
    }
}

/// Every attribute of the item with the most bytes it can have, its name among them.
fn sizes<'e>(entity: &'e Entity<'_>) -> Vec<(&'e str, u64)> {
    let attributes = entity
        .attributes
        .iter()
        .filter_map(|attribute| Some((attribute.name.text.as_str(), value_bytes(attribute)?)));
    let extras = entity.extras.iter().filter_map(|extra| {
        let bytes = match extra.kind.as_ref()? {
            ExtraKind::Map(members) => {
                let members =
                    members.iter().map(|(name, _, target)| (name.text.as_str(), column_bytes(target)));
                map_bytes(members)
            }
            ExtraKind::Derived(derived) => {
                derived_bytes(derived, |column| entity.attributes.get(column)?.mysql_type())
            }
        };
        Some((extra.name.text.as_str(), bytes))
    });
    let keys = entity.table_keys().chain(entity.complete_indexes().flat_map(|index| index.keys()));
    let mut built: Vec<(usize, &str, u64)> = Vec::new();
    for key in keys {
        if let KeySource::Template(template) = key.source
            && !built.iter().any(|(other, ..)| *other == template)
        {
            // No key that fits is longer.
            let bytes = key_bytes(entity, key).unwrap_or_default().min(MAX_PARTITION_BYTES);
            built.push((template, key.name.text.as_str(), bytes));
        }
    }
    let built = built.into_iter().map(|(_, name, bytes)| (name, bytes));
    let marker = (ENTITY_ATTRIBUTE, entity.name.text.len() as u64);
    let all = attributes.chain(extras).chain(built).chain([marker]);
    all.map(|(name, bytes)| (name, bytes.saturating_add(name.len() as u64))).collect()
}

/// The most bytes an item can have.
pub(super) fn most(entity: &Entity<'_>) -> u64 {
    sizes(entity).iter().fold(0_u64, |sum, (_, bytes)| sum.saturating_add(*bytes)).min(MAX_ITEM_BYTES)
}

/// Whether it is said what becomes of rows that are too large.
fn says_overflow(entity: &Entity<'_>) -> bool {
    entity.node.dropped.iter().flat_map(|dropped| &dropped.entries).any(|entry| entry.key.text == OVERFLOW)
}

/// The largest row's item fits, or it is said what becomes of it.
pub(super) fn item_size(entity: &Entity<'_>, reader: &mut Reader) {
    if !entity.whole || says_overflow(entity) {
        return;
    }
    let mut sizes = sizes(entity);
    let most = sizes.iter().fold(0_u64, |sum, (_, bytes)| sum.saturating_add(*bytes));
    if most <= MAX_ITEM_BYTES {
        return;
    }
    // The sort is stable: of two of one size, the contract's first comes first.
    sizes.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let largest: Vec<&str> = sizes.iter().take(NAMED).map(|(name, _)| *name).collect();
    let up_to = if most == u64::MAX { "of any size".to_owned() } else { format!("as large as {most} bytes") };
    let message = format!("a `{}` can be {up_to}, an item {MAX_ITEM_BYTES} bytes at most", entity.name.text);
    let mut finding = Diagnostic::warning(codes::ITEM_SIZE, message)
        .label(entity.name.place.clone(), format!("the largest attributes are {}", quoted_list(&largest)));
    let first = largest.first().and_then(|name| entity.attribute(name));
    if let Some(target) = first.and_then(|attribute| entity.attributes[attribute].target.as_ref()) {
        finding = finding.label(target.column.text.place.clone(), "the largest column");
    }
    reader.report(finding.help(
        format!("a larger row is refused by both stores, with its attributes' sizes; keep long values elsewhere and their address here, or drop them; limit what is collected; or say what becomes of such rows: `{OVERFLOW}: what`, in `dropped`"),
    ));
}
