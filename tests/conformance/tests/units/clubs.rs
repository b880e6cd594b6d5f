//! The club on engines of its own, and its members.

use migratable::Store;
use migratable_test_conformance::{Engines, each};

use crate::club::{Club, Guest, Member, TABLES};

/// Engines with the club's table, and the club on each.
pub(crate) struct Clubs {
    pub(crate) mysql: Club,
    pub(crate) dynamodb: Club,
    pub(crate) second: Club,
    engines: Engines,
}

impl Clubs {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let engines = Engines::start(include_str!("club.sql"), TABLES).await?;
        let [mysql, dynamodb, second] = engines.stores().await?.map(Club::new);
        Ok(Self { mysql, dynamodb, second, engines })
    }

    /// The same club in another process, as far as its store can tell.
    pub(crate) fn another(&self, club: &Club) -> Club {
        if std::ptr::eq(club, &self.mysql) {
            return club.clone();
        }
        let is_second = std::ptr::eq(club, &self.second);
        let engine = if is_second { &self.engines.second } else { &self.engines.embedded };
        Club::new(Store::dynamodb(engine.client()))
    }

    /// The club on each store.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Club> {
        each([&self.mysql, &self.dynamodb, &self.second])
    }

    /// Ids in DynamoDB go on where MySQL has come to.
    pub(crate) async fn seed(&self) -> anyhow::Result<()> {
        for club in [&self.dynamodb, &self.second] {
            club.members().seed_ids(self.mysql.store()).await?;
        }
        Ok(())
    }
}

pub(crate) fn member(member_id: u32, mail: &str, nick: &str) -> Member {
    Member {
        member_id,
        mail: mail.to_owned(),
        nick: nick.to_owned(),
        wing: None,
        locker: None,
        visits: 0,
        level: "guest".to_owned(),
        badge: format!("{nick} (guest)"),
    }
}

pub(crate) fn guest(member_id: u32, nr: i16) -> Guest {
    Guest { member_id, nr, name: format!("guest {nr}") }
}
