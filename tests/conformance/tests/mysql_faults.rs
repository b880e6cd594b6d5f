//! What goes wrong with MySQL, made to go wrong on a real server: nothing is half done, and the error says what happened and what
//! to do.

use std::time::Duration;

use anyhow::{Context, ensure};
use migratable::types::{DateTime, Decimal, Utc};
use migratable::{Error, Store, UnitOfWork};
use migratable_test_engines::MariaDb;
use shop::{Category, Product, ProductKey, Shop, User, UserKey};
use sqlx::mysql::MySqlPool;
use sqlx::{AssertSqlSafe, Connection as _, MySqlConnection};

/// The shop on a server of its own, with two users and a product.
struct Faulty {
    server: MariaDb,
    pool: MySqlPool,
    shop: Shop,
}

impl Faulty {
    async fn start() -> anyhow::Result<Self> {
        let server = MariaDb::start_private()?;
        server.create_database("shop").await?;
        server.execute_script("shop", include_str!("../../../examples/shop/schema.sql")).await?;
        // What is committed outlives a server that is killed.
        server.execute_script("shop", "SET GLOBAL innodb_flush_log_at_trx_commit = 1").await?;
        let options = migratable::mysql::pool_options().acquire_timeout(Duration::from_secs(2));
        let pool = options.connect(&server.url("shop")).await?;
        let shop = Shop::new(Store::mysql(pool.clone()).await?);
        let category = Category { category_id: 1, parent_id: None, name: "all".into(), position: 0 };
        shop.unit_of_work()
            .insert(&user(1)?)
            .insert(&user(2)?)
            .insert(&category)
            .insert(&product()?)
            .commit()
            .await?;
        Ok(Self { server, pool, shop })
    }

    /// A session of somebody else.
    async fn other(&self) -> anyhow::Result<MySqlConnection> {
        Ok(MySqlConnection::connect(&self.server.url("shop")).await?)
    }

    /// A change of a user, then one of the product.
    fn unit(&self) -> UnitOfWork<'_> {
        self.shop
            .unit_of_work()
            .change(UserKey { user_id: 1 }, |user| user.loyalty_tier.add(1))
            .change(ProductKey { product_id: 7 }, |product| product.stock.subtract(1))
    }

    /// How often the unit was done: of the user, and of the product.
    async fn done(&self) -> anyhow::Result<(i64, i64)> {
        let user = self.shop.users().by_id(1).await?.context("the user")?;
        let product = self.shop.products().by_id(7).await?.context("the product")?;
        Ok((i64::from(user.loyalty_tier), i64::from(8 - product.stock)))
    }

    /// The session whose statement is in a state, once there is one.
    async fn session(&self, state: &str) -> anyhow::Result<u64> {
        let mut other = self.other().await?;
        for _ in 0..500 {
            let sql = "SELECT CAST(id AS UNSIGNED) FROM information_schema.processlist WHERE state = ? AND id <> CONNECTION_ID()";
            let found: Option<u64> = sqlx::query_scalar(sql).bind(state).fetch_optional(&mut other).await?;
            if let Some(id) = found {
                return Ok(id);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("no session is in the state {state:?}")
    }

    /// Waits until somebody waits for a row's lock.
    async fn somebody_waits(&self) -> anyhow::Result<()> {
        let mut other = self.other().await?;
        for _ in 0..200 {
            let waiting = "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
            let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(&mut other).await?;
            if waiting > 0 {
                return Ok(());
            }
            // The server looks again only once nobody has asked for a tenth of a second.
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
        anyhow::bail!("nobody waits for a lock")
    }
}

fn user(user_id: u32) -> anyhow::Result<User> {
    let at: DateTime<Utc> = "2026-01-01T00:00:00Z".parse()?;
    Ok(User {
        user_id,
        email: format!("{user_id}@example.com"),
        username: format!("u{user_id}"),
        phone: None,
        first_name: None,
        last_name: None,
        display_name: None,
        is_seller: false,
        loyalty_tier: 0,
        interests: Vec::new(),
        preferences: None,
        avatar: None,
        born_on: None,
        created_at: at,
        updated_at: at,
    })
}

fn product() -> anyhow::Result<Product> {
    Ok(Product {
        product_id: 7,
        sku: "KB-100".to_owned(),
        category_id: 1,
        seller_id: 1,
        editor_id: None,
        name: "Keyboard".to_owned(),
        description: None,
        price: Decimal::new(999, 2),
        stock: 8,
        weight_kg: None,
        score: 0.5,
        density: None,
        flags: 0,
        model_year: None,
        prep_time: None,
        available_at: None,
        created_at: "2026-01-01T00:00:00".parse()?,
    })
}

async fn run(connection: &mut MySqlConnection, sql: &str) -> anyhow::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop).with_context(|| sql.to_owned())
}

