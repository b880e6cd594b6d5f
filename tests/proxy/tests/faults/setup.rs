//! What isn't set up as it should be: tables, credentials, regions, endpoints.

use std::borrow::Cow;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{BehaviorVersion, Builder, Credentials, Region};
use migratable::{Error, Store};
use migratable_test_engines::{client_config, create_tables, delete_tables};
use migratable_test_proxy::{Fault, Refusal, When};
use shop::{Shop, TABLES};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::said::said;
use crate::shops::{Shops, product, sale};

/// A read, a write and a unit of work, each of which fails.
async fn failures(shop: &Shop) -> anyhow::Result<[Error; 4]> {
    Ok([
        shop.products().by_id(7).await.expect_err("a get"),
        shop.products().by_sku("KB-7").await.expect_err("a get of an index"),
        shop.products().put(&product(7)?).await.expect_err("a put"),
        sale(shop, 1)?.commit().await.expect_err("a unit"),
    ])
}

fn texts(errors: &[Error]) -> String {
    errors.iter().map(said).collect::<Vec<_>>().join("\n")
}

fn shop_of(config: Builder) -> Shop {
    Shop::new(Store::dynamodb(Client::from_conf(config.build())))
}

#[tokio::test]
async fn a_table_that_is_not_there_is_named() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    delete_tables(&shops.engine.client(), TABLES).await?;
    let errors = failures(&shops.shop).await?;
    for error in &errors {
        assert!(error.is_missing_table() && !error.is_retryable(), "{error}");
    }
    // None of it is worth trying again.
    assert!(shops.proxy.seen().await?.iter().all(|seen| seen.attempt == Some(1)));
    insta::assert_snapshot!(texts(&errors));
    Ok(())
}

#[tokio::test]
async fn a_table_without_its_index_has_another_schema() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let client = shops.engine.client();
    delete_tables(&client, TABLES).await?;
    let bare = TABLES.iter().cloned().map(|mut table| {
        table.indexes = Cow::Borrowed(&[]);
        table
    });
    create_tables(&client, &bare.collect::<Vec<_>>()).await?;
    let errors = [
        shops.shop.products().by_sku("KB-7").await.expect_err("a get of an index"),
        shops.shop.products().of_seller(1).first().await.expect_err("a list of an index"),
    ];
    for error in &errors {
        assert!(error.is_schema_mismatch() && !error.is_missing_table(), "{error}");
    }
    insta::assert_snapshot!(texts(&errors));
    Ok(())
}

#[tokio::test]
async fn refused_credentials_are_denied_and_kept_to_themselves() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let credentials = Credentials::new(
        "AKIDOFTHETEST",
        "s3cret-of-the-test",
        Some("t0ken-of-the-test".to_owned()),
        None,
        "test",
    );
    let shop = shop_of(client_config(shops.proxy.endpoint()).credentials_provider(credentials));
    let mut all = Vec::new();
    // The last is what a wrong region comes to, too: the signature names it.
    for refusal in
        [Refusal::UnrecognizedClient, Refusal::ExpiredToken, Refusal::AccessDenied, Refusal::InvalidSignature]
    {
        let rule = shops.proxy.add(When::always(), Fault::Refuse(refusal)).await?;
        for error in failures(&shop).await? {
            assert!(error.is_denied() && !error.is_retryable(), "{error}");
            for secret in ["s3cret", "t0ken"] {
                assert!(!format!("{error} {error:?} {error:#?}").contains(secret), "{error:?}");
            }
            all.push(error);
        }
        shops.proxy.remove(rule).await?;
    }
    assert_eq!(shops.stock().await?, 8);
    insta::assert_snapshot!(texts(&all));
    Ok(())
}

#[tokio::test]
async fn a_client_without_region_or_credentials_is_misconfigured() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    let bare = || {
        Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .endpoint_url(shops.proxy.endpoint())
    };
    let credentials = Credentials::new("AKIDOFTHETEST", "s3cret-of-the-test", None, None, "test");
    let mut all = Vec::new();
    for config in
        [bare().credentials_provider(credentials), bare().region(Region::from_static("eu-central-1"))]
    {
        for error in failures(&shop_of(config)).await? {
            assert!(error.is_misconfigured() && !error.is_uncertain(), "{error}");
            all.push(error);
        }
    }
    assert_eq!(shops.proxy.counts().await?.len(), 0, "nothing is sent");
    insta::assert_snapshot!(texts(&all));
    Ok(())
}

#[tokio::test]
async fn an_endpoint_where_nobody_is_can_not_be_reached() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    drop(listener);
    let errors = failures(&shop_of(client_config(&endpoint))).await?;
    for error in &errors[..3] {
        assert!(error.is_retryable(), "{error}");
    }
    // The system's number of it.
    insta::assert_snapshot!(texts(&errors).replace(" (os error 111)", ""));
    Ok(())
}

#[tokio::test]
async fn an_endpoint_where_another_server_is_is_told_from_dynamodb() -> anyhow::Result<()> {
    let mut all = Vec::new();
    for status in ["200 OK", "404 Not Found", "301 Moved Permanently"] {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let server = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let answer = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: 15\r\nConnection: close\r\n\r\n<p>It works</p>"
                );
                let mut request = [0; 64 * 1024];
                let _ = stream.read(&mut request).await;
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        let errors = failures(&shop_of(client_config(&endpoint))).await?;
        server.abort();
        all.push(format!("{status}\n{}", texts(&errors)));
    }
    insta::assert_snapshot!(all.join("\n"));
    Ok(())
}
