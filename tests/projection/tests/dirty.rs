//! What a write dirties: after any change of one row, every item that is another than before is found by the ways of
//! [`Plan::dirties`], and none of the ways could be left out.

use std::collections::{BTreeMap, BTreeSet};

use migratable::mysql::{read_keys, read_rows};
use migratable_core::plan::{Dirty, Path, Plan};
use migratable_core::projection::outcome;
use migratable_core::sql::{self, Holders, Statement};
use migratable_core::value::Value;
use migratable_test_projection::{Source, clubs, shop};
use sqlx::{AssertSqlSafe, Connection, Executor, MySqlConnection, Row as _};

/// More of everything: chains, siblings, rows that point nowhere, a circle.
const SHOP: &str = "
INSERT INTO users VALUES (3, 'c@example.com', 'Cy', 'X'), (4, 'd@example.com', NULL, NULL);
INSERT INTO categories VALUES (4, 3, 'Deep'), (5, 2, 'Side');
INSERT INTO products VALUES (13, 'Pot', 4, 3, 1, 2.00), (14, 'Cup', 9, 4, 4, 3.00), (15, 'Jar', 5, 2, 3, 4.00), (16, 'Box', 4, 9, 9, 1.00);
INSERT INTO orders VALUES (103, 3, 'P', '2024-01-01 00:00:00', NULL), (104, 9, 'S', '2024-05-01 00:00:00', NULL);
INSERT INTO order_items VALUES (5, 103, 13, 3, 2.00, NULL), (6, 9, 10, 1, 1.00, 'x'), (7, 101, 15, 2, 4.00, 'y');
INSERT INTO reviews VALUES (5, 13, 2, '2024-02-01'), (6, 9, 2, '2024-02-01');
INSERT INTO product_tags (product_id, tag, n) VALUES (13, 'iron', 20), (9, 'lost', 21);
";

const CLUBS: &str = "
INSERT INTO clubs VALUES (4, 2, 'Leaf', NULL, '2012-01-01', 1, NULL), (5, 4, 'Bud', 'x', '2013-01-01', 1, 1.0);
INSERT INTO members VALUES (5, 4, 1, 'Ed', 1, 7), (6, 5, 5, 'Fi', 2, 5);
";

/// Values that columns are set to, in SQL: keys that rows have and keys that none has, and other values.
const VALUES: [&str; 12] =
    ["NULL", "1", "2", "3", "4", "9", "10", "13", "101", "103", "'z'", "'2024-03-03 03:03:03'"];

/// A change of one row: the statement, and how the row is found before and after.
struct Change {
    table: String,
    sql: String,
    before: Option<i64>,
    after: Option<i64>,
}

/// A table: its name, and its columns, the primary key first.
struct Table {
    name: String,
    columns: Vec<String>,
}

async fn tables(session: &mut MySqlConnection) -> anyhow::Result<Vec<Table>> {
    let sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE() \
               ORDER BY table_name, column_key <> 'PRI', ordinal_position";
    let mut tables: Vec<Table> = Vec::new();
    for row in session.fetch_all(sql).await? {
        let (table, column): (String, String) = (row.try_get_unchecked(0)?, row.try_get_unchecked(1)?);
        match tables.last_mut().filter(|known| known.name == table) {
            Some(known) => known.columns.push(column),
            None => tables.push(Table { name: table, columns: vec![column] }),
        }
    }
    Ok(tables)
}

async fn numbers(session: &mut MySqlConnection, sql: String) -> anyhow::Result<Vec<i64>> {
    Ok(sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(session).await?)
}

/// Every change: each row deleted, each column of each row set to each value, and a copy of each row under a new key.
async fn changes(session: &mut MySqlConnection) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for Table { name, columns } in tables(session).await? {
        let key = &columns[0];
        for id in numbers(session, format!("SELECT CAST({key} AS SIGNED) FROM {name}")).await? {
            let at = format!("WHERE {key} = {id}");
            let deleted = Change {
                table: name.clone(),
                sql: format!("DELETE FROM {name} {at}"),
                before: Some(id),
                after: None,
            };
            changes.push(deleted);
            for new in [99, 9, 14] {
                let others = columns[1..].join(", ");
                let sql =
                    format!("INSERT INTO {name} ({key}, {others}) SELECT {new}, {others} FROM {name} {at}");
                changes.push(Change { table: name.clone(), sql, before: None, after: Some(new) });
            }
            for column in &columns {
                for value in VALUES {
                    let sql = format!("UPDATE {name} SET {column} = {value} {at}");
                    let after = if column == key { value.parse().unwrap_or(id) } else { id };
                    changes.push(Change { table: name.clone(), sql, before: Some(id), after: Some(after) });
                }
            }
        }
    }
    Ok(changes)
}

