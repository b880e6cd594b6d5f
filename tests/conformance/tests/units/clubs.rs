//! The club on engines of its own, and its members.

use migratable::Store;
use migratable_test_engines::{DynamoDb, MariaDb, create_tables};

use crate::club::{Club, Guest, Member, TABLES};

/// Engines with the club's table, and the club on each.
pub(crate) struct Clubs {
    pub(crate) mysql: Club,
    pub(crate) dynamodb: Club,
    _server: MariaDb,
    engine: DynamoDb,
}

impl Clubs {
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let server = MariaDb::start()?;
        server.create_database("club").await?;
        server.execute_script("club", include_str!("club.sql")).await?;
        let engine = DynamoDb::start()?;
        create_tables(&engine.client(), TABLES).await?;
        let pool = migratable::mysql::pool_options().max_connections(60).connect(&server.url("club")).await?;
        let mysql = Club::new(Store::mysql(pool).await?);
        let dynamodb = Club::new(Store::dynamodb(engine.client()));
        Ok(Self { mysql, dynamodb, _server: server, engine })
    }

    /// The same club in another process, as far as its store can tell.
    pub(crate) fn another(&self, club: &Club) -> Club {
        let is_mysql = std::ptr::eq(club, &self.mysql);
        if is_mysql { club.clone() } else { Club::new(Store::dynamodb(self.engine.client())) }
    }

    pub(crate) fn both(&self) -> [&Club; 2] {
        [&self.mysql, &self.dynamodb]
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
