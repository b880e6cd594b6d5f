//! What a plan leaves open, to be judged row by row. The rest can't fail, whatever a row that passed its columns' checks
//! holds: that is worked out of the plan once.

use super::keys::{SHORT, limit, roles};
use crate::dynamodb::{AttributeType, MAX_ITEM_BYTES};
use crate::key::{KeyPart, KeyTemplate, max_bytes};
use crate::mysql::MySqlType;
use crate::plan::{KeySource, Plan};

/// The questions a plan leaves open.
#[derive(Debug)]
pub(crate) struct Open {
    /// Attributes whose type in DynamoDB holds less than their column, by position.
    pub(super) attributes: Box<[usize]>,
    /// Key attributes that may be empty, absent, too long, or not to be folded, by position among all keys.
    pub(super) keys: Box<[usize]>,
    /// Whether an item can be too large.
    pub(super) size: bool,
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
        let keys = roles(plan).enumerate().filter(|(position, (role, key))| match &key.source {
            KeySource::Template(template) => {
                !template_fits(plan, template, limit(*role), *position < of_table)
            }
            KeySource::Attribute(_) => true,
        });
        Self {
            attributes: (0..plan.attributes.len()).filter(narrower).collect(),
            keys: keys.map(|(position, _)| position).collect(),
            size: at_most(plan) > MAX_ITEM_BYTES,
        }
    }
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
            KeyPart::Column { fold: true, .. } => return false,
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
    let keys = roles(plan).map(|(role, key)| key.name.len() as u64 + limit(role));
    let entity = plan.entity.len() as u64 + SHORT;
    attributes.chain(keys).fold(entity, u64::saturating_add)
}
