//! Units of work: changes that are done all together, or not at all.

#[cfg_attr(not(feature = "mysql"), expect(dead_code, reason = "MySQL knows only a part of a row"))]
pub(crate) mod judge;
#[cfg_attr(
    not(any(feature = "mysql", feature = "dynamodb")),
    expect(dead_code, reason = "the stores do them")
)]
mod new;
#[cfg_attr(not(any(feature = "mysql", feature = "dynamodb")), expect(dead_code, reason = "the stores ask"))]
pub(crate) mod size;
#[cfg_attr(
    not(any(feature = "mysql", feature = "dynamodb")),
    expect(dead_code, reason = "the stores do them")
)]
pub(crate) mod step;

use std::fmt;

use migratable_core::check::ValidRow;
use migratable_core::plan::Plan;
use migratable_core::value::Row;

pub(crate) use self::new::New;
pub use self::size::MAX_CHANGES;
use self::step::TableKey;
pub(crate) use self::step::{Action, Step};
use crate::column::{Change, Condition};
use crate::entity::{Entity, entity_row};
use crate::error::Error;
use crate::key::Key;
use crate::store::Store;

/// What a unit of work has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    pub(crate) new_ids: Vec<u64>,
}

impl Committed {
    /// The ids that were handed out, in the order of [`UnitOfWork::insert_new`]; those of what followed one stand behind it.
    pub fn new_ids(&self) -> &[u64] {
        &self.new_ids
    }
}

/// One change of a unit, or what becomes one once it has its id.
#[derive(Debug)]
pub(crate) enum Entry<'s> {
    Step(Step<'static>),
    New(New<'s>),
}

impl Entry<'_> {
    /// What the row's entity is.
    pub(crate) fn plan(&self) -> &'static Plan {
        match self {
            Self::Step(step) => step.plan,
            Self::New(new) => new.plan,
        }
    }
}

/// Changes that are done all together, or not at all: one transaction of MySQL, or one `TransactWriteItems` of DynamoDB with
/// the markers of unique keys.
///
/// ```ignore
/// shop.unit_of_work()
///     .insert(&order)
///     .change(ProductKey { product_id: 7 }, |p| p.stock.subtract(2).only_if(p.stock.at_least(2)))
///     .delete_all(cart_lines)
///     .commit()
///     .await?;
/// ```
///
/// Nothing is sent before [`UnitOfWork::commit`]. Changes are done in their order; no two of them may be of one item. What
/// both stores can't do alike is refused in both: more than [`MAX_CHANGES`], say.
///
/// Foreign keys that the contract keeps hold in both stores: a row points at what is there, and what is pointed at stays,
/// takes along or is forgotten, as MySQL's `ON DELETE` says.
///
/// Each store sees to it that the unit is done as if alone: MySQL locks rows, DynamoDB's transaction asks that what was read
/// still stands, and is tried again with growing pauses where others came between.
#[must_use = "nothing is done before `commit`"]
pub struct UnitOfWork<'s> {
    store: &'s Store,
    entries: Vec<Result<Entry<'s>, Error>>,
}

impl<'s> UnitOfWork<'s> {
    /// Nothing to do, in this store.
    pub const fn new(store: &'s Store) -> Self {
        Self { store, entries: Vec::new() }
    }

    fn with(mut self, step: Result<Step<'static>, Error>) -> Self {
        self.entries.push(step.map(Entry::Step));
        self
    }

    /// Adds an entity that isn't there yet. One with its key, or with a value of its unique keys, is a conflict.
    pub fn insert<E: Entity>(self, entity: &E) -> Self {
        self.with(row_step("insert", entity, Action::Insert))
    }

