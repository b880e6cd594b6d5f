//! What is said when DynamoDB can't be asked.

use insta::assert_snapshot;
use migratable_contract::diagnostic;
use migratable_engine::{Error, tables};

#[test]
fn every_error_has_a_code_and_a_next_step() {
    let place = || "http://127.0.0.1:8000".to_owned();
    let table = || "Loans".to_owned();
    let errors = [
        Error::NoRegion { profile: None },
        Error::NoRegion { profile: Some("work".to_owned()) },
        Error::NoCredentials { reason: "the credential provider was not enabled".to_owned() },
        Error::Credentials { place: place(), code: "UnrecognizedClientException".to_owned() },
        Error::Denied {
            operation: "CreateTable",
            table: table(),
            message: "User: arn:aws:iam::123456789012:user/kim is not authorized".to_owned(),
        },
        Error::Unreachable { place: place(), cause: "Connection refused (os error 111)".to_owned() },
        Error::NotDynamoDb { place: place(), cause: "HTTP status 404 without a code".to_owned() },
        Error::Refused {
            operation: "CreateTable",
            table: table(),
            code: "LimitExceededException".to_owned(),
            message: "Subscriber limit exceeded".to_owned(),
        },
        Error::Unclear { table: table(), what: "an index has no name".to_owned() },
        Error::Request { operation: "CreateTable", table: table(), cause: "no name".to_owned() },
        Error::NotReady { table: table(), state: "being made or changed".to_owned(), seconds: 600 },
    ];
    let diagnostics: Vec<_> = errors.iter().map(tables::failure).collect();
    assert_snapshot!("errors", diagnostic::render(&diagnostics, false));
}
