//! Answers of the proxy's own, in the service's words (Amazon DynamoDB API Reference and Developer Guide, "Error handling").

use http_body_util::Full;
use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::Response;
use crate::rule::{Reason, Refusal};

/// The answer to a request that is refused.
pub(super) fn refused(refusal: Refusal) -> Response {
    const DYNAMODB: &str = "com.amazonaws.dynamodb.v20120810#";
    const COMMON: &str = "com.amazon.coral.service#";
    let (status, namespace, code, message) = match refusal {
        Refusal::Throttling => {
            (400, COMMON, "ThrottlingException", "Rate of requests exceeds the allowed throughput.")
        }
        Refusal::ProvisionedThroughputExceeded => (
            400,
            DYNAMODB,
            "ProvisionedThroughputExceededException",
            "The level of configured provisioned throughput for the table was exceeded.",
        ),
        Refusal::RequestLimitExceeded => (
            400,
            DYNAMODB,
            "RequestLimitExceeded",
            "Throughput exceeds the current throughput limit for your account.",
        ),
        Refusal::InternalServerError => (500, DYNAMODB, "InternalServerError", "Internal server error"),
        Refusal::ServiceUnavailable => {
            (503, COMMON, "ServiceUnavailable", "DynamoDB is currently unavailable.")
        }
        Refusal::TransactionConflict => {
            (400, DYNAMODB, "TransactionConflictException", "Transaction is ongoing for the item")
        }
        Refusal::TransactionInProgress => (
            400,
            DYNAMODB,
            "TransactionInProgressException",
            "The transaction with the given request token is already in progress.",
        ),
        Refusal::UnrecognizedClient => (
            400,
            COMMON,
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ),
        Refusal::ExpiredToken => {
            (400, COMMON, "ExpiredTokenException", "The security token included in the request is expired")
        }
        Refusal::InvalidSignature => (
            400,
            COMMON,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided.",
        ),
        Refusal::AccessDenied => (
            400,
            COMMON,
            "AccessDeniedException",
            "User: arn:aws:iam::123456789012:user/app is not authorized to perform this operation",
        ),
    };
    answer(status, &json!({ "__type": format!("{namespace}{code}"), "message": message }))
}

/// The answer to a transaction of so many actions that is canceled for this reason at these positions.
pub(super) fn canceled(reason: Reason, at: &[usize], actions: usize) -> Response {
    let (code, message) = match reason {
        Reason::TransactionConflict => ("TransactionConflict", "Transaction is ongoing for the item"),
        Reason::ThrottlingError => {
            ("ThrottlingError", "Throughput exceeds the current capacity for one or more tables.")
        }
        Reason::ProvisionedThroughputExceeded => (
            "ProvisionedThroughputExceeded",
            "The level of configured provisioned throughput for the table was exceeded.",
        ),
    };
    let reasons: Vec<Value> = (0..actions)
        .map(|action| {
            if at.contains(&action) {
                json!({ "Code": code, "Message": message })
            } else {
                json!({ "Code": "None" })
            }
        })
        .collect();
    let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason["Code"].as_str()).collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    let code = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
    answer(400, &json!({ "__type": code, "Message": message, "CancellationReasons": reasons }))
}

/// An answer with this body.
pub(super) fn answer(status: u16, body: &Value) -> Response {
    let mut response = Response::new(Full::new(body.to_string().into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = hyper::header::HeaderValue::from_static("application/x-amz-json-1.0");
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
