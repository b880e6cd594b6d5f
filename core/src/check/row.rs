//! A row that has been checked.

use super::keys::key_failures;
use super::size::item_failure;
use super::{Check, Failure, FailureKind, Invalid, Verdict, truth};
use crate::ValueError;
use crate::codec;
use crate::mysql::check::set_misfit;
use crate::mysql::{MySqlType, ZeroDates};
use crate::plan::{Column, DerivedSource, Plan};
use crate::value::{Row, Value};

/// A row that passed every check of its plan, in the one form a store holds: a set's members stand in declaration order,
/// whatever order they came in. What writes takes nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct ValidRow<'p> {
    plan: &'p Plan,
    values: Row,
}

/// A row on its way: the fields' values, and what kept a field from being one.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    values: Row,
    /// Fields without a value, by position.
    failed: Vec<(usize, ValueError)>,
}

impl Draft {
    /// An empty row, with room for so many values.
    pub fn with_capacity(columns: usize) -> Self {
        Self { values: Row::with_capacity(columns), failed: Vec::new() }
    }

    /// Adds the next field's value.
    #[inline]
    pub fn push(&mut self, value: Value) {
        self.values.push(value);
    }

    /// Adds the next field, which has no value, and why.
    pub fn fail(&mut self, error: ValueError) {
        self.failed.push((self.values.len(), error));
        self.values.push(Value::Null);
    }
}

impl Draft {
    /// The values; NULL where a field has none.
    pub fn into_values(self) -> Row {
        self.values
    }

    /// The first field that has no value, by its position, and why.
    pub fn failure(&self) -> Option<&(usize, ValueError)> {
        self.failed.first()
    }
}

impl From<Row> for Draft {
    fn from(values: Row) -> Self {
        Self { values, failed: Vec::new() }
    }
}

impl<'p> ValidRow<'p> {
    /// Checks a row. See [the module](super) for what is checked.
    ///
    /// # Errors
    /// Everything that is wrong. Keys and the item's size are judged only where every field is right.
    pub fn new(plan: &'p Plan, row: impl Into<Draft>) -> Result<Self, Invalid> {
        let Draft { mut values, failed } = row.into();
        if values.len() != plan.width() {
            return Err(Invalid::new(plan, vec![Failure::value("row", columns_error(plan.width()))]));
        }
        let mut failures = Vec::new();
        let mut failed = failed.into_iter();
        let mut without = failed.next();
        for (position, (column, value)) in plan.columns.iter().zip(&mut values).enumerate() {
            if let Some((_, error)) = without.take_if(|(field, _)| *field == position) {
                without = failed.next();
                failures.push(Failure::value(plan.field_name(position).to_owned(), error));
            } else {
                check_value(plan, position, column, value, &mut failures);
            }
        }
        check_derived(plan, &mut values, without.into_iter().chain(failed), &mut failures);
        check_attributes(plan, &values, &mut failures);
        check_constraints(plan, &values, &mut failures);
        check_filter(plan, &values, &mut failures);
        if failures.is_empty() {
            key_failures(plan, &values, |_| true, &mut failures);
        }
        if failures.is_empty() {
            failures.extend(item_failure(plan, &values));
        }
        if failures.is_empty() { Ok(Self { plan, values }) } else { Err(Invalid::new(plan, failures)) }
    }

    /// Checks a row of which only the columns of the entity's own table are known: they and what is made of nothing else
    /// are judged. The values of sets are brought in order.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn check_own(plan: &Plan, values: &mut Row) -> Result<(), Invalid> {
        if values.len() != plan.width() {
            return Err(Invalid::new(plan, vec![Failure::value("row", columns_error(plan.width()))]));
        }
        let known = |column: usize| plan.columns.get(column).is_some_and(|column| column.table == 0);
        let all_known = |columns: Vec<usize>| columns.into_iter().all(known);
        let mut failures = Vec::new();
        for (position, (column, value)) in plan.columns.iter().zip(values.iter_mut()).enumerate() {
            if known(position) {
                check_value(plan, position, column, value, &mut failures);
            }
        }
        check_attributes(plan, values, &mut failures);
        check_constraints(plan, values, &mut failures);
        if plan.filter.as_ref().is_some_and(|filter| all_known(filter.rule.columns())) {
            check_filter(plan, values, &mut failures);
        }
        if failures.is_empty() {
            key_failures(plan, values, known, &mut failures);
        }
        if failures.is_empty() { Ok(()) } else { Err(Invalid::new(plan, failures)) }
    }

    /// The plan it is a row of.
    pub const fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// A value for each of the plan's columns.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// The row, to be taken apart.
    pub fn into_row(self) -> Row {
        self.values
    }
}

impl Column {
    /// Whether the column holds the value: NULL only where it may be, zero dates only where the contract keeps them,
    /// nothing its type doesn't hold.
    ///
    /// # Errors
    /// What is wrong, without the value.
    pub fn check(&self, value: &Value) -> Result<(), ValueError> {
        let zero_date = match value {
            Value::Null if !self.nullable => return Err(ValueError::Null),
            Value::Date(date) => date.is_in_range() && date.is_zero(),
            Value::DateTime(moment) | Value::Timestamp(moment) => {
                moment.is_in_range() && moment.date.is_zero()
            }
            _ => false,
        };
        if zero_date && self.zero_dates == ZeroDates::Refuse {
            return Err(ValueError::ZeroDate);
        }
        self.ty.check(value)
    }
}

