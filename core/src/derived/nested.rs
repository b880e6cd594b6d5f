//! Maps and collections as attribute values.

use std::collections::BTreeMap;

use crate::ValueError;
use crate::codec;
use crate::dynamodb::AttributeValue;
use crate::key;
use crate::mysql::MySqlType;
use crate::plan::{Collection, CollectionForm, Column, Member, Plan};
use crate::projection::admit;
use crate::value::{Row, Value};

/// A value of the attributes that stand behind the others: those of [`Plan::maps`], then of [`Plan::derived`].
pub(crate) fn write(
    plan: &Plan,
    position: usize,
    row: &[Value],
) -> Result<Option<AttributeValue>, ValueError> {
    if let Some(map) = plan.maps.get(position) {
        let value = |member: &Member| row.get(member.column).ok_or(FOREIGN);
        return members(&map.members, &plan.columns, value).map(Some);
    }
    let position = position - plan.maps.len();
    let derived = plan.derived.get(position).ok_or(FOREIGN)?;
    let value = row.get(plan.columns.len() + position).ok_or(FOREIGN)?;
    match (derived.scalar(), derived.collection(), value) {
        (Some(scalar), _, value) => codec::encode(&scalar.ty, scalar.attribute, value),
        (_, Some(collection), Value::Rows(rows)) => elements(collection, rows),
        (_, _, value) => Err(super::not_rows(value)),
    }
}

const FOREIGN: ValueError = ValueError::Malformed { what: "row of this plan" };

fn members<'r>(
    members: &[Member],
    columns: &[Column],
    value: impl Fn(&Member) -> Result<&'r Value, ValueError>,
) -> Result<AttributeValue, ValueError> {
    let mut map = BTreeMap::new();
    for member in members {
        let column = columns.get(member.column).ok_or(FOREIGN)?;
        let value = value(member)?;
        if let Some(value) = codec::encode(&column.ty, member.ty, value)? {
            map.insert(member.name.to_string(), value);
        }
    }
    Ok(AttributeValue::M(map))
}

impl Collection {
    /// What a row of it has values for, in order: positions in its [`ChildRows::columns`](crate::plan::ChildRows::columns).
    /// The key of a map comes first.
    pub fn element(&self) -> Vec<usize> {
        let key = match &self.form {
            CollectionForm::Map { key, .. } => Some(*key),
            _ => None,
        };
        key.into_iter().chain(self.form.members().iter().map(|member| member.column)).collect()
    }
}

/// Whether a row is one of the collection's.
pub(crate) fn check_element(collection: &Collection, row: &Row) -> Result<(), ValueError> {
    let element = collection.element();
    if row.len() != element.len() {
        return Err(ValueError::Malformed { what: "row of this collection" });
    }
    for (column, value) in element.into_iter().zip(row) {
        collection.rows.columns.get(column).ok_or(FOREIGN)?.check(value)?;
    }
    Ok(())
}

fn elements(collection: &Collection, rows: &[Row]) -> Result<Option<AttributeValue>, ValueError> {
    let columns = &collection.rows.columns;
    let map = |found: &[Member], row: &[Value]| {
        let position = |member: &Member| found.iter().position(|other| std::ptr::eq(other, member));
        members(found, columns, |member| position(member).and_then(|at| row.get(at)).ok_or(FOREIGN))
    };
    let single = |member: &Member, row: &Row| -> Result<Option<AttributeValue>, ValueError> {
        let column = columns.get(member.column).ok_or(FOREIGN)?;
        codec::encode(&column.ty, member.ty, row.first().ok_or(FOREIGN)?)
    };
    Ok(Some(match &collection.form {
        CollectionForm::List(members) => {
            AttributeValue::L(rows.iter().map(|row| map(members, row)).collect::<Result<_, _>>()?)
        }
        CollectionForm::Map { key, members } => {
            let mut all = BTreeMap::new();
            for row in rows {
                let (first, rest) = row.split_first().ok_or(FOREIGN)?;
                let name = key::encode_part(key_type(columns, *key)?, false, first)?;
                all.insert(name, map(members, rest)?);
            }
            AttributeValue::M(all)
        }
        CollectionForm::Values(member) => {
            let values = rows.iter().filter_map(|row| single(member, row).transpose());
            AttributeValue::L(values.collect::<Result<_, _>>()?)
        }
        CollectionForm::Set(member) => {
            let mut texts = Vec::new();
            for row in rows {
                match single(member, row)? {
                    Some(AttributeValue::S(text)) => texts.push(text),
                    None => {}
                    Some(other) => {
                        return Err(ValueError::Kind {
                            expected: "text".to_owned(),
                            found: other.type_name(),
                        });
                    }
                }
            }
            texts.sort();
            texts.dedup();
            if texts.is_empty() {
                return Ok(None);
            }
            AttributeValue::Ss(texts)
        }
    }))
}

