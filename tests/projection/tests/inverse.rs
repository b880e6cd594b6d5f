//! From an item's key back to its row: whatever form the key has, the row found is the one that has it now.

use migratable::mysql::read_rows;
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::key::{KeyFormat, KeyPart};
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{Given, Inverse, KeyAttribute, Marker, NoInverse, Plan};
use migratable_core::projection;
use migratable_core::sql;
use migratable_core::value::{Row, Value};
use migratable_test_projection::shop::{
    INT, ROWS, SCHEMA, column, finished, join, key, literal, plain, plan, text_type,
};
use migratable_test_projection::{Source, clubs, shop};

const USERS: &str = "INSERT INTO users VALUES (3, 'Zoë@example.com', 'ann', ''), (4, 'zoe+#$%@example.com', 'Ánn', 'x'), (-5, 'bob ', 'Ann ', NULL);";

fn fold(column: usize) -> KeyPart {
    KeyPart::Column { column, fold: true }
}

const fn formatted(column: usize, format: KeyFormat) -> KeyPart {
    KeyPart::Formatted { column, format }
}

/// Users, with a key of these parts.
fn users(parts: Vec<KeyPart>, sort: Option<Vec<KeyPart>>) -> Plan {
    let columns = vec![
        column(0, "id", INT, false),
        column(0, "email", text_type(60, "utf8mb4_unicode_ci"), true),
        column(0, "first_name", text_type(20, "utf8mb4_uca1400_ai_ci"), true),
    ];
    let mut found = plan("User", "users", vec![], columns, 3);
    found.partition = key("PK", parts);
    found.sort = sort.map(|parts| key("SK", parts));
    finished(found)
}

/// Orders, with their users' columns.
fn orders(parts: Vec<KeyPart>, sort: Option<Vec<KeyPart>>, when_null: Option<&'static str>) -> Plan {
    let mut email = column(1, "email", text_type(60, "utf8mb4_unicode_ci"), true);
    email.when_null = when_null.map(Into::into);
    let columns = vec![
        column(0, "id", INT, false),
        column(0, "created_at", MySqlType::Timestamp { fsp: 0 }, false),
        email,
    ];
    let mut found = plan("Order", "orders", vec![join("users", 0, "user_id")], columns, 2);
    found.partition = key("PK", parts);
    found.sort = sort.map(|parts| key("SK", parts));
    finished(found)
}

async fn candidates(source: &Source, plan: &Plan, inverse: &Inverse, key: &Item) -> anyhow::Result<Vec<Row>> {
    let statement = sql::by_item_key(plan, inverse, key)?;
    Ok(read_rows(&source.pool, plan, &statement).await?)
}