/// The items of a plan, by their rows' keys; what is wrong with a row stands for its item.
type Items = BTreeMap<i64, String>;

async fn items(session: &mut MySqlConnection, plan: &Plan) -> anyhow::Result<Items> {
    let mut items = Items::new();
    for id in numbers(session, format!("SELECT CAST(id AS SIGNED) FROM {}", plan.root)).await? {
        let statement = sql::by_keys(plan, &[vec![Value::Int(id)]])?;
        let item = match read_rows(&mut *session, plan, &statement).await {
            Ok(rows) => rows.iter().map(|row| format!("{:?}", outcome(plan, row))).collect(),
            Err(error) => error.to_string(),
        };
        items.insert(id, item);
    }
    Ok(items)
}

/// A row's columns, as text in hex; NULLs are none.
type Texts = Vec<Option<String>>;

async fn row(session: &mut MySqlConnection, table: &Table, id: Option<i64>) -> anyhow::Result<Option<Texts>> {
    let Some(id) = id else { return Ok(None) };
    let columns: Vec<String> =
        table.columns.iter().map(|column| format!("HEX(CAST({column} AS CHAR))")).collect();
    let sql = format!("SELECT {} FROM {} WHERE {} = {id}", columns.join(", "), table.name, table.columns[0]);
    let Some(row) = session.fetch_optional(AssertSqlSafe(sql)).await? else { return Ok(None) };
    Ok(Some((0..columns.len()).map(|at| row.try_get_unchecked(at)).collect::<Result<_, _>>()?))
}

/// The value of a column that names rows: here they are numbers.
fn link(table: &Table, row: &[Option<String>], column: &str) -> Value {
    let at = table.columns.iter().position(|known| known == column).expect("a column");
    let digits = row[at].as_ref().map(|hex| -> i64 {
        let bytes =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"));
        String::from_utf8(bytes.collect()).expect("text").parse().expect("a number")
    });
    digits.map_or(Value::Null, Value::Int)
}

/// The holders found by one way; none where the way doesn't ask.
async fn found(
    session: &mut MySqlConnection,
    plan: &Plan,
    dirty: &Dirty,
    table: &Table,
    (before, after): (&Option<Texts>, &Option<Texts>),
) -> anyhow::Result<BTreeSet<i64>> {
    if let (Some(before), Some(after)) = (before, after) {
        let changed = |column: &&migratable_core::Text| {
            let at = table.columns.iter().position(|known| known == column.as_ref());
            at.is_some_and(|at| before[at] != after[at])
        };
        if !dirty.columns.iter().any(|column| changed(&column)) {
            return Ok(BTreeSet::new());
        }
    }
    let values = |row: &Texts| dirty.by.iter().map(|column| link(table, row, column)).collect();
    let values: Vec<Vec<Value>> = before.iter().chain(after).map(values).collect();
    let keys = match sql::holders(plan, dirty, &values)? {
        Holders::Keys(keys) => keys,
        Holders::Asked(statement) => read_keys(session, plan, &statement).await?,
    };
    let ids = keys.into_iter().map(|key| match key.as_slice() {
        [Value::Int(id)] => *id,
        other => panic!("{other:?} is no key"),
    });
    Ok(ids.collect())
}

/// Makes so many of all changes, each alone. Gives which ways were the only ones to an item, by entity.
async fn try_changes(
    source: &Source,
    plans: &[Plan],
    one_in: usize,
) -> anyhow::Result<BTreeSet<(String, String)>> {
    let mut session = source.pool.acquire().await?;
    session.execute("SET foreign_key_checks = 0").await?;
    let tables = tables(&mut session).await?;
    let all = changes(&mut session).await?;
    let mut before = Vec::new();
    for plan in plans {
        before.push(items(&mut session, plan).await?);
    }
    let (mut needed, mut changed) = (BTreeSet::new(), 0);
    for change in all.iter().step_by(one_in) {
        let mut session = session.begin().await?;
        let table = tables.iter().find(|table| table.name == change.table).expect("a table");
        let old = row(&mut session, table, change.before).await?;
        // A value that the column doesn't take.
        if session.execute(AssertSqlSafe(change.sql.clone())).await.is_err() {
            continue;
        }
        let new = row(&mut session, table, change.after).await?;
        for (plan, before) in plans.iter().zip(&before) {
            let after = items(&mut session, plan).await?;
            let ids: BTreeSet<i64> = before.keys().chain(after.keys()).copied().collect();
            let differ: BTreeSet<i64> =
                ids.into_iter().filter(|id| before.get(id) != after.get(id)).collect();
            let mut ways = Vec::new();
            for dirty in plan.dirties().iter().filter(|dirty| dirty.table == change.table) {
                ways.push((dirty.path, found(&mut session, plan, dirty, table, (&old, &new)).await?));
            }
            for id in &differ {
                let lead: Vec<Path> =
                    ways.iter().filter(|(_, ids)| ids.contains(id)).map(|(path, _)| *path).collect();
                assert!(
                    !lead.is_empty(),
                    "{}: {} changes {} {id}: {:?} to {:?}",
                    plan.entity,
                    change.sql,
                    plan.root,
                    before.get(id),
                    after.get(id)
                );
                if let [only] = lead[..] {
                    needed.insert((plan.entity.to_string(), format!("{only:?}")));
                }
            }
            changed += differ.len();
        }
        session.rollback().await?;
    }
    assert!(changed > 100, "only {changed} items changed");
    Ok(needed)
}

