//! How a question is asked of DynamoDB: which key attributes its parameters fix, and what is left to compare.
//! Pure functions of plan and parameters.

use std::cmp::Ordering;
use std::collections::HashMap;

use migratable_core::ValueError;
use migratable_core::dynamodb::{AttributeValue, Item};
use migratable_core::key::{Ends, KeyPart, KeyTest};
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{KeyAttribute, KeySource, Plan};
use migratable_core::projection;
use migratable_core::value::{Row, Value};

use crate::error::{CursorFault, Error};
use crate::store::Question;

/// How at most one item is asked for.
#[derive(Debug, PartialEq)]
pub(super) enum Access {
    /// By its whole table key.
    Key { key: Item, residual: Residual },
    /// Through an index: one query, or one for each shard.
    Queries(Vec<Query>),
}

/// A Query: conditions on key attributes, and what they leave open.
#[derive(Debug, PartialEq)]
pub(super) struct Query {
    conditions: Vec<Condition>,
    pub(super) residual: Residual,
}

/// A condition on one key attribute.
#[derive(Clone, Debug, PartialEq)]
struct Condition {
    attribute: String,
    test: Test,
    value: AttributeValue,
}

#[derive(Clone, Debug, PartialEq)]
enum Test {
    Equals,
    StartsWith,
    AtLeast,
    After,
    AtMost,
    Before,
    /// From the condition's value up to this one, both included.
    UpTo(AttributeValue),
}

/// What the ends of a range say of a key attribute.
enum Ended {
    /// All of it.
    Any,
    /// No item lies within them.
    Nothing,
    Tested(Test, AttributeValue),
}

/// Parameters that no key attribute answers, compared with each row read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Residual(Vec<(usize, Value)>);

/// What the parameters say about a key attribute.
enum Fixed {
    Whole(AttributeValue),
    Prefix(String),
    Open,
}

/// How to ask for at most one item.
pub(super) fn access(question: &Question<'_>) -> Result<Access, Error> {
    if question.pattern.index.is_some() {
        return queries(question).map(Access::Queries);
    }
    let row = question.known(&[], &[]);
    let attributes = std::iter::once(&question.plan.partition).chain(&question.plan.sort);
    let mut key = Item::new();
    let mut answered = Vec::new();
    for attribute in attributes {
        let Fixed::Whole(value) = fixed(question, attribute, &row)? else {
            return Err(open(attribute));
        };
        key.insert(attribute.name.to_string(), value);
        answered.extend(columns_of(question, attribute));
    }
    Ok(Access::Key { key, residual: residual(question, &answered) })
}

/// How to ask for any number of items: the whole partition key, and as much of the sort key as is known; where the
/// partition key has shards of what is not known, each of them. None where no item can answer.
pub(super) fn queries(question: &Question<'_>) -> Result<Vec<Query>, Error> {
    let (plan, pattern) = (question.plan, question.pattern);
    let row = question.known(&[], &[]);
    let mut partitions = vec![Vec::new()];
    let mut conditions = Vec::new();
    let mut answered = Vec::new();
    for attribute in plan.partition_of(pattern) {
        let values = values(question, attribute, &row)?;
        let with = |partition: Vec<Condition>| {
            values.iter().map(move |value| {
                let (attribute, value) = (attribute.name.to_string(), value.clone());
                let mut partition = partition.clone();
                partition.push(Condition { attribute, test: Test::Equals, value });
                partition
            })
        };
        partitions = partitions.into_iter().flat_map(with).collect();
        answered.extend(columns_of(question, attribute));
    }
    for attribute in plan.sort_of(pattern) {
        let (test, value) = match (fixed(question, attribute, &row)?, question.ended()) {
            (Fixed::Whole(value), _) => (Test::Equals, value),
            (_, Some((column, ends))) => match ended(question, attribute, column, ends, &row)? {
                Ended::Tested(test, value) => (test, value),
                Ended::Any => break,
                Ended::Nothing => return Ok(Vec::new()),
            },
            (Fixed::Prefix(prefix), None) => (Test::StartsWith, AttributeValue::S(prefix)),
            (Fixed::Open, None) => break,
        };
        let whole = test == Test::Equals;
        conditions.push(Condition { attribute: attribute.name.to_string(), test, value });
        answered.extend(columns_of(question, attribute));
        // Past an attribute that is not wholly fixed, DynamoDB takes no further conditions.
        if !whole {
            break;
        }
    }
    let residual = residual(question, &answered);
    let query = |partition: Vec<Condition>| Query {
        conditions: partition.into_iter().chain(conditions.iter().cloned()).collect(),
        residual: residual.clone(),
    };
    Ok(partitions.into_iter().map(query).collect())
}

