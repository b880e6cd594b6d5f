//! What a plan leaves open, to be judged row by row. The rest can't fail, whatever a row that passed its columns' checks
//! holds: that is worked out of the plan once.

use super::KeyRole;
use super::keys::{SHORT, limit, marker_roles, roles};
use crate::dynamodb::{AttributeType, ENTITY_ATTRIBUTE, MAX_ITEM_BYTES};
use crate::key::{KeyPart, KeyTemplate, MAX_PARTITION_BYTES, max_bytes};
use crate::mysql::MySqlType;
use crate::plan::{KeyAttribute, KeySource, Plan};

/// The questions a plan leaves open.
#[derive(Debug)]
pub(crate) struct Open {
    /// Attributes whose type in DynamoDB holds less than their column, by position.
    pub(super) attributes: Box<[usize]>,
    /// Key attributes that may be empty, absent, too long, or not to be folded: of the table, then of its indexes.
    pub(super) keys: Box<[OpenKey]>,
    /// What an item's size is made of; `None` where none can be too large.
    pub(super) size: Option<OpenSize>,
}

/// A key attribute that may not fit.
#[derive(Debug)]
pub(super) struct OpenKey {
    /// What a failure calls it.
    pub(super) path: String,
    pub(super) role: KeyRole,
    pub(super) key: KeyAttribute,
    /// Only an index's key may be absent.
    pub(super) required: bool,
}

/// How large an item can be.
#[derive(Debug)]
pub(super) struct OpenSize {
    /// More bytes than all takes that has no length of its own: names, keys, numbers, times.
    pub(super) fixed: u64,
    /// The columns whose values have lengths, once for each of their attributes.
    pub(super) columns: Box<[usize]>,
}

impl Open {
    pub(crate) fn of(plan: &Plan) -> Self {
        let narrower = |position: &usize| {
            let attribute = &plan.attributes[*position];
            let ty = plan.columns.get(attribute.column).map(|column| &column.ty);
            match ty {
                Some(MySqlType::Float { .. } | MySqlType::Double { .. } | MySqlType::Decimal { .. }) => {
                    attribute.ty == AttributeType::N
                }
                _ => attribute.ty == AttributeType::Bool,
            }
        };
        let of_table = 1 + usize::from(plan.sort.is_some());
        let keys = roles(plan).enumerate().filter_map(|(position, (role, key))| {
            let required = position < of_table;
            let fits = match &key.source {
                KeySource::Template(template) => template_fits(plan, template, limit(role), required),
                KeySource::Attribute(position) => attribute_fits(plan, *position, required),
            };
            let path = format!("key {}", key.name);
            (!fits).then(|| OpenKey { path, role, key: key.clone(), required })
        });
        let markers = marker_roles(plan).filter_map(|(role, key, name)| {
            let fits = match &key.source {
                KeySource::Template(template) => template_fits(plan, template, limit(role), false),
                KeySource::Attribute(_) => false,
            };
            let path = format!("unique {name}");
            (!fits).then(|| OpenKey { path, role, key: key.clone(), required: false })
        });
        Self {
            attributes: (0..plan.attributes.len()).filter(narrower).collect(),
            keys: keys.chain(markers).collect(),
            size: (at_most(plan) > MAX_ITEM_BYTES).then(|| OpenSize::of(plan)),
        }
    }
}

impl OpenSize {
    fn of(plan: &Plan) -> Self {
        let attributes = plan.attributes.iter();
        let (columns, short): (Vec<usize>, Vec<usize>) = attributes
            .map(|attribute| attribute.column)
            .partition(|column| plan.columns.get(*column).is_none_or(|column| has_length(&column.ty)));
        let names = plan.attributes.iter().map(|attribute| attribute.name.len() as u64);
        // No key that fits is longer.
        let keys = roles(plan).map(|(_, key)| key.name.len() as u64 + MAX_PARTITION_BYTES);
        let entity = (ENTITY_ATTRIBUTE.len() + plan.entity.len()) as u64;
        let fixed = names.sum::<u64>() + short.len() as u64 * SHORT + keys.sum::<u64>() + entity;
        Self { fixed, columns: columns.into() }
    }
}

/// Whether values of a type are texts, bytes or members: all others are short.
const fn has_length(ty: &MySqlType) -> bool {
    !matches!(
        ty,
        MySqlType::Int { .. }
            | MySqlType::Decimal { .. }
            | MySqlType::Float { .. }
            | MySqlType::Double { .. }
            | MySqlType::Bit { .. }
            | MySqlType::Year
            | MySqlType::Date
            | MySqlType::Time { .. }
            | MySqlType::DateTime { .. }
            | MySqlType::Timestamp { .. }
    )
}

/// Whether every row's key that is an attribute is there and neither empty nor too long.
fn attribute_fits(plan: &Plan, position: usize, required: bool) -> bool {
    let column = plan.attributes.get(position).and_then(|attribute| plan.columns.get(attribute.column));
    column.is_some_and(|column| !(has_length(&column.ty) || required && column.nullable))
}

/// Whether every row's key is there, not empty, and within the limit.
fn template_fits(plan: &Plan, template: &KeyTemplate, limit: u64, required: bool) -> bool {
    let mut most = 0_u64;
    let mut empty = true;
    for part in template.parts.iter() {
        match part {
            KeyPart::Literal(text) => {
                most = most.saturating_add(text.len() as u64);
                empty &= text.is_empty();
            }
            KeyPart::Column { fold: true, .. } | KeyPart::Formatted { .. } => return false,
            KeyPart::Column { column, .. } => {
                let Some(column) = plan.columns.get(*column).filter(|column| !(required && column.nullable))
                else {
                    return false;
                };
                most = most.saturating_add(max_bytes(&column.ty));
            }
        }
    }
    !empty && most <= limit
}

/// More than an item can have, from the types alone.
fn at_most(plan: &Plan) -> u64 {
    let attributes = plan.attributes.iter().map(|attribute| {
        let value = plan.columns.get(attribute.column).map_or(u64::MAX, |column| match &column.ty {
            // A character takes up to four bytes of UTF-8.
            MySqlType::Char { length, .. } | MySqlType::VarChar { length, .. } => u64::from(*length) * 4,
            MySqlType::Text { size, .. } => size.max_bytes() * 4,
            MySqlType::Binary { length } | MySqlType::VarBinary { length } => u64::from(*length),
            MySqlType::Blob { size } => size.max_bytes(),
            MySqlType::Enum { members, .. } => {
                members.iter().map(|member| member.len() as u64).max().unwrap_or(0)
            }
            MySqlType::Set { members, .. } => members.iter().map(|member| member.len() as u64 + 1).sum(),
            MySqlType::Json => u64::MAX,
            _ => 0,
        });
        value.saturating_add(attribute.name.len() as u64 + SHORT)
    });
    if !plan.maps.is_empty() || !plan.derived.is_empty() {
        // Rows of other tables have no bound here.
        return u64::MAX;
    }
    let keys = roles(plan).map(|(role, key)| key.name.len() as u64 + limit(role));
    let entity = plan.entity.len() as u64 + SHORT;
    attributes.chain(keys).fold(entity, u64::saturating_add)
}
