//! On the embedded engine: made, as the contract says; and what was made otherwise, said.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType,
    Projection, ProjectionType, ScalarAttributeType, TimeToLiveSpecification,
};
use insta::assert_snapshot;
use migratable_engine::tables::{
    Change, Engine, Feature, Kind, Patience, Plan, Verdict, WantedTable, create, describe,
};
use migratable_test_engines::DynamoDb;

use crate::setup::{CONTRACT, contract, render, wanted};

const PATIENCE: Patience = Patience { limit: Duration::from_secs(60) };

fn engine(dynamodb: &DynamoDb) -> Engine {
    Engine { client: dynamodb.client(), place: dynamodb.endpoint().to_owned() }
}

async fn plan(engine: &Engine, tables: &[WantedTable]) -> Plan {
    Plan::of(&describe(engine, tables).await.unwrap())
}

async fn names(client: &Client) -> Vec<String> {
    client.list_tables().send().await.unwrap().table_names.unwrap_or_default()
}

#[tokio::test]
async fn what_is_made_is_what_the_contract_says() {
    let dynamodb = DynamoDb::start().unwrap();
    if dynamodb.is_own() {
        return;
    }
    // The embedded engine has no backups at all; what it lacks is said, not passed over.
    make(&dynamodb, &[Feature::PointInTimeRecovery]).await;
}

#[tokio::test]
async fn what_is_made_on_the_second_engine_lacks_nothing() {
    let dynamodb = DynamoDb::second().unwrap();
    make(&dynamodb, &[]).await;
    let backups = dynamodb.client().describe_continuous_backups().table_name("Loans").send().await.unwrap();
    let backups = backups.continuous_backups_description.unwrap();
    let recovery = backups.point_in_time_recovery_description.unwrap().point_in_time_recovery_status.unwrap();
    assert_eq!(recovery.as_str(), "ENABLED");
}

/// Makes all tables, and asks again.
async fn make(dynamodb: &DynamoDb, lacking: &[Feature]) {
    let (engine, tables) = (engine(dynamodb), wanted());

    let before = plan(&engine, &tables).await;
    assert!(before.tables.iter().all(|table| matches!(table.verdict, Verdict::Missing(_))), "{before:?}");
    assert_eq!(names(&engine.client).await, [""; 0], "a plan makes nothing");

    let created = create(&engine, &tables, PATIENCE).await.unwrap();
    assert_eq!(created.made, ["Loans", "Words"]);
    assert_eq!(created.before, before);
    assert_eq!(created.after.differences(), []);
    assert_eq!(created.after.tables[0].lacking, lacking);
    assert_eq!(created.after.tables[1].lacking, []);

    let again = create(&engine, &tables, PATIENCE).await.unwrap();
    assert_eq!(again.made, [""; 0]);
    assert_eq!(again.before, created.after);
}

/// What the engine holds, asked without this crate's reading of it.
#[tokio::test]
async fn the_engine_holds_what_was_asked_for() {
    let dynamodb = DynamoDb::start().unwrap();
    if dynamodb.is_own() {
        return;
    }
    let engine = engine(&dynamodb);
    create(&engine, &wanted(), PATIENCE).await.unwrap();

    let table = engine.client.describe_table().table_name("Loans").send().await.unwrap().table.unwrap();
    assert_eq!(table.deletion_protection_enabled, Some(true));
    let stream = table.stream_specification.unwrap();
    assert_eq!(stream.stream_view_type.unwrap().as_str(), "NEW_AND_OLD_IMAGES");
    assert_eq!(table.provisioned_throughput.unwrap().read_capacity_units, Some(10));
    let mut indexes = table.global_secondary_indexes.unwrap().into_iter();
    let index = indexes.find(|index| index.index_name() == Some("ByPlace")).unwrap();
    let keys: Vec<_> = index.key_schema().iter().map(|key| key.attribute_name()).collect();
    assert_eq!(keys, ["city", "year", "member", "loan"]);
    assert_eq!(index.provisioned_throughput.unwrap().write_capacity_units, Some(5));
    let ttl = engine.client.describe_time_to_live().table_name("Loans").send().await.unwrap();
    assert_eq!(ttl.time_to_live_description.unwrap().attribute_name.as_deref(), Some("gone_at"));
    let words = engine.client.describe_table().table_name("Words").send().await.unwrap().table.unwrap();
    assert_eq!(words.deletion_protection_enabled, Some(false));

    let number = |number: &str| AttributeValue::N(number.to_owned());
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let item = [
        ("PK", text("LOAN#1")),
        ("SK", text("LOAN")),
        ("city", text("Ulm")),
        ("year", number("2024")),
        ("member", number("7")),
        ("loan", number("1")),
        ("note", text("torn")),
        ("_entity", text("Loan")),
    ];
    let item = item.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    engine.client.put_item().table_name("Loans").set_item(Some(item)).send().await.unwrap();
    let found = engine.client.query().table_name("Loans").index_name("ByPlace");
    let found = found
        .key_condition_expression("city = :city AND #year = :year")
        .expression_attribute_names("#year", "year")
        .expression_attribute_values(":city", text("Ulm"))
        .expression_attribute_values(":year", number("2024"));
    assert_eq!(found.send().await.unwrap().items()[0]["note"], text("torn"));
}

