//! Keys read back: from key attributes to the columns they are built from.

use super::KeyPart;
use crate::ValueError;
use crate::codec;
use crate::dynamodb::{AttributeValue, Item};
use crate::plan::{KeyAttribute, KeySource, Plan};
use crate::projection::{ProjectionError, key_value};
use crate::value::{Row, Value};

/// The values of [`Plan::key_columns`], in that order, from the key attributes of an index or of the table; the item may
/// have others, too.
///
/// A text that the key has only folded comes back folded: equal to the row's under its collation. A value of which it has
/// only a part is read from its attribute, which a whole item has. What is not a key of this entity, letter by letter, is
/// an error.
pub fn read_key(plan: &Plan, index: Option<usize>, item: &Item) -> Result<Vec<Value>, ProjectionError> {
    let (mut row, texts) = read_attributes(plan, plan.keys(index), item)?;
    for column in plan.key_columns(index) {
        if row[column] == Value::Null {
            row[column] = read_beside(plan, column, item)?;
        }
    }
    agree(plan, &row, &texts)?;
    Ok(plan.key_columns(index).into_iter().map(|column| row[column].clone()).collect())
}

/// The columns that these key attributes give back, each once, with their values. Like [`read_key`], but a column that they
/// give nothing back of is left out.
///
/// # Errors
/// It is no key that these attributes make.
pub fn read_given(
    plan: &Plan,
    keys: &[KeyAttribute],
    item: &Item,
) -> Result<Vec<(usize, Value)>, ProjectionError> {
    let (mut row, mut texts) = read_attributes(plan, keys.iter(), item)?;
    texts.retain(|(key, _)| plan.columns_of([*key]).into_iter().all(|column| row[column] != Value::Null));
    agree(plan, &row, &texts)?;
    let columns = plan.columns_of(keys).into_iter();
    let values = columns.map(|column| (column, std::mem::replace(&mut row[column], Value::Null)));
    Ok(values.filter(|(_, value)| *value != Value::Null).collect())
}

/// Key attributes that templates build, and the texts they are.
type Texts<'k> = Vec<(&'k KeyAttribute, &'k AttributeValue)>;

/// A row of what key attributes give back, and those that templates build.
fn read_attributes<'k>(
    plan: &Plan,
    keys: impl Iterator<Item = &'k KeyAttribute>,
    item: &'k Item,
) -> Result<(Row, Texts<'k>), ProjectionError> {
    let mut row: Row = vec![Value::Null; plan.width()];
    let mut texts = Vec::new();
    for key in keys {
        let text =
            read_attribute(plan, key, item, &mut row).map_err(|source| error(plan, &key.name, source))?;
        texts.extend(text.map(|text| (key, text)));
    }
    Ok((row, texts))
}

/// Whether key attributes are what the row makes of them: one column may stand in several places.
fn agree(plan: &Plan, row: &[Value], texts: &Texts<'_>) -> Result<(), ProjectionError> {
    for (key, text) in texts {
        if key_value(plan, key, row)?.as_ref() != Some(*text) {
            return Err(error(plan, &key.name, ValueError::Malformed { what: "key of this entity" }));
        }
    }
    Ok(())
}

/// A value that the key doesn't give back, from the attribute that carries it.
fn read_beside(plan: &Plan, column: usize, item: &Item) -> Result<Value, ProjectionError> {
    let carrier = plan.attributes.iter().find(|attribute| attribute.column == column);
    let place = carrier.map_or_else(|| plan.field_name(column), |attribute| &attribute.name);
    let found = carrier.and_then(|carrier| Some((carrier, item.get(carrier.name.as_ref())?)));
    let value = match found {
        Some((carrier, found)) => codec::decode(&plan.columns[column].ty, carrier.ty, Some(found)),
        None => Err(ValueError::Malformed { what: "whole item, and its key has only a part of the value" }),
    };
    value.map_err(|source| error(plan, place, source))
}

/// Reads one key attribute into the row; gives it back if a template has built it. A value that stands in the key as it
/// is goes before a folded one.
fn read_attribute<'i>(
    plan: &Plan,
    key: &KeyAttribute,
    item: &'i Item,
    row: &mut Row,
) -> Result<Option<&'i AttributeValue>, ValueError> {
    let found = item.get(key.name.as_ref()).ok_or(ValueError::Null)?;
    let template = match &key.source {
        KeySource::Template(template) => template,
        KeySource::Attribute(position) => {
            let attribute = &plan.attributes[*position];
            row[attribute.column] =
                codec::decode(&plan.columns[attribute.column].ty, attribute.ty, Some(found))?;
            return Ok(None);
        }
    };
    let AttributeValue::S(text) = found else {
        return Err(ValueError::Kind { expected: "a key of type S".to_owned(), found: found.type_name() });
    };
    let folded = template.parts.iter().filter_map(|part| match part {
        KeyPart::Column { fold, .. } => Some(*fold),
        KeyPart::Formatted { format, .. } => format.gives_back().then_some(false),
        KeyPart::Literal(_) => None,
    });
    for ((column, value), folded) in template.parse(&plan.columns, text)?.into_iter().zip(folded) {
        if !folded || row[column] == Value::Null {
            row[column] = value;
        }
    }
    Ok(Some(found))
}

fn error(plan: &Plan, place: &str, source: ValueError) -> ProjectionError {
    ProjectionError { entity: plan.entity.to_string(), place: place.to_owned(), source }
}
