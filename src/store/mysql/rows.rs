//! Values to parameters, and what a SELECT of a plan gives back to values. The column's type decides, never the wire's:
//! core's SELECT makes every column one of signed, unsigned, double, text, bytes.

use migratable_core::ValueError;
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{Aggregate, DerivedSource, Plan};
use migratable_core::value::{Date, DateTime, Decimal, Row, Time, Value};
use migratable_core::{derived, projection, sql};
use sqlx::mysql::{MySqlArguments, MySqlRow};
use sqlx::{Arguments, Decode, MySql, Row as _};

use super::DriverError;
use crate::error::Error;
use crate::store::Question;

/// A parameter: a column of the plan, and a value of it.
pub(super) type Bind = (usize, Value);

/// The question's parameters.
pub(super) fn parameters(question: &Question<'_>) -> Vec<Bind> {
    question.pattern.by.iter().copied().zip(question.by.iter().cloned()).collect()
}

/// The ends of a range, as core's conditions compare them.
pub(super) fn ends(question: &Question<'_>) -> Vec<Bind> {
    let Some((column, ends)) = question.ended() else { return Vec::new() };
    let ty = &question.plan.columns[column].ty;
    ends.values().map(|value| (column, as_ordered(ty, value.clone()))).collect()
}

/// What the keyset condition binds to go on after a row of which `after` has the cursor's values.
pub(super) fn keyset(question: &Question<'_>, after: &[Value]) -> Result<Vec<Bind>, Error> {
    let (plan, pattern) = (question.plan, question.pattern);
    let known = pattern.cursor.iter().zip(after).chain(pattern.by.iter().zip(question.by));
    let known: Vec<(&usize, &Value)> = known.collect();
    let bind = |column: usize| {
        let value = known.iter().find(|(known, _)| **known == column).map(|(_, value)| (*value).clone());
        let value = value.ok_or_else(|| Error::plan("its order has a column the cursor lacks"))?;
        Ok((column, as_ordered(&plan.columns[column].ty, value)))
    };
    sql::keyset_binds(&pattern.order).into_iter().map(bind).collect()
}

/// A text as core's ORDER BY sees it: without the blanks at the end that the collation ignores. With them, rows that
/// tie with the cursor's would be skipped.
fn as_ordered(ty: &MySqlType, value: Value) -> Value {
    match (ty.collation(), value) {
        (Some(collation), Value::Text(text)) if collation.pads() => {
            Value::Text(text.trim_end_matches(' ').to_owned())
        }
        (_, value) => value,
    }
}

/// Parameters as the driver takes them.
pub(super) fn arguments(plan: &Plan, binds: &[Bind]) -> Result<MySqlArguments, Error> {
    let mut arguments = MySqlArguments::default();
    for (column, value) in binds {
        add(&mut arguments, fraction_digits(&plan.columns[*column].ty), value)?;
    }
    Ok(arguments)
}

/// Adds the limit, the last parameter of a list.
pub(super) fn add_limit(arguments: &mut MySqlArguments, limit: u64) -> Result<(), Error> {
    arguments.add(limit).map_err(unbindable)
}

/// The most digits a time's fraction has.
pub(super) const MOST_DIGITS: u8 = 6;

/// Binds a value so that the server has nothing to round or guess: exact and calendar values as text, times with so many
/// digits of their fractions.
pub(super) fn add(arguments: &mut MySqlArguments, digits: u8, value: &Value) -> Result<(), Error> {
    match value {
        Value::Null => arguments.add(None::<String>),
        Value::Int(number) => arguments.add(*number),
        Value::UInt(number) => arguments.add(*number),
        Value::Float(number) => arguments.add(f64::from(*number)),
        Value::Double(number) => arguments.add(*number),
        Value::Decimal(number) => arguments.add(number.to_string()),
        Value::Text(text) | Value::Json(text) => arguments.add(text.as_str()),
        Value::Bytes(bytes) => arguments.add(bytes.as_slice()),
        Value::Date(date) => arguments.add(date.to_string()),
        Value::Time(time) => arguments.add(time.format(digits)),
        Value::DateTime(value) | Value::Timestamp(value) => arguments.add(value.format(digits, ' ')),
        Value::Set(members) => arguments.add(members.join(",")),
        Value::Rows(_) => return Err(Error::argument("rows of a collection are no parameter")),
    }
    .map_err(unbindable)
}

