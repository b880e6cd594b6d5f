//! Fifty writers at once: totals are exact, nothing is sold twice, nobody shares a name.

use anyhow::Context;
use migratable::{Committed, Error};
use shop::ProductKey;
use tokio::task::JoinSet;

use crate::club::{Club, Member, MemberKey};
use crate::clubs::{Clubs, member};
use crate::shops::Shops;

const WRITERS: u32 = 50;

/// Runs a writer so many times at once, and gives what each said.
async fn crowd<A, F>(handle: &A, write: impl Fn(A, u32) -> F) -> Vec<Result<Committed, Error>>
where
    A: Clone,
    F: Future<Output = Result<Committed, Error>> + Send + 'static,
{
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        writers.spawn(write(handle.clone(), writer));
    }
    writers.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_oversold() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let key = || ProductKey { product_id: 7 };
        shop.unit_of_work().change(key(), |p| p.stock.set(60)).commit().await?;
        let outcomes = crowd(shop, move |shop, _| async move {
            shop.unit_of_work()
                .change(key(), |p| p.stock.subtract(2).only_if(p.stock.at_least(2)))
                .commit()
                .await
        })
        .await;
        let sold = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        for outcome in outcomes {
            if let Err(error) = outcome {
                assert!(error.is_condition_failed(), "{name}: {error}");
            }
        }
        assert_eq!(sold, 30, "{name}");
        assert_eq!(shop.products().by_id(7).await?.context("the product")?.stock, 0, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn counters_come_out_exact() -> anyhow::Result<()> {
    let shops = Shops::start().await?;
    for shop in shops.each() {
        let name = format!("{:?}", shop.store());
        let before = shop.products().by_id(7).await?.context("the product")?;
        // The stock is added to where it is; the price, which a CHECK reads, is read first.
        let outcomes = crowd(shop, move |shop, writer| async move {
            let key = ProductKey { product_id: 7 };
            let unit = shop.unit_of_work();
            let unit = if writer % 2 == 0 {
                unit.change(key, |p| p.stock.add(3))
            } else {
                unit.change(key, |p| {
                    p.price.add(migratable::types::Decimal::new(1, 2)).and(p.stock.subtract(1))
                })
            };
            unit.commit().await
        })
        .await;
        for outcome in outcomes {
            outcome.with_context(|| name.clone())?;
        }
        let after = shop.products().by_id(7).await?.context("the product")?;
        assert_eq!(after.stock, before.stock + 25 * 3 - 25, "{name}");
        assert_eq!(after.price, before.price + migratable::types::Decimal::new(25, 2), "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_name_has_one_owner() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        let outcomes = crowd(club, |club, writer| async move {
            let new = member(100 + writer, &format!("{writer}@x.org"), "wanted");
            club.unit_of_work().insert(&new).commit().await
        })
        .await;
        let winners = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(winners, 1, "{name}: {outcomes:?}");
        for outcome in outcomes {
            if let Err(error) = outcome {
                assert_eq!(error.constraint(), Some("nick"), "{name}: {error}");
            }
        }
        let found = of_level(club, "guest").await?;
        let [owner] = &*found else { anyhow::bail!("{name}: {} have it", found.len()) };
        // Those who lost have nothing of what they wanted.
        let free = (owner.member_id - 100 + 1) % WRITERS;
        club.unit_of_work().insert(&member(200, &format!("{free}@x.org"), "free")).commit().await?;
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_that_pass_names_around_never_share_one() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        for id in 0..WRITERS {
            let new = member(100 + id, &format!("{id}@x.org"), &format!("u{id}"));
            club.unit_of_work().insert(&new).commit().await?;
        }
        let outcomes = crowd(club, |club, writer| async move {
            let key = MemberKey { member_id: 100 + writer };
            let nick = format!("n{}", writer % 5);
            club.unit_of_work().change(key, |m| m.nick.set(nick).and(m.visits.add(1))).commit().await
        })
        .await;
        let winners = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(winners, 5, "{name}: {outcomes:?}");
        let found = of_level(club, "guest").await?;
        assert_eq!(found.iter().map(|member| member.visits).sum::<i32>(), 5, "{name}");
        let mut names: Vec<String> = found.into_iter().map(|member| member.nick).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), WRITERS as usize, "{name}");
    }
    Ok(())
}

async fn of_level(club: &Club, level: &str) -> anyhow::Result<Vec<Member>> {
    Ok(club.members().of_level(level).page(1000, None).await?.items)
}