/// The values a partition key attribute may have: one, or one for each shard of what is not known.
fn values(
    question: &Question<'_>,
    attribute: &KeyAttribute,
    row: &Row,
) -> Result<Vec<AttributeValue>, Error> {
    if let Fixed::Whole(value) = fixed(question, attribute, row)? {
        return Ok(vec![value]);
    }
    let KeySource::Template(template) = &attribute.source else { return Err(open(attribute)) };
    let known = |column: usize| question.pattern.by.contains(&column);
    let keys = template.build_shards(&question.plan.columns, row, known);
    let keys = keys.map_err(|error| Error::unfit(&attribute.name, error))?;
    if keys.is_empty() { Err(open(attribute)) } else { Ok(keys.into_iter().map(AttributeValue::S).collect()) }
}

/// What the ends of a column say of the first key attribute that is not wholly known.
fn ended(
    question: &Question<'_>,
    attribute: &KeyAttribute,
    column: usize,
    ends: &Ends,
    row: &Row,
) -> Result<Ended, Error> {
    let plan = question.plan;
    let KeySource::Template(template) = &attribute.source else {
        return ended_attribute(plan, attribute, column, ends, row);
    };
    let known = |column: usize| question.pattern.by.contains(&column);
    let stretch = template.stretch(&plan.columns, row, known, column, ends);
    let stretch = stretch.map_err(|error| Error::unfit(&attribute.name, error))?;
    Ok(match stretch.test() {
        KeyTest::Any => Ended::Any,
        KeyTest::Nothing => Ended::Nothing,
        KeyTest::AtLeast(lower) => Ended::Tested(Test::AtLeast, AttributeValue::S(lower)),
        KeyTest::AtMost(upper) => Ended::Tested(Test::AtMost, AttributeValue::S(upper)),
        KeyTest::Between(lower, upper) => {
            Ended::Tested(Test::UpTo(AttributeValue::S(upper)), AttributeValue::S(lower))
        }
    })
}

/// The ends of a column that is the key as it is. No key is empty, so an end that is comes before all of them.
fn ended_attribute(
    plan: &Plan,
    attribute: &KeyAttribute,
    column: usize,
    ends: &Ends,
    row: &Row,
) -> Result<Ended, Error> {
    let end = |value: &Value| -> Result<Option<AttributeValue>, Error> {
        if matches!(value, Value::Text(text) if text.is_empty())
            || matches!(value, Value::Bytes(bytes) if bytes.is_empty())
        {
            return Ok(None);
        }
        let mut row = row.clone();
        row[column].clone_from(value);
        let value = projection::key_value(plan, attribute, &row);
        value.map_err(|error| Error::unfit(&error.place, error.source))
    };
    let tested = |value: Option<AttributeValue>, test: Test, empty: Ended| match value {
        Some(value) => Ended::Tested(test, value),
        None => empty,
    };
    Ok(match ends {
        Ends::From(lower) => tested(end(lower)?, Test::AtLeast, Ended::Any),
        Ends::After(lower) => tested(end(lower)?, Test::After, Ended::Any),
        Ends::Until(upper) => tested(end(upper)?, Test::AtMost, Ended::Nothing),
        Ends::Before(upper) => tested(end(upper)?, Test::Before, Ended::Nothing),
        Ends::Between(lower, upper) => match (end(lower)?, end(upper)?) {
            (_, None) => Ended::Nothing,
            (None, Some(upper)) => Ended::Tested(Test::AtMost, upper),
            (Some(lower), Some(upper)) => Ended::Tested(Test::UpTo(upper), lower),
        },
    })
}

/// The key after which a query goes on: that of the item with the cursor's values, if it were in the query's partition.
pub(super) fn start_key(question: &Question<'_>, query: &Query, after: &[Value]) -> Result<Item, Error> {
    let (plan, pattern) = (question.plan, question.pattern);
    let row = question.known(&pattern.cursor, after);
    let table = std::iter::once(&plan.partition).chain(&plan.sort);
    let index =
        plan.index_of(pattern).into_iter().flat_map(|index| index.partition.iter().chain(index.sort.iter()));
    let mut key = Item::new();
    for attribute in table.chain(index) {
        let value = projection::key_value(plan, attribute, &row).ok().flatten();
        let value = value.ok_or_else(|| Error::cursor(CursorFault::Garbled))?;
        key.insert(attribute.name.to_string(), value);
    }
    for condition in query.conditions.iter().filter(|condition| condition.test == Test::Equals) {
        key.insert(condition.attribute.clone(), condition.value.clone());
    }
    Ok(key)
}

/// What the parameters fix of a key attribute. `row` has the parameters, and NULL elsewhere.
fn fixed(question: &Question<'_>, attribute: &KeyAttribute, row: &Row) -> Result<Fixed, Error> {
    let plan = question.plan;
    let known = |column: usize| question.pattern.by.contains(&column);
    let whole = match &attribute.source {
        KeySource::Attribute(position) => known(plan.attributes[*position].column),
        KeySource::Template(template) => template.columns().all(known),
    };
    if whole {
        let value = projection::key_value(plan, attribute, row);
        let value = value.map_err(|error| Error::unfit(&error.place, error.source))?;
        return value.map(Fixed::Whole).ok_or_else(|| open(attribute));
    }
    let KeySource::Template(template) = &attribute.source else { return Ok(Fixed::Open) };
    let prefix = template.build_prefix(&plan.columns, row, known);
    let prefix = prefix.map_err(|error| Error::unfit(&attribute.name, error))?;
    Ok(match prefix {
        Some((prefix, _)) if !prefix.is_empty() => Fixed::Prefix(prefix),
        _ => Fixed::Open,
    })
}