const fn fraction_digits(ty: &MySqlType) -> u8 {
    match ty {
        MySqlType::Time { fsp } | MySqlType::DateTime { fsp } | MySqlType::Timestamp { fsp } => *fsp,
        _ => 0,
    }
}

fn unbindable(error: sqlx::error::BoxDynError) -> Error {
    Error::argument("the driver can't encode a parameter")
        .with_source(DriverError::from(sqlx::Error::Encode(error)))
}

/// A row of the plan from a row of its SELECT.
pub(super) fn decode(plan: &Plan, row: &MySqlRow) -> Result<Row, Error> {
    let mut values = Row::with_capacity(plan.width());
    for (position, column) in plan.columns.iter().enumerate() {
        let value =
            decode_column(row, position, &column.ty).map_err(|fault| fault.at(plan.field_name(position)))?;
        let value = projection::admit(column, value)
            .map_err(|error| Error::unreadable(plan.field_name(position), error))?;
        values.push(value);
    }
    for (position, derived) in plan.derived.iter().enumerate() {
        let at = plan.columns.len() + position;
        let value = decode_derived(row, at, &derived.source).map_err(|fault| fault.at(&derived.name))?;
        values.push(value);
    }
    plan.complete(&mut values).map_err(|(position, error)| {
        Error::unreadable(plan.field_name(plan.columns.len() + position), error)
    })?;
    Ok(values)
}

/// The columns of the entity's own table, from a row of [`sql::locked`]; NULL for everything else.
pub(super) fn decode_own(plan: &Plan, row: &MySqlRow) -> Result<Row, Error> {
    let mut values = vec![Value::Null; plan.width()];
    for (position, column) in plan.columns.iter().enumerate().filter(|(_, column)| column.table == 0) {
        let name = plan.field_name(position);
        let value = decode_column(row, position, &column.ty).map_err(|fault| fault.at(name))?;
        values[position] =
            projection::admit(column, value).map_err(|error| Error::unreadable(name, error))?;
    }
    Ok(values)
}

/// The root's primary key, from a row that has nothing else.
pub(super) fn decode_key(plan: &Plan, row: &MySqlRow) -> Result<Vec<Value>, Error> {
    let columns = plan.primary_key.iter().enumerate();
    columns
        .map(|(position, column)| {
            let ty = &plan.columns[*column].ty;
            decode_column(row, position, ty).map_err(|fault| fault.at(plan.field_name(*column)))
        })
        .collect()
}

/// A derived attribute; NULL where it is worked out of the rest of the row.
fn decode_derived(row: &MySqlRow, position: usize, source: &DerivedSource) -> Result<Value, Fault> {
    match source {
        DerivedSource::Computed { .. } => Ok(Value::Null),
        DerivedSource::Aggregate(Aggregate { scalar, .. }) => {
            let value = decode_column(row, position, &scalar.ty)?;
            derived::aggregated(scalar, value).map_err(Fault::Value)
        }
        DerivedSource::Tree(tree) => {
            let text = read::<String>(row, position)?;
            derived::tree::read(tree, text.as_deref()).map_err(Fault::Value)
        }
        DerivedSource::Collection(collection) => {
            let text = read::<String>(row, position)?.ok_or(Fault::Value(ValueError::Null))?;
            derived::rows::read(collection, &text).map_err(Fault::Value)
        }
    }
}

/// Why a column can't be read.
enum Fault {
    Driver(sqlx::Error),
    Value(ValueError),
}

impl Fault {
    fn at(self, place: &str) -> Error {
        match self {
            Self::Value(error) => Error::unreadable(place, error),
            Self::Driver(error) => {
                Error::unreadable(place, ValueError::Malformed { what: "value of its column's type" })
                    .with_source(DriverError::from(error))
            }
        }
    }
}

