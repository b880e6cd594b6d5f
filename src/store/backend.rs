//! The stores there are, behind one face.

use migratable_core::check::ValidRow;
use migratable_core::plan::Plan;
use migratable_core::value::Row;

#[cfg(feature = "dynamodb")]
use super::dynamodb::DynamoDb;
#[cfg(feature = "mysql")]
use super::mysql::MySql;
use super::{Question, Related, Stretch};
use crate::error::Error;
use crate::unit::{Committed, Entry};

/// What a counter is seeded by.
const SEEDED: &str =
    "a counter in DynamoDB is seeded from MySQL: call it on the DynamoDB store, and give it the MySQL store";

/// The store behind a [`Store`](super::Store).
pub(super) enum Backend {
    #[cfg(feature = "mysql")]
    MySql(MySql),
    #[cfg(feature = "dynamodb")]
    DynamoDb(DynamoDb),
}

impl Backend {
    /// The product's name.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(_) => "MySQL",
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(_) => "DynamoDB",
        }
    }

    /// The table asked, for error texts.
    pub(super) fn table(&self, plan: &Plan) -> String {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(_) => format!("MySQL table {}", plan.root),
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(_) => format!("DynamoDB table {}", plan.table),
        }
    }

    /// Whether a pattern's index is one that is asked by name; MySQL picks its own.
    pub(super) const fn names_indexes(&self) -> bool {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(_) => false,
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(_) => true,
        }
    }

    /// Writes a row that has been checked.
    #[cfg_attr(
        not(feature = "dynamodb"),
        expect(unused_variables, reason = "MySQL keeps foreign keys by itself")
    )]
    pub(super) async fn put(&self, row: ValidRow<'_>, related: Related) -> Result<(), Error> {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(store) => store.put(row).await,
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(store) => store.put(row, related).await,
        }
    }

    /// Does a unit of work.
    #[cfg_attr(
        not(feature = "dynamodb"),
        expect(unused_variables, reason = "MySQL keeps foreign keys by itself")
    )]
    pub(super) async fn commit(&self, entries: Vec<Entry<'_>>, related: Related) -> Result<Committed, Error> {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(store) => store.commit(&entries).await,
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(store) => store.commit(entries, related).await,
        }
    }

    /// Does a unit of work in a transaction of the caller's.
    #[cfg(feature = "mysql")]
    pub(super) async fn commit_in(
        &self,
        entries: &[Entry<'_>],
        transaction: &mut sqlx::MySqlConnection,
    ) -> Result<Committed, Error> {
        match self {
            Self::MySql(_) => super::mysql::run_unit(transaction, entries).await,
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(_) => {
                Err(Error::argument("a MySQL transaction is of no use to a DynamoDB store; call `commit`"))
            }
        }
    }

    /// Sets a counter of ids to where MySQL has come to.
    #[cfg(all(feature = "mysql", feature = "dynamodb"))]
    pub(super) async fn seed_ids(&self, plan: &Plan, from: &Self) -> Result<u64, Error> {
        match (self, from) {
            (Self::DynamoDb(store), Self::MySql(mysql)) => {
                let ids = plan.ids.as_ref().ok_or_else(|| {
                    Error::argument("the contract doesn't say who hands out its ids; say so, `ids`")
                })?;
                let next = mysql.next_id(plan).await?;
                store.seed(plan, ids, next).await.map(|()| next)
            }
            _ => Err(Error::argument(SEEDED)),
        }
    }

    /// Without one of the two there is nothing to seed, or nothing to seed it from.
    #[cfg(not(all(feature = "mysql", feature = "dynamodb")))]
    pub(super) async fn seed_ids(&self, _: &Plan, _: &Self) -> Result<u64, Error> {
        Err(Error::argument(SEEDED))
    }

    /// The one row that answers.
    pub(super) async fn get(&self, question: &Question<'_>) -> Result<Option<Row>, Error> {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(store) => store.get(question).await,
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(store) => store.get(question).await,
        }
    }

    /// A stretch of a list.
    pub(super) async fn list(&self, question: &Question<'_>, stretch: &Stretch) -> Result<Vec<Row>, Error> {
        match self {
            #[cfg(feature = "mysql")]
            Self::MySql(store) => store.list(question, stretch).await,
            #[cfg(feature = "dynamodb")]
            Self::DynamoDb(store) => store.list(question, stretch).await,
        }
    }
}