/// Every row whose key can be built is found by it, alone. Gives how many there are.
async fn found_by_their_keys(source: &Source, plan: &Plan) -> anyhow::Result<usize> {
    let inverse = plan.inverse()?;
    let mut found = 0;
    for row in read_rows(&source.pool, plan, &sql::all(plan)).await? {
        // NULL is in no key.
        let Ok(key) = projection::key(plan, &row) else { continue };
        let rows = candidates(source, plan, &inverse, &key).await?;
        // Each of these keys says enough for no other row to be looked at.
        assert_eq!(rows.len(), 1, "{key:?}");
        assert_eq!(inverse.having(plan, &key, rows)?, [row], "{key:?}");
        found += 1;
    }
    Ok(found)
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_found_by_their_items_keys() -> anyhow::Result<()> {
    let source = Source::start(SCHEMA, &format!("{ROWS}{USERS}DELETE FROM products WHERE id = 12;")).await?;
    assert_eq!(found_by_their_keys(&source, &shop::order()).await?, 2);
    assert_eq!(found_by_their_keys(&source, &shop::product()).await?, 2);
    // By collation; what was folded is what the index holds equal.
    assert_eq!(found_by_their_keys(&source, &users(vec![literal("U#"), fold(1)], None)).await?, 4);
    // By bytes: `Ann`, `ann`, `Ánn` and `Ann ` are four keys, and one name to MySQL.
    assert_eq!(found_by_their_keys(&source, &users(vec![literal("N#"), plain(2)], None)).await?, 5);
    let padded = users(vec![literal("T")], Some(vec![formatted(0, KeyFormat::Padded(12))]));
    assert_eq!(found_by_their_keys(&source, &padded).await?, 5);
    let month = || formatted(1, KeyFormat::Time("%Y-%m".into()));
    let by_month =
        orders(vec![month(), literal("#"), formatted(0, KeyFormat::Shard(8))], Some(vec![plain(0)]), None);
    assert_eq!(found_by_their_keys(&source, &by_month).await?, 3);
    // Joined, and with something that stands for NULL.
    let joined = || Some(vec![literal("E#"), plain(2)]);
    assert_eq!(found_by_their_keys(&source, &orders(vec![plain(0)], joined(), None)).await?, 2);
    assert_eq!(found_by_their_keys(&source, &orders(vec![plain(0)], joined(), Some("nobody"))).await?, 3);
    let source = Source::start(clubs::SCHEMA, clubs::ROWS).await?;
    assert_eq!(found_by_their_keys(&source, &clubs::plan()).await?, 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_has_another_key_by_now_is_not_the_one() -> anyhow::Result<()> {
    let source = Source::start(SCHEMA, &format!("{ROWS}{USERS}")).await?;
    let by_month = orders(vec![formatted(1, KeyFormat::Time("%Y-%m".into()))], Some(vec![plain(0)]), None);
    let item = |partition: &str, sort: &str| -> Item {
        [("PK", partition), ("SK", sort)]
            .into_iter()
            .map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned())))
            .collect()
    };
    let inverse = by_month.inverse()?;
    for (month, having) in [("2024-02", 1), ("2024-03", 0)] {
        let key = item(month, "0000000100");
        let rows = candidates(&source, &by_month, &inverse, &key).await?;
        assert_eq!(rows.len(), 1);
        assert_eq!(inverse.having(&by_month, &key, rows)?.len(), having, "{month}");
    }
    // Whose parts don't agree is nobody's key.
    let sharded = orders(vec![formatted(0, KeyFormat::Shard(8))], Some(vec![plain(0)]), None);
    let row = vec![Value::Int(100), Value::Null, Value::Null];
    let mut key = Item::new();
    for attribute in sharded.keys(None) {
        let value = projection::key_value(&sharded, attribute, &row)?.expect("no NULL");
        key.insert(attribute.name.to_string(), value);
    }
    let inverse = sharded.inverse()?;
    assert_eq!(candidates(&source, &sharded, &inverse, &key).await?.len(), 1);
    let AttributeValue::S(shard) = &key["PK"] else { panic!("a text") };
    let other = if shard == "0" { "1" } else { "0" };
    assert!(sql::by_item_key(&sharded, &inverse, &item(other, "0000000100")).is_err());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marker_leads_to_the_row_that_holds_the_unique_key() -> anyhow::Result<()> {
    let source = Source::start(SCHEMA, &format!("{ROWS}{USERS}")).await?;
    let mut plan = users(vec![literal("U#"), plain(0)], None);
    let marker =
        Marker { name: "email".into(), partition: key("PK", vec![literal("EMAIL#"), fold(1)]), sort: None };
    plan.markers = vec![marker].into();
    let inverse = plan.marker_inverse(&plan.markers[0])?;
    assert_eq!(inverse.given, [Given { column: 1, exact: false }]);
    let mut holders = 0;
    for row in read_rows(&source.pool, &plan, &sql::all(&plan)).await? {
        for marker in projection::markers(&plan, &row)? {
            let rows = candidates(&source, &plan, &inverse, &marker).await?;
            assert!(inverse.having(&plan, &marker, rows)?.iter().eq([&row]), "{marker:?}");
            holders += 1;
        }
    }
    assert_eq!(holders, 4);
    Ok(())
}

#[test]
fn what_a_key_gives_back_and_by_which_ways_rows_are_found() {
    let ways = |plan: &Plan| -> Vec<String> {
        let step =
            |step: &migratable_core::plan::Lookup| format!("{}({})", step.table, step.columns.join(","));
        let inverse = plan.inverse().expect("an inverse");
        inverse.ways.iter().map(|way| way.iter().map(step).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(ways(&users(vec![fold(1)], Some(vec![plain(0)]))), ["users(email,id)"]);
    assert_eq!(ways(&orders(vec![plain(2)], None, None)), ["users(email) orders(user_id)"]);
    assert_eq!(ways(&orders(vec![plain(2)], Some(vec![plain(0)]), Some("x"))), ["orders(id)"]);
    assert_eq!(orders(vec![plain(2)], None, Some("x")).inverse(), Err(NoInverse::StandsForNull));
    let month = formatted(1, KeyFormat::Time("%Y".into()));
    let sort = Some(vec![formatted(0, KeyFormat::Shard(4))]);
    assert_eq!(orders(vec![literal("T"), month], sort, None).inverse(), Err(NoInverse::Nothing));
    // A column that stands twice is given as it is, if it stands so once.
    let twice = users(vec![fold(1)], Some(vec![plain(1)])).inverse().expect("an inverse");
    assert_eq!(twice.given, [Given { column: 1, exact: true }]);
    let names = |keys: &[KeyAttribute]| keys.iter().map(|key| key.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&twice.keys), ["PK", "SK"]);
}
