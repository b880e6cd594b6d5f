//! Markers of a row: the items that hold its unique keys.

use std::collections::BTreeSet;

use migratable_core::dynamodb::{AttributeValue, ENTITY_ATTRIBUTE, Item, OWNER_ATTRIBUTE};
use migratable_core::plan::Plan;
use migratable_core::projection;
use migratable_core::value::Value;

use super::super::SdkValue;
use super::super::attribute::{self, SdkItem};
use crate::error::Error;

/// A marker, and the unique key it holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marked {
    /// The unique key's name in MySQL.
    pub(super) name: String,
    pub(super) item: Item,
}

/// The markers of a row.
pub(super) fn of_row(plan: &Plan, row: &[Value]) -> Result<Vec<Marked>, Error> {
    let markers = projection::markers(plan, row).map_err(|error| Error::unfit(&error.place, error.source))?;
    let start = plan.entity.len() + 1;
    let named = markers.into_iter().map(|item| {
        let name = match item.get(ENTITY_ATTRIBUTE) {
            Some(AttributeValue::S(name)) => name.get(start..).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        Marked { name, item }
    });
    Ok(named.collect())
}

/// Whether a marker as it is stored is of the item with this key.
pub(super) fn belongs_to(marker: &SdkItem, owner: &Item) -> bool {
    let owner = SdkValue::M(attribute::to_sdk_item(owner.clone()));
    marker.get(OWNER_ATTRIBUTE) == Some(&owner)
}

/// The key of an item of the table.
pub(super) fn key_of(plan: &Plan, item: &Item) -> Item {
    let names = plan.keys(None).map(|key| key.name.as_ref());
    names.filter_map(|name| Some((name.to_owned(), item.get(name)?.clone()))).collect()
}

/// The attributes markers are made of.
pub(super) fn attributes(plan: &Plan) -> BTreeSet<&str> {
    let keys = plan.markers.iter().flat_map(|marker| std::iter::once(&marker.partition).chain(&marker.sort));
    carriers(plan, plan.columns_of(keys)).collect()
}

/// The attributes that carry columns, as they are or in a map.
pub(super) fn carriers(plan: &Plan, columns: impl IntoIterator<Item = usize>) -> impl Iterator<Item = &str> {
    columns.into_iter().filter_map(|column| {
        let own = plan.attributes.iter().find(|attribute| attribute.column == column);
        let holds = |map: &&migratable_core::plan::MapAttribute| {
            map.members.iter().any(|member| member.column == column)
        };
        let map = || plan.maps.iter().find(holds).map(|map| map.name.as_ref());
        own.map(|attribute| attribute.name.as_ref()).or_else(map)
    })
}