    /// Adds entities that aren't there yet, as [`UnitOfWork::insert`] does each.
    pub fn insert_all<'e, E: Entity>(self, entities: impl IntoIterator<Item = &'e E>) -> Self {
        entities.into_iter().fold(self, Self::insert)
    }

    /// Adds an entity with an id that the store hands out, in place of whatever its field holds: MySQL counts it up as always,
    /// DynamoDB's come from a counter, in blocks. `then` gets the entity with its id, and adds what needs it; it may be
    /// called more than once, of which the last counts. [`Committed::new_ids`] gives the ids.
    ///
    /// The contract says who counts (`ids`).
    pub fn insert_new<E: Entity>(
        mut self,
        entity: &E,
        then: impl Fn(&E, Self) -> Self + Send + Sync + 's,
    ) -> Self {
        let store = self.store;
        let then = move |row: &Row| {
            let entity = E::from_row(row.clone());
            let entity = entity.map_err(|error| Error::unreadable(&error.field, error.source))?;
            then(&entity, Self::new(store)).checked()
        };
        let row = entity_row(entity).map_err(|invalid| Error::invalid(invalid).during("insert", E::plan()));
        self.entries.push(row.and_then(|row| New::of(row, Box::new(then))).map(Entry::New));
        self
    }

    /// Writes an entity whole, whether it was there before or not.
    pub fn put<E: Entity>(self, entity: &E) -> Self {
        self.with(row_step("put", entity, Action::Put))
    }

    /// Changes columns of the entity with this key. Where there is none, nothing of the unit is done
    /// ([`Error::is_not_found`]).
    ///
    /// Whether what comes out fits the contract is checked as for a whole entity. Where a column changes that the key is made
    /// of, the item moves. Columns that MySQL computes or that come from other tables are set in DynamoDB only: MySQL has
    /// them from where they come.
    pub fn change<K: Key>(
        self,
        key: K,
        change: impl FnOnce(&<K::Entity as Entity>::Columns) -> Change<K::Entity>,
    ) -> Self {
        let made = change(&<K::Entity as Entity>::COLUMNS).made;
        self.with(Step::change(table_key(&key), made))
    }

    /// Deletes the entity with this key. That there is none is no mistake. Rows that point at it by foreign keys go along,
    /// forget it, or stand in the way ([`Error::is_conflict`]).
    pub fn delete<K: Key>(self, key: K) -> Self {
        self.with(Step::delete(table_key(&key), None))
    }

    /// Deletes the entities with these keys, as [`UnitOfWork::delete`] does each.
    pub fn delete_all<K: Key>(self, keys: impl IntoIterator<Item = K>) -> Self {
        keys.into_iter().fold(self, Self::delete)
    }

    /// Deletes the entity with this key if the condition holds of it; where there is none, or it doesn't, nothing of the
    /// unit is done.
    pub fn delete_if<K: Key>(
        self,
        key: K,
        condition: impl FnOnce(&<K::Entity as Entity>::Columns) -> Condition<K::Entity>,
    ) -> Self {
        let asked = condition(&<K::Entity as Entity>::COLUMNS).asked;
        self.with(Step::delete(table_key(&key), Some(asked)))
    }

    /// Does the unit only if there is an entity with this key.
    pub fn require<K: Key>(self, key: K) -> Self {
        self.with(Step::require(table_key(&key), None))
    }

    /// Does the unit only if there is an entity with this key and the condition holds of it.
    pub fn require_that<K: Key>(
        self,
        key: K,
        condition: impl FnOnce(&<K::Entity as Entity>::Columns) -> Condition<K::Entity>,
    ) -> Self {
        let asked = condition(&<K::Entity as Entity>::COLUMNS).asked;
        self.with(Step::require(table_key(&key), Some(asked)))
    }

    /// Does the unit only if there is no entity with this key; one that is there is a conflict.
    pub fn require_absent<K: Key>(self, key: K) -> Self {
        self.with(Step::require_absent(table_key(&key)))
    }

    /// How many changes and requirements there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Does everything, or nothing. A unit with nothing in it is done at once.
    ///
    /// # Errors
    /// [`Error::change`] says which change it was, counted from 0. Its values are wrong ([`Error::is_invalid`], before
    /// anything is sent); there is no such entity ([`Error::is_not_found`]); its condition doesn't hold
    /// ([`Error::is_condition_failed`]); another row stands in the way ([`Error::is_conflict`]); the unit is too large
    /// ([`Error::is_too_large`]). Or the store fails: then nothing was done, unless [`Error::is_uncertain`].
    pub async fn commit(self) -> Result<Committed, Error> {
        let store = self.store;
        store.commit(self.checked()?).await
    }

    /// Does everything in a transaction of the caller's own, who commits it or rolls it back. After an error it has to be
    /// rolled back: a part of the unit may have been done in it.
    ///
    /// # Errors
    /// As [`UnitOfWork::commit`]; and the store is not MySQL ([`Error::is_invalid`]).
    #[cfg(feature = "mysql")]
    pub async fn commit_in(self, transaction: &mut sqlx::MySqlConnection) -> Result<Committed, Error> {
        let store = self.store;
        store.commit_in(&self.checked()?, transaction).await
    }

    /// The entries, if there is nothing wrong with any.
    fn checked(self) -> Result<Vec<Entry<'s>>, Error> {
        let total = self.entries.len();
        let placed = |(position, entry): (usize, Result<Entry<'s>, Error>)| {
            entry.map_err(|error| error.of_change(position, total))
        };
        self.entries.into_iter().enumerate().map(placed).collect()
    }
}

/// A step that writes an entity whole.
fn row_step<E: Entity>(
    operation: &'static str,
    entity: &E,
    action: impl FnOnce(ValidRow<'static>) -> Action<'static>,
) -> Result<Step<'static>, Error> {
    let row = entity_row(entity).map_err(|invalid| Error::invalid(invalid).during(operation, E::plan()))?;
    Step::of_row(operation, row, action)
}

/// The key of the entity's table.
fn table_key<K: Key>(key: &K) -> TableKey<'static> {
    const {
        assert!(
            K::INDEX.is_none(),
            "a unit of work finds entities by the key of their table, not of an index"
        )
    }
    TableKey { plan: <K::Entity as Entity>::plan(), values: key.to_values() }
}

impl fmt::Debug for UnitOfWork<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnitOfWork").field("store", self.store).field("changes", &self.entries.len()).finish()
    }
}
