//! Random rows for a contract: any value of every type, with foreign keys that lead somewhere.

use anyhow::Context;
use migratable_contract::model::{Contract, Entity};
use migratable_contract::source::{ForeignKey, SourceTable};
use migratable_core::arbitrary::value_of;
use migratable_core::check::Verdict;
use migratable_core::key::{KeyPart, encode_part};
use migratable_core::mysql::MySqlType;
use migratable_core::plan::{CollectionForm, Derived, KeySource, Plan};
use migratable_core::projection::{Outcome, outcome};
use migratable_core::value::{Row, Value};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// The rows of one entity that are in both stores.
pub(crate) struct EntityRows<'c> {
    /// The entity.
    pub entity: &'c Entity,
    /// Its rows, as MySQL gave them back.
    pub rows: Vec<Row>,
}

/// A random row whose foreign keys lead to rows already written; where there are none, they are NULL if they may be.
pub(crate) fn random_child(
    contract: &Contract,
    entity: &Entity,
    written: &[EntityRows<'_>],
    runner: &mut TestRunner,
) -> anyhow::Result<Row> {
    let mut row = random_row(&entity.plan, runner)?;
    for key in &source_table(contract, entity)?.foreign_keys {
        let parents = written.iter().find(|rows| rows.entity.plan.root == key.table);
        point(&entity.plan, key, parents, &mut row, runner)?;
    }
    Ok(row)
}

/// How many rows may break a CHECK constraint before the constraint is taken to be one that random values never keep.
const TRIES: usize = 500;

/// A random row that keeps the plan's CHECK constraints and becomes an item, foreign keys leading anywhere.
pub fn random_row(plan: &Plan, runner: &mut TestRunner) -> anyhow::Result<Row> {
    for _ in 0..TRIES {
        let mut row: Row = (0..plan.columns.len())
            .map(|column| random_value(plan, column, runner))
            .collect::<anyhow::Result<_>>()?;
        for derived in plan.derived.iter() {
            row.push(random_derived(derived, runner)?);
        }
        let is_item = plan.complete(&mut row).is_ok()
            && (plan.filter.is_none() || matches!(outcome(plan, &row), Ok(Outcome::Item(_))));
        if is_item && plan.checks.iter().all(|check| check.verdict(plan, &row) != Verdict::Fails) {
            return Ok(row);
        }
    }
    anyhow::bail!("{TRIES} random rows of {} broke its checks", plan.entity)
}

/// A value that a server could give; of what is computed, any: it is worked out after.
fn random_derived(derived: &Derived, runner: &mut TestRunner) -> anyhow::Result<Value> {
    let any = |ty: &MySqlType, nullable: bool, runner: &mut TestRunner| -> anyhow::Result<Value> {
        let values = value_of(ty);
        let values = if nullable { prop_oneof![1 => Just(Value::Null), 3 => values].boxed() } else { values };
        let tree = values.new_tree(runner).map_err(|reason| anyhow::anyhow!("{}: {reason}", derived.name))?;
        Ok(tree.current())
    };
    if let Some(scalar) = derived.scalar() {
        return any(&scalar.ty, scalar.nullable, runner);
    }
    let Some(collection) = derived.collection() else { return Ok(Value::Null) };
    let count = (0..3_usize).new_tree(runner).map_err(|reason| anyhow::anyhow!("{reason}"))?.current();
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..count {
        let element = collection.element().into_iter().map(|column| {
            let column = &collection.rows.columns[column];
            let values = matches!(collection.form, CollectionForm::Values(_) | CollectionForm::Set(_));
            any(&column.ty, column.nullable && !values, runner)
        });
        rows.push(element.collect::<anyhow::Result<_>>()?);
    }
    // Maps and sets come back in the order of their keys, each once.
    let key = |row: &Row| match (&collection.form, row.first()) {
        (CollectionForm::Map { key, .. }, Some(value)) => {
            encode_part(&collection.rows.columns[*key].ty, false, value).unwrap_or_default()
        }
        (CollectionForm::Set(_), Some(Value::Text(text))) => text.clone(),
        _ => String::new(),
    };
    if let CollectionForm::Map { .. } | CollectionForm::Set(_) = collection.form {
        rows.sort_by_key(key);
        rows.dedup_by_key(|row| key(row));
    }
    Ok(Value::Rows(rows))
}

fn random_value(plan: &Plan, position: usize, runner: &mut TestRunner) -> anyhow::Result<Value> {
    let column = &plan.columns[position];
    if column.nullable && (column.table != 0 || column.generated) {
        return Ok(Value::Null);
    }
    let values = if is_in_key(plan, position) && column.ty.collation().is_some() {
        key_text(plan, position)
    } else {
        value_of(&column.ty)
    };
    let may_be_null = column.nullable && !plan.primary_key.contains(&position);
    let values = if may_be_null { prop_oneof![1 => Just(Value::Null), 4 => values].boxed() } else { values };
    let tree = values.new_tree(runner).map_err(|reason| anyhow::anyhow!("{}: {reason}", column.name))?;
    // A flag in the contract is 0 or 1.
    let flag = plan.attributes.iter().any(|attribute| {
        attribute.column == position && attribute.ty == migratable_core::dynamodb::AttributeType::Bool
    });
    Ok(match tree.current() {
        Value::Int(number) if flag => Value::Int(number & 1),
        Value::UInt(number) if flag => Value::UInt(number & 1),
        value => value,
    })
}

/// Texts with letters that fold, short enough for any key column, never empty.
fn key_text(plan: &Plan, position: usize) -> BoxedStrategy<Value> {
    let ty = plan.columns[position].ty.clone();
    if matches!(ty, migratable_core::mysql::MySqlType::Enum { .. }) {
        return value_of(&ty);
    }
    "[a-zA-ZéÉ0-9#$ -]{0,6}[a-zß]{1,2}"
        .prop_map(Value::Text)
        .prop_filter("fits its column", move |value| ty.check(value).is_ok())
        .boxed()
}

fn is_in_key(plan: &Plan, column: usize) -> bool {
    let indexes = plan.indexes.iter().flat_map(|index| index.partition.iter().chain(index.sort.iter()));
    let markers =
        plan.markers.iter().flat_map(|marker| std::iter::once(&marker.partition).chain(&marker.sort));
    std::iter::once(&plan.partition).chain(&plan.sort).chain(indexes).chain(markers).any(|key| {
        match &key.source {
            KeySource::Attribute(attribute) => plan.attributes[*attribute].column == column,
            KeySource::Template(template) => template
                .parts
                .iter()
                .any(|part| matches!(part, KeyPart::Column { column: used, .. } if *used == column)),
        }
    })
}

/// Sets a foreign key's columns to a random parent's, where there is one; to NULL where they may be.
fn point(
    plan: &Plan,
    key: &ForeignKey,
    parents: Option<&EntityRows<'_>>,
    row: &mut Row,
    runner: &mut TestRunner,
) -> anyhow::Result<()> {
    let columns: Vec<usize> = key.columns.iter().filter_map(|name| plan.root_column(name)).collect();
    if columns.len() < key.columns.len() || columns.iter().any(|column| row[*column] == Value::Null) {
        return Ok(());
    }
    let Some(parents) = parents.filter(|parents| !parents.rows.is_empty()) else {
        for column in columns.into_iter().filter(|column| plan.columns[*column].nullable) {
            row[column] = Value::Null;
        }
        return Ok(());
    };
    let tree = (0..parents.rows.len()).new_tree(runner).map_err(|reason| anyhow::anyhow!("{reason}"))?;
    let parent = &parents.rows[tree.current()];
    for (column, name) in columns.into_iter().zip(&key.references) {
        let referenced =
            parents.entity.plan.root_column(name).context("a referenced column no attribute carries")?;
        row[column] = parent[referenced].clone();
    }
    Ok(())
}

/// The source table an entity's rows come from.
pub(crate) fn source_table<'c>(contract: &'c Contract, entity: &Entity) -> anyhow::Result<&'c SourceTable> {
    let found = contract.source.tables.iter().find(|table| table.name == *entity.plan.root);
    found.with_context(|| format!("no source table {}", entity.plan.root))
}

/// Entities in an order in which every foreign key but those in a circle leads backwards.
pub(crate) fn parents_first(contract: &Contract) -> Vec<&Entity> {
    let mut ordered: Vec<&Entity> = Vec::new();
    let mut waiting: Vec<&Entity> = contract.entities.iter().collect();
    while !waiting.is_empty() {
        let needs_waiting = |entity: &Entity| {
            let table = contract.source.tables.iter().find(|table| table.name == *entity.plan.root);
            table.into_iter().flat_map(|table| &table.foreign_keys).any(|key| {
                key.table != *entity.plan.root && waiting.iter().any(|other| key.table == *other.plan.root)
            })
        };
        let next = waiting.iter().position(|entity| !needs_waiting(entity)).unwrap_or(0);
        ordered.push(waiting.remove(next));
    }
    ordered
}