/// The ways, each of which must have been needed.
fn ways(plans: &[Plan]) -> BTreeSet<(String, String)> {
    let of = |plan: &Plan| {
        let dirties = plan.dirties();
        let entity = plan.entity.to_string();
        dirties
            .into_iter()
            .map(move |dirty| (entity.clone(), format!("{:?}", dirty.path)))
            .collect::<Vec<_>>()
    };
    plans.iter().flat_map(of).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_item_that_changed_is_found_and_no_way_can_be_left_out() -> anyhow::Result<()> {
    let source = Source::start(shop::SCHEMA, &format!("{}{SHOP}", shop::ROWS)).await?;
    let plans = [shop::order(), shop::product()];
    assert_eq!(try_changes(&source, &plans, 3).await?, ways(&plans));
    let source = Source::start(clubs::SCHEMA, &format!("{}{CLUBS}", clubs::ROWS)).await?;
    let plans = [clubs::plan()];
    let mut expected = ways(&plans);
    // A club's parent is above it, so the tree's way finds what the join's finds, too.
    assert!(expected.remove(&("Club".to_owned(), format!("{:?}", Path::Joined { table: 1 }))));
    assert_eq!(try_changes(&source, &plans, 2).await?, expected);
    Ok(())
}

#[test]
fn what_each_way_reads_and_looks_up() {
    let says = |dirty: &Dirty| {
        let way: Vec<String> =
            dirty.way.iter().map(|step| format!("{}({})", step.table, step.columns.join(","))).collect();
        format!("{}[{}] by {}: {}", dirty.table, dirty.columns.join(","), dirty.by.join(","), way.join(" "))
    };
    let of = |plan: &Plan| plan.dirties().iter().map(says).collect::<Vec<_>>();
    assert_eq!(
        of(&shop::order()),
        [
            "orders[id,status,created_at,deleted_at,user_id] by id: ",
            "users[id,email,first_name,last_name] by id: orders(user_id)",
            "order_items[order_id,id,quantity,price,note,product_id] by order_id: orders(id)",
            "products[id,name] by id: order_items(product_id) orders(id)",
        ]
    );
    assert_eq!(
        of(&shop::product()),
        [
            "products[id,name,seller_id,tester_id,category_id] by id: ",
            "users[id,first_name] by id: products(seller_id)",
            "users[id,first_name] by id: products(tester_id)",
            "categories[id] by id: products(category_id)",
            "categories[id,parent_id,name] by id: categories(parent_id) categories(id) products(category_id)",
            "product_tags[product_id,tag,n] by product_id: products(id)",
            "reviews[product_id,stars,written,id] by product_id: products(id)",
        ]
    );
    // What an item keeps as it was has no way.
    let mut kept = shop::order();
    kept.snapshots = vec!["customer".into(), "seller_email".into(), "lines".into()].into();
    assert!(
        of(&kept).iter().any(|way| way.starts_with("users[id,first_name,last_name]")),
        "a text is made of them"
    );
    kept.snapshots.to_mut().push("label".into());
    assert!(!of(&kept).iter().any(|way| way.starts_with("users")));
    assert!(of(&kept).iter().any(|way| way.starts_with("order_items")), "they are counted");
}

#[test]
fn a_null_leads_to_nobody() {
    let plan = shop::order();
    let dirties = plan.dirties();
    let lines = &dirties[2];
    let none = sql::holders(&plan, lines, &[vec![Value::Null]]);
    assert_eq!(none, sql::holders(&plan, lines, &[]));
    assert!(matches!(none, Ok(Holders::Asked(Statement { binds, .. })) if binds.is_empty()));
    assert!(sql::holders(&plan, lines, &[vec![]]).is_err());
}
