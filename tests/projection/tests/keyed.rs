//! Rows by primary keys, page by page, and all at once: each way gives the same rows, in MySQL's own order.

use migratable::mysql::read_rows;
use migratable_core::collation::Collation;
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{Column, Plan};
use migratable_core::sql::{self, Statement};
use migratable_core::value::{Row, Value};
use migratable_test_projection::shop::{INT, column, decimal, order, plan, product, text_type};
use migratable_test_projection::{Source, clubs, shop};
use sqlx::{Executor, Row as _};

const SCHEMA: &str = "
CREATE TABLE tenants (tenant VARCHAR(10) COLLATE utf8mb4_unicode_ci, n INT, price DECIMAL(6,2), PRIMARY KEY (tenant, n, price));
CREATE TABLE names (name VARCHAR(20) COLLATE utf8mb4_general_ci PRIMARY KEY);
CREATE TABLE bytes (name VARCHAR(20) COLLATE utf8mb4_bin PRIMARY KEY);
CREATE TABLE words (kind ENUM('z','a','m'), tags SET('x','b','c'), y YEAR, PRIMARY KEY (kind, tags, y));
CREATE TABLE moments (at TIMESTAMP(3), d DATE, t TIME(2), PRIMARY KEY (at, d, t));
CREATE TABLE others (bits BIT(9), half FLOAT, raw VARBINARY(4), big BIGINT UNSIGNED, PRIMARY KEY (bits, half, raw, big));
";

const ROWS: &str = "
INSERT INTO tenants VALUES ('b', -2, 1.50), ('B', -1, 1.50), ('á', 0, -9999.99), ('a', 0, 0), ('A', 0, 0.01), ('ab', 7, 1), ('a', -5, 3), ('Z', 2147483647, 9999.99), ('z', -2147483648, 0);
INSERT INTO names VALUES ('bob'), ('Ann'), ('álan'), ('ZED'), ('émile'), ('Eric'), ('_x'), (''), ('0');
INSERT INTO bytes VALUES ('bob'), ('Ann'), ('álan'), ('ZED'), ('bo'), ('bob!'), (''), ('b b');
INSERT INTO words VALUES ('z', '', 1999), ('a', 'x', 2024), ('m', 'b', 0), ('m', 'x,c', 1901), ('a', 'c', 2155), ('z', 'x,b,c', 2000), ('a', 'x,b', 0);
INSERT INTO moments VALUES ('2024-01-01 00:00:00.001', '2024-02-29', '-838:59:59'), ('2024-01-01 00:00:00.001', '2024-02-29', '00:00:00.01'), ('2024-01-01', '1000-01-01', '12:00:00'), ('2023-12-31 23:59:59.999', '9999-12-31', '838:59:59'), ('2024-01-01', '1000-01-01', '-00:00:01');
INSERT INTO others VALUES (b'0', 0.1, X'', 0), (b'111111111', -1e30, X'00FF', 18446744073709551615), (b'1', 0.1, X'FF', 1), (b'1', 0.1, X'FE', 9223372036854775808), (b'1', 0.3, X'61', 1);
";

/// A plan of a table that has nothing but its key.
fn keys_of(root: &'static str, columns: Vec<Column>) -> Plan {
    let count = columns.len();
    let mut found = plan("Thing", root, vec![], columns, count);
    found.primary_key = (0..count).collect::<Vec<_>>().into();
    found
}

fn tables() -> Vec<Plan> {
    let text = |collation| column(0, "name", text_type(20, collation), false);
    let collation = Collation::constant("utf8mb4_uca1400_ai_ci");
    let members = |members: [&'static str; 3]| -> Vec<migratable_core::Text> {
        members.into_iter().map(Into::into).collect()
    };
    let kind = MySqlType::Enum { members: members(["z", "a", "m"]).into(), collation: collation.clone() };
    let tags = MySqlType::Set { members: members(["x", "b", "c"]).into(), collation };
    let big = MySqlType::Int { size: migratable_core::mysql::IntSize::Big, unsigned: true, display: None };
    vec![
        keys_of(
            "tenants",
            vec![
                column(0, "tenant", text_type(10, "utf8mb4_unicode_ci"), false),
                column(0, "n", INT, false),
                column(0, "price", decimal(6, 2), false),
            ],
        ),
        keys_of("names", vec![text("utf8mb4_general_ci")]),
        keys_of("bytes", vec![text("utf8mb4_bin")]),
        keys_of(
            "words",
            vec![
                column(0, "kind", kind, false),
                column(0, "tags", tags, false),
                column(0, "y", MySqlType::Year, false),
            ],
        ),
        keys_of(
            "moments",
            vec![
                column(0, "at", MySqlType::Timestamp { fsp: 3 }, false),
                column(0, "d", MySqlType::Date, false),
                column(0, "t", MySqlType::Time { fsp: 2 }, false),
            ],
        ),
        keys_of(
            "others",
            vec![
                column(0, "bits", MySqlType::Bit { length: 9 }, false),
                column(0, "half", MySqlType::Float { unsigned: false }, false),
                column(0, "raw", MySqlType::VarBinary { length: 4 }, false),
                column(0, "big", big, false),
            ],
        ),
    ]
}

