//! Rules about how long a key can be: never longer than DynamoDB takes, never empty.

use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{MAX_PARTITION_BYTES, MAX_SORT_BYTES, can_be_in_key, max_bytes};
use migratable_core::mysql::MySqlType;

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{Reader, Scalar};
use crate::lower::entity::{Attribute, Entity};
use crate::lower::form::Form;
use crate::lower::key::{Key, KeySource, Part, Template};

/// The most characters a number takes: a sign, 38 digits, a point, and an exponent of up to five characters.
const MAX_NUMBER_BYTES: u64 = 45;

/// The most bytes an attribute's own value has, where it is the key.
fn natural_bytes(attribute: &Attribute<'_>) -> Option<u64> {
    let ty = attribute.mysql_type().filter(|ty| can_be_in_key(ty))?;
    Some(match attribute.attribute_type()? {
        // A key's bytes are counted as hex, an attribute's are bytes.
        AttributeType::B => max_bytes(ty) / 2,
        AttributeType::N => MAX_NUMBER_BYTES,
        _ => max_bytes(ty),
    })
}

/// The most bytes a key can have; `None` where a part of it is not known.
pub(super) fn key_bytes(entity: &Entity<'_>, key: &Key<'_>) -> Option<u64> {
    match key.source {
        KeySource::Attribute(attribute) => natural_bytes(&entity.attributes[attribute]),
        KeySource::Template(template) => template_bytes(entity, &entity.templates[template]),
    }
}

fn template_bytes(entity: &Entity<'_>, template: &Template<'_>) -> Option<u64> {
    template.parts.as_ref()?.iter().try_fold(0_u64, |sum, part| {
        Some(sum.saturating_add(match part {
            Part::Literal(text) => text.len() as u64,
            Part::Variable(variable) => {
                let ty = entity.attributes[variable.attribute?].mysql_type()?;
                can_be_in_key(ty).then(|| variable.form.max_bytes(ty))?
            }
        }))
    })
}

/// A key of a role, and the most bytes DynamoDB takes there.
struct Limited<'k, 's> {
    key: &'k Key<'s>,
    role: &'static str,
    limit: u64,
}

fn limited<'e, 's>(entity: &'e Entity<'s>) -> Vec<Limited<'e, 's>> {
    let partition = |key| Limited { key, role: "partition", limit: MAX_PARTITION_BYTES };
    let sort = |key| Limited { key, role: "sort", limit: MAX_SORT_BYTES };
    let mut keys: Vec<_> =
        entity.partition.iter().map(partition).chain(entity.sort.iter().map(sort)).collect();
    for index in &entity.indexes {
        keys.extend(index.partition.iter().filter_map(|(_, key)| key.as_ref()).map(partition));
        keys.extend(index.sort.iter().filter_map(|(_, key)| key.as_ref()).map(sort));
    }
    // One key can serve in several places; the tightest counts.
    keys.sort_by_key(|limited| limited.limit);
    let mut seen = Vec::new();
    keys.retain(|limited| {
        let new = !seen.contains(&limited.key.source);
        seen.push(limited.key.source);
        new
    });
    keys
}

/// The largest key fits.
pub(super) fn size(entity: &Entity<'_>, reader: &mut Reader) {
    for Limited { key, role, limit } in limited(entity) {
        if let Some(bytes) = key_bytes(entity, key) {
            too_long(key.name, entity.key_place(key), bytes, (role, limit), reader);
        }
    }
    for marker in &entity.markers {
        let partition = marker.partition.iter().map(|key| (key, ("partition", MAX_PARTITION_BYTES)));
        let sort = marker.sort.iter().map(|key| (key, ("sort", MAX_SORT_BYTES)));
        for (template, role) in partition.chain(sort) {
            if let Some(bytes) = template_bytes(entity, template) {
                too_long(template.name, template.place(), bytes, role, reader);
            }
        }
    }
}

fn too_long(name: &Scalar, place: Place, bytes: u64, (role, limit): (&str, u64), reader: &mut Reader) {
    if bytes <= limit {
        return;
    }
    let message = format!("`{}` can be {bytes} bytes long, a {role} key {limit} at most", name.text);
    reader.report(
        Diagnostic::error(codes::KEY_SIZE, message)
            .label(place, format!("up to {bytes} bytes"))
            .label(name.place.clone(), format!("a {role} key"))
            .help("build the key from shorter columns; escapes and UTF-8 are counted at their worst"),
    );
}

/// Whether a value can be the empty text.
fn may_be_empty(ty: &MySqlType) -> bool {
    match ty {
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::VarBinary { .. }
        | MySqlType::Blob { .. }
        | MySqlType::Binary { length: 0 } => true,
        MySqlType::Enum { members, .. } => members.iter().any(|member| member.is_empty()),
        _ => false,
    }
}

fn key_may_be_empty(entity: &Entity<'_>, key: &Key<'_>) -> bool {
    let literal = match key.source {
        KeySource::Attribute(_) => false,
        KeySource::Template(template) => {
            let parts = entity.templates[template].parts.as_ref();
            let never_empty = |part: &Part| match part {
                Part::Literal(_) => true,
                Part::Variable(variable) => matches!(variable.form, Form::Format(_)),
            };
            parts.is_none_or(|parts| parts.iter().any(never_empty))
        }
    };
    let values = entity.key_attributes(key).unwrap_or_default();
    let types = values.iter().map(|attribute| entity.attributes[*attribute].mysql_type());
    !literal && !values.is_empty() && types.into_iter().all(|ty| ty.is_some_and(may_be_empty))
}

/// A table's key is never the empty text, which DynamoDB refuses.
pub(super) fn empty(entity: &Entity<'_>, reader: &mut Reader) {
    for key in entity.table_keys().filter(|key| key_may_be_empty(entity, key)) {
        reader.report(
            Diagnostic::error(codes::KEY_EMPTY, format!("`{}` may be empty", key.name.text))
                .label(entity.key_place(key), "nothing but text that may be empty")
                .help("put a literal in front, as in `\"ORDER#{…}\"`: DynamoDB takes no empty keys"),
        );
    }
}

/// An index key that is the empty text makes DynamoDB refuse the whole item.
pub(super) fn index_key_empty(entity: &Entity<'_>, reader: &mut Reader) {
    let mut seen = Vec::new();
    let table: Vec<KeySource> = entity.table_keys().map(|key| key.source).collect();
    for key in entity.indexes.iter().flat_map(|index| index.keys()) {
        if table.contains(&key.source) || seen.contains(&key.source) || !key_may_be_empty(entity, key) {
            continue;
        }
        seen.push(key.source);
        reader.report(
            Diagnostic::warning(
                codes::INDEX_KEY_EMPTY,
                format!("the index key `{}` may be empty", key.name.text),
            )
            .label(entity.key_place(key), "an item with an empty text here is refused")
            .label(key.name.place.clone(), "a key of the index")
            .help(
                "build it by a template with a literal in front, or make sure that the text is never empty",
            ),
        );
    }
}
