//! What the rules ask of a table, answered from the schema and the hints.

use std::collections::{BTreeMap, BTreeSet};

use migratable_contract::source::{
    ForeignKey, KeyPart, SourceColumn, SourceSchema, SourceTable, SourceType, whole_columns,
};
use migratable_core::mysql::MySqlType;

use super::Hints;

/// The schema with what the rules look up often.
#[derive(Debug)]
pub(crate) struct Facts<'a> {
    /// The tables by name, in the order of their names: rules that hand out names walk them so, whatever order the
    /// schema has them in.
    pub(crate) tables: BTreeMap<&'a str, Table<'a>>,
}

/// One table, with its columns by position.
#[derive(Clone, Debug)]
pub(crate) struct Table<'a> {
    /// As the schema has it.
    pub(crate) source: &'a SourceTable,
    /// Primary key columns, as positions; empty where there is no primary key, or one of parts of values.
    pub(crate) primary_key: Vec<usize>,
    /// The column of the primary key that it holds the start of alone.
    pub(crate) starts_with: Option<usize>,
    /// Unique keys over whole columns: name, columns as positions.
    pub(crate) unique: Vec<(&'a str, Vec<usize>)>,
    /// Foreign keys that can be asked by: each set of columns once.
    pub(crate) foreign_keys: Vec<Reference<'a>>,
    /// Foreign keys, and why the contract has no place for those that are left out.
    pub(crate) declared: Vec<(&'a ForeignKey, Option<LeftOut>)>,
    /// Columns that were declared BOOLEAN.
    pub(crate) booleans: BTreeSet<usize>,
    /// CHECK constraints, and whether rows have to meet them.
    pub(crate) checks: Vec<(&'a str, bool)>,
}

/// Why a foreign key isn't in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// Another one stands on the same columns, and a column points at one table in a contract.
    Second,
    /// What it points at isn't in the schema.
    Dangling,
}

/// A foreign key, with its columns by position.
#[derive(Clone, Debug)]
pub(crate) struct Reference<'a> {
    /// As the schema has it.
    pub(crate) source: &'a ForeignKey,
    /// Referencing columns, as positions.
    pub(crate) columns: Vec<usize>,
}

impl<'a> Facts<'a> {
    /// Reads them off the schema.
    pub(crate) fn new(schema: &'a SourceSchema, hints: &Hints) -> Self {
        let tables = schema
            .tables
            .iter()
            .map(|table| (table.name.as_str(), Table::new(schema, table, hints)))
            .collect();
        Self { tables }
    }

    /// Whether a row of this table is pointed at by another table's foreign key.
    pub(crate) fn is_referenced(&self, name: &str) -> bool {
        self.tables.values().any(|other| {
            other.source.name != name && other.source.foreign_keys.iter().any(|key| key.table == name)
        })
    }
}

impl<'a> Table<'a> {
    fn new(schema: &'a SourceSchema, source: &'a SourceTable, hints: &Hints) -> Self {
        let position =
            |name: &str| source.columns.iter().position(|column| column.name.eq_ignore_ascii_case(name));
        let positions = |names: &[&str]| -> Option<Vec<usize>> {
            let found: Option<Vec<usize>> = names.iter().map(|name| position(name)).collect();
            found.filter(|columns| !columns.is_empty())
        };
        let whole = |parts: &[KeyPart]| positions(&whole_columns(parts)?);
        let start = source.primary_key.iter().find(|part| part.whole().is_none());
        let declared = declared(schema, source);
        let kept =
            |columns: &[String]| declared.iter().any(|(key, out)| out.is_none() && key.columns == columns);
        let mut asked = BTreeSet::new();
        let asked_by = declared.iter().filter(|(key, left_out)| left_out.is_none() || !kept(&key.columns));
        let foreign_keys = asked_by.filter_map(|(source, _)| {
            let columns = positions(&source.columns.iter().map(String::as_str).collect::<Vec<_>>())?;
            asked.insert(sorted(&columns)).then_some(Reference { source, columns })
        });
        let foreign_keys = foreign_keys.collect();
        let boolean = |column: &SourceColumn| {
            hints.declared_boolean.contains(&(source.name.clone(), column.name.clone()))
        };
        let enforced =
            |check: &str| !hints.unenforced_checks.contains(&(source.name.clone(), check.to_owned()));
        let checks = source.checks.iter().map(|check| check.name.as_str());
        Self {
            source,
            checks: checks.map(|name| (name, enforced(name))).collect(),
            primary_key: whole(&source.primary_key).unwrap_or_default(),
            starts_with: start.and_then(|part| position(part.name()?)),
            unique: source
                .unique
                .iter()
                .filter_map(|key| Some((key.name.as_str(), whole(&key.parts)?)))
                .collect(),
            foreign_keys,
            declared,
            booleans: (0..source.columns.len()).filter(|at| boolean(&source.columns[*at])).collect(),
        }
    }

    /// The column at a position.
    pub(crate) fn column(&self, at: usize) -> &'a SourceColumn {
        &self.source.columns[at]
    }

    /// The names of columns.
    pub(crate) fn names(&self, columns: &[usize]) -> Vec<&'a str> {
        columns.iter().map(|at| self.column(*at).name.as_str()).collect()
    }

    /// A column's type, if items can carry it.
    pub(crate) fn ty(&self, at: usize) -> Option<&'a MySqlType> {
        match &self.column(at).ty {
            SourceType::Known(ty) => Some(ty),
            SourceType::Other(_) => None,
        }
    }

    /// Whether a set of columns holds all of a unique key or of the primary key, so that it names one row at most.
    pub(crate) fn names_one_row(&self, columns: &[usize]) -> bool {
        let keys = self.unique.iter().map(|(_, key)| key).chain([&self.primary_key]);
        keys.filter(|key| !key.is_empty()).any(|key| key.iter().all(|at| columns.contains(at)))
    }

    /// The columns that may be NULL, of these.
    pub(crate) fn nullable(&self, columns: &[usize]) -> Vec<usize> {
        columns.iter().copied().filter(|at| self.column(*at).nullable).collect()
    }
}

/// A table's foreign keys, and which of them the contract leaves out.
fn declared<'a>(schema: &SourceSchema, table: &'a SourceTable) -> Vec<(&'a ForeignKey, Option<LeftOut>)> {
    let mut seen = BTreeSet::new();
    let mut fate = |key: &ForeignKey| {
        if points_at_nothing(schema, key) {
            return Some(LeftOut::Dangling);
        }
        (!seen.insert(key.columns.clone())).then_some(LeftOut::Second)
    };
    table.foreign_keys.iter().map(|key| (key, fate(key))).collect()
}

fn points_at_nothing(schema: &SourceSchema, key: &ForeignKey) -> bool {
    let Some(target) = schema.tables.iter().find(|table| table.name == key.table) else { return true };
    let has = |name: &String| target.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
    key.references.len() != key.columns.len() || !key.references.iter().all(has)
}

/// Positions as a set, to compare what is in any order.
pub(crate) fn sorted(columns: &[usize]) -> Vec<usize> {
    let mut columns = columns.to_vec();
    columns.sort_unstable();
    columns.dedup();
    columns
}
