//! What the product leans on in DynamoDB, asked of both engines here; and where an engine answers otherwise than the
//! documentation of DynamoDB says, by name. The documentation is right, whatever an engine does; a difference that is no longer
//! there turns this red, so that none is kept for nothing.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnConsumedCapacity, ReturnValue,
    ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use migratable_core::dynamodb::AttributeType;
use migratable_core::plan::{Table, TableIndex};
use migratable_test_engines::{DynamoDb, create_tables};

const EMBEDDED: &str = "the embedded engine (dynoxide-rs 3.2.0)";
const SECOND: &str = "the second engine (ministack 1.5.33)";

/// Something that DynamoDB's documentation says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    NumbersOf38Digits,
    NumbersOf39Digits,
    NumbersLoseTrailingZeros,
    AddIsExact,
    EmptyKey,
    KeyOf2048Bytes,
    KeyOf2049Bytes,
    SortKeyOf1025Bytes,
    ItemOf400Kilobytes,
    ItemOverThat,
    TransactionOf100,
    TransactionOf101,
    TransactionTwiceOnOneItem,
    CanceledTransactionSaysWhichAndWhatStood,
    TokenAgain,
    TokenOfAnother,
    FailedConditionGivesTheItem,
    SeveralAttributesInAnIndexKey,
    ItemWithoutIndexKeyIsNotInIt,
    WrongTypeOfIndexKey,
    WriteUnits,
    TransactionWriteUnits,
    PointInTimeRecovery,
}

use Rule::*;

/// What the documentation says, as [`ask`] puts it.
const RULES: [(Rule, &str); 23] = [
    // "Supported data types": up to 38 digits of precision; leading and trailing zeroes are trimmed.
    (NumbersOf38Digits, "12345678901234567890123456789012345678"),
    (NumbersOf39Digits, "ValidationException"),
    (NumbersLoseTrailingZeros, "1.5"),
    (AddIsExact, "99999999999999999999999999999999999999"),
    // "Constraints": key values are not empty; 1 to 2048 bytes of partition key, 1 to 1024 of sort key.
    (EmptyKey, "ValidationException"),
    (KeyOf2048Bytes, "ok"),
    (KeyOf2049Bytes, "ValidationException"),
    (SortKeyOf1025Bytes, "ValidationException"),
    // "Constraints": an item has at most 400 KB, names included.
    (ItemOf400Kilobytes, "ok"),
    (ItemOverThat, "ValidationException"),
    // TransactWriteItems: up to 100 actions, no two on one item; a reason for each; a token counts for ten minutes.
    (TransactionOf100, "ok"),
    (TransactionOf101, "ValidationException"),
    (TransactionTwiceOnOneItem, "ValidationException"),
    (CanceledTransactionSaysWhichAndWhatStood, "None, ConditionalCheckFailed with n=1"),
    (TokenAgain, "n=2"),
    (TokenOfAnother, "IdempotentParameterMismatchException"),
    (FailedConditionGivesTheItem, "n=1"),
    // "Multi-attribute keys pattern"; sparse indexes; the type of an index key is that of its definition.
    (SeveralAttributesInAnIndexKey, "2 of 3, in order 1 2"),
    (ItemWithoutIndexKeyIsNotInIt, "0"),
    (WrongTypeOfIndexKey, "ValidationException"),
    // "Read and write operations": a unit for each KB begun, two in a transaction.
    (WriteUnits, "2"),
    (TransactionWriteUnits, "4"),
    (PointInTimeRecovery, "DISABLED"),
];

