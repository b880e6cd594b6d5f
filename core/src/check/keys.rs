//! Whether the key attributes of a row fit DynamoDB.

use super::open::OpenKey;
use super::{Failure, FailureKind, KeyRole};
use crate::ValueError;
use crate::codec;
use crate::dynamodb::AttributeValue;
use crate::key::{KeyPart, KeyTemplate, MAX_PARTITION_BYTES, MAX_SORT_BYTES};
use crate::plan::{KeyAttribute, KeySource, Plan};
use crate::value::Value;

/// More than any value but text and bytes takes in a key, or in an item: 65 digits, a sign and a point.
pub(super) const SHORT: u64 = 80;

/// What is wrong with the key attributes that are made of nothing but known columns, each once: of the table, then of its
/// indexes, then of markers.
pub(super) fn key_failures(
    plan: &Plan,
    row: &[Value],
    known: impl Fn(usize) -> bool,
    failures: &mut Vec<Failure>,
) {
    for OpenKey { path, role, key, required } in plan.open().keys.iter() {
        let (role, required) = (*role, *required);
        if plan.columns_of([key]).into_iter().all(&known)
            && may_misfit(plan, role, key, row, required)
            && let Some(kind) = misfit(plan, role, key, row, required)
        {
            let failure = Failure::new(path.clone(), kind);
            if !failures.iter().any(|found| found.path == failure.path) {
                failures.push(failure);
            }
        }
    }
}

/// Every key attribute with its place.
pub(super) fn roles(plan: &Plan) -> impl Iterator<Item = (KeyRole, &KeyAttribute)> {
    let partition = |key| (KeyRole::Partition, key);
    let sort = |key| (KeyRole::Sort, key);
    let table = std::iter::once(&plan.partition).map(partition).chain(plan.sort.iter().map(sort));
    let indexes = plan
        .indexes
        .iter()
        .flat_map(move |index| index.partition.iter().map(partition).chain(index.sort.iter().map(sort)));
    table.chain(indexes)
}

/// Every key attribute of a marker, with its unique key's name.
pub(super) fn marker_roles(plan: &Plan) -> impl Iterator<Item = (KeyRole, &KeyAttribute, &str)> {
    plan.markers.iter().flat_map(|marker| {
        let sort = marker.sort.iter().map(|key| (KeyRole::Sort, key, marker.name.as_ref()));
        std::iter::once((KeyRole::Partition, &marker.partition, marker.name.as_ref())).chain(sort)
    })
}

pub(super) const fn limit(role: KeyRole) -> u64 {
    match role {
        KeyRole::Partition => MAX_PARTITION_BYTES,
        KeyRole::Sort => MAX_SORT_BYTES,
    }
}

/// Whether the key has to be built to know: it may be empty, too long, or hold text that can't be folded.
fn may_misfit(plan: &Plan, role: KeyRole, key: &KeyAttribute, row: &[Value], required: bool) -> bool {
    match &key.source {
        KeySource::Template(template) => template_may_misfit(plan, role, template, row, required),
        KeySource::Attribute(position) => {
            let value = plan.attributes.get(*position).and_then(|attribute| row.get(attribute.column));
            match value {
                Some(Value::Text(text)) => text.is_empty() || text.len() as u64 > limit(role),
                Some(Value::Bytes(bytes)) => bytes.is_empty() || bytes.len() as u64 > limit(role),
                Some(Value::Null) => required,
                Some(_) => SHORT > limit(role),
                None => true,
            }
        }
    }
}

fn template_may_misfit(
    plan: &Plan,
    role: KeyRole,
    template: &KeyTemplate,
    row: &[Value],
    required: bool,
) -> bool {
    let (mut most, mut empty) = (0_u64, true);
    for part in template.parts.iter() {
        match part {
            KeyPart::Literal(text) => {
                most += text.len() as u64;
                empty &= text.is_empty();
            }
            KeyPart::Formatted { .. } => return true,
            KeyPart::Column { column, fold } => match row.get(*column) {
                // An escaped character has three bytes, a folded one four.
                Some(Value::Text(text)) => {
                    most += 4 * text.len() as u64;
                    empty &= text.is_empty() || (*fold && text.starts_with(' '));
                    let folds = plan.columns.get(*column).and_then(|column| column.ty.collation());
                    if *fold && !folds.is_some_and(|collation| collation.folds(text)) {
                        return true;
                    }
                }
                Some(Value::Bytes(bytes)) => {
                    most += 2 * bytes.len() as u64;
                    empty &= bytes.is_empty();
                }
                Some(Value::Null) => return required,
                Some(_) => {
                    most += SHORT;
                    empty = false;
                }
                None => return true,
            },
        }
    }
    empty || most > limit(role)
}

fn misfit(
    plan: &Plan,
    role: KeyRole,
    key: &KeyAttribute,
    row: &[Value],
    required: bool,
) -> Option<FailureKind> {
    let actual = match key_bytes(plan, key, row) {
        Ok(Some(actual)) => actual,
        Ok(None) => return required.then_some(FailureKind::Value(ValueError::Null)),
        Err(error) => return Some(FailureKind::Value(error)),
    };
    let most = limit(role);
    match actual {
        0 => Some(FailureKind::EmptyKey),
        actual if actual > most => Some(FailureKind::KeyBytes { role, actual, most }),
        _ => None,
    }
}

/// The bytes of a key attribute's value; `None` where it is absent.
pub(super) fn key_bytes(plan: &Plan, key: &KeyAttribute, row: &[Value]) -> Result<Option<u64>, ValueError> {
    match &key.source {
        KeySource::Template(template) => Ok(template.build(&plan.columns, row)?.map(|key| key.len() as u64)),
        KeySource::Attribute(position) => {
            let Some(attribute) = plan.attributes.get(*position) else { return Ok(None) };
            let ty = &plan.columns[attribute.column].ty;
            let value = codec::encode(ty, attribute.ty, &row[attribute.column])?;
            Ok(value.map(|value| match value {
                AttributeValue::S(text) | AttributeValue::N(text) => text.len() as u64,
                AttributeValue::B(bytes) => bytes.len() as u64,
                _ => 0,
            }))
        }
    }
}
