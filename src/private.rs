//! What generated code names. No part of the public interface: `v1` keeps working for code that was generated for
//! it, and what is new goes into a `v2`.

/// The first version.
pub mod v1 {
    pub use migratable_core::value::Row;
    use migratable_core::value::Value;
    pub use {migratable_core as core, migratable_core::ValueError};

    pub use crate::column::Column;
    pub use crate::element::Element;
    pub use crate::entity::Entity;
    pub use crate::field::{Field, FieldError, member, member_of};
    pub use crate::key::Key;
    pub use crate::range::{Given, Next, Part, Prefix, Range, Ranged};
    pub use crate::row::{RowReader, RowWriter};
    pub use crate::view::View;
    pub use crate::{carry, kind, types};

    use crate::entity::entity_row;
    use crate::error::Error;
    use crate::get::GetRequest;
    use crate::list::ListRequest;
    use crate::store::{Related, Store};

    /// That a subset and the struct it names are of one entity of one contract, by their fingerprints. A struct that the
    /// derive refused may have none, which is 0.
    pub const fn same_entity<V: View>(subset: u64) {
        let whole = <V::Entity as Entity>::FINGERPRINT;
        assert!(
            whole == subset || whole == 0,
            "the struct this subset names is of another entity, or of another contract"
        );
    }

    /// The store, which knows the plans of the entities whose foreign keys units of work keep.
    pub fn related(store: Store, plans: &'static [fn() -> &'static core::plan::Plan]) -> Store {
        store.knowing(Related::new(plans))
    }

    /// A field's value, or the error that names the field.
    ///
    /// # Errors
    /// The value has no exact form in MySQL.
    pub fn to_value<K, F: Field<K>>(field: &'static str, value: &F) -> Result<Value, FieldError> {
        value.to_value().map_err(|error| FieldError::new(field, error))
    }

    /// The value of a field of a key, which is never NULL.
    ///
    /// # Errors
    /// It is, or there was an error before.
    pub fn present<T>(value: Result<Option<T>, ValueError>) -> Result<T, ValueError> {
        value.and_then(|value| value.ok_or(ValueError::Null))
    }

    /// Writes an entity whole: the row or item with its key is made equal to it, or added.
    ///
    /// # Errors
    /// See [`Store::put`].
    pub async fn put<E: Entity>(store: &Store, value: &E) -> Result<(), Error> {
        let plan = E::plan();
        let row = entity_row(value).map_err(|invalid| Error::invalid(invalid).during("put", plan))?;
        store.put_valid(row).await
    }

    /// Sets an entity's counter of ids to where MySQL has come to.
    ///
    /// # Errors
    /// See [`Store::seed_ids`].
    pub async fn seed_ids<E: Entity>(store: &Store, mysql: &Store) -> Result<u64, Error> {
        store.seed_ids(E::plan(), mysql).await
    }

    /// One entity about to be asked for.
    pub fn get<E: Entity>(
        store: &Store,
        pattern: usize,
        by: Result<Vec<Value>, FieldError>,
    ) -> GetRequest<'_, E> {
        GetRequest::new(store, pattern, by)
    }

    /// A list about to be asked for.
    pub fn list<E: Entity>(
        store: &Store,
        pattern: usize,
        by: Result<Vec<Value>, FieldError>,
    ) -> ListRequest<'_, E> {
        ListRequest::new(store, pattern, by)
    }

    /// The rows of a range about to be asked for.
    pub fn range<E: Entity>(store: &Store, range: impl Into<Range<E>>) -> ListRequest<'_, E> {
        ListRequest::of_range(store, range.into())
    }
}

#[cfg(test)]
mod tests {
    use super::v1;
    use crate::fixture::{self, Order};
    use crate::{Store, types::Value};

    /// Never called: that it compiles is the test. Servers spawn these futures on many threads.
    fn futures_can_cross_threads(store: &'static Store, order: &'static Order) {
        fn assert_send<T: Send>(_: T) {}
        let by = || Ok(vec![Value::Int(1)]);
        assert_send(v1::put(store, order));
        assert_send(v1::get::<Order>(store, fixture::OF_USER, by()).into_future());
        assert_send(v1::get::<Order>(store, fixture::OF_USER, by()).select::<Order>().into_future());
        assert_send(v1::list::<Order>(store, fixture::OF_USER, by()).backwards().first());
        assert_send(v1::list::<Order>(store, fixture::OF_USER, by()).page(5, None));
        let key = fixture::OrderKey(vec![Value::Int(1)]);
        let unit = store.unit_of_work().insert(order).change(key, |order| order.user.add(1));
        assert_send(unit.commit());
    }

    const _: fn(&'static Store, &'static Order) = futures_can_cross_threads;
}