/// The columns a key attribute answers for: those before the first that is not known, of which it has the whole value.
fn columns_of(question: &Question<'_>, attribute: &KeyAttribute) -> Vec<usize> {
    let known = |column: &usize| question.pattern.by.contains(column);
    match &attribute.source {
        KeySource::Attribute(position) => vec![question.plan.attributes[*position].column],
        KeySource::Template(template) => {
            let known = template.parts.iter().take_while(|part| part.column().as_ref().is_none_or(known));
            known.filter_map(KeyPart::whole_column).collect()
        }
    }
}

fn residual(question: &Question<'_>, answered: &[usize]) -> Residual {
    let parameters = question.pattern.by.iter().copied().zip(question.by.iter().cloned());
    Residual(parameters.filter(|(column, _)| !answered.contains(column)).collect())
}

fn open(attribute: &KeyAttribute) -> Error {
    Error::plan(format!("the parameters leave the key attribute `{}` open", attribute.name))
}

impl Query {
    /// The key condition, all placeholders.
    pub(super) fn expression(&self) -> String {
        let conditions = self.conditions.iter().enumerate().map(|(n, condition)| match condition.test {
            Test::Equals => format!("#k{n} = :k{n}"),
            Test::StartsWith => format!("begins_with(#k{n}, :k{n})"),
            Test::AtLeast => format!("#k{n} >= :k{n}"),
            Test::After => format!("#k{n} > :k{n}"),
            Test::AtMost => format!("#k{n} <= :k{n}"),
            Test::Before => format!("#k{n} < :k{n}"),
            Test::UpTo(_) => format!("#k{n} BETWEEN :k{n} AND :u{n}"),
        });
        conditions.collect::<Vec<_>>().join(" AND ")
    }

    /// What the placeholders stand for: names, so that no reserved word and no odd character matters, and values.
    pub(super) fn placeholders(&self) -> (HashMap<String, String>, Item) {
        let mut names = HashMap::new();
        let mut values = Item::new();
        for (n, Condition { attribute, test, value }) in self.conditions.iter().enumerate() {
            names.insert(format!("#k{n}"), attribute.clone());
            values.insert(format!(":k{n}"), value.clone());
            if let Test::UpTo(upper) = test {
                values.insert(format!(":u{n}"), upper.clone());
            }
        }
        (names, values)
    }
}

impl Residual {
    /// What the table's key attributes have only a part of, of the values of [`Plan::key_columns`]; `None` where they have
    /// all of them.
    pub(super) fn of_key(plan: &Plan, values: &[Value]) -> Option<Self> {
        let partly = partly(plan);
        let values = plan.key_columns(None).into_iter().zip(values.iter().cloned());
        let rest: Vec<(usize, Value)> = values.filter(|(column, _)| partly.contains(column)).collect();
        (!rest.is_empty()).then_some(Self(rest))
    }

    /// Whether a row has the parameters that the keys don't answer.
    ///
    /// # Errors
    /// What MySQL would say of two texts is not known.
    pub(super) fn admits(&self, plan: &Plan, row: &Row) -> Result<bool, Error> {
        for (column, value) in &self.0 {
            let same = same(&plan.columns[*column].ty, value, &row[*column]);
            if !same.map_err(|error| Error::unfit(plan.field_name(*column), error))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The columns of which the table's key has no more than a part: a day of a moment, a shard.
pub(super) fn partly(plan: &Plan) -> Vec<usize> {
    let whole = |key: &KeyAttribute, column: usize| match &key.source {
        KeySource::Attribute(_) => plan.columns_of([key]).contains(&column),
        KeySource::Template(template) => {
            template.parts.iter().any(|part| part.whole_column() == Some(column))
        }
    };
    let mut columns = plan.key_columns(None);
    columns.retain(|column| !plan.keys(None).any(|key| whole(key, *column)));
    columns
}

/// Whether MySQL holds two values of a column equal.
fn same(ty: &MySqlType, a: &Value, b: &Value) -> Result<bool, ValueError> {
    Ok(match (a, b, ty.collation()) {
        // Both are members, each in its one spelling.
        (Value::Text(a), Value::Text(b), _) if matches!(ty, MySqlType::Enum { .. }) => a == b,
        (Value::Decimal(a), Value::Decimal(b), _) => a.partial_cmp(b) == Some(Ordering::Equal),
        (Value::Text(a), Value::Text(b), Some(collation)) => {
            a == b || collation.fold(a)? == collation.fold(b)?
        }
        (a, b, _) => a == b,
    })
}

#[cfg(test)]
mod tests;
