//! Foreign keys: what is counted is what is there, whatever an index knows and however often a unit is asked.

use anyhow::Context;
use migratable::Store;
use migratable_test_engines::{DynamoDb, create_tables};
use migratable_test_proxy::{Behind, Copy, Fault, FaultProxy, Operation, Reason, Stage, When};

use crate::theatre::{Hall, HallKey, Show, ShowKey, TABLES, Theatre};

const UNIT: Operation = Operation::TransactWriteItems;

/// A theatre through a proxy.
struct Behindhand {
    proxy: FaultProxy,
    theatre: Theatre,
    _engine: DynamoDb,
}

impl Behindhand {
    /// With one hall and one show in it.
    async fn start() -> anyhow::Result<Self> {
        let engine = DynamoDb::embedded()?;
        create_tables(&engine.client(), TABLES).await?;
        let proxy = FaultProxy::start(env!("CARGO_BIN_EXE_fault-proxy"), engine.endpoint()).await?;
        let theatre = Theatre::new(Store::dynamodb(proxy.client()));
        theatre.unit_of_work().insert(&hall()).insert(&show(1)).commit().await?;
        Ok(Self { proxy, theatre, _engine: engine })
    }

    async fn show_count(&self) -> anyhow::Result<i64> {
        Ok(self.theatre.halls().get(&key()).await?.context("the hall")?.show_count)
    }
}

fn key() -> HallKey {
    HallKey { code: "main".to_owned() }
}

fn hall() -> Hall {
    Hall { code: "main".to_owned(), name: "the hall".to_owned(), show_count: 0 }
}

fn show(show_id: u32) -> Show {
    Show { show_id, hall: "main".to_owned(), title: format!("show {show_id}"), seat_count: 0 }
}

#[tokio::test]
async fn what_an_index_does_not_know_yet_is_not_left() -> anyhow::Result<()> {
    let late = Behindhand::start().await?;
    late.proxy.lag(Copy::Indexes, Behind::Stopped).await?;
    late.theatre.unit_of_work().insert(&show(2)).commit().await?;
    let error = late.theatre.unit_of_work().delete(key()).commit().await.expect_err("one is not found");
    assert!(error.is_retryable() && !error.is_uncertain(), "{error}");
    assert!(error.to_string().contains("their index lags behind"), "{error}");
    assert_eq!(late.show_count().await?, 2);
    // And what it knows still is looked at again.
    late.theatre.unit_of_work().delete(ShowKey { show_id: 2 }).commit().await?;
    late.theatre.unit_of_work().delete(key()).commit().await?;
    assert_eq!(late.theatre.halls().get(&key()).await?, None);
    assert_eq!(late.theatre.shows().get(&ShowKey { show_id: 1 }).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_row_is_counted_once() -> anyhow::Result<()> {
    for fault in [
        Fault::Disconnect(Stage::After),
        Fault::Disconnect(Stage::Before),
        Fault::Cancel { reason: Reason::TransactionConflict, actions: vec![2] },
    ] {
        let late = Behindhand::start().await?;
        late.proxy.add(When::asked(UNIT).times(2), fault.clone()).await?;
        late.theatre.unit_of_work().insert(&show(2)).commit().await?;
        assert_eq!(late.show_count().await?, 2, "{fault:?}");
        late.proxy.add(When::asked(UNIT).times(2), fault.clone()).await?;
        late.theatre.unit_of_work().delete(ShowKey { show_id: 2 }).commit().await?;
        assert_eq!(late.show_count().await?, 1, "{fault:?}");
    }
    Ok(())
}
