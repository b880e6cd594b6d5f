//! A client as the SDK's other tools make theirs.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::ProvideCredentials;
use aws_smithy_http_client::tls;
use aws_types::service_config::ServiceConfigKey;

use crate::error::Error;
use crate::tables::Engine;

/// Where DynamoDB is, as far as the caller says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// An address in place of the region's own: `http://127.0.0.1:8000`.
    pub endpoint: Option<String>,
    /// The region in place of the environment's.
    pub region: Option<String>,
}

/// Makes a client. Region, endpoint and credentials that the caller doesn't give come from the SDK's standard chain:
/// environment, profile, container, instance. Both are looked for now, so that what is missing is said before anything is
/// asked.
///
/// # Errors
/// No region; no credentials.
pub async fn connect(place: &Place) -> Result<Engine, Error> {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https();
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(5))
        .operation_attempt_timeout(Duration::from_secs(20))
        .build();
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts);
    if let Some(endpoint) = &place.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    if let Some(region) = &place.region {
        loader = loader.region(Region::new(region.clone()));
    }
    let config = loader.load().await;
    let region =
        config.region().ok_or_else(|| Error::NoRegion { profile: std::env::var("AWS_PROFILE").ok() })?;
    let in_words = match endpoint(&config) {
        Some(endpoint) => without_account(&endpoint),
        None => format!("DynamoDB in {region}"),
    };
    let provider = config.credentials_provider().ok_or_else(|| no_credentials("the SDK looks for none"))?;
    // Its text is general; the causes below it may repeat what a profile or a program says.
    provider.provide_credentials().await.map_err(|error| match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            no_credentials("neither the environment nor a profile has any")
        }
        error => no_credentials(&error.to_string()),
    })?;
    Ok(Engine { client: Client::new(&config), place: in_words })
}

/// The address that is asked in place of the region's own: the caller's, or what the environment or the profile says for
/// DynamoDB alone, or for every service; the client goes by the same order.
fn endpoint(config: &SdkConfig) -> Option<String> {
    if config.get_origin("endpoint_url").is_client_config() {
        return config.endpoint_url().map(str::to_owned);
    }
    let key =
        ServiceConfigKey::builder().service_id("DynamoDB").env("AWS_ENDPOINT_URL").profile("endpoint_url");
    let own = key.build().ok().and_then(|key| config.service_config()?.load_config(key));
    own.or_else(|| config.endpoint_url().map(str::to_owned))
}

/// An address without the account and password that it may have.
fn without_account(endpoint: &str) -> String {
    let (scheme, rest) = endpoint.split_once("://").unwrap_or(("", endpoint));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    if scheme.is_empty() { host.to_owned() } else { format!("{scheme}://{host}") }
}

fn no_credentials(reason: &str) -> Error {
    Error::NoCredentials { reason: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::without_account;

    #[test]
    fn an_address_is_shown_without_its_account() {
        for (endpoint, shown) in [
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
            ("https://kim:s3cret@db.example:443/path?token=s3cret", "https://db.example:443"),
            ("http://kim:s3@cret@db.example", "http://db.example"),
            ("kim:s3cret@db.example", "db.example"),
        ] {
            assert_eq!(without_account(endpoint), shown);
        }
    }
}
