//! Items as views: what the server makes of rows is what becomes of them here.

use std::collections::BTreeMap;

use migratable::mysql::read_rows;
use migratable_core::dynamodb::AttributeValue;
use migratable_core::key::{KeyFormat, KeyPart};
use migratable_core::plan::Plan;
use migratable_core::projection::{Outcome, outcome};
use migratable_core::sql;
use migratable_core::value::Decimal;
use migratable_test_projection::shop::{finished, key, literal, plain};
use migratable_test_projection::{Source, clubs, shop};
use serde_json::{Map, Value as Json};
use sqlx::{AssertSqlSafe, Executor, Row as _};

/// A value of an item as a view shows it: bytes in hex.
fn shown(value: &AttributeValue) -> Json {
    let hex = |bytes: &[u8]| Json::from(bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    match value {
        AttributeValue::S(text) => text.as_str().into(),
        AttributeValue::N(digits) => serde_json::from_str(digits).expect("a number"),
        AttributeValue::B(bytes) => hex(bytes),
        AttributeValue::Bool(flag) => (*flag).into(),
        AttributeValue::Null => Json::Null,
        AttributeValue::Ss(texts) => texts.iter().map(String::as_str).collect(),
        AttributeValue::L(values) => values.iter().map(shown).collect(),
        AttributeValue::M(values) => Json::Object(
            values.iter().map(|(name, value)| (name.clone(), shown(value))).collect::<Map<_, _>>(),
        ),
        AttributeValue::Ns(_) | AttributeValue::Bs(_) => panic!("no item here has one"),
    }
}

/// What a view shows of an attribute, as the item's kind of value.
fn read(like: &AttributeValue, text: &str) -> Json {
    fn without_nulls(value: Json) -> Json {
        match value {
            Json::Object(members) => {
                let members = members.into_iter().filter(|(_, value)| !value.is_null());
                Json::Object(members.map(|(name, value)| (name, without_nulls(value))).collect())
            }
            Json::Array(values) => values.into_iter().map(without_nulls).collect(),
            // MySQL keeps zeros behind the point.
            Json::Number(number) => read(&AttributeValue::N(String::new()), &number.to_string()),
            other => other,
        }
    }
    match like {
        AttributeValue::S(_) | AttributeValue::B(_) => text.into(),
        AttributeValue::N(_) => {
            serde_json::from_str(&Decimal::parse(text).expect("a number").normalized()).expect("JSON")
        }
        AttributeValue::Ss(_) => {
            let texts: Vec<String> = serde_json::from_str(text).expect("texts");
            let texts: std::collections::BTreeSet<String> = texts.into_iter().collect();
            texts.into_iter().collect()
        }
        _ => without_nulls(serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))),
    }
}

/// Makes the view of a plan, in a session of another time zone, and holds each of its rows against the row's item. Gives how
/// many there were, and what the view leaves out.
async fn agree(source: &Source, plan: &Plan) -> anyhow::Result<(usize, Vec<String>)> {
    let view = sql::view(plan, "items of `it`");
    let mut session = source.pool.acquire().await?;
    session.execute("SET time_zone = '-03:00'").await?;
    session.execute(AssertSqlSafe(view.sql.clone())).await?;
    let names: Vec<&str> = plan
        .places()
        .names()
        .filter(|name| view.left_out.iter().all(|left| left.attribute != *name))
        .collect();
    let columns: Vec<String> =
        names.iter().map(|name| format!("CAST({} AS CHAR)", sql::quote(name))).collect();
    let select = format!("SELECT {} FROM {}", columns.join(", "), sql::quote("items of `it`"));
    let mut seen: Vec<BTreeMap<&str, String>> = Vec::new();
    for row in session.fetch_all(AssertSqlSafe(select)).await? {
        let mut item = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            if let Some(text) = row.try_get_unchecked::<Option<String>, _>(at)? {
                item.insert(*name, text);
            }
        }
        seen.push(item);
    }
    session.execute("SET time_zone = '+00:00'").await?;
    let rows = read_rows(&mut *session, plan, &sql::all(plan)).await?;
    assert_eq!(seen.len(), rows.len());
    for row in &rows {
        let Outcome::Item(item) = outcome(plan, row)? else { panic!("it is left out: {row:?}") };
        let id = &item["id"];
        let found = seen.iter().find(|seen| seen.get("id").is_some_and(|text| read(id, text) == shown(id)));
        let found = found.unwrap_or_else(|| panic!("no row of {id:?}"));
        for name in &names {
            let (value, text) = (item.get(*name), found.get(name));
            match (value, text) {
                (Some(value), Some(text)) => assert_eq!(read(value, text), shown(value), "{name} of {id:?}"),
                (None, None) => {}
                // An empty set is an absent attribute.
                (None, Some(text)) if text == "[]" => {}
                _ => panic!("{name} of {id:?}: {value:?} is shown as {text:?}\n{}", view.sql),
            }
        }
    }
    Ok((rows.len(), view.left_out.iter().map(|left| left.attribute.to_string()).collect()))
}

