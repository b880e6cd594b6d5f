//! An access pattern about to be asked. Nothing here knows an entity's type but the one step from a row to a struct, so
//! that what a repository calls is compiled once.

use migratable_core::plan::{AccessPattern, Plan};
use migratable_core::value::{Row, Value};

use crate::entity::Invalid;
use crate::error::Error;
use crate::field::FieldError;
use crate::store::{PageRequest, RowPage, Store};
use crate::view::View;

/// A question to a store: which access pattern, with which values.
#[derive(Debug)]
pub(crate) struct Request<'s> {
    store: &'s Store,
    /// The entity's plan.
    pub(crate) plan: &'static Plan,
    /// The access pattern's position in it.
    pub(crate) pattern: usize,
    by: Result<Vec<Value>, FieldError>,
}

impl<'s> Request<'s> {
    pub(crate) fn new(
        store: &'s Store,
        plan: &'static Plan,
        pattern: usize,
        by: Result<Vec<Value>, FieldError>,
    ) -> Self {
        Self { store, plan, pattern, by }
    }

    /// Asks for at most one row.
    pub(crate) async fn get(self) -> Result<Option<Row>, Error> {
        let pattern = pattern_of(self.plan, self.pattern)?;
        let by = parameters("get", self.plan, pattern, self.by)?;
        self.store.get(self.plan, pattern, by).await
    }

    /// Asks for a page of rows.
    pub(crate) async fn list(self, page: PageRequest<'_>) -> Result<RowPage, Error> {
        let pattern = pattern_of(self.plan, self.pattern)?;
        let by = parameters("list", self.plan, pattern, self.by)?;
        self.store.list(self.plan, pattern, by, page).await
    }
}

/// The pattern at a position generated code names.
fn pattern_of(plan: &'static Plan, position: usize) -> Result<&'static AccessPattern, Error> {
    let pattern = plan.patterns.get(position);
    pattern.ok_or_else(|| Error::plan(format!("it has no access pattern {position}")).during("ask", plan))
}

/// Parameters as values, or the error that names the one that can't be.
fn parameters(
    operation: &'static str,
    plan: &Plan,
    pattern: &AccessPattern,
    by: Result<Vec<Value>, FieldError>,
) -> Result<Vec<Value>, Error> {
    by.map_err(|error| {
        let invalid = Invalid::new(plan, vec![error.into()]);
        Error::invalid(invalid).at(operation, plan, Some(&pattern.name), String::new())
    })
}

/// What a store's row is read as.
pub(crate) fn view_of_row<V: View>(
    operation: &'static str,
    plan: &Plan,
    pattern: usize,
    row: Row,
) -> Result<V, Error> {
    V::of_row(row).map_err(|error| unreadable(operation, plan, pattern, &error))
}

fn unreadable(operation: &'static str, plan: &Plan, pattern: usize, error: &FieldError) -> Error {
    let name = plan.patterns.get(pattern).map(|pattern| &*pattern.name);
    Error::unreadable(&error.field, error.source.clone()).at(operation, plan, name, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, Order};
    use crate::{Entity, ValueError};

    #[test]
    fn a_parameter_that_has_no_value_is_named() {
        let pattern = pattern_of(Order::plan(), fixture::OF_USER).expect("a pattern of the plan");
        let by = Err(FieldError::new("user_id", ValueError::Null));
        let error = parameters("list", Order::plan(), pattern, by).expect_err("no value");
        assert!(error.is_invalid());
        assert_eq!(
            error.to_string(),
            "list Order.of_user: not valid: `user_id`: NULL where a value is required"
        );
    }

    #[test]
    fn a_pattern_the_plan_lacks_is_an_error_not_a_panic() {
        let error = pattern_of(Order::plan(), 99).expect_err("no such pattern");
        assert!(error.to_string().contains("generate the code again"), "{error}");
    }

    #[test]
    fn what_a_store_gives_and_the_struct_cannot_hold_is_unreadable() {
        let mut row = fixture::row();
        row[fixture::ID] = Value::Int(1 << 40);
        let error = view_of_row::<Order>("list", Order::plan(), fixture::OF_USER, row);
        let error = error.expect_err("too large for an i32");
        assert!(error.is_unreadable() && error.to_string().contains("`order_id`"), "{error}");
        assert!(error.to_string().contains("Order.of_user"), "{error}");
    }
}