/// The unit has the user and waits for the product, whoever has the product asks for the user: InnoDB ends the one that has
/// done less, which is the unit. `other` commits then.
async fn deadlock(other: &mut MySqlConnection, faulty: &Faulty) -> anyhow::Result<()> {
    faulty.somebody_waits().await?;
    run(other, "UPDATE users SET phone = '1' WHERE id = 1").await?;
    run(other, "COMMIT").await
}

/// Has the product, and has done much.
const MUCH: &str = "BEGIN; UPDATE products SET score = 1 WHERE id = 7; \
                    INSERT INTO categories (id, name, position) \
                    VALUES (2, 'a', 0), (3, 'b', 0), (4, 'c', 0), (5, 'd', 0), (6, 'e', 0), (7, 'f', 0)";

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_a_deadlock_ended_is_done_again_and_once() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    let mut other = faulty.other().await?;
    run(&mut other, MUCH).await?;
    let (outcome, ended) = tokio::join!(faulty.unit().commit(), deadlock(&mut other, &faulty));
    ended?;
    outcome?;
    assert_eq!(faulty.done().await?, (1, 1));
    let phone = faulty.shop.users().by_id(1).await?.context("the user")?.phone;
    assert_eq!(phone.as_deref(), Some("1"), "the other's change is there, too");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_callers_transaction_a_deadlock_is_an_error_that_can_be_tried_again() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    let mut other = faulty.other().await?;
    run(&mut other, MUCH).await?;
    let mut transaction = faulty.pool.begin().await?;
    let unit = faulty.unit();
    let (outcome, ended) = tokio::join!(unit.commit_in(&mut transaction), deadlock(&mut other, &faulty));
    ended.with_context(|| format!("{outcome:?}"))?;
    let error = outcome.expect_err("a deadlock");
    transaction.rollback().await?;
    assert!(error.is_retryable() && !error.is_uncertain(), "{error}");
    assert_eq!((error.code(), error.change()), (Some("MySQL 1213"), Some(1)), "{error}");
    assert_eq!(faulty.done().await?, (0, 0));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_waited_too_long_for_a_lock_is_not_done() -> anyhow::Result<()> {
    let mut faulty = Faulty::start().await?;
    // Seconds, and the least there is; for sessions that begin from now on.
    faulty.server.execute_script("shop", "SET GLOBAL innodb_lock_wait_timeout = 1").await?;
    let pool = migratable::mysql::connect(&faulty.server.url("shop")).await?;
    faulty.shop = Shop::new(Store::mysql(pool).await?);
    let mut other = faulty.other().await?;
    run(&mut other, "BEGIN; SELECT 1 FROM products WHERE id = 7 FOR UPDATE").await?;
    let error = faulty.unit().commit().await.expect_err("the product is locked");
    assert!(error.is_retryable() && !error.is_uncertain(), "{error}");
    assert_eq!((error.code(), error.change()), (Some("MySQL 1205"), Some(1)), "{error}");
    assert!(error.to_string().contains("Product") && error.to_string().contains("try again"), "{error}");
    // What it had done already is undone, also for who comes next on its connection.
    run(&mut other, "ROLLBACK").await?;
    assert_eq!(faulty.done().await?, (0, 0));
    faulty.unit().commit().await?;
    assert_eq!(faulty.done().await?, (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_loses_its_connection_between_statements_is_not_done() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    let mut other = faulty.other().await?;
    run(&mut other, "BEGIN; SELECT 1 FROM products WHERE id = 7 FOR UPDATE").await?;
    let kill = async {
        faulty.somebody_waits().await?;
        let mut killer = faulty.other().await?;
        let waiting = "SELECT CAST(trx_mysql_thread_id AS UNSIGNED) FROM information_schema.innodb_trx \
                       WHERE trx_state = 'LOCK WAIT'";
        let id: u64 = sqlx::query_scalar(waiting).fetch_one(&mut killer).await?;
        run(&mut killer, &format!("KILL CONNECTION {id}")).await
    };
    let (outcome, killed) = tokio::join!(faulty.unit().commit(), kill);
    killed?;
    let error = outcome.expect_err("the connection is gone");
    assert!(error.is_retryable() && !error.is_uncertain(), "{error}");
    run(&mut other, "ROLLBACK").await?;
    assert_eq!(faulty.done().await?, (0, 0));
    faulty.unit().commit().await?;
    assert_eq!(faulty.done().await?, (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_loses_its_connection_while_it_commits_is_uncertain() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    let mut other = faulty.other().await?;
    // Statements run; whoever commits has to wait.
    for stage in ["START", "FLUSH", "BLOCK_DDL", "BLOCK_COMMIT"] {
        run(&mut other, &format!("BACKUP STAGE {stage}")).await?;
    }
    let kill = async {
        let id = faulty.session("Waiting for backup lock").await?;
        let mut killer = faulty.other().await?;
        run(&mut killer, &format!("KILL CONNECTION {id}")).await
    };
    let (outcome, killed) = tokio::join!(faulty.unit().commit(), kill);
    killed?;
    let error = outcome.expect_err("the connection is gone");
    assert!(error.is_uncertain() && !error.is_retryable(), "{error}");
    run(&mut other, "BACKUP STAGE END").await?;
    let done = faulty.done().await?;
    assert!(matches!(done, (0, 0) | (1, 1)), "half of it: {done:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_outlives_its_server() -> anyhow::Result<()> {
    let mut faulty = Faulty::start().await?;
    faulty.unit().commit().await?;
    faulty.server.kill()?;
    for error in [
        faulty.shop.users().by_id(1).await.err().context("nobody is there")?,
        faulty.unit().commit().await.err().context("nobody is there")?,
        Store::mysql(faulty.pool.clone()).await.err().context("nobody is there")?,
    ] {
        assert!(error.is_retryable() && !error.is_uncertain(), "{error}");
    }
    faulty.server.run_again()?;
    // Connections that died with the server are not handed out.
    assert_eq!(faulty.done().await?, (1, 1));
    faulty.unit().commit().await?;
    assert_eq!(faulty.done().await?, (2, 2));
    Ok(())
}

/// The errors of a read and of a unit.
async fn errors(faulty: &Faulty) -> anyhow::Result<[Error; 2]> {
    let read = faulty.shop.products().by_id(7).await.err().context("the read went well")?;
    let unit = faulty.unit().commit().await.err().context("the unit went well")?;
    for error in [&read, &unit] {
        let text = error.to_string();
        ensure!(text.contains("Product") && text.contains("products"), "{text}");
    }
    Ok([read, unit])
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_of_another_shape_is_named() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    faulty.server.execute_script("shop", "ALTER TABLE products RENAME COLUMN stock TO amount").await?;
    for error in errors(&faulty).await? {
        assert!(error.is_schema_mismatch(), "{error}");
        assert!(error.to_string().contains("stock"), "{error}");
        assert!(error.to_string().contains("compare the table with the contract"), "{error}");
    }
    // A column that the contract doesn't know is none of its business, as long as it can do without.
    faulty
        .server
        .execute_script(
            "shop",
            "ALTER TABLE products RENAME COLUMN amount TO stock; ALTER TABLE products ADD extra INT NULL",
        )
        .await?;
    faulty.unit().commit().await?;
    assert_eq!(faulty.done().await?, (1, 1));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_that_the_contract_doesnt_know_and_has_to_have_a_value_is_named() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    faulty
        .server
        .execute_script(
            "shop",
            "ALTER TABLE users ADD tenant INT NOT NULL; ALTER TABLE users ALTER tenant DROP DEFAULT",
        )
        .await?;
    let error = faulty.shop.unit_of_work().insert(&user(3)?).commit().await.expect_err("no tenant");
    assert!(error.is_invalid() && error.to_string().contains("tenant"), "{error}");
    assert_eq!(faulty.shop.users().by_id(3).await?, None);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_not_there_is_named() -> anyhow::Result<()> {
    let faulty = Faulty::start().await?;
    faulty.server.execute_script("shop", "SET FOREIGN_KEY_CHECKS = 0; DROP TABLE products").await?;
    for error in errors(&faulty).await? {
        assert!(error.is_missing_table(), "{error}");
        assert!(error.to_string().contains("create the table"), "{error}");
    }
    assert_eq!(
        faulty.shop.users().by_id(1).await?.context("the user")?.loyalty_tier,
        0,
        "half of it was done"
    );
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_let_in_is_told_so_without_the_password() -> anyhow::Result<()> {
    const SECRET: &str = "open-sesame";
    let faulty = Faulty::start().await?;
    faulty.server.execute_script("shop", "CREATE USER app@localhost IDENTIFIED BY 'x'").await?;
    let address = faulty.server.server_url().rsplit('@').next().context("a URL")?.to_owned();
    let unused = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut cases = vec![
        (format!("mysql://app:{SECRET}@{address}/shop"), "check the credentials"),
        (format!("mysql://app:{SECRET}@{unused}/shop"), "try again"),
        (faulty.server.url("nowhere"), "point the store at the right database"),
        (format!("app:{SECRET}@{address}/shop"), "it looks like mysql://"),
    ];
    for (url, next) in cases.drain(..) {
        let error =
            migratable::mysql::connect(&url).await.err().with_context(|| format!("{next}: let in"))?;
        let texts =
            format!("{error} {error:?} {:?}", std::error::Error::source(&error).map(ToString::to_string));
        assert!(texts.contains(next), "{texts}");
        assert!(!texts.contains(SECRET), "{texts}");
    }
    Ok(())
}
