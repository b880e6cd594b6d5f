//! Without a store's feature there is no store: the type is there, so that entities and repositories compile, and has
//! no value.

use migratable_core::check::ValidRow;
use migratable_core::plan::Plan;
use migratable_core::value::Row;

use super::{Question, Related, Stretch};
use crate::error::Error;
use crate::unit::{Committed, Entry};

/// No store at all.
pub(super) enum Backend {}

impl Backend {
    pub(super) const fn name(&self) -> &'static str {
        match *self {}
    }

    pub(super) fn table(&self, _: &Plan) -> String {
        match *self {}
    }

    pub(super) const fn names_indexes(&self) -> bool {
        match *self {}
    }

    pub(super) async fn put(&self, _: ValidRow<'_>, _: Related) -> Result<(), Error> {
        match *self {}
    }

    pub(super) async fn commit(&self, _: Vec<Entry<'_>>, _: Related) -> Result<Committed, Error> {
        match *self {}
    }

    pub(super) async fn seed_ids(&self, _: &Plan, _: &Self) -> Result<u64, Error> {
        match *self {}
    }

    pub(super) async fn get(&self, _: &Question<'_>) -> Result<Option<Row>, Error> {
        match *self {}
    }

    pub(super) async fn list(&self, _: &Question<'_>, _: &Stretch) -> Result<Vec<Row>, Error> {
        match *self {}
    }
}
