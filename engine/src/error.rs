//! Why DynamoDB couldn't be asked, or didn't do what it was asked.

use std::error::Error as StdError;

use aws_sdk_dynamodb::config::http::HttpResponse;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

/// What went wrong on the way to DynamoDB or there. No text here has a secret in it: of credentials that weren't taken only
/// the code is told, because DynamoDB's message may repeat what was signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Neither the caller nor the environment nor a profile says a region.
    #[error("no region is said{}", profile.as_ref().map_or_else(String::new, |name| format!(", nor by a profile {name}")))]
    NoRegion {
        /// The profile that the environment names.
        profile: Option<String>,
    },
    /// Nothing in the SDK's chain gives credentials.
    #[error("no credentials were found: {reason}")]
    NoCredentials {
        /// What the SDK says, in general words.
        reason: String,
    },
    /// The credentials are not DynamoDB's, or have expired.
    #[error("{place} doesn't take the credentials: {code}")]
    Credentials {
        /// Who was asked.
        place: String,
        /// DynamoDB's code.
        code: String,
    },
    /// The credentials are right, and may not do this.
    #[error("the credentials don't allow {operation} on table {table}: {message}")]
    Denied {
        /// What was to be done.
        operation: &'static str,
        /// Of which table.
        table: String,
        /// What DynamoDB says.
        message: String,
    },
    /// Nobody answers.
    #[error("{place} can't be reached: {cause}")]
    Unreachable {
        /// Who was asked.
        place: String,
        /// The innermost cause.
        cause: String,
    },
    /// Somebody answers, and not as DynamoDB does.
    #[error("what answers at {place} is no DynamoDB: {cause}")]
    NotDynamoDb {
        /// Who was asked.
        place: String,
        /// What was wrong with the answer.
        cause: String,
    },
    /// DynamoDB said no.
    #[error("{operation} of table {table} was refused: {code}: {message}")]
    Refused {
        /// What was to be done.
        operation: &'static str,
        /// Of which table.
        table: String,
        /// DynamoDB's code.
        code: String,
        /// What DynamoDB says.
        message: String,
    },
    /// A description makes no sense.
    #[error("table {table} is described in a way that makes no sense: {what}")]
    Unclear {
        /// The table.
        table: String,
        /// What is wrong with it.
        what: String,
    },
    /// The SDK can't make a request.
    #[error("{operation} of table {table} can't be asked: {cause}")]
    Request {
        /// What was to be done.
        operation: &'static str,
        /// Of which table.
        table: String,
        /// What the SDK says.
        cause: String,
    },
    /// A table wasn't ready in time.
    #[error("table {table} is {state} after {seconds} seconds")]
    NotReady {
        /// The table.
        table: String,
        /// What it is instead of active.
        state: String,
        /// How long was waited.
        seconds: u64,
    },
}

impl Error {
    /// Whether what was asked may have been done all the same: nobody said no.
    pub const fn may_have_happened(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::NotDynamoDb { .. }
            | Self::NotReady { .. }
            | Self::Unclear { .. } => true,
            Self::NoRegion { .. }
            | Self::NoCredentials { .. }
            | Self::Credentials { .. }
            | Self::Denied { .. }
            | Self::Refused { .. }
            | Self::Request { .. } => false,
        }
    }
}

/// Codes of credentials that are wrong (Amazon DynamoDB API Reference, "Common Error Types").
const CREDENTIALS: [&str; 10] = [
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidClientTokenId",
    "InvalidSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];

/// Codes of what credentials may not do.
const DENIED: [&str; 4] = ["AccessDenied", "AccessDeniedException", "NotAuthorized", "OptInRequired"];

/// What was asked, and of whom.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// The operation.
    pub(crate) operation: &'static str,
    /// The table.
    pub(crate) table: &'a str,
    /// Who was asked.
    pub(crate) place: &'a str,
}

impl Asked<'_> {
    /// What an error of the SDK means.
    pub(crate) fn failed<E>(self, error: &SdkError<E, HttpResponse>) -> Error
    where
        E: ProvideErrorMetadata + StdError + 'static,
    {
        let (place, table) = (self.place.to_owned(), self.table.to_owned());
        match error {
            SdkError::ServiceError(context) => {
                let status = context.raw().status().as_u16();
                self.refused(error.code(), error.message(), status)
            }
            SdkError::TimeoutError(_) => Error::Unreachable { place, cause: "no answer in time".to_owned() },
            SdkError::DispatchFailure(_) => Error::Unreachable { place, cause: innermost(error) },
            SdkError::ResponseError(_) => Error::NotDynamoDb { place, cause: innermost(error) },
            _ => Error::Request { operation: self.operation, table, cause: innermost(error) },
        }
    }

    fn refused(self, code: Option<&str>, message: Option<&str>, status: u16) -> Error {
        let (operation, table, place) = (self.operation, self.table.to_owned(), self.place.to_owned());
        // Every error of DynamoDB's own has a code.
        let Some(code) = code else {
            return Error::NotDynamoDb { place, cause: format!("HTTP status {status} without a code") };
        };
        let message = message.unwrap_or("no message").to_owned();
        match code {
            code if CREDENTIALS.contains(&code) => Error::Credentials { place, code: code.to_owned() },
            code if DENIED.contains(&code) => Error::Denied { operation, table, message },
            code => Error::Refused { operation, table, code: code.to_owned(), message },
        }
    }
}

/// The innermost cause, which is the one that says something.
fn innermost(error: &(dyn StdError + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
