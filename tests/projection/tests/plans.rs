//! Plans built by hand: every kind of value that no column is, on a real server.

use migratable_core::check::{Expr, Op};
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyFormat, KeyPart};
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{Filter, Marker};
use migratable_core::projection;
use migratable_core::value::Value;
use migratable_test_engines::{DynamoDb, create_tables};
use migratable_test_projection::shop::{
    INT, ROWS, SCHEMA, apply, column, finished, key, literal, order, plan, product, text_type,
};
use migratable_test_projection::{Source, item_json};
use serde_json::{Value as Json, json};

async fn source() -> anyhow::Result<Source> {
    Source::start(SCHEMA, ROWS).await
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_are_what_their_rows_mean() -> anyhow::Result<()> {
    let source = source().await?;
    let plan = order();
    let whole = source.item(&plan, vec![Value::Int(100)]).await?;
    assert_eq!(
        whole,
        json!({
            "PK": {"S": "T#0000000100"}, "id": {"N": "100"}, "status": {"S": "P"}, "created_at": {"S": "2024-02-29T22:30:00Z"},
            "seller_email": {"S": "Ann@Example.com"},
            "customer": {"M": {"first": {"S": "Ann"}, "last": {"S": "Lee"}}},
            "lines": {"L": [
                {"M": {"product": {"S": "Pan"}, "quantity": {"N": "2"}, "price": {"N": "19.9"}, "note": {"B": [0, 59, 44, 126]}}},
                {"M": {"product": {"S": "Lid"}, "quantity": {"N": "2"}, "price": {"N": "5"}, "note": {"B": []}}},
                {"M": {"quantity": {"N": "1"}}},
            ]},
            "first_two": {"L": [{"M": {"quantity": {"N": "2"}}}, {"M": {"quantity": {"N": "1"}}}]},
            "by_line": {"M": {"0000000001": {"M": {"quantity": {"N": "2"}}}, "0000000003": {"M": {"quantity": {"N": "2"}}}}},
            "count": {"N": "3"}, "total": {"N": "49.8"}, "average": {"N": "12.45"}, "most": {"N": "2"}, "least": {"N": "10"},
            // Seven years after a 29th of February is the 28th.
            "expires_at": {"N": "1930084200"}, "next_day": {"S": "2024-03-01T22:30:00Z"},
            "label": {"S": "Ann Lee 00100"}, "month": {"S": "2024-02 22:30"}, "state": {"S": "Pending"},
        })
    );
    let empty = source.item(&plan, vec![Value::Int(101)]).await?;
    assert_eq!(
        empty,
        json!({
            "PK": {"S": "T#0000000101"}, "id": {"N": "101"}, "status": {"S": "S"}, "created_at": {"S": "2023-12-31T23:59:59Z"},
            "seller_email": {"S": "nobody"}, "customer": {"M": {}},
            "lines": {"L": []}, "first_two": {"L": []}, "by_line": {"M": {}},
            "count": {"N": "0"}, "total": {"N": "0"},
            "expires_at": {"N": "1924991999"}, "next_day": {"S": "2024-01-01T23:59:59Z"},
            "month": {"S": "2023-12 23:59"}, "state": {"S": "Shipped 101"},
        })
    );
    // A row that is left out is none for who asks.
    assert_eq!(source.item(&plan, vec![Value::Int(102)]).await?, Json::Null);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn products_know_their_way_up_and_two_collections_multiply_nothing() -> anyhow::Result<()> {
    let source = source().await?;
    let plan = product();
    assert_eq!(
        source.item(&plan, vec![Value::Int(10)]).await?,
        json!({
            "PK": {"S": "T#0000000010"}, "id": {"N": "10"}, "name": {"S": "Pan"},
            "seller_first_name": {"S": "Ann"}, "tester_first_name": {"S": "Bo"},
            "category_path": {"S": "Home > Kitchen > Pans"}, "category_level": {"N": "2"},
            "tags": {"L": [{"S": "steel"}, {"S": "a;b,c)~"}, {"S": "steel"}]},
            "tag_set": {"SS": ["a;b,c)~", "steel"]},
            "reviews": {"L": [
                {"M": {"stars": {"N": "5"}, "written": {"S": "2024-01-02T10:00:00.000Z"}}},
                {"M": {"stars": {"N": "5"}, "written": {"S": "2024-01-01T10:00:00.500Z"}}},
                {"M": {"stars": {"N": "4"}, "written": {"S": "2024-01-04T10:00:00.000Z"}}},
            ]},
        })
    );
    assert_eq!(
        source.item(&plan, vec![Value::Int(11)]).await?,
        json!({
            "PK": {"S": "T#0000000011"}, "id": {"N": "11"}, "name": {"S": "Lid"}, "seller_first_name": {"S": "Bo"},
            "tags": {"L": []}, "reviews": {"L": []},
        })
    );
    let circle = source.item(&plan, vec![Value::Int(12)]).await.expect_err("its category is above itself");
    assert!(format!("{circle:#}").contains("category_path"), "{circle:#}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_mysql_says_dynamodb_holds_and_gives_back() -> anyhow::Result<()> {
    let source = source().await?;
    let engine = DynamoDb::start()?;
    let table = migratable_core::plan::Table {
        name: "Things".into(),
        partition: ("PK".into(), AttributeType::S),
        sort: None,
        indexes: vec![].into(),
    };
    create_tables(&engine.client(), &[table]).await?;
    let dynamodb = migratable::Store::dynamodb(engine.client());
    for (plan, keys) in [(order(), [100, 101]), (product(), [10, 11])] {
        for key in keys {
            let key = vec![Value::Int(key)];
            let row = source.row(&plan, key.clone()).await?.expect("a row");
            dynamodb.put(&plan, row.clone()).await?;
            let mut expected = row.clone();
            // A set has no order of its own.
            assert_eq!(
                dynamodb.get(&plan, &plan.patterns[0], key).await?,
                Some(std::mem::take(&mut expected))
            );
        }
    }
    // Written again, a computed value is worked out again, whatever the row held.
    let plan = order();
    let mut row = source.row(&plan, vec![Value::Int(101)]).await?.expect("a row");
    let state = plan.columns.len() + 12;
    row[state] = Value::Text("made up".to_owned());
    dynamodb.put(&plan, row).await?;
    let back = dynamodb.get(&plan, &plan.patterns[0], vec![Value::Int(101)]).await?.expect("a row");
    assert_eq!(back[state], Value::Text("Shipped 101".to_owned()));
    // A row that is to be no item is not written.
    let mut left_out = source.row(&plan, vec![Value::Int(101)]).await?.expect("a row");
    left_out[3] = left_out[2].clone();
    let Value::Timestamp(moment) = left_out[2] else { panic!("a timestamp") };
    left_out[3] = Value::DateTime(moment);
    let error = dynamodb.put(&plan, left_out).await.expect_err("the row is deleted");
    assert!(format!("{error:#?}").contains("where"), "{error:#?}");
    Ok(())
}

#[test]
fn markers_hold_unique_keys_and_tombstones_have_keys_alone() {
    let email = text_type(60, "utf8mb4_unicode_ci");
    let columns = vec![column(0, "id", INT, false), column(0, "email", email, true)];
    let mut plan = plan("User", "users", vec![], columns, 2);
    plan.markers = vec![Marker {
        name: "email".into(),
        partition: key("PK", vec![literal("EMAIL#"), KeyPart::Column { column: 1, fold: true }]),
        sort: None,
    }]
    .into();
    plan.filter = Some(Filter {
        expression: "id > 0".into(),
        rule: apply(Op::Greater, vec![Expr::Column(0), Expr::Number { digits: 0, scale: 0 }]),
        tombstones: true,
    });
    let plan = finished(plan);
    let row = |id: i64, email: Option<&str>| {
        vec![Value::Int(id), email.map_or(Value::Null, |email| Value::Text(email.to_owned()))]
    };
    let markers = |row: &[Value]| -> Vec<Json> {
        projection::markers(&plan, row).expect("keys").iter().map(item_json).collect()
    };
    let owner = json!({"M": {"PK": {"S": "T#0000000001"}}});
    let one = markers(&row(1, Some("Ann@Example.com")));
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["_owner"], owner);
    // Another spelling of the same address has the same marker; NULL has none.
    assert_eq!(one, markers(&row(1, Some("ann@example.COM"))));
    assert_ne!(one[0]["PK"], markers(&row(1, Some("bo@example.com")))[0]["PK"]);
    assert_eq!(markers(&row(1, None)), [] as [Json; 0]);
    let tombstone = projection::outcome(&plan, &row(-1, None)).expect("a key");
    let projection::Outcome::Tombstone(key) = tombstone else { panic!("{tombstone:?}") };
    assert_eq!(item_json(&key), json!({"PK": {"S": "T#-9999999998"}}));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_can_have_forms_of_their_own() -> anyhow::Result<()> {
    let source = source().await?;
    let mut plan = plan(
        "Order",
        "orders",
        vec![],
        vec![column(0, "id", INT, false), column(0, "created_at", MySqlType::Timestamp { fsp: 0 }, false)],
        2,
    );
    let formatted = |column, format| KeyPart::Formatted { column, format };
    plan.partition = key(
        "PK",
        vec![formatted(1, KeyFormat::Time("%Y-%m".into())), literal("#"), formatted(0, KeyFormat::Shard(8))],
    );
    plan.sort = Some(key("SK", vec![formatted(0, KeyFormat::Padded(12))]));
    let plan = finished(plan);
    let item = source.item(&plan, vec![Value::Int(100)]).await?;
    assert_eq!(item["SK"], json!({"S": "000000000100"}));
    let partition = item["PK"]["S"].as_str().expect("text");
    assert!(
        partition.starts_with("2024-02#")
            && partition.len() == 9
            && partition.ends_with(|c| ('0'..'8').contains(&c)),
        "{partition}"
    );
    Ok(())
}
