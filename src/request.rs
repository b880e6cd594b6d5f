//! An access pattern about to be asked. Nothing here knows an entity's type but the one step from a row to a struct, so
//! that what a repository calls is compiled once.

use migratable_core::Text;
use migratable_core::plan::{AccessPattern, Plan};
use migratable_core::value::{Row, Value};

use crate::entity::Invalid;
use crate::error::Error;
use crate::field::FieldError;
use crate::store::{PageRequest, RowPage, RowRange, Store};
use crate::view::View;

/// A question to a store.
#[derive(Debug)]
pub(crate) struct Request<'s> {
    store: &'s Store,
    /// The entity's plan.
    pub(crate) plan: &'static Plan,
    asked: Asked,
}

/// What is asked, with which values.
#[derive(Debug)]
enum Asked {
    /// The access pattern at this position of the plan.
    Pattern(usize, Result<Vec<Value>, FieldError>),
    /// A range of the index at this position, or of the table.
    Range(Option<usize>, Result<RowRange, FieldError>),
}

/// What is asked, for errors.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Subject {
    /// The access pattern at this position of the plan.
    Pattern(usize),
    /// A range of the index at this position, or of the table.
    Range(Option<usize>),
}

impl<'s> Request<'s> {
    pub(crate) fn new(
        store: &'s Store,
        plan: &'static Plan,
        pattern: usize,
        by: Result<Vec<Value>, FieldError>,
    ) -> Self {
        Self { store, plan, asked: Asked::Pattern(pattern, by) }
    }

    /// A request for the rows of a range.
    pub(crate) fn of_range(
        store: &'s Store,
        plan: &'static Plan,
        index: Option<usize>,
        rows: Result<RowRange, FieldError>,
    ) -> Self {
        Self { store, plan, asked: Asked::Range(index, rows) }
    }

    /// What is asked.
    pub(crate) fn subject(&self) -> Subject {
        match &self.asked {
            Asked::Pattern(position, _) => Subject::Pattern(*position),
            Asked::Range(index, _) => Subject::Range(*index),
        }
    }

    /// Asks for at most one row.
    pub(crate) async fn get(self) -> Result<Option<Row>, Error> {
        let subject = self.subject();
        match self.asked {
            Asked::Pattern(position, by) => {
                let pattern = pattern_of(self.plan, position)?;
                let by = parameters("get", self.plan, subject, by)?;
                self.store.get(self.plan, pattern, by).await
            }
            Asked::Range(..) => {
                Err(Error::argument("a range has any number of answers, and was asked for one"))
            }
        }
    }

    /// Asks for a page of rows.
    pub(crate) async fn list(self, page: PageRequest<'_>) -> Result<RowPage, Error> {
        let subject = self.subject();
        match self.asked {
            Asked::Pattern(position, by) => {
                let pattern = pattern_of(self.plan, position)?;
                let by = parameters("list", self.plan, subject, by)?;
                self.store.list(self.plan, pattern, by, page).await
            }
            Asked::Range(_, rows) => {
                let rows = parameters("list", self.plan, subject, rows)?;
                self.store.range(self.plan, rows, page).await
            }
        }
    }
}

impl Subject {
    /// Its name, as errors call it.
    fn name(self, plan: &Plan) -> Option<Text> {
        match self {
            Self::Pattern(position) => plan.patterns.get(position).map(|pattern| pattern.name.clone()),
            Self::Range(index) => Some(plan.range_name(index)),
        }
    }
}

/// The pattern at a position generated code names.
fn pattern_of(plan: &'static Plan, position: usize) -> Result<&'static AccessPattern, Error> {
    let pattern = plan.patterns.get(position);
    pattern.ok_or_else(|| Error::plan(format!("it has no access pattern {position}")).during("ask", plan))
}

/// Parameters as values, or the error that names the one that can't be.
fn parameters<T>(
    operation: &'static str,
    plan: &Plan,
    subject: Subject,
    values: Result<T, FieldError>,
) -> Result<T, Error> {
    values.map_err(|error| {
        let invalid = Invalid::new(plan, vec![error.into()]);
        Error::invalid(invalid).at(operation, plan, subject.name(plan).as_deref(), String::new())
    })
}

/// What a store's row is read as.
pub(crate) fn view_of_row<V: View>(
    operation: &'static str,
    plan: &Plan,
    subject: Subject,
    row: Row,
) -> Result<V, Error> {
    V::of_row(row).map_err(|error| unreadable(operation, plan, subject, &error))
}

fn unreadable(operation: &'static str, plan: &Plan, subject: Subject, error: &FieldError) -> Error {
    let name = subject.name(plan);
    Error::unreadable(&error.field, error.source.clone()).at(operation, plan, name.as_deref(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{self, Order};
    use crate::{Entity, ValueError};

    #[test]
    fn a_parameter_that_has_no_value_is_named() {
        let by: Result<Row, _> = Err(FieldError::new("user_id", ValueError::Null));
        let subject = Subject::Pattern(fixture::OF_USER);
        let error = parameters("list", Order::plan(), subject, by).expect_err("no value");
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
        let error = view_of_row::<Order>("list", Order::plan(), Subject::Pattern(fixture::OF_USER), row);
        let error = error.expect_err("too large for an i32");
        assert!(error.is_unreadable() && error.to_string().contains("`order_id`"), "{error}");
        assert!(error.to_string().contains("Order.of_user"), "{error}");
    }
}
