//! The interpreter of plans: row → item, and back. Generated code, and every mover of data, goes through here.

use thiserror::Error;

use crate::ValueError;
use crate::check::{ValidRow, truth};
use crate::codec;
use crate::derived::nested;
use crate::dynamodb::{AttributeType, AttributeValue, ENTITY_ATTRIBUTE, Form, Item, OWNER_ATTRIBUTE};
use crate::mysql::ZeroDates;
use crate::plan::{Attribute, Column, KeyAttribute, KeySource, Plan};
use crate::value::{Row, Value};

/// A row that can't become an item, or an item that can't become a row. Says where, never what: values may be secrets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{entity}.{place}")]
pub struct ProjectionError {
    /// The entity.
    pub entity: String,
    /// The attribute or key attribute.
    pub place: String,
    /// What is wrong there.
    #[source]
    pub source: ValueError,
}

/// The whole item of a row: attributes, table keys, index keys, and the entity's name.
///
/// An index key with a NULL in it is left out, so that the item is not in that index.
pub fn item(plan: &Plan, row: &[Value]) -> Result<Item, ProjectionError> {
    // Nothing is known of the row yet.
    key(plan, row)?;
    for attribute in plan.attributes.iter() {
        attribute_value(plan, attribute, row)?;
    }
    for attribute in index_keys(plan) {
        key_value(plan, attribute, row)?;
    }
    Projected::of(plan, row.to_vec())?.into_item()
}

/// What the rows of an entity's table become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An item.
    Item(Item),
    /// The key of an item that says there is none.
    Tombstone(Item),
    /// Nothing.
    Absent,
}

/// What a row becomes: an item, unless the entity's `where` leaves it out.
///
/// # Errors
/// The row can't be an item, or only MySQL knows whether it is one.
pub fn outcome(plan: &Plan, row: &[Value]) -> Result<Outcome, ProjectionError> {
    let Some(filter) = &plan.filter else { return item(plan, row).map(Outcome::Item) };
    let kept = truth(plan, row, &filter.rule).map_err(|source| error(plan, "where", source))?;
    match kept {
        Some(true) => item(plan, row).map(Outcome::Item),
        _ if filter.tombstones => key(plan, row).map(Outcome::Tombstone),
        _ => Ok(Outcome::Absent),
    }
}

/// The marker items of a row, one for each of the root's unique keys that has one and no NULL. Each holds its key, the
/// entity's name, and which item it belongs to: that item's key, as a map.
///
/// # Errors
/// A key can't be built.
pub fn markers(plan: &Plan, row: &[Value]) -> Result<Vec<Item>, ProjectionError> {
    let mut markers = Vec::new();
    for marker in plan.markers.iter() {
        let mut found = Item::new();
        let mut whole = true;
        for attribute in std::iter::once(&marker.partition).chain(marker.sort.as_ref()) {
            match key_value(plan, attribute, row)? {
                Some(value) => {
                    found.insert(attribute.name.to_string(), value);
                }
                None => whole = false,
            }
        }
        if whole {
            let entity = format!("{}.{}", plan.entity, marker.name);
            found.insert(ENTITY_ATTRIBUTE.to_owned(), AttributeValue::S(entity));
            found.insert(OWNER_ATTRIBUTE.to_owned(), AttributeValue::M(key(plan, row)?));
            markers.push(found);
        }
    }
    Ok(markers)
}

/// A row on its way to an item: its attributes can be taken in any order, each once. Texts and bytes move.
#[derive(Debug)]
pub struct Projected<'p> {
    plan: &'p Plan,
    row: Row,
    /// Key attributes that templates build, in the order of [`Places::built`](crate::plan::Places::built).
    keys: Vec<Option<AttributeValue>>,
}

impl<'p> Projected<'p> {
    /// The item of a row that has been checked, as [`item`] makes it.
    ///
    /// # Errors
    /// A key can't be built.
    pub fn new(row: ValidRow<'p>) -> Result<Self, ProjectionError> {
        let plan = row.plan();
        Self::of(plan, row.into_row())
    }

    fn of(plan: &'p Plan, row: Row) -> Result<Self, ProjectionError> {
        // Keys are made of the row: it is taken apart after them.
        let built = plan.places().built();
        let mut keys = Vec::with_capacity(built.len());
        for key in built {
            keys.push(key_value(plan, key, &row)?);
        }
        Ok(Self { plan, row, keys })
    }

    /// Takes the attribute at a place of [`Plan::places`] to where it belongs; says whether the item has one
    /// there. Of one that was taken before, nothing is promised.
    ///
    /// # Errors
    /// DynamoDB can't hold the value.
    #[inline]
    pub fn take<F: Form>(&mut self, place: usize, slot: &mut F::Value) -> Result<bool, ValueError> {
        let Some(attribute) = self.plan.attributes.get(place) else {
            let value = self.take_built(place)?;
            let found = value.is_some();
            if let Some(value) = value {
                *slot = F::of(value);
            }
            return Ok(found);
        };
        let Some(value) = self.row.get_mut(attribute.column) else { return Err(FOREIGN) };
        codec::write::<F>(&self.plan.columns[attribute.column].ty, attribute.ty, value, slot)
    }

