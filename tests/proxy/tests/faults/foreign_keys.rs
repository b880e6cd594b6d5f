//! Foreign keys: what is counted is what is there, whatever an index knows and however often a unit is asked.

use anyhow::Context;
use migratable::{Committed, Error, Store, UnitOfWork};
use migratable_test_engines::{DynamoDb, create_tables};
use migratable_test_proxy::{Behind, Copy, Fault, FaultProxy, Operation, Reason, Stage, When};

use crate::theatre::{Hall, HallKey, Person, PersonKey, Show, ShowKey, TABLES, Theatre, Ticket};

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

    /// A unit is held as it is sent, another one is done meanwhile, and it goes on: what becomes of it.
    async fn overtaken(
        &self,
        unit: fn(UnitOfWork<'_>) -> UnitOfWork<'_>,
        meanwhile: fn(UnitOfWork<'_>) -> UnitOfWork<'_>,
    ) -> anyhow::Result<Result<Committed, Error>> {
        let rule = self.proxy.add(When::asked(UNIT).times(1), Fault::Hold(Stage::Before)).await?;
        let theatre = self.theatre.clone();
        let held = tokio::spawn(async move { unit(theatre.unit_of_work()).commit().await });
        self.proxy.happened(rule, 1).await?;
        meanwhile(self.theatre.unit_of_work()).commit().await?;
        self.proxy.release(rule).await?;
        Ok(held.await?)
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

fn person() -> Person {
    let name = "Ada".to_owned();
    Person { person_id: 1, name, boss_id: None, report_count: 0, seat_count: 0, ticket_count: 0 }
}

fn ticket() -> Ticket {
    Ticket { ticket_id: 1, buyer_id: 1, show_id: None, seat_nr: None }
}

const SOMEONE: PersonKey = PersonKey { person_id: 1 };

#[tokio::test]
async fn who_is_overtaken_sees_what_was_done() -> anyhow::Result<()> {
    let late = Behindhand::start().await?;
    // A show comes as its hall goes, and goes along.
    late.overtaken(|unit| unit.delete(key()), |unit| unit.insert(&show(2))).await??;
    for show_id in [1, 2] {
        assert_eq!(late.theatre.shows().get(&ShowKey { show_id }).await?, None);
    }
    // A hall goes as a show comes, which has none then.
    late.theatre.unit_of_work().insert(&hall()).commit().await?;
    let error = late.overtaken(|unit| unit.insert(&show(3)), |unit| unit.delete(key())).await?;
    let error = error.expect_err("the hall is gone");
    assert!(error.is_invalid() && error.constraint() == Some("hall"), "{error}");
    // Who buys a ticket stays.
    late.theatre.unit_of_work().insert(&person()).commit().await?;
    let error = late.overtaken(|unit| unit.delete(SOMEONE), |unit| unit.insert(&ticket())).await?;
    let error = error.expect_err("a ticket points at it");
    assert!(error.is_conflict() && error.constraint() == Some("buyer_id"), "{error}");
    assert_eq!(late.theatre.people().get(&SOMEONE).await?.context("the person")?.ticket_count, 1);
    Ok(())
}
