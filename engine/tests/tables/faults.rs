//! What goes wrong between a request and its effect, and what is said of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use migratable_engine::Error;
use migratable_engine::tables::{Engine, Feature, Kind, Patience, Plan, create, describe};
use migratable_test_engines::DynamoDb;

use crate::between::{Answer, Between, error, error_body};
use crate::embedded::by_hand;
use crate::setup::wanted;

const PATIENCE: Patience = Patience { limit: Duration::from_secs(60) };
const NONE: Patience = Patience { limit: Duration::ZERO };

/// An engine of the test's own; `None` where the user's is to be used.
fn own() -> Option<DynamoDb> {
    let dynamodb = DynamoDb::start().unwrap();
    (!dynamodb.is_own()).then_some(dynamodb)
}

fn backups(on: bool) -> Answer {
    let status = if on { "ENABLED" } else { "DISABLED" };
    let description =
        format!(r#"{{"PointInTimeRecoveryDescription":{{"PointInTimeRecoveryStatus":"{status}"}}}}"#);
    Answer::Of(200, format!(r#"{{"ContinuousBackupsDescription":{description}}}"#))
}

/// Right after a table was made, DynamoDB knows nothing of its backups yet.
#[tokio::test]
async fn backups_that_are_not_there_yet_are_asked_for_again() {
    let Some(dynamodb) = own() else { return };
    let on = Arc::new(AtomicBool::new(false));
    let between = Between::start(&dynamodb, move |operation, before| match (operation, before) {
        ("DescribeContinuousBackups", _) => backups(on.load(Ordering::SeqCst)),
        ("UpdateContinuousBackups", 0 | 1) => error("ContinuousBackupsUnavailableException", "being enabled"),
        ("UpdateContinuousBackups", _) => {
            on.store(true, Ordering::SeqCst);
            backups(true)
        }
        _ => Answer::Engines,
    });
    let between = between.await;
    let loans = &wanted()[..1];
    let created = create(&between.engine(), loans, PATIENCE).await.unwrap();
    assert_eq!(created.after.differences(), []);
    assert_eq!(created.after.tables[0].lacking, []);
    assert_eq!(between.count("UpdateContinuousBackups"), 3);
}

/// The table is there, its settings are as asked, and only the answers were lost.
#[tokio::test]
async fn lost_answers_are_no_failures() {
    let Some(dynamodb) = own() else { return };
    let between = Between::start(&dynamodb, |operation, before| match (operation, before) {
        ("CreateTable", 0) => Answer::Lost,
        ("UpdateTimeToLive", 0) => {
            Answer::After(400, error_body("ValidationException", "TimeToLive is already enabled"))
        }
        _ => Answer::Engines,
    });
    let between = between.await;
    let created = create(&between.engine(), &wanted(), PATIENCE).await.unwrap();
    assert_eq!(created.made, ["Loans", "Words"]);
    assert_eq!(created.after.differences(), []);
    assert_eq!(between.count("CreateTable"), 3, "asked again, and told that it is there");
}

/// Somebody else's table of that name came between the plan and the request.
#[tokio::test]
async fn nothing_is_set_on_a_table_that_somebody_else_made() {
    let Some(dynamodb) = own() else { return };
    by_hand(&dynamodb.client(), "Loans", ("pk", None), None).await;
    let between = Between::start(&dynamodb, |operation, before| match (operation, before) {
        ("DescribeTable", 0) => error("ResourceNotFoundException", "not found"),
        _ => Answer::Engines,
    });
    let between = between.await;
    let created = create(&between.engine(), &wanted()[..1], PATIENCE).await.unwrap();
    assert_eq!(between.count("UpdateTimeToLive"), 0);
    let differences = created.after.differences();
    let has = |wanted: fn(&Kind) -> bool| differences.iter().any(|difference| wanted(&difference.kind));
    assert!(has(|kind| matches!(kind, Kind::Key { .. })), "{differences:?}");
    assert!(has(|kind| matches!(kind, Kind::Ttl { .. })), "{differences:?}");
    assert_eq!(created.made, [""; 0], "it is nobody's work here");
}

#[tokio::test]
async fn a_table_and_its_indexes_are_waited_for() {
    let Some(dynamodb) = own() else { return };
    let between = Between::start(&dynamodb, |operation, before| match (operation, before) {
        // The first look is the plan's; the table is not known yet, then it is being made, then its indexes are.
        ("DescribeTable", 1) => error("ResourceNotFoundException", "not found"),
        ("DescribeTable", 2) => Answer::Edited(r#""TableStatus":"ACTIVE""#, r#""TableStatus":"CREATING""#),
        ("DescribeTable", 3) => Answer::Edited(r#""IndexStatus":"ACTIVE""#, r#""IndexStatus":"CREATING""#),
        _ => Answer::Engines,
    });
    let between = between.await;
    let created = create(&between.engine(), &wanted()[..1], PATIENCE).await.unwrap();
    assert_eq!(created.after.differences(), []);
    let asked = between.asked();
    let set = asked.iter().position(|operation| operation == "UpdateTimeToLive").unwrap();
    let looks = asked[..set].iter().filter(|operation| *operation == "DescribeTable").count();
    assert_eq!(looks, 5, "nothing is set before everything is active");
}

#[tokio::test]
async fn what_takes_too_long_is_said_with_what_was_begun() {
    let Some(dynamodb) = own() else { return };
    let between = Between::start(&dynamodb, |operation, before| match (operation, before) {
        ("DescribeTable", 1..) => Answer::Edited(r#""IndexStatus":"ACTIVE""#, r#""IndexStatus":"CREATING""#),
        _ => Answer::Engines,
    });
    let between = between.await;
    let failed = create(&between.engine(), &wanted()[..1], NONE).await.unwrap_err();
    let (table, state) = ("Loans".to_owned(), "being made or changed".to_owned());
    assert_eq!(failed.error, Error::NotReady { table, state, seconds: 0 });
    assert_eq!((failed.made, failed.begun), (vec![], vec!["Loans".to_owned()]));
}

#[tokio::test]
async fn a_refusal_says_what_was_made_by_then() {
    let Some(dynamodb) = own() else { return };
    let between = Between::start(&dynamodb, |operation, before| match (operation, before) {
        ("CreateTable", 1) => error("ValidationException", "no"),
        _ => Answer::Engines,
    });
    let between = between.await;
    let failed = create(&between.engine(), &wanted(), PATIENCE).await.unwrap_err();
    assert!(
        matches!(&failed.error, Error::Refused { table, code, .. } if table == "Words" && code == "ValidationException")
    );
    assert_eq!((failed.made, failed.begun), (vec![], vec!["Loans".to_owned()]));
}

#[tokio::test]
async fn an_engine_without_expiry_is_not_asked_for_it() {
    let Some(dynamodb) = own() else { return };
    let unknown = |operation: &str| matches!(operation, "DescribeTimeToLive" | "UpdateTimeToLive");
    let between = Between::start(&dynamodb, move |operation, _| {
        if unknown(operation) { error("UnknownOperationException", "no") } else { Answer::Engines }
    });
    let between = between.await;
    let created = create(&between.engine(), &wanted(), PATIENCE).await.unwrap();
    assert_eq!(created.after.differences(), []);
    assert_eq!(created.after.tables[0].lacking, [Feature::TimeToLive, Feature::PointInTimeRecovery]);
    assert_eq!(between.count("UpdateTimeToLive"), 0);
}

/// An engine that takes a request and passes over a part of it is found out.
#[tokio::test]
async fn what_an_engine_passes_over_is_a_difference() {
    let Some(dynamodb) = own() else { return };
    let between = Between::start(&dynamodb, |operation, _| match operation {
        "DescribeTable" => {
            Answer::Edited(r#""DeletionProtectionEnabled":true"#, r#""DeletionProtectionEnabled":false"#)
        }
        _ => Answer::Engines,
    });
    let created = create(&between.await.engine(), &wanted()[..1], PATIENCE).await.unwrap();
    let kinds: Vec<_> = created.after.differences().into_iter().map(|difference| difference.kind).collect();
    assert_eq!(kinds, [Kind::DeletionProtection(true)]);
}

#[tokio::test]
async fn planning_only_asks() {
    let Some(dynamodb) = own() else { return };
    let between = Between::start(&dynamodb, |_, _| Answer::Engines).await;
    Plan::of(&describe(&between.engine(), &wanted()).await.unwrap());
    let asked = between.asked();
    assert!(asked.iter().all(|operation| operation.starts_with("Describe")), "{asked:?}");
}

/// Asks one thing, and is answered so.
async fn answered(code: &'static str, message: &'static str) -> Option<Error> {
    let dynamodb = own()?;
    let between = Between::start(&dynamodb, move |_, _| error(code, message)).await;
    Some(describe(&between.engine(), &wanted()).await.unwrap_err())
}

#[tokio::test]
async fn credentials_that_are_not_taken_are_not_repeated() {
    let signed = "The Canonical String should have been x-amz-security-token:s3cret";
    for code in ["UnrecognizedClientException", "InvalidSignatureException", "ExpiredTokenException"] {
        let Some(error) = answered(code, signed).await else { return };
        assert!(matches!(&error, Error::Credentials { code: said, .. } if said == code), "{error:?}");
        assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
    }
    let Some(error) = answered("AccessDeniedException", "kim is not authorized").await else { return };
    assert!(
        matches!(&error, Error::Denied { message, .. } if message == "kim is not authorized"),
        "{error:?}"
    );
}

#[tokio::test]
async fn nobody_there_is_said_with_the_place() {
    let Some(dynamodb) = own() else { return };
    let engine = Engine { client: dynamodb.client(), place: dynamodb.endpoint().to_owned() };
    drop(dynamodb);
    let error = describe(&engine, &wanted()).await.unwrap_err();
    assert!(matches!(&error, Error::Unreachable { place, .. } if *place == engine.place), "{error:?}");
}
