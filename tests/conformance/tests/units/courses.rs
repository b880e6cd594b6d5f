//! Keys that have only a part of a value, and columns that share a map.

use anyhow::Context;
use migratable::types::NaiveDateTime;
use tokio::task::JoinSet;

use crate::club::{Club, Course, CourseKey};
use crate::clubs::Clubs;

const WRITERS: i32 = 10;
const ROUNDS: i32 = 5;

fn at(text: &str) -> anyhow::Result<NaiveDateTime> {
    Ok(text.parse()?)
}

fn course(course_id: u32, starts: NaiveDateTime) -> Course {
    Course { course_id, starts, hall_room: "cellar".to_owned(), hall_seats: 0 }
}

async fn the_course(club: &Club, starts: NaiveDateTime) -> anyhow::Result<Course> {
    club.courses().by_id(1, starts).await?.context("the course")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_named_by_all_of_its_key() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    let (noon, evening) = (at("2026-01-02T12:00:00")?, at("2026-01-02T18:00:00")?);
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        let unit = || club.unit_of_work();
        let key = |starts| CourseKey { course_id: 1, starts };
        unit().insert(&course(1, noon)).commit().await?;
        // Of the same day, and not the course.
        let error =
            unit().change(key(evening), |c| c.hall_seats.set(5)).commit().await.expect_err("there is none");
        assert!(error.is_not_found(), "{name}: {error}");
        let error = unit().require(key(evening)).commit().await.expect_err("there is none");
        assert!(error.is_not_found(), "{name}: {error}");
        let held = unit().delete_if(key(evening), |c| c.hall_seats.at_least(0)).commit().await;
        assert!(held.expect_err("there is none").is_not_found(), "{name}");
        unit().delete(key(evening)).commit().await?;
        unit().require_absent(key(evening)).commit().await?;
        assert_eq!(the_course(club, noon).await?, course(1, noon), "{name}");

        // Within its day it stays where it is, and has the new name.
        unit().change(key(noon), |c| c.starts.set(evening).and(c.hall_seats.add(5))).commit().await?;
        let error =
            unit().change(key(noon), |c| c.hall_seats.set(9)).commit().await.expect_err("there is none");
        assert!(error.is_not_found(), "{name}: {error}");
        unit()
            .require(key(evening))
            .change(key2(), |c| c.hall_seats.set(0))
            .commit()
            .await
            .expect_err("no such");
        let error = unit().require_absent(key(evening)).commit().await.expect_err("it is there");
        assert!(error.is_conflict(), "{name}: {error}");
        assert_eq!(the_course(club, evening).await?.hall_seats, 5, "{name}");
        unit().delete(key(evening)).commit().await?;
        assert!(club.courses().by_id(1, evening).await?.is_none(), "{name}");
    }
    Ok(())
}

fn key2() -> CourseKey {
    CourseKey { course_id: 2, starts: NaiveDateTime::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_shares_a_map_loses_nothing() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    let noon = at("2026-01-02T12:00:00")?;
    for club in clubs.each() {
        let name = format!("{:?}", club.store());
        club.unit_of_work().insert(&course(1, noon)).commit().await?;
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            let club = club.clone();
            writers.spawn(async move {
                for _ in 0..ROUNDS {
                    let (key, unit) = (CourseKey { course_id: 1, starts: noon }, club.unit_of_work());
                    let unit = if writer % 2 == 0 {
                        unit.change(key, |c| c.hall_seats.add(1))
                    } else {
                        unit.change(key, |c| c.hall_room.set(format!("{writer}")))
                    };
                    unit.commit().await?;
                }
                Ok::<_, migratable::Error>(())
            });
        }
        for outcome in writers.join_all().await {
            outcome.with_context(|| name.clone())?;
        }
        assert_eq!(the_course(club, noon).await?.hall_seats, WRITERS / 2 * ROUNDS, "{name}");
    }
    Ok(())
}
