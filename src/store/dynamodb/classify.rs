//! What the SDK's errors mean. Its own texts say "service error" and keep code and message for those who ask.

use std::error::Error as StdError;

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::error::{Class, Error, Kind};

/// The error of a write.
pub(super) fn classify_put<E>(error: SdkError<E, HttpResponse>) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    classify(error, true)
}

/// The error of a read.
pub(super) fn classify_read<E>(error: SdkError<E, HttpResponse>) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    classify(error, false)
}

fn classify<E>(error: SdkError<E, HttpResponse>, write: bool) -> Error
where
    E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
{
    let kind = match &error {
        SdkError::ServiceError(context) => {
            let status = context.raw().status().as_u16();
            service_kind(error.code(), error.message(), status, write)
        }
        other => client_kind(other),
    };
    Error::new(kind).with_source(error)
}

/// An answer of the service.
fn service_kind(code: Option<&str>, message: Option<&str>, status: u16, write: bool) -> Kind {
    let Some(code) = code else { return unnamed_kind(message, status) };
    if code == "ConditionalCheckFailedException" {
        return Kind::Taken;
    }
    let message = message.unwrap_or("the service gave no message");
    let class = service_class(code, message, status, write);
    Kind::Store { class, code: Some(code.to_owned()), message: message.to_owned() }
}

/// An answer that isn't of DynamoDB's form, by its HTTP status.
fn unnamed_kind(message: Option<&str>, status: u16) -> Kind {
    let (class, what) = match status {
        // It was broken on the way.
        200..300 => (Class::Unavailable, "the answer can't be read"),
        500.. => (Class::Unavailable, "the service gave no message"),
        _ => (Class::Misconfigured, "what answers is not DynamoDB"),
    };
    let message = message.unwrap_or(what).to_owned();
    Kind::Store { class, code: Some(format!("HTTP status {status}")), message }
}

/// What an error code means (Amazon DynamoDB API Reference, "Common Errors", and Developer Guide, "Error handling").
fn service_class(code: &str, message: &str, status: u16, write: bool) -> Class {
    match code {
        "ProvisionedThroughputExceededException"
        | "ThrottlingException"
        | "Throttling"
        | "RequestLimitExceeded" => Class::Throttled,
        "ResourceNotFoundException" => Class::MissingTable,
        "TransactionConflictException" | "ReplicatedWriteConflictException" | "ResourceInUseException" => {
            Class::Busy
        }
        "InternalServerError" | "ServiceUnavailable" | "ServiceUnavailableException" | "InternalFailure" => {
            Class::Unavailable
        }
        "AccessDeniedException"
        | "UnrecognizedClientException"
        | "IncompleteSignature"
        | "IncompleteSignatureException"
        | "InvalidSignatureException"
        | "ExpiredTokenException"
        | "InvalidClientTokenId"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "NotAuthorized"
        | "OptInRequired" => Class::Denied,
        "ItemCollectionSizeLimitExceededException" => Class::Rejected,
        "ValidationException" if is_about_schema(message) || !write => Class::Schema,
        "ValidationException" => Class::Rejected,
        _ if status >= 500 => Class::Unavailable,
        _ => Class::Unknown,
    }
}

/// Whether a validation failure is about the table's shape rather than about values: keys of another name or type, an
/// index that isn't there. DynamoDB has one code for both.
fn is_about_schema(message: &str) -> bool {
    const ABOUT_SCHEMA: [&str; 5] = [
        "does not match the schema",
        "does not have the specified index",
        "Missing the key",
        "Type mismatch for key",
        "Type mismatch for Index Key",
    ];
    ABOUT_SCHEMA.iter().any(|part| message.to_ascii_lowercase().contains(&part.to_ascii_lowercase()))
}

/// A failure before or after the service.
fn client_kind<E>(error: &SdkError<E, HttpResponse>) -> Kind
where
    E: StdError + Send + Sync + 'static,
{
    let (class, what) = match error {
        SdkError::TimeoutError(_) => (Class::Unavailable, "no answer in time"),
        SdkError::DispatchFailure(failure) if failure.is_io() || failure.is_timeout() => {
            (Class::Unavailable, "the service can't be reached")
        }
        // What the SDK holds worth trying again: a connection that was closed before the answer.
        SdkError::DispatchFailure(failure) if failure.as_other().is_some() => {
            (Class::Unavailable, "the service gave no answer")
        }
        SdkError::DispatchFailure(_) => (Class::Misconfigured, "the request can't be sent"),
        SdkError::ResponseError(_) => (Class::Unavailable, "the answer can't be read"),
        SdkError::ConstructionFailure(_) => (Class::Misconfigured, "the request can't be made"),
        _ => (Class::Unknown, "the client failed"),
    };
    Kind::Store { class, code: None, message: with_causes(what, error) }
}

/// The words with those of the error's innermost cause, which is the one that says something.
fn with_causes(what: &str, error: &(dyn StdError + 'static)) -> String {
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(StdError::source) {
        cause = Some(inner);
    }
    cause.map_or_else(|| what.to_owned(), |cause| format!("{what}: {cause}"))
}

#[cfg(test)]
mod tests;
