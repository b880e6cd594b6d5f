//! Columns that share a map.

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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_shares_a_map_loses_nothing() -> anyhow::Result<()> {
    let clubs = Clubs::start().await?;
    let noon = at("2026-01-02T12:00:00")?;
    for club in clubs.both() {
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
