//! What generated code names. No part of the public interface: `v1` keeps working for code that was generated for
//! it, and what is new goes into a `v2`.

/// The first version.
pub mod v1 {
    use migratable_core::plan::AccessPattern;
    pub use migratable_core::value::Row;
    use migratable_core::value::Value;
    pub use {migratable_core as core, migratable_core::ValueError};

    pub use crate::entity::Entity;
    pub use crate::field::{Field, FieldError};
    pub use crate::{kind, types};

    use crate::entity::{columns_error, entity_row};
    use crate::error::Error;
    use crate::list::ListRequest;
    use crate::store::Store;

    /// An entity's key as a struct of its own.
    pub trait EntityKey {
        /// The entity it is the key of.
        type Entity: Entity;

        /// The key's values, in the order of the plan's first pattern.
        ///
        /// # Errors
        /// A value has no exact form in MySQL.
        fn by(&self) -> Result<Vec<Value>, FieldError>;
    }

    /// A field's value, or the error that names the field.
    ///
    /// # Errors
    /// The value has no exact form in MySQL.
    pub fn to_value<K, F: Field<K>>(field: &'static str, value: &F) -> Result<Value, FieldError> {
        value.to_value().map_err(|error| FieldError::new(field, error))
    }

    /// A field of this value, or the error that names the field.
    ///
    /// # Errors
    /// The field's type can't hold the value.
    pub fn from_value<K, F: Field<K>>(field: &'static str, value: Value) -> Result<F, FieldError> {
        F::from_value(value).map_err(|error| FieldError::new(field, error))
    }

    /// A row as an array, to be taken apart without copies.
    ///
    /// # Errors
    /// The row is of another plan: it has another number of values.
    pub fn columns<const N: usize>(row: Row) -> Result<[Value; N], FieldError> {
        row.try_into().map_err(|_| FieldError::new("row", columns_error(N)))
    }

    /// Writes an entity whole: the row or item with its key is made equal to it, or added.
    ///
    /// # Errors
    /// See [`Store::put`].
    pub async fn put<E: Entity>(store: &Store, value: &E) -> Result<(), Error> {
        let plan = E::plan();
        let row = entity_row(value).map_err(|invalid| Error::invalid(invalid).during("put", plan))?;
        store.put_checked(plan, row).await
    }

    /// Asks an access pattern that has at most one answer.
    ///
    /// # Errors
    /// See [`Store::get`].
    pub async fn get<E: Entity>(
        store: &Store,
        pattern: usize,
        by: Result<Vec<Value>, FieldError>,
    ) -> Result<Option<E>, Error> {
        let plan = E::plan();
        let pattern = pattern_of::<E>(pattern)?;
        let by = parameters::<E>("get", pattern, by)?;
        let row = store.get(plan, pattern, by).await?;
        row.map(|row| entity_of_row("get", pattern, row)).transpose()
    }

    /// A list about to be asked for.
    pub fn list<E: Entity>(
        store: &Store,
        pattern: usize,
        by: Result<Vec<Value>, FieldError>,
    ) -> ListRequest<'_, E> {
        ListRequest::new(store, pattern, by)
    }

    /// The pattern at a position generated code names.
    pub(crate) fn pattern_of<E: Entity>(position: usize) -> Result<&'static AccessPattern, Error> {
        let plan = E::plan();
        let pattern = plan.patterns.get(position);
        pattern.ok_or_else(|| Error::plan(format!("it has no access pattern {position}")).during("ask", plan))
    }

    /// Parameters as values, or the error that names the one that can't be.
    pub(crate) fn parameters<E: Entity>(
        operation: &'static str,
        pattern: &AccessPattern,
        by: Result<Vec<Value>, FieldError>,
    ) -> Result<Vec<Value>, Error> {
        let plan = E::plan();
        by.map_err(|error| {
            let invalid = crate::Invalid::new(plan, vec![error]);
            Error::invalid(invalid).at(operation, plan, Some(&pattern.name), String::new())
        })
    }

    /// The entity a store's row is.
    pub(crate) fn entity_of_row<E: Entity>(
        operation: &'static str,
        pattern: &AccessPattern,
        row: Row,
    ) -> Result<E, Error> {
        E::from_row(row).map_err(|error| {
            let name = Some(pattern.name.as_ref());
            Error::unreadable(&error.field, error.source).at(operation, E::plan(), name, String::new())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::v1;
    use crate::fixture::{self, Order};
    use crate::{FieldError, Store, ValueError, types::Value};

    /// Never called: that it compiles is the test. Servers spawn these futures on many threads.
    fn futures_can_cross_threads(store: &'static Store, order: &'static Order) {
        fn assert_send<T: Send>(_: T) {}
        let by = || Ok(vec![Value::Int(1)]);
        assert_send(v1::put(store, order));
        assert_send(v1::get::<Order>(store, fixture::OF_USER, by()));
        assert_send(v1::list::<Order>(store, fixture::OF_USER, by()).backwards().first());
        assert_send(v1::list::<Order>(store, fixture::OF_USER, by()).page(5, None));
    }

    #[test]
    fn a_parameter_that_has_no_value_is_named() {
        let _ = futures_can_cross_threads;
        let pattern = v1::pattern_of::<Order>(fixture::OF_USER).expect("a pattern of the plan");
        let error =
            v1::parameters::<Order>("list", pattern, Err(FieldError::new("user_id", ValueError::Null)));
        let error = error.expect_err("no value");
        assert!(error.is_invalid());
        assert_eq!(
            error.to_string(),
            "list Order.of_user: not valid: `user_id`: NULL where a value is required"
        );
    }

    #[test]
    fn a_pattern_the_plan_lacks_is_an_error_not_a_panic() {
        let error = v1::pattern_of::<Order>(99).expect_err("no such pattern");
        assert!(error.to_string().contains("generate the code again"), "{error}");
    }

    #[test]
    fn what_a_store_gives_and_the_struct_cannot_hold_is_unreadable() {
        let pattern = v1::pattern_of::<Order>(fixture::OF_USER).expect("a pattern of the plan");
        let mut row = fixture::row();
        row[fixture::ID] = Value::Int(1 << 40);
        let error = v1::entity_of_row::<Order>("list", pattern, row).expect_err("too large for an i32");
        assert!(error.is_unreadable() && error.to_string().contains("`order_id`"), "{error}");
    }
}