fn key_type(columns: &[Column], key: usize) -> Result<&MySqlType, ValueError> {
    columns.get(key).map(|column| &column.ty).ok_or(FOREIGN)
}

/// Reads what [`write`] wrote into the row.
pub(crate) fn read(
    plan: &Plan,
    position: usize,
    value: Option<AttributeValue>,
    row: &mut [Value],
) -> Result<(), ValueError> {
    if let Some(map) = plan.maps.get(position) {
        let mut found = match value {
            Some(AttributeValue::M(found)) => found,
            None => return Err(ValueError::Null),
            Some(other) => return Err(not_of(&other, "M")),
        };
        for member in map.members.iter() {
            let column = plan.columns.get(member.column).ok_or(FOREIGN)?;
            let value = codec::read(&column.ty, member.ty, found.remove(member.name.as_ref()))?;
            *row.get_mut(member.column).ok_or(FOREIGN)? = admit(column, value)?;
        }
        return Ok(());
    }
    let position = position - plan.maps.len();
    let derived = plan.derived.get(position).ok_or(FOREIGN)?;
    let slot = row.get_mut(plan.columns.len() + position).ok_or(FOREIGN)?;
    *slot = match (derived.scalar(), derived.collection()) {
        (Some(scalar), _) => match codec::read(&scalar.ty, scalar.attribute, value)? {
            Value::Null if !scalar.nullable => return Err(ValueError::Null),
            value => value,
        },
        (_, Some(collection)) => Value::Rows(read_elements(collection, value)?),
        _ => return Err(FOREIGN),
    };
    Ok(())
}

fn not_of(value: &AttributeValue, expected: &str) -> ValueError {
    ValueError::Kind { expected: format!("an attribute of type {expected}"), found: value.type_name() }
}

fn read_elements(collection: &Collection, value: Option<AttributeValue>) -> Result<Vec<Row>, ValueError> {
    let columns = &collection.rows.columns;
    let single = |member: &Member, value: AttributeValue| -> Result<Row, ValueError> {
        let column = columns.get(member.column).ok_or(FOREIGN)?;
        Ok(vec![admit(column, codec::read(&column.ty, member.ty, Some(value))?)?])
    };
    let map = |members: &[Member], value: AttributeValue, row: &mut Row| -> Result<(), ValueError> {
        let AttributeValue::M(mut found) = value else { return Err(not_of(&value, "M")) };
        for member in members {
            let column = columns.get(member.column).ok_or(FOREIGN)?;
            let value = codec::read(&column.ty, member.ty, found.remove(member.name.as_ref()))?;
            row.push(admit(column, value)?);
        }
        Ok(())
    };
    match (&collection.form, value) {
        (CollectionForm::Set(_), None) => Ok(Vec::new()),
        (_, None) => Err(ValueError::Null),
        (CollectionForm::List(members), Some(AttributeValue::L(values))) => {
            let row = |value| {
                let mut row = Row::new();
                map(members, value, &mut row).map(|()| row)
            };
            values.into_iter().map(row).collect()
        }
        (CollectionForm::Map { key, members }, Some(AttributeValue::M(values))) => {
            let ty = key_type(columns, *key)?;
            let row = |(name, value): (String, AttributeValue)| {
                let mut row = vec![key::decode_whole(ty, &name)?];
                map(members, value, &mut row).map(|()| row)
            };
            values.into_iter().map(row).collect()
        }
        (CollectionForm::Values(member), Some(AttributeValue::L(values))) => {
            values.into_iter().map(|value| single(member, value)).collect()
        }
        (CollectionForm::Set(member), Some(AttributeValue::Ss(texts))) => {
            texts.into_iter().map(|text| single(member, AttributeValue::S(text))).collect()
        }
        (form, Some(other)) => Err(not_of(&other, form.attribute_type().name())),
    }
}
