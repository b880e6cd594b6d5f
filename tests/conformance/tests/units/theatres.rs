//! The theatre on engines of its own, and all that is in it.

use migratable::Error;
use migratable_test_conformance::{Engines, each};

use crate::theatre::{
    Hall, HallKey, Person, PersonKey, Seat, Show, ShowKey, TABLES, Theatre, Ticket, TicketKey,
};

/// Engines with the theatre's tables, and the theatre on each.
pub(crate) struct Theatres {
    pub(crate) mysql: Theatre,
    pub(crate) dynamodb: Theatre,
    pub(crate) second: Theatre,
    pub(crate) engines: Engines,
}

impl Theatres {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let engines = Engines::start(include_str!("theatre.sql"), TABLES).await?;
        let [mysql, dynamodb, second] = engines.stores().await?.map(Theatre::new);
        Ok(Self { mysql, dynamodb, second, engines })
    }

    /// The theatre on each store.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Theatre> {
        each([&self.mysql, &self.dynamodb, &self.second])
    }

    /// Holds that all stores have the same, counts and all: MySQL counts anew whenever it is asked.
    pub(crate) async fn are_alike(&self) -> anyhow::Result<All> {
        let mysql = All::of(&self.mysql).await?;
        for theatre in [&self.dynamodb, &self.second] {
            let dynamodb = All::of(theatre).await?;
            anyhow::ensure!(mysql == dynamodb, "MySQL has {mysql:#?}\nDynamoDB has {dynamodb:#?}");
        }
        Ok(mysql)
    }
}

/// Ids that tests use are below.
pub(crate) const IDS: u32 = 13;

pub(crate) const CODES: [&str; 3] = ["main", "Side", "ÄNNEX"];

/// All that is in a theatre.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct All {
    pub(crate) people: Vec<Person>,
    pub(crate) halls: Vec<Hall>,
    pub(crate) shows: Vec<Show>,
    pub(crate) seats: Vec<Seat>,
    pub(crate) tickets: Vec<Ticket>,
}

impl All {
    pub(crate) async fn of(theatre: &Theatre) -> Result<Self, Error> {
        let mut all = Self::default();
        for code in CODES {
            all.halls.extend(theatre.halls().get(&HallKey { code: code.to_owned() }).await?);
        }
        for id in 0..IDS {
            all.people.extend(theatre.people().get(&PersonKey { person_id: id }).await?);
            all.shows.extend(theatre.shows().get(&ShowKey { show_id: id }).await?);
            all.seats.extend(theatre.seats().of_show(id).page(1000, None).await?.items);
            all.tickets.extend(theatre.tickets().get(&TicketKey { ticket_id: id }).await?);
        }
        Ok(all)
    }
}

pub(crate) fn person(person_id: u32, boss_id: Option<u32>) -> Person {
    let name = format!("person {person_id}");
    // What a struct says of counts is nobody's matter.
    Person { person_id, name, boss_id, report_count: 77, seat_count: 78, ticket_count: 79 }
}

pub(crate) fn hall(code: &str) -> Hall {
    Hall { code: code.to_owned(), name: format!("the {code}"), show_count: 80 }
}

pub(crate) fn show(show_id: u32, hall: &str) -> Show {
    Show { show_id, hall: hall.to_owned(), title: format!("show {show_id}"), seat_count: 81 }
}

pub(crate) fn seat(show_id: u32, nr: i16, holder_id: Option<u32>) -> Seat {
    Seat { show_id, nr, label: format!("{show_id}-{nr}"), holder_id, ticket_count: 82 }
}

pub(crate) fn ticket(ticket_id: u32, buyer_id: u32, seat: Option<(u32, i16)>) -> Ticket {
    let (show_id, seat_nr) = seat.unzip();
    Ticket { ticket_id, buyer_id, show_id, seat_nr }
}

/// What a store said, without its own words.
pub(crate) fn said(outcome: Result<migratable::Committed, Error>) -> String {
    match outcome {
        Ok(_) => "done".to_owned(),
        Err(error) => {
            let kinds = [
                (error.is_not_found(), "not found"),
                (error.is_condition_failed(), "condition"),
                (
                    error.is_conflict(),
                    if error.to_string().contains("other rows point") { "referenced" } else { "taken" },
                ),
                (error.is_too_large(), "too large"),
                (
                    error.is_invalid(),
                    if error.to_string().contains("isn't there") { "points at nothing" } else { "invalid" },
                ),
            ];
            match kinds.iter().find(|(is, _)| *is) {
                Some((_, kind)) => format!("{kind} in {:?}", error.change()),
                None => format!("{error}"),
            }
        }
    }
}
