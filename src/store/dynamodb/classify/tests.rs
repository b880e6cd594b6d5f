use std::error::Error as _;

use aws_sdk_dynamodb::error::{ConnectorError, ErrorMetadata};
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException;

use super::*;

fn response(status: u16) -> HttpResponse {
    let status = status.try_into().expect("an HTTP status");
    HttpResponse::new(status, "a body with s3cret values".into())
}

fn get(code: &str, message: &str, status: u16) -> Error {
    let metadata = ErrorMetadata::builder().code(code).message(message).build();
    classify_read(SdkError::service_error(GetItemError::generic(metadata), response(status)))
}

fn put(code: &str, message: &str) -> Error {
    let metadata = ErrorMetadata::builder().code(code).message(message).build();
    classify_put(SdkError::service_error(PutItemError::generic(metadata), response(400)))
}

#[test]
fn code_and_message_are_always_shown() {
    let error = get("ThrottlingException", "Rate exceeded", 400);
    assert_eq!(
        error.to_string(),
        "ThrottlingException: Rate exceeded; try again later, or raise the table's capacity"
    );
    assert_eq!(error.code(), Some("ThrottlingException"));
    let bare = classify_read(SdkError::service_error(GetItemError::unhandled("x"), response(503)));
    assert_eq!(bare.to_string(), "HTTP status 503: the service gave no message; it is safe to try again");
}

#[test]
fn an_answer_that_is_not_of_dynamodbs_form_is_told_by_its_status() {
    let bare =
        |status| classify_read(SdkError::service_error(GetItemError::unhandled("x"), response(status)));
    assert!(bare(200).is_retryable(), "it was broken on the way: {}", bare(200));
    for status in [301, 403, 404] {
        let error = bare(status);
        assert!(error.is_misconfigured() && !error.is_retryable(), "{error}");
    }
}

#[test]
fn every_class_answers_to_its_predicate() {
    for (code, status, holds) in [
        ("ProvisionedThroughputExceededException", 400, Error::is_throttled as fn(&Error) -> bool),
        ("RequestLimitExceeded", 400, Error::is_throttled),
        ("InternalServerError", 500, Error::is_retryable),
        ("SomethingNew", 500, Error::is_retryable),
        ("TransactionConflictException", 400, Error::is_retryable),
        ("ResourceNotFoundException", 400, Error::is_missing_table),
        ("AccessDeniedException", 400, Error::is_denied),
        ("ExpiredTokenException", 400, Error::is_denied),
        ("ValidationException", 400, Error::is_schema_mismatch),
    ] {
        assert!(holds(&get(code, "message", status)), "{code}");
    }
    assert!(!get("SomethingNew", "message", 400).is_retryable());
}

#[test]
fn a_write_that_is_refused_is_invalid_unless_the_table_has_another_shape() {
    let error = put("ValidationException", "Item size has exceeded the maximum allowed size");
    assert!(error.is_invalid() && !error.is_schema_mismatch());
    for message in [
        "One or more parameter values were invalid: Missing the key SK in the item",
        "One or more parameter values were invalid: Type mismatch for key PK expected: N actual: S",
        "The provided key element does not match the schema",
    ] {
        let error = put("ValidationException", message);
        assert!(error.is_schema_mismatch() && !error.is_invalid(), "{message}");
    }
}

#[test]
fn a_key_held_by_another_entity_is_a_conflict() {
    let fault = ConditionalCheckFailedException::builder()
        .meta(ErrorMetadata::builder().code("ConditionalCheckFailedException").build())
        .build();
    let fault = PutItemError::ConditionalCheckFailedException(fault);
    let error = classify_put(SdkError::service_error(fault, response(400)));
    assert!(error.is_conflict() && !error.is_retryable(), "{error}");
}

#[test]
fn failures_on_the_way_can_be_retried_and_say_their_cause() {
    let refused = std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "connection refused");
    let error = classify_read::<GetItemError>(SdkError::dispatch_failure(ConnectorError::io(refused.into())));
    assert!(error.is_retryable());
    assert!(error.to_string().contains("the service can't be reached: connection refused"), "{error}");
    assert!(error.source().is_some());
    let late = classify_read::<GetItemError>(SdkError::timeout_error("took too long"));
    assert!(late.is_retryable() && !late.is_throttled());
    let unmade = classify_read::<GetItemError>(SdkError::construction_failure("no region"));
    assert!(unmade.is_misconfigured() && !unmade.is_retryable());
    assert!(unmade.to_string().contains("no region"), "{unmade}");
}

#[test]
fn neither_text_nor_debug_output_holds_a_response() {
    let error = get("ValidationException", "message", 400);
    assert!(!format!("{error} {error:?}").contains("s3cret"), "{error:?}");
}
