//! MySQL by hand: the statements that repositories run, with the driver alone.

use anyhow::Context;
use migratable::types::{DateTime, Utc};
use shop::{Order, OrderLine};
use sqlx::mysql::{MySqlConnection, MySqlPool, MySqlRow};
use sqlx::{Connection as _, Row as _};

const COLUMNS: &str = "SELECT t0.`id`, t0.`user_id`, t0.`status`, CAST(t0.`total_amount` AS CHAR), t0.`currency`, \
                       t0.`note`, CAST(t0.`placed_at` AS CHAR) FROM `orders` AS t0 WHERE ";

/// The statements, put together once.
pub(crate) struct ByHand {
    pub(crate) pool: MySqlPool,
    by_id: String,
    of_user: String,
}

impl ByHand {
    pub(crate) fn new(pool: MySqlPool) -> Self {
        let by_id = format!("{COLUMNS}t0.`id` = ? LIMIT 2");
        let of_user = format!("{COLUMNS}t0.`user_id` = ? ORDER BY t0.`id` LIMIT ?");
        Self { pool, by_id, of_user }
    }

    pub(crate) async fn by_id(&self, order_id: u64) -> anyhow::Result<Option<Order>> {
        let query = sqlx::query(sqlx::AssertSqlSafe(self.by_id.clone())).bind(order_id);
        query.fetch_optional(&self.pool).await?.as_ref().map(order).transpose()
    }

    /// A page, and whether there are more.
    pub(crate) async fn of_user(&self, user_id: u32, size: u32) -> anyhow::Result<(Vec<Order>, bool)> {
        let query = sqlx::query(sqlx::AssertSqlSafe(self.of_user.clone())).bind(user_id).bind(size + 1);
        let rows = query.fetch_all(&self.pool).await?;
        let more = rows.len() > size as usize;
        let orders = rows.iter().take(size as usize).map(order).collect::<anyhow::Result<_>>()?;
        Ok((orders, more))
    }

    pub(crate) async fn put(&self, order: &Order) -> anyhow::Result<()> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = connection.begin().await?;
        put_order(&mut transaction, order).await?;
        Ok(transaction.commit().await?)
    }

    /// One piece more in stock, an order, a line of it.
    pub(crate) async fn unit(&self, order: &Order, line: &OrderLine) -> anyhow::Result<()> {
        let mut connection = self.pool.acquire().await?;
        let mut transaction = connection.begin().await?;
        let stock: i32 =
            sqlx::query_scalar("SELECT t0.`stock` FROM `products` AS t0 WHERE t0.`id` = ? FOR UPDATE")
                .bind(line.product_id)
                .fetch_one(&mut *transaction)
                .await?;
        sqlx::query("UPDATE `products` SET `stock` = ? WHERE `id` = ?")
            .bind(stock.checked_add(1).context("too many pieces")?)
            .bind(line.product_id)
            .execute(&mut *transaction)
            .await?;
        put_order(&mut transaction, order).await?;
        put_line(&mut transaction, line).await?;
        Ok(transaction.commit().await?)
    }
}

fn order(row: &MySqlRow) -> anyhow::Result<Order> {
    let placed_at: String = row.try_get(6)?;
    Ok(Order {
        order_id: row.try_get(0)?,
        user_id: row.try_get(1)?,
        status: row.try_get(2)?,
        total_amount: row.try_get::<&str, _>(3)?.parse()?,
        currency: row.try_get(4)?,
        note: row.try_get(5)?,
        placed_at: moment(&placed_at)?,
    })
}

fn moment(text: &str) -> anyhow::Result<DateTime<Utc>> {
    let moment = migratable::types::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f")?;
    Ok(moment.and_utc())
}

fn text(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%d %H:%M:%S%.3f").to_string()
}

async fn put_order(connection: &mut MySqlConnection, order: &Order) -> anyhow::Result<()> {
    let found = sqlx::query("SELECT 1 FROM `orders` AS t0 WHERE t0.`id` = ? FOR UPDATE")
        .bind(order.order_id)
        .fetch_optional(&mut *connection)
        .await?;
    let query = if found.is_some() {
        sqlx::query(
            "UPDATE `orders` AS t0 SET `user_id` = ?, `status` = ?, `total_amount` = ?, `currency` = ?, `note` = ?, \
             `placed_at` = ? WHERE t0.`id` = ?",
        )
    } else {
        sqlx::query(
            "INSERT INTO `orders` (`user_id`, `status`, `total_amount`, `currency`, `note`, `placed_at`, `id`) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
    };
    query
        .bind(order.user_id)
        .bind(&order.status)
        .bind(order.total_amount.to_string())
        .bind(&order.currency)
        .bind(&order.note)
        .bind(text(order.placed_at))
        .bind(order.order_id)
        .execute(connection)
        .await?;
    Ok(())
}

async fn put_line(connection: &mut MySqlConnection, line: &OrderLine) -> anyhow::Result<()> {
    let found = sqlx::query(
        "SELECT 1 FROM `order_lines` AS t0 WHERE t0.`order_id` = ? AND t0.`line_no` = ? FOR UPDATE",
    )
    .bind(line.order_id)
    .bind(line.line_no)
    .fetch_optional(&mut *connection)
    .await?;
    let query = if found.is_some() {
        sqlx::query(
            "UPDATE `order_lines` AS t0 SET `product_id` = ?, `quantity` = ?, `price_at_time` = ? \
             WHERE t0.`order_id` = ? AND t0.`line_no` = ?",
        )
    } else {
        sqlx::query(
            "INSERT INTO `order_lines` (`product_id`, `quantity`, `price_at_time`, `order_id`, `line_no`) \
             VALUES (?, ?, ?, ?, ?)",
        )
    };
    query
        .bind(line.product_id)
        .bind(line.quantity)
        .bind(line.price_at_time.to_string())
        .bind(line.order_id)
        .bind(line.line_no)
        .execute(connection)
        .await?;
    Ok(())
}