fn key(name: &str, ty: KeyType) -> KeySchemaElement {
    KeySchemaElement::builder().attribute_name(name).key_type(ty).build().unwrap()
}

fn attribute(name: &str) -> AttributeDefinition {
    AttributeDefinition::builder()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S)
        .build()
        .unwrap()
}

fn hash_only(name: &str, attribute: &str) -> GlobalSecondaryIndex {
    let projection = Projection::builder().projection_type(ProjectionType::All).build();
    GlobalSecondaryIndex::builder()
        .index_name(name)
        .key_schema(key(attribute, KeyType::Hash))
        .projection(projection)
        .build()
        .unwrap()
}

/// A table as a person makes one by hand: text keys, an index of one attribute, no settings.
pub(crate) async fn by_hand(
    client: &Client,
    name: &str,
    keys: (&str, Option<&str>),
    index: Option<(&str, &str)>,
) {
    let keyed = std::iter::once(keys.0).chain(keys.1).chain(index.map(|(_, attribute)| attribute));
    let schema =
        std::iter::once(key(keys.0, KeyType::Hash)).chain(keys.1.map(|sort| key(sort, KeyType::Range)));
    client
        .create_table()
        .table_name(name)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(keyed.map(attribute).collect()))
        .set_key_schema(Some(schema.collect()))
        .set_global_secondary_indexes(index.map(|(name, attribute)| vec![hash_only(name, attribute)]))
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_table_that_differs_is_an_error_with_all_differences_and_nothing_is_made() {
    let dynamodb = DynamoDb::start().unwrap();
    if dynamodb.is_own() {
        return;
    }
    let engine = engine(&dynamodb);
    by_hand(&engine.client, "Loans", ("pk", Some("SK")), Some(("ByMember", "member"))).await;
    let expiry = TimeToLiveSpecification::builder().enabled(true).attribute_name("expires").build().unwrap();
    let request = engine.client.update_time_to_live().table_name("Loans").time_to_live_specification(expiry);
    request.send().await.unwrap();

    let created = create(&engine, &wanted(), PATIENCE).await.unwrap();
    assert!(created.before.is_blocked());
    assert_eq!(created.made, [""; 0]);
    assert_eq!(names(&engine.client).await, ["Loans"], "Words isn't made either");
    let loans: Vec<_> =
        created.before.differences().into_iter().filter(|difference| difference.table == "Loans").collect();
    assert_snapshot!("made_by_hand", render(&loans));
    let changes: Vec<_> = loans.iter().map(|difference| difference.kind.change()).collect();
    assert!(changes.contains(&Change::NewTable) && changes.contains(&Change::InPlace), "{changes:?}");
}

/// A script that makes tables beside the contract makes others, and what is tested on them shows nothing: other names, in
/// lower case, indexes without sort keys, one index less. Compared with the contract, each of that is a difference.
#[tokio::test]
async fn tables_of_another_script_are_told_from_the_contracts() {
    const SHOP: &str = include_str!("../../../examples/shop/contract.yaml");
    let dynamodb = DynamoDb::start().unwrap();
    if dynamodb.is_own() {
        return;
    }
    let (engine, (tables, _)) = (engine(&dynamodb), contract(SHOP));
    for name in ["test_users", "orders", "categories"] {
        by_hand(&engine.client, name, ("PK", Some("SK")), None).await;
    }
    by_hand(&engine.client, "Products", ("PK", Some("SK")), Some(("ByCategoryId", "ByCategoryIdPK"))).await;

    let differences = plan(&engine, &tables).await.differences();
    let of = |table: &str| -> Vec<&Kind> {
        differences.iter().filter(|one| one.table == table).map(|one| &one.kind).collect()
    };
    for table in ["Users", "Orders", "Categories"] {
        assert_eq!(of(table), [&Kind::Missing], "a table of another name, or letter case, is another table");
    }
    let products = of("Products");
    let has = |wanted: fn(&Kind) -> bool| products.iter().any(|kind| wanted(kind));
    assert!(
        has(|kind| matches!(kind, Kind::IndexKey { index, .. } if index == "ByCategoryId")),
        "{products:?}"
    );
    assert!(has(|kind| matches!(kind, Kind::IndexMissing(index) if index.name == "BySku")), "{products:?}");

    for name in names(&engine.client).await {
        engine.client.delete_table().table_name(name).send().await.unwrap();
    }
    // What this crate's tests run on is made by the same request.
    create(&engine, &tables, PATIENCE).await.unwrap();
    assert_eq!(plan(&engine, &tables).await.differences(), []);
}

/// What one of them finds there already is what it would have made.
#[tokio::test]
async fn two_at_once_end_with_one_set_of_tables() {
    let dynamodb = DynamoDb::start().unwrap();
    if dynamodb.is_own() {
        return;
    }
    let (engine, tables) = (engine(&dynamodb), contract(CONTRACT).0);
    let (one, two) = tokio::join!(create(&engine, &tables, PATIENCE), create(&engine, &tables, PATIENCE));
    for created in [one.unwrap(), two.unwrap()] {
        assert_eq!(created.after.differences(), []);
    }
}
