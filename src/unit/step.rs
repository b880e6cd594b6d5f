//! The changes of a unit of work, checked, without the types of their entities.

use migratable_core::change::{Change as Edits, Operation};
use migratable_core::check::{Expr, ValidRow};
use migratable_core::dynamodb::Item;
use migratable_core::plan::Plan;
use migratable_core::projection;
use migratable_core::value::{Row, Value};

use crate::column::{Asked, Made};
use crate::entity::{Failure, Invalid};
use crate::error::Error;
use crate::field::FieldError;
use crate::key;

/// One change or requirement.
#[derive(Debug)]
pub(crate) struct Step<'p> {
    /// What errors call it.
    pub(crate) operation: &'static str,
    pub(crate) plan: &'p Plan,
    /// The key attributes of the item.
    pub(crate) item: Item,
    pub(crate) action: Action<'p>,
}

/// What is done. Values of a key are those of [`Plan::key_columns`] of the table.
#[derive(Debug)]
pub(crate) enum Action<'p> {
    /// A row that isn't there yet is added.
    Insert(ValidRow<'p>),
    /// A row is written whole.
    Put(ValidRow<'p>),
    /// A row that has to be there is changed.
    Change { key: Vec<Value>, edits: Edits },
    /// A row is deleted. With a requirement it has to be there and meet it.
    Delete { key: Vec<Value>, required: Option<Expr> },
    /// A row has to be there and meet the requirement.
    Require { key: Vec<Value>, required: Expr },
    /// There has to be no row.
    RequireAbsent { key: Vec<Value> },
}

/// The condition that every row meets.
pub(crate) const ANY: Expr = Expr::Number { digits: 1, scale: 0 };

/// What a conflict over the primary key calls it, as MySQL does.
pub(crate) const PRIMARY: &str = "PRIMARY";

/// The key of an entity's table.
pub(super) struct TableKey<'p> {
    pub(super) plan: &'p Plan,
    pub(super) values: Result<Row, FieldError>,
}

impl<'p> Step<'p> {
    /// A step that writes a whole row.
    pub(crate) fn of_row(
        operation: &'static str,
        row: ValidRow<'p>,
        action: impl FnOnce(ValidRow<'p>) -> Action<'p>,
    ) -> Result<Self, Error> {
        let plan = row.plan();
        match projection::key(plan, row.values()) {
            Ok(item) => Ok(Self { operation, plan, item, action: action(row) }),
            Err(error) => Err(Error::unfit(&error.place, error.source).during(operation, plan)),
        }
    }

    /// A step that changes a row.
    pub(super) fn change(key: TableKey<'p>, made: Made) -> Result<Self, Error> {
        let mut failures = made.failures;
        failures.extend(unchangeable(key.plan, &made.edits));
        let action = |key| Action::Change { key, edits: made.edits };
        Self::by_key("change", key, failures, action)
    }

    /// A step that deletes a row.
    pub(super) fn delete(key: TableKey<'p>, required: Option<Asked>) -> Result<Self, Error> {
        let (required, failures) = required.map(|asked| asked.judged(key.plan)).unzip();
        Self::by_key("delete", key, failures.unwrap_or_default(), |key| Action::Delete { key, required })
    }

    /// A step that requires a row.
    pub(super) fn require(key: TableKey<'p>, required: Option<Asked>) -> Result<Self, Error> {
        let (required, failures) = match required {
            Some(asked) => asked.judged(key.plan),
            None => (ANY, Vec::new()),
        };
        Self::by_key("require", key, failures, |key| Action::Require { key, required })
    }

    /// A step that requires that there is no row.
    pub(super) fn require_absent(key: TableKey<'p>) -> Result<Self, Error> {
        Self::by_key("require", key, Vec::new(), |key| Action::RequireAbsent { key })
    }

    fn by_key(
        operation: &'static str,
        key: TableKey<'p>,
        failures: Vec<Failure>,
        action: impl FnOnce(Vec<Value>) -> Action<'p>,
    ) -> Result<Self, Error> {
        let TableKey { plan, values } = key;
        let made = values
            .map_err(|error| Invalid::new(plan, vec![error.into()]))
            .and_then(|values| key::row(plan, None, values.clone()).map(|row| (row, values)))
            .and_then(|found| if failures.is_empty() { Ok(found) } else { Err(Invalid::new(plan, failures)) })
            .map_err(Error::invalid)
            .and_then(|(row, values)| {
                let item =
                    projection::key(plan, &row).map_err(|error| Error::unfit(&error.place, error.source))?;
                Ok(Self { operation, plan, item, action: action(values) })
            });
        made.map_err(|error| error.during(operation, plan))
    }
}

impl Asked {
    /// The condition, and what is wrong with it.
    fn judged(mut self, plan: &Plan) -> (Expr, Vec<Failure>) {
        self.failures.extend(not_own(plan, &self.condition));
        (self.condition, self.failures)
    }
}

/// What is wrong with a change, whatever the row: a column twice, a sum where MySQL has the column from elsewhere, a
/// condition on such a column. Edits that set it are for DynamoDB alone.
fn unchangeable(plan: &Plan, change: &Edits) -> Vec<Failure> {
    let failure =
        |column: usize, what: &'static str| Failure::change(plan.field_name(column).to_owned(), what);
    let mut failures = Vec::new();
    for (position, edit) in change.edits.iter().enumerate() {
        if change.edits[..position].iter().any(|earlier| earlier.column == edit.column) {
            failures.push(failure(edit.column, "changed twice in one change; say once what becomes of it"));
        }
        let own = plan.columns.get(edit.column).is_some_and(|column| column.table == 0 && !column.generated);
        if !own && !matches!(edit.operation, Operation::Set(_)) {
            failures.push(failure(
                edit.column,
                "MySQL works this value out, so it is only set, to what MySQL has",
            ));
        }
        // A set's members are brought in order when the row is judged.
        if let Operation::Set(value) = &edit.operation
            && !matches!(value, Value::Set(_))
            && let Some(column) = plan.columns.get(edit.column)
            && let Err(error) = column.check(value)
        {
            failures.push(Failure::value(plan.field_name(edit.column).to_owned(), error));
        }
    }
    failures.extend(change.condition.iter().flat_map(|condition| not_own(plan, condition)));
    failures
}

/// The columns of a condition that other tables give.
fn not_own(plan: &Plan, condition: &Expr) -> Vec<Failure> {
    let mut columns = condition.columns();
    columns.sort_unstable();
    columns.dedup();
    columns.retain(|column| plan.columns.get(*column).is_none_or(|column| column.table != 0));
    let what = "a condition is on the columns of the entity's own table; this one comes from another";
    columns.into_iter().map(|column| Failure::change(plan.field_name(column).to_owned(), what)).collect()
}