const MORE: &str = "
DELETE FROM products WHERE id = 12;
INSERT INTO orders VALUES (-7, 2, 'Q', '2024-12-31 20:00:00', NULL), (103, 1, 'S', '1970-01-01 00:00:01', NULL);
INSERT INTO order_items VALUES (9, -7, 10, 70, -0.50, X'7E'), (10, -7, 11, 3, 12345678.90, NULL);
INSERT INTO products VALUES (14, 'A \"q\" \\\\ #$x', 9, 1, NULL, 0.00);
INSERT INTO product_tags (product_id, tag, n) VALUES (14, 'a\"b\\\\', 30), (14, 'Größe', 31);
";

#[tokio::test(flavor = "multi_thread")]
async fn a_view_shows_what_rows_become() -> anyhow::Result<()> {
    let none: [String; 0] = [];
    let source = Source::start(shop::SCHEMA, &format!("{}{MORE}", shop::ROWS)).await?;
    assert_eq!(agree(&source, &shop::order()).await?, (4, none.to_vec()));
    assert_eq!(agree(&source, &shop::product()).await?, (3, none.to_vec()));
    let source = Source::start(clubs::SCHEMA, clubs::ROWS).await?;
    let mut club = clubs::plan();
    // The rows are told apart by their numbers.
    let id = club.attributes.iter().position(|attribute| attribute.name == "club_id").expect("an attribute");
    club.attributes.to_mut()[id].name = "id".into();
    assert_eq!(agree(&source, &club).await?, (2, none.to_vec()));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_worked_out_where_the_server_can() -> anyhow::Result<()> {
    let source = Source::start(shop::SCHEMA, &format!("{}{MORE}", shop::ROWS)).await?;
    let mut orders = shop::order();
    let month = KeyPart::Formatted { column: 2, format: KeyFormat::Time("%Y-%m-%dT%H %%".into()) };
    let padded = KeyPart::Formatted { column: 0, format: KeyFormat::Padded(14) };
    orders.partition = key("PK", vec![literal("O'\\#"), month, literal("#"), padded, literal("#"), plain(1)]);
    orders.sort = Some(key("SK", vec![plain(2), literal("#"), plain(4), literal("#"), plain(0)]));
    let orders = finished(orders);
    assert_eq!(agree(&source, &orders).await?, (4, vec![]));
    let mut products = shop::product();
    products.partition = key("PK", vec![KeyPart::Formatted { column: 0, format: KeyFormat::Shard(4) }]);
    products.sort = Some(key("SK", vec![plain(1), literal("#"), plain(0)]));
    assert_eq!(agree(&source, &finished(products.clone())).await?, (3, vec!["PK".to_owned()]));
    // What is left out is said.
    products.partition = key("PK", vec![KeyPart::Column { column: 1, fold: true }]);
    products.derived.to_mut()[0].name = "NAME".into();
    products.derived.to_mut()[1].name = "n".repeat(65).into();
    let left = agree(&source, &finished(products)).await?;
    assert_eq!(left, (3, vec!["PK".to_owned(), "NAME".to_owned(), "n".repeat(65)]));
    Ok(())
}
