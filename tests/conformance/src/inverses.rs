//! Keys of items and markers, asked for the rows that have them.

use anyhow::ensure;
use migratable::mysql::read_rows;
use migratable_core::dynamodb::Item;
use migratable_core::plan::{Inverse, Plan};
use migratable_core::projection;
use migratable_core::sql;
use migratable_core::value::Row;
use sqlx::MySqlPool;

/// Finds each row by its item's key, and by its markers' keys. Gives how many were found.
pub(crate) async fn ask(source: &MySqlPool, plan: &Plan, rows: &[Row]) -> anyhow::Result<usize> {
    let mut found = 0;
    let inverses = std::iter::once(plan.inverse());
    let markers = plan.markers.iter().map(|marker| plan.marker_inverse(marker));
    for inverse in inverses.chain(markers).filter_map(Result::ok) {
        for row in rows {
            let Some(key) = key_of(plan, &inverse, row)? else { continue };
            let statement = sql::by_item_key(plan, &inverse, &key)?;
            let having = inverse.having(plan, &key, read_rows(source, plan, &statement).await?)?;
            ensure!(having.iter().eq([row]), "{key:?} leads to {having:?}\nit is of {row:?}");
            found += 1;
        }
    }
    Ok(found)
}

/// The key that a row has; none where a column of it is NULL.
fn key_of(plan: &Plan, inverse: &Inverse, row: &Row) -> anyhow::Result<Option<Item>> {
    let mut key = Item::new();
    for attribute in &inverse.keys {
        let Some(value) = projection::key_value(plan, attribute, row)? else { return Ok(None) };
        key.insert(attribute.name.to_string(), value);
    }
    Ok(Some(key))
}
