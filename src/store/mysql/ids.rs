//! How far AUTO_INCREMENT has come.

use migratable_core::plan::Plan;
use sqlx::Row as _;
use sqlx::mysql::MySqlPool;

use super::classify::classify;
use super::lease::Lease;
use crate::error::{Class, Error, Kind};

/// MySQL 8 answers from a day-old cache unless it is told not to (MySQL 8.0 Reference Manual, "information_schema_stats_expiry").
/// MariaDB has no cache, and passes by comments for MySQL 8.
const UNCACHED: &str = "SET @migratable = 0 /*!80000 , SESSION information_schema_stats_expiry = 0 */";

/// Never the largest id there is: rows may have been deleted, and their ids must not come again.
const NEXT: &str = "SELECT CAST(AUTO_INCREMENT AS UNSIGNED) FROM information_schema.TABLES \
                    WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?";

/// The next number that the table's AUTO_INCREMENT gives.
pub(super) async fn next(pool: &MySqlPool, plan: &Plan) -> Result<u64, Error> {
    let fault = |error| classify(error, &plan.root);
    let mut connection = Lease::new(pool).await.map_err(fault)?;
    let asked = async {
        sqlx::query(UNCACHED).execute(&mut *connection).await?;
        sqlx::query(NEXT).bind(plan.root.as_ref()).fetch_optional(&mut *connection).await
    };
    let found = asked.await;
    connection.end();
    let found = found.map_err(fault)?;
    let next: Option<u64> = match found {
        Some(row) => row.try_get_unchecked(0).map_err(fault)?,
        None => None,
    };
    next.ok_or_else(|| {
        let message = format!("the table {} is not there, or has no AUTO_INCREMENT column", plan.root);
        Error::new(Kind::Store { class: Class::Schema, code: None, message })
    })
}