fn key(plan: &Plan, row: &Row) -> Vec<Value> {
    plan.primary_key.iter().map(|column| row[*column].clone()).collect()
}

/// Every way to the rows of a plan gives the same ones.
async fn agree(source: &Source, plan: &Plan) -> anyhow::Result<usize> {
    let read = async |statement: &Statement| read_rows(&source.pool, plan, statement).await;
    let all = read(&sql::all(plan)).await?;
    let keys: Vec<Vec<Value>> = all.iter().map(|row| key(plan, row)).collect();
    for size in 1..=all.len() + 1 {
        let mut paged: Vec<Row> = Vec::new();
        loop {
            let after = paged.last().map(|row| key(plan, row));
            let page = read(&sql::page(plan, after.as_deref(), size as u64)?).await?;
            let last = page.len() < size;
            paged.extend(page);
            assert!(paged.len() <= all.len(), "{} by pages of {size}", plan.root);
            if last {
                break;
            }
        }
        assert_eq!(paged, all, "{} by pages of {size}", plan.root);
    }
    let mut asked = keys.clone();
    asked.reverse();
    assert_eq!(read(&sql::by_keys(plan, &asked)?).await?, all, "{} by keys", plan.root);
    for (key, row) in keys.iter().zip(&all) {
        let one = read(&sql::by_keys(plan, std::slice::from_ref(key))?).await?;
        assert_eq!(one.iter().collect::<Vec<_>>(), [row]);
    }
    assert_eq!(read(&sql::by_keys(plan, &[])?).await?, [] as [Row; 0]);
    assert!(sql::by_keys(plan, &[vec![]]).is_err());
    assert!(sql::by_keys(plan, &[vec![Value::Null; keys[0].len()]]).is_err());
    assert!(sql::page(plan, Some(&[]), 1).is_err());
    Ok(all.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_every_size_and_keys_give_what_all_gives() -> anyhow::Result<()> {
    let source = Source::start(SCHEMA, ROWS).await?;
    for plan in tables() {
        let counted: i64 =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {}", plan.root)))
                .fetch_one(&source.pool)
                .await?;
        assert_eq!(agree(&source, &plan).await? as i64, counted, "{}", plan.root);
    }
    // The spelling asked for is not the spelling kept.
    let names = &tables()[1];
    let asked = [vec![Value::Text("ANN".to_owned())], vec![Value::Text("alan".to_owned())]];
    let found = read_rows(&source.pool, names, &sql::by_keys(names, &asked)?).await?;
    assert_eq!(found, [[Value::Text("álan".to_owned())], [Value::Text("Ann".to_owned())]]);
    // So many keys that MariaDB reads an IN list as a table.
    let many: Vec<_> =
        (0..2000).map(|n| vec![Value::Text(if n == 7 { "ZeD".into() } else { format!("no {n}") })]).collect();
    let found = read_rows(&source.pool, names, &sql::by_keys(names, &many)?).await?;
    assert_eq!(found, [[Value::Text("ZED".to_owned())]]);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_worked_out_comes_with_every_page() -> anyhow::Result<()> {
    let source = Source::start(shop::SCHEMA, shop::ROWS).await?;
    // Its category stands above itself, which is an error of the row.
    source.pool.execute("DELETE FROM products WHERE id = 12").await?;
    for (plan, rows) in [(order(), 2), (product(), 2)] {
        assert_eq!(agree(&source, &plan).await?, rows, "{}", plan.root);
        for row in read_rows(&source.pool, &plan, &sql::all(&plan)).await? {
            assert_eq!(source.row(&plan, key(&plan, &row)).await?, Some(row));
        }
    }
    let source = Source::start(clubs::SCHEMA, clubs::ROWS).await?;
    assert_eq!(agree(&source, &clubs::plan()).await?, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_reads_its_own_rows_alone() -> anyhow::Result<()> {
    let schema = "CREATE TABLE tenants (tenant VARCHAR(10) COLLATE utf8mb4_unicode_ci, n INT, price DECIMAL(6,2), PRIMARY KEY (tenant, n, price));";
    let rows = "INSERT INTO tenants SELECT IF(seq > 5000, 'b', 'A'), seq, 1.5 FROM seq_1_to_6000; ANALYZE TABLE tenants;";
    let source = Source::start(schema, rows).await?;
    let plan = &tables()[0];
    let after = [
        Value::Text("a".to_owned()),
        Value::Int(4000),
        Value::Decimal(migratable_core::value::Decimal::parse("1.50")?),
    ];
    let statement = sql::page(plan, Some(&after), 10)?;
    let mut session = source.pool.acquire().await?;
    session.execute("FLUSH STATUS").await?;
    let found = read_rows(&mut *session, plan, &statement).await?;
    assert_eq!(found.first().map(|row| row[1].clone()), Some(Value::Int(4001)));
    let status = session.fetch_all("SHOW SESSION STATUS LIKE 'Handler_read%'").await?;
    let mut touched = 0;
    for row in status {
        touched += row.try_get::<String, _>(1)?.parse::<u64>()?;
    }
    assert!(touched < 40, "{touched} rows read for a page of 10");
    Ok(())
}