    fn take_built(&mut self, place: usize) -> Result<Option<AttributeValue>, ValueError> {
        let entity = self.plan.places().entity();
        if place > entity {
            return nested::write(self.plan, place - entity - 1, &self.row);
        }
        match self.keys.get_mut(place - self.plan.attributes.len()) {
            Some(key) => Ok(key.take()),
            None => Ok(Some(AttributeValue::S(self.plan.entity.to_string()))),
        }
    }

    /// Says of an error of [`Projected::take`] where it is.
    pub fn error(&self, place: usize, source: ValueError) -> ProjectionError {
        error(self.plan, self.plan.places().names().nth(place).unwrap_or_default(), source)
    }

    /// The whole item.
    ///
    /// # Errors
    /// DynamoDB can't hold a value.
    pub fn into_item(mut self) -> Result<Item, ProjectionError> {
        let mut item = Item::new();
        for (place, name) in self.plan.places().names().enumerate() {
            let mut value = AttributeValue::Null;
            let found = self.take::<AttributeValue>(place, &mut value);
            if found.map_err(|source| self.error(place, source))? {
                item.insert(name.to_owned(), value);
            }
        }
        Ok(item)
    }
}

/// The key attributes that are no attributes of their own, each name once: of the table, then of its indexes.
pub(crate) fn built_keys(plan: &Plan) -> impl Iterator<Item = &KeyAttribute> {
    let keys = || std::iter::once(&plan.partition).chain(plan.sort.as_ref()).chain(index_keys(plan));
    keys().enumerate().filter_map(move |(position, key)| {
        let is_attribute = matches!(&key.source, KeySource::Attribute(position)
            if plan.attributes.get(*position).is_some_and(|own| own.name == key.name));
        let is_first = || keys().take(position).all(|other| other.name != key.name);
        (!is_attribute && is_first()).then_some(key)
    })
}

fn index_keys(plan: &Plan) -> impl Iterator<Item = &KeyAttribute> {
    plan.indexes.iter().flat_map(|index| index.partition.iter().chain(index.sort.iter()))
}

/// The table key attributes of a row, alone. They can't be NULL.
pub fn key(plan: &Plan, row: &[Value]) -> Result<Item, ProjectionError> {
    let mut key = Item::new();
    for attribute in std::iter::once(&plan.partition).chain(plan.sort.as_ref()) {
        let value = key_value(plan, attribute, row)?;
        let value = value.ok_or_else(|| error(plan, &attribute.name, ValueError::Null))?;
        key.insert(attribute.name.to_string(), value);
    }
    Ok(key)
}

/// One key attribute's value; `None` where a column of it is NULL.
pub fn key_value(
    plan: &Plan,
    attribute: &KeyAttribute,
    row: &[Value],
) -> Result<Option<AttributeValue>, ProjectionError> {
    if row.len() != plan.width() {
        return Err(foreign(plan));
    }
    let value = match &attribute.source {
        KeySource::Template(template) => template
            .build(&plan.columns, row)
            .map(|key| key.map(AttributeValue::S))
            .map_err(|source| error(plan, &attribute.name, source))?,
        KeySource::Attribute(position) => attribute_value(plan, &plan.attributes[*position], row)?,
    };
    let empty = matches!(&value, Some(AttributeValue::S(text)) if text.is_empty())
        || matches!(&value, Some(AttributeValue::B(bytes)) if bytes.is_empty());
    if empty {
        let reason = "key attributes can't be empty".to_owned();
        return Err(error(plan, &attribute.name, ValueError::DynamoDb { reason }));
    }
    Ok(value)
}

/// The row an item was made of.
pub fn row(plan: &Plan, item: &Item) -> Result<Row, ProjectionError> {
    let attributes = item.iter().map(|(name, value)| (name.as_str(), value));
    read(plan, attributes, |value| Ok(value.clone())).row
}

/// What was read of an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// The entity the item says it is of. Of another's than the plan's, the row means nothing.
    pub entity: Option<String>,
    /// The row.
    pub row: Result<Row, ProjectionError>,
}

/// Reads an item's attributes, in any order. `convert` makes a value of one that is needed; the others are left alone.
pub fn read<N: AsRef<str>, V>(
    plan: &Plan,
    attributes: impl IntoIterator<Item = (N, V)>,
    convert: impl Fn(V) -> Result<AttributeValue, ValueError>,
) -> Read {
    let places = plan.places();
    let mut reading = Reading::new(plan);
    let mut entity = None;
    for (name, value) in attributes {
        match places.find(name.as_ref()) {
            Some(place) if place < plan.attributes.len() => reading.take(place, convert(value)),
            Some(place) if place == places.entity() => {
                entity = match convert(value) {
                    Ok(AttributeValue::S(entity)) => Some(entity),
                    _ => None,
                };
            }
            Some(place) if place > places.entity() => {
                reading.nested(place - places.entity() - 1, convert(value))
            }
            _ => {}
        }
    }
    Read { entity, row: reading.finish() }
}