impl Plan {
    /// The name of the field that carries a column; the column's own where none does.
    pub fn field_name(&self, column: usize) -> &str {
        if let Some(name) = self.fields.get(column) {
            return name;
        }
        if let Some(derived) =
            column.checked_sub(self.columns.len()).and_then(|derived| self.derived.get(derived))
        {
            return &derived.name;
        }
        let attribute = self.attributes.iter().find(|attribute| attribute.column == column);
        attribute.map_or_else(
            || self.columns.get(column).map_or("?", |column| &column.name),
            |attribute| &attribute.name,
        )
    }
}

/// The error for a row that isn't one of the plan's.
fn columns_error(expected: usize) -> ValueError {
    ValueError::Kind { expected: format!("{expected} values"), found: "another number of values" }
}

fn check_value(
    plan: &Plan,
    position: usize,
    column: &Column,
    value: &mut Value,
    failures: &mut Vec<Failure>,
) {
    if let (MySqlType::Set { members, collation }, Value::Set(chosen)) = (&column.ty, &mut *value) {
        let found_before = failures.len();
        for (index, text) in chosen.iter().enumerate() {
            if let Some(misfit) = set_misfit(members, collation, chosen.len(), text) {
                let path = format!("{}[{index}]", plan.field_name(position));
                failures.push(Failure::value(path, column.ty.range_error(misfit)));
            }
        }
        if failures.len() > found_before {
            return;
        }
        order_members(members, chosen);
    }
    if let Err(error) = column.check(value) {
        failures.push(Failure::value(plan.field_name(position).to_owned(), error));
    }
}

/// Derived values: what is computed is worked out where the columns are right, the others have to be of their types.
fn check_derived(
    plan: &Plan,
    values: &mut [Value],
    failed: impl Iterator<Item = (usize, ValueError)>,
    failures: &mut Vec<Failure>,
) {
    if plan.derived.is_empty() {
        return;
    }
    let columns = plan.columns.len();
    let name = |position: usize| plan.field_name(columns + position).to_owned();
    let failed: Vec<(usize, ValueError)> = failed.collect();
    if failures.is_empty()
        && let Err((position, error)) = plan.complete(values)
    {
        failures.push(Failure::value(name(position), error));
    }
    for (position, (derived, value)) in plan.derived.iter().zip(&values[columns..]).enumerate() {
        let unread = failed.iter().find(|(field, _)| *field == columns + position);
        if let DerivedSource::Computed { .. } = derived.source {
            continue;
        }
        let found = match unread {
            Some((_, error)) => Err(error.clone()),
            None => crate::derived::check(plan, position, value),
        };
        if let Err(error) = found {
            failures.push(Failure::value(name(position), error));
        }
    }
}

/// A set has no order of its own; MySQL holds its members in declaration order, each once.
fn order_members(members: &[crate::Text], chosen: &mut Vec<String>) {
    let position = |text: &String| members.iter().position(|member| member == text);
    if !chosen.is_sorted_by(|a, b| position(a) < position(b)) {
        chosen.sort_by_key(position);
        chosen.dedup();
    }
}

/// What DynamoDB's types hold less than MySQL's. A column that has failed already is left alone.
fn check_attributes(plan: &Plan, row: &[Value], failures: &mut Vec<Failure>) {
    for attribute in plan.open().attributes.iter().map(|position| &plan.attributes[*position]) {
        let Some(value) = row.get(attribute.column) else { continue };
        if let Err(error) = codec::check(attribute.ty, value) {
            let path = plan.field_name(attribute.column);
            if !failures.iter().any(|failure| failure.path == path) {
                failures.push(Failure::value(path.to_owned(), error));
            }
        }
    }
}

/// A row that the entity's `where` leaves out is no item: writing it would put one where there should be none.
fn check_filter(plan: &Plan, row: &[Value], failures: &mut Vec<Failure>) {
    let Some(filter) = plan.filter.as_ref().filter(|_| failures.is_empty()) else { return };
    match truth(plan, row, &filter.rule) {
        Ok(Some(true)) => {}
        Ok(_) => {
            let kind = FailureKind::Check { name: "where".into(), expression: filter.expression.clone() };
            failures.push(Failure::new("where", kind));
        }
        Err(error) => failures.push(Failure::value("where", error)),
    }
}

/// The CHECK constraints that fail. One that reads a column which has failed already is not judged.
fn check_constraints(plan: &Plan, row: &[Value], failures: &mut Vec<Failure>) {
    let fields = failures.len();
    for check in plan.checks.iter() {
        if check.verdict(plan, row) != Verdict::Fails {
            continue;
        }
        let failed = |position: usize| {
            let name = plan.field_name(position);
            let of_field = |failure: &Failure| {
                let rest = failure.path.strip_prefix(name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            };
            failures[..fields].iter().any(of_field)
        };
        if !(0..row.len()).any(|position| check.reads(position) && failed(position)) {
            let Check { name, expression, .. } = check.clone();
            let path = format!("check {name}");
            failures.push(Failure::new(path, FailureKind::Check { name, expression }));
        }
    }
}