fn decode_column(row: &MySqlRow, position: usize, ty: &MySqlType) -> Result<Value, Fault> {
    let text = || read::<String>(row, position);
    match ty {
        MySqlType::Int { unsigned: false, .. } => {
            nullable(read(row, position)?, |number| Ok(Value::Int(number)))
        }
        MySqlType::Int { unsigned: true, .. } | MySqlType::Bit { .. } | MySqlType::Year => {
            nullable(read(row, position)?, |number| Ok(Value::UInt(number)))
        }
        // The SELECT gives the double that the FLOAT is, so that nothing is lost on the way back.
        MySqlType::Float { .. } => {
            nullable(read::<f64>(row, position)?, |number| Ok(Value::Float(number as f32)))
        }
        MySqlType::Double { .. } => nullable(read(row, position)?, |number| Ok(Value::Double(number))),
        MySqlType::Decimal { .. } => nullable(text()?, |text| Decimal::parse(&text).map(Value::Decimal)),
        MySqlType::Char { .. }
        | MySqlType::VarChar { .. }
        | MySqlType::Text { .. }
        | MySqlType::Enum { .. } => nullable(text()?, |text| Ok(Value::Text(text))),
        MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => {
            nullable(read(row, position)?, |bytes| Ok(Value::Bytes(bytes)))
        }
        MySqlType::Date => nullable(text()?, |text| Date::parse(&text).map(Value::Date)),
        MySqlType::Time { .. } => nullable(text()?, |text| Time::parse(&text).map(Value::Time)),
        MySqlType::DateTime { .. } => nullable(text()?, |text| DateTime::parse(&text).map(Value::DateTime)),
        MySqlType::Timestamp { .. } => nullable(text()?, |text| DateTime::parse(&text).map(Value::Timestamp)),
        MySqlType::Set { .. } => nullable(text()?, |text| Ok(Value::Set(members(&text)))),
        MySqlType::Json => nullable(text()?, |text| Ok(Value::Json(text))),
    }
}

/// Reads a column without asking the driver whether its idea of the type fits: the plan's type has decided.
fn read<'r, T: Decode<'r, MySql>>(row: &'r MySqlRow, position: usize) -> Result<Option<T>, Fault> {
    row.try_get_unchecked::<Option<T>, _>(position).map_err(Fault::Driver)
}

fn nullable<T>(value: Option<T>, make: impl FnOnce(T) -> Result<Value, ValueError>) -> Result<Value, Fault> {
    value.map_or(Ok(Value::Null), make).map_err(Fault::Value)
}

/// The members of a SET, which can't have commas in them. The empty text is the empty set.
fn members(text: &str) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { text.split(',').map(str::to_owned).collect() }
}

#[cfg(test)]
mod tests {
    use migratable_core::collation::Collation;

    use super::*;

    #[test]
    fn blanks_the_order_ignores_are_not_compared() {
        let column = |collation| MySqlType::VarChar { length: 9, collation: Collation::constant(collation) };
        let text = |text: &str| Value::Text(text.to_owned());
        assert_eq!(as_ordered(&column("utf8mb4_bin"), text(" bob  ")), text(" bob"));
        assert_eq!(as_ordered(&column("utf8mb4_0900_bin"), text(" bob  ")), text(" bob  "));
    }

    #[test]
    fn the_empty_text_is_the_empty_set() {
        assert_eq!(members(""), Vec::<String>::new());
        assert_eq!(members("a,b c"), ["a", "b c"]);
    }

    #[test]
    fn a_page_goes_on_by_order_whatever_gives_the_values() {
        use crate::entity::Entity;
        use crate::fixture::{CREATED, ID, OF_USER, Order, USER, moment};

        let mut plan = Order::plan().clone();
        plan.patterns.to_mut()[OF_USER].order = vec![USER, CREATED, ID].into();
        let by = [Value::Int(3)];
        let question = Question { plan: &plan, pattern: &plan.patterns[OF_USER], by: &by, ends: None };
        let created = Value::Timestamp(moment());
        let binds = keyset(&question, &[created.clone(), Value::Int(7)]).ok();
        let user = (USER, Value::Int(3));
        let created = (CREATED, created);
        assert_eq!(binds, Some(vec![user.clone(), user, created.clone(), created, (ID, Value::Int(7))]));
        plan.patterns.to_mut()[OF_USER].cursor = vec![ID].into();
        let question = Question { plan: &plan, pattern: &plan.patterns[OF_USER], by: &by, ends: None };
        assert!(keyset(&question, &[Value::Int(7)]).is_err());
    }
}