/// An engine that answers otherwise, what it answers, and what of the product that leaves untested on it.
const DIFFERENCES: [(&str, Rule, &str, &str); 2] = [
    (
        EMBEDDED,
        PointInTimeRecovery,
        "UnknownOperationException",
        "point-in-time recovery is turned on by `migratable tables create` on the second engine alone",
    ),
    (
        SECOND,
        AddIsExact,
        "100000000000000000000000000000000000000",
        "numbers that are added to where they are have all their digits on the embedded engine alone",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn engines_are_dynamodb_but_for_what_is_listed() -> anyhow::Result<()> {
    let mut wrong = Vec::new();
    for (name, engine) in [(EMBEDDED, DynamoDb::embedded()?), (SECOND, DynamoDb::second()?)] {
        let client = engine.client();
        create_tables(&client, &[table()]).await?;
        for (rule, documented) in RULES {
            let listed = DIFFERENCES.iter().find(|(engine, about, ..)| *engine == name && *about == rule);
            let expected = listed.map_or(documented, |(_, _, answer, _)| answer);
            assert!(listed.is_none() || expected != documented, "{rule:?} is no difference of {name}");
            let answer = ask(&client, rule).await.unwrap_or_else(|error| error);
            if answer != expected {
                wrong.push(format!("{name}: {rule:?} gives {answer}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// What an engine answers, or the error's name.
async fn ask(client: &Client, rule: Rule) -> Result<String, String> {
    let ok = "ok".to_owned();
    // Each rule has items of its own.
    let name = format!("{rule:?}");
    let item = |n: &str| [("PK", s(&name)), ("SK", s("1")), ("n", number(n))];
    match rule {
        NumbersOf38Digits => stored(client, &item("12345678901234567890123456789012345678")).await,
        NumbersOf39Digits => stored(client, &item("123456789012345678901234567890123456789")).await,
        NumbersLoseTrailingZeros => stored(client, &item("01.50")).await,
        AddIsExact => {
            put(client, &item("99999999999999999999999999999999999998")).await?;
            let update = client.update_item().table_name(TABLE).key("PK", s(&name)).key("SK", s("1"));
            let update =
                update.update_expression("ADD n :one").expression_attribute_values(":one", number("1"));
            let done = update.return_values(ReturnValue::AllNew).send().await.map_err(code)?;
            Ok(n_of(done.attributes.as_ref()))
        }
        EmptyKey => put(client, &[("PK", s("")), ("SK", s("1"))]).await.map(|()| ok),
        KeyOf2048Bytes => put(client, &[("PK", s(&"k".repeat(2048))), ("SK", s("1"))]).await.map(|()| ok),
        KeyOf2049Bytes => put(client, &[("PK", s(&"k".repeat(2049))), ("SK", s("1"))]).await.map(|()| ok),
        SortKeyOf1025Bytes => {
            put(client, &[("PK", s(&name)), ("SK", s(&"k".repeat(1025)))]).await.map(|()| ok)
        }
        ItemOf400Kilobytes => put(client, &large(&name, 409_600)).await.map(|()| ok),
        ItemOverThat => put(client, &large(&name, 409_601)).await.map(|()| ok),
        TransactionOf100 => transact(client, puts(&name, 100), None).await.map(|()| ok),
        TransactionOf101 => transact(client, puts(&name, 101), None).await.map(|()| ok),
        TransactionTwiceOnOneItem => {
            let twice = [puts(&name, 1), puts(&name, 1)].concat();
            transact(client, twice, None).await.map(|()| ok)
        }
        CanceledTransactionSaysWhichAndWhatStood => canceled(client, &name).await,
        TokenAgain => {
            put(client, &item("1")).await?;
            transact(client, vec![add_one(&name)], Some("a-token-that-is-sent-twice")).await?;
            transact(client, vec![add_one(&name)], Some("a-token-that-is-sent-twice")).await?;
            Ok(format!("n={}", get_n(client, &name).await?))
        }
        TokenOfAnother => {
            transact(client, puts(&name, 1), Some("a-token-of-something-else")).await?;
            transact(client, puts(&name, 2), Some("a-token-of-something-else")).await.map(|()| ok)
        }
        FailedConditionGivesTheItem => {
            put(client, &item("1")).await?;
            let request = put_request(client, &item("2")).condition_expression("attribute_not_exists(PK)");
            let old = ReturnValuesOnConditionCheckFailure::AllOld;
            let error =
                request.return_values_on_condition_check_failure(old).send().await.err().ok_or("no error")?;
            let error = error.into_service_error();
            let aws_sdk_dynamodb::operation::put_item::PutItemError::ConditionalCheckFailedException(failed) =
                error
            else {
                return Err(format!("{error:?}"));
            };
            Ok(format!("n={}", n_of(failed.item())))
        }
        SeveralAttributesInAnIndexKey => several(client, &name).await,
        ItemWithoutIndexKeyIsNotInIt => {
            put(client, &[("PK", s(&name)), ("SK", s("1")), ("country", s("DE")), ("city", s("Bonn"))])
                .await?;
            Ok(query(client, "Bonn").await?.len().to_string())
        }
        WrongTypeOfIndexKey => {
            let wrong = [("PK", s(&name)), ("SK", s("1")), ("country", number("1"))];
            put(client, &wrong).await.map(|()| ok)
        }
        WriteUnits => {
            let request = put_request(client, &large(&name, 1500))
                .return_consumed_capacity(ReturnConsumedCapacity::Total);
            let done = request.send().await.map_err(code)?;
            Ok(done.consumed_capacity.and_then(|used| used.capacity_units).unwrap_or_default().to_string())
        }
        TransactionWriteUnits => {
            let request = client.transact_write_items().transact_items(whole(&large(&name, 1500)));
            let request = request.return_consumed_capacity(ReturnConsumedCapacity::Total);
            let done = request.send().await.map_err(code)?;
            let used = done.consumed_capacity.unwrap_or_default();
            Ok(used.iter().filter_map(|used| used.capacity_units).sum::<f64>().to_string())
        }
        PointInTimeRecovery => {
            let done = client.describe_continuous_backups().table_name(TABLE).send().await.map_err(code)?;
            let backups = done.continuous_backups_description;
            let recovery = backups.and_then(|backups| backups.point_in_time_recovery_description);
            let status = recovery.and_then(|recovery| recovery.point_in_time_recovery_status);
            Ok(status.map_or_else(|| "nothing".to_owned(), |status| status.to_string()))
        }
    }
}

const TABLE: &str = "EngineRules";

fn table() -> Table {
    let key = |name: &'static str, ty| (name.into(), ty);
    let index = TableIndex {
        name: "ByPlace".into(),
        partition: vec![key("country", AttributeType::S), key("city", AttributeType::S)].into(),
        sort: vec![key("year", AttributeType::N)].into(),
        project: None,
    };
    Table {
        name: TABLE.into(),
        partition: key("PK", AttributeType::S),
        sort: Some(key("SK", AttributeType::S)),
        indexes: vec![index].into(),
    }
}

type Attributes = [(&'static str, AttributeValue)];

fn s(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(digits: &str) -> AttributeValue {
    AttributeValue::N(digits.to_owned())
}

/// An item of so many bytes, names included.
fn large(name: &str, bytes: usize) -> [(&'static str, AttributeValue); 3] {
    let rest = "PK".len() + name.len() + "SK".len() + 1 + "v".len();
    [("PK", s(name)), ("SK", s("1")), ("v", s(&"v".repeat(bytes - rest)))]
}

/// What an error is called.
fn code<E: ProvideErrorMetadata, R>(error: SdkError<E, R>) -> String {
    let code = error.as_service_error().and_then(|error| error.code()).map(str::to_owned);
    code.unwrap_or_else(|| "no answer of the engine".to_owned())
}

fn put_request(
    client: &Client,
    item: &Attributes,
) -> aws_sdk_dynamodb::operation::put_item::builders::PutItemFluentBuilder {
    item.iter().fold(client.put_item().table_name(TABLE), |request, (name, value)| {
        request.item(*name, value.clone())
    })
}

async fn put(client: &Client, item: &Attributes) -> Result<(), String> {
    put_request(client, item).send().await.map(drop).map_err(code)
}

fn n_of(item: Option<&std::collections::HashMap<String, AttributeValue>>) -> String {
    let n = item.and_then(|item| item.get("n")?.as_n().ok());
    n.map_or_else(|| "nothing".to_owned(), String::clone)
}

async fn get_n(client: &Client, name: &str) -> Result<String, String> {
    let request = client.get_item().table_name(TABLE).key("PK", s(name)).key("SK", s("1"));
    let done = request.consistent_read(true).send().await.map_err(code)?;
    Ok(n_of(done.item()))
}

async fn stored(client: &Client, item: &Attributes) -> Result<String, String> {
    put(client, item).await?;
    let name = item[0].1.as_s().map_err(|_| "no key")?;
    get_n(client, name).await
}

fn whole(item: &Attributes) -> TransactWriteItem {
    let put = item
        .iter()
        .fold(Put::builder().table_name(TABLE), |put, (name, value)| put.item(*name, value.clone()));
    TransactWriteItem::builder().put(put.build().expect("a whole put")).build()
}

fn puts(name: &str, count: usize) -> Vec<TransactWriteItem> {
    (0..count).map(|n| whole(&[("PK", s(name)), ("SK", s(&n.to_string()))])).collect()
}

fn add_one(name: &str) -> TransactWriteItem {
    let update = Update::builder().table_name(TABLE).key("PK", s(name)).key("SK", s("1"));
    let update = update.update_expression("ADD n :one").expression_attribute_values(":one", number("1"));
    TransactWriteItem::builder().update(update.build().expect("a whole update")).build()
}

async fn transact(client: &Client, items: Vec<TransactWriteItem>, token: Option<&str>) -> Result<(), String> {
    let request = client.transact_write_items().set_transact_items(Some(items));
    request.set_client_request_token(token.map(str::to_owned)).send().await.map(drop).map_err(code)
}

async fn canceled(client: &Client, name: &str) -> Result<String, String> {
    put(client, &[("PK", s(name)), ("SK", s("1")), ("n", number("1"))]).await?;
    let absent = ConditionCheck::builder().table_name(TABLE).key("PK", s(name)).key("SK", s("1"));
    let absent = absent
        .condition_expression("attribute_not_exists(PK)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build();
    let delete = Delete::builder().table_name(TABLE).key("PK", s(name)).key("SK", s("2")).build();
    let items = vec![
        TransactWriteItem::builder().delete(delete.expect("a whole delete")).build(),
        TransactWriteItem::builder().condition_check(absent.expect("a whole check")).build(),
    ];
    let outcome = client.transact_write_items().set_transact_items(Some(items)).send().await;
    let error = outcome.err().ok_or("no error")?.into_service_error();
    let aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError::TransactionCanceledException(
        canceled,
    ) = error
    else {
        return Err(format!("{error:?}"));
    };
    let reason = |reason: &aws_sdk_dynamodb::types::CancellationReason| {
        let code = reason.code().unwrap_or("no code");
        if reason.item().is_some() {
            format!("{code} with n={}", n_of(reason.item()))
        } else {
            code.to_owned()
        }
    };
    Ok(canceled.cancellation_reasons().iter().map(reason).collect::<Vec<_>>().join(", "))
}

async fn several(client: &Client, name: &str) -> Result<String, String> {
    for (sk, city, year) in [("a", "Ulm", "2"), ("b", "Ulm", "1"), ("c", "Trier", "3")] {
        let item =
            [("PK", s(name)), ("SK", s(sk)), ("country", s("DE")), ("city", s(city)), ("year", number(year))];
        put(client, &item).await?;
    }
    let years = query(client, "Ulm").await?;
    Ok(format!("{} of 3, in order {}", years.len(), years.join(" ")))
}

/// The years of a city, as the index orders them.
async fn query(client: &Client, city: &str) -> Result<Vec<String>, String> {
    let request = client
        .query()
        .table_name(TABLE)
        .index_name("ByPlace")
        .key_condition_expression("country = :country AND city = :city")
        .expression_attribute_values(":country", s("DE"))
        .expression_attribute_values(":city", s(city));
    let done = request.send().await.map_err(code)?;
    let year = |item: &std::collections::HashMap<String, AttributeValue>| {
        item.get("year").and_then(|year| year.as_n().ok()).cloned().unwrap_or_default()
    };
    Ok(done.items().iter().map(year).collect())
}
