//! Ids that the store hands out: MySQL as always, DynamoDB from a counter that goes on where MySQL stopped.

use anyhow::Context;
use tokio::task::JoinSet;

use crate::club::{Club, MemberKey};
use crate::clubs::{Clubs, guest, member};

/// Writers at once, and how many members each adds.
const WRITERS: u32 = 50;
const EACH: u32 = 3;

async fn add(club: &Club, mail: &str, nick: &str) -> Result<u64, migratable::Error> {
    let done = club.unit_of_work().insert_new(&member(0, mail, nick), |_, unit| unit).commit().await?;
    Ok(done.new_ids()[0])
}

#[tokio::test(flavor = "multi_thread")]
async fn dynamodb_goes_on_where_mysql_stopped() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    let (mysql, dynamodb) = (&clubs.mysql, &clubs.dynamodb);
    for n in 1..=3 {
        assert_eq!(add(mysql, &format!("{n}@x.org"), &format!("m{n}")).await?, n);
    }
    // The last one is gone again: its id is not to come a second time, so the largest there is says nothing.
    mysql.unit_of_work().delete(MemberKey { member_id: 3 }).commit().await?;

    let error = add(dynamodb, "4@x.org", "m4").await.expect_err("nobody has said where ids start");
    assert!(error.is_misconfigured(), "{error}");
    assert_eq!(
        error.to_string(),
        "take an id for Member (DynamoDB table Counters): the table Counters has no counter of its ids; \
         seed it with what MySQL has come to, by the repository's `seed_ids`"
    );
    let error = mysql.members().seed_ids(dynamodb.store()).await.expect_err("the wrong way round");
    assert!(error.is_invalid(), "{error}");

    assert_eq!(dynamodb.members().seed_ids(mysql.store()).await?, 4);
    assert_eq!(add(dynamodb, "4@x.org", "m4").await?, 4);
    // Seeded again, it doesn't go back; and where MySQL has gone on meanwhile, it goes on behind that.
    assert_eq!(dynamodb.members().seed_ids(mysql.store()).await?, 4);
    assert_eq!(add(dynamodb, "5@x.org", "m5").await?, 5);
    for n in 20..40 {
        add(mysql, &format!("{n}@x.org"), &format!("m{n}")).await?;
    }
    let next = dynamodb.members().seed_ids(mysql.store()).await?;
    assert_eq!(next, 24);
    assert_eq!(add(dynamodb, "6@x.org", "m6").await?, 24);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_the_id_follows_in_the_same_unit() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    clubs.seed().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        let family = |club: &Club, nick: &str, guests: i16| {
            let new = member(0, &format!("{nick}@x.org"), nick);
            let unit = club.store().clone();
            let club = Club::new(unit);
            async move {
                club.unit_of_work()
                    .insert_new(&new, |made, unit| {
                        (1..=guests).fold(unit, |unit, nr| unit.insert(&guest(made.member_id, nr)))
                    })
                    .insert_new(&member(0, "last@x.org", "last"), |_, unit| unit)
                    .commit()
                    .await
            }
        };
        let done = family(club, "ada", 2).await?;
        let &[first, second] = done.new_ids() else { anyhow::bail!("{name}: {done:?}") };
        assert_eq!((first, second), (1, 2), "{name}");
        let found = club.members().by_id(1).await?.context("the member")?;
        assert_eq!(found, member(1, "ada@x.org", "ada"), "{name}");
        assert_eq!(club.guests().of_member(1).first().await?.items, [guest(1, 1), guest(1, 2)], "{name}");

        // Where something is in the way, there is nothing of it, and the error says which change it was.
        let error = family(club, "bob", 2).await.expect_err("the last one is taken");
        assert_eq!((error.constraint(), error.change()), (Some("mail"), Some(3)), "{name}: {error}");
        assert_eq!(club.members().of_level("guest").first().await?.items.len(), 2, "{name}");
        // Too many, once what follows is known.
        let error = family(club, "eve", 120).await.expect_err("more than a transaction takes");
        assert!(error.is_too_large(), "{name}: {error}");
        assert_eq!(club.members().of_level("guest").first().await?.items.len(), 2, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_id_comes_twice_whoever_else_takes_some() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    clubs.seed().await?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            // Half of them share what a process has taken; the others are processes of their own.
            let club = if writer % 2 == 0 { club.clone() } else { clubs.another(club) };
            writers.spawn(async move {
                let mut ids = Vec::new();
                for n in 0..EACH {
                    ids.push(add(&club, &format!("{writer}-{n}@x.org"), &format!("w{writer}-{n}")).await?);
                }
                Ok::<_, migratable::Error>(ids)
            });
        }
        let mut ids = Vec::new();
        for taken in writers.join_all().await {
            ids.extend(taken.with_context(|| name.clone())?);
        }
        ids.sort_unstable();
        let taken = ids.len();
        ids.dedup();
        assert_eq!((ids.len(), taken), ((WRITERS * EACH) as usize, (WRITERS * EACH) as usize), "{name}");
        let members = club.members().of_level("guest").page(1000, None).await?.items;
        let mut found: Vec<u64> = members.iter().map(|member| u64::from(member.member_id)).collect();
        found.sort_unstable();
        assert_eq!(found, ids, "{name}");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_beyond_its_column_is_refused() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    let most = member(u32::MAX, "most@x.org", "most");
    clubs.mysql.unit_of_work().insert(&most).commit().await?;
    clubs.seed().await?;
    // MySQL counts no further than the largest; the counter would.
    for club in [&clubs.dynamodb, &clubs.second] {
        let outcomes = [add(club, "a@x.org", "a").await, add(club, "b@x.org", "b").await];
        let error = outcomes.into_iter().find_map(Result::err).context("one of them is beyond")?;
        assert!(error.is_invalid(), "{error}");
        assert!(error.to_string().contains("`member_id`: does not fit int unsigned"), "{error}");
    }
    Ok(())
}