/// A row that attributes are read into.
struct Reading<'p> {
    plan: &'p Plan,
    row: Row,
    /// Places of sets that are there, and of the NULL type.
    null_sets: Vec<usize>,
    /// Of [`Plan::maps`] and [`Plan::derived`], those that were there.
    nested: Vec<usize>,
    error: Option<ProjectionError>,
}

impl<'p> Reading<'p> {
    fn new(plan: &'p Plan) -> Self {
        let row = std::iter::repeat_with(|| Value::Null).take(plan.width()).collect();
        Self { plan, row, null_sets: Vec::new(), nested: Vec::new(), error: None }
    }

    #[inline]
    fn take(&mut self, place: usize, value: Result<AttributeValue, ValueError>) {
        let attribute = &self.plan.attributes[place];
        if attribute.ty == AttributeType::Ss && matches!(value, Ok(AttributeValue::Null)) {
            self.null_sets.push(place);
        }
        let column = &self.plan.columns[attribute.column];
        let read = value.and_then(|value| codec::read(&column.ty, attribute.ty, Some(value)));
        let slot = &mut self.row[attribute.column];
        match read {
            Ok(value) => *slot = value,
            Err(source) => return self.fail(place, source),
        }
        if let Err(source) = column.admits(slot) {
            self.fail(place, source);
        }
    }

    fn nested(&mut self, position: usize, value: Result<AttributeValue, ValueError>) {
        self.nested.push(position);
        let read = value.and_then(|value| nested::read(self.plan, position, Some(value), &mut self.row));
        if let Err(source) = read {
            self.fail_nested(position, source);
        }
    }

    #[cold]
    fn fail_nested(&mut self, position: usize, source: ValueError) {
        let place = self.plan.places().entity() + 1 + position;
        let name = self.plan.places().name(place).unwrap_or_default();
        if self.error.is_none() {
            self.error = Some(error(self.plan, name, source));
        }
    }

    /// Of several, the error of the first attribute of the plan is kept, whatever the order they come in.
    #[cold]
    fn fail(&mut self, place: usize, source: ValueError) {
        let name = &self.plan.attributes[place].name;
        let position = |name: &str| self.plan.attributes.iter().position(|other| other.name == name);
        if self.error.as_ref().is_none_or(|error| position(&error.place) > Some(place)) {
            self.error = Some(error(self.plan, name, source));
        }
    }

    /// The row, once every attribute has been read: those that were absent are NULL, or an empty set.
    fn finish(mut self) -> Result<Row, ProjectionError> {
        for (place, attribute) in self.plan.attributes.iter().enumerate() {
            if !matches!(self.row[attribute.column], Value::Null) || self.null_sets.contains(&place) {
                continue;
            }
            let column = &self.plan.columns[attribute.column];
            let absent = codec::read(&column.ty, attribute.ty, None).and_then(|value| admit(column, value));
            match absent {
                Ok(value) => self.row[attribute.column] = value,
                Err(source) => self.fail(place, source),
            }
        }
        for position in 0..self.plan.maps.len() + self.plan.derived.len() {
            if !self.nested.contains(&position)
                && let Err(source) = nested::read(self.plan, position, None, &mut self.row)
            {
                self.fail_nested(position, source);
            }
        }
        self.error.map_or(Ok(self.row), Err)
    }
}

/// Whether a column takes the value: NULL only where it may be, zero dates only where the contract keeps them.
pub fn admit(column: &Column, value: Value) -> Result<Value, ValueError> {
    column.admits(&value).map(|()| value)
}

impl Column {
    /// Whether it takes the value: see [`admit`].
    #[inline]
    fn admits(&self, value: &Value) -> Result<(), ValueError> {
        let zero_date = match value {
            Value::Null if !self.nullable => return Err(ValueError::Null),
            Value::Date(date) => date.is_zero(),
            Value::DateTime(moment) | Value::Timestamp(moment) => moment.date.is_zero(),
            _ => false,
        };
        if zero_date && self.zero_dates == ZeroDates::Refuse { Err(ValueError::ZeroDate) } else { Ok(()) }
    }
}

fn attribute_value(
    plan: &Plan,
    attribute: &Attribute,
    row: &[Value],
) -> Result<Option<AttributeValue>, ProjectionError> {
    let column = &plan.columns[attribute.column];
    admit(column, row[attribute.column].clone())
        .and_then(|value| codec::encode(&column.ty, attribute.ty, &value))
        .map_err(|source| error(plan, &attribute.name, source))
}

/// The error for a row of another plan.
const FOREIGN: ValueError = ValueError::Malformed { what: "row of this plan" };

fn foreign(plan: &Plan) -> ProjectionError {
    error(plan, "row", FOREIGN)
}

fn error(plan: &Plan, place: &str, source: ValueError) -> ProjectionError {
    ProjectionError { entity: plan.entity.to_string(), place: place.to_owned(), source }
}
