//! The MySQL schema: texts of columns and foreign keys become facts, each with its place.

use super::names::Found;
use crate::diagnostic::Diagnostic;
use crate::language::{self, Keys, Reader, Scalar};
use crate::source::{self, SourceCheck, SourceColumn, SourceKey, TextError};

/// The source's tables.
#[derive(Debug)]
pub(crate) struct Source<'c> {
    /// Those that could be read, in the file's order.
    pub(crate) tables: Vec<SourceTable<'c>>,
    /// The names of the others.
    broken: Vec<&'c str>,
}

/// A MySQL table.
#[derive(Debug)]
pub(crate) struct SourceTable<'c> {
    /// Its name.
    pub(crate) name: &'c Scalar,
    /// Its node.
    pub(crate) node: &'c language::SourceTable,
    /// The columns that could be read.
    pub(crate) columns: Vec<Column<'c>>,
    /// The names of the others.
    broken: Vec<&'c str>,
    /// The foreign keys that could be read.
    pub(crate) foreign_keys: Vec<ForeignKey<'c>>,
    /// Whether all of it could be read.
    pub(crate) whole: bool,
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column<'c> {
    /// Its name.
    pub(crate) name: &'c Scalar,
    /// Its text.
    pub(crate) text: &'c Scalar,
    /// What the text says.
    pub(crate) facts: SourceColumn,
}

/// A foreign key.
#[derive(Debug)]
pub(crate) struct ForeignKey<'c> {
    /// Its columns, as written.
    pub(crate) key: &'c Scalar,
    /// What it points at, as written.
    pub(crate) target: &'c Scalar,
    /// What both say.
    pub(crate) facts: source::ForeignKey,
}

impl<'c> Source<'c> {
    /// The table of this name.
    pub(crate) fn table(&self, name: &str) -> Found<&SourceTable<'c>> {
        match self.tables.iter().find(|table| table.name.text == name) {
            Some(table) => Found::Yes(table),
            None if self.broken.contains(&name) => Found::Broken,
            None => Found::No,
        }
    }

    /// Every table's name.
    pub(crate) fn table_names(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().map(|table| table.name.text.as_str()).chain(self.broken.iter().copied())
    }

    /// Whether all of it could be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.broken.is_empty() && self.tables.iter().all(|table| table.whole)
    }
}

impl<'c> SourceTable<'c> {
    /// The column of this name.
    pub(crate) fn column(&self, name: &str) -> Found<&Column<'c>> {
        match self.columns.iter().find(|column| column.name.text == name) {
            Some(column) => Found::Yes(column),
            None if self.broken.contains(&name) => Found::Broken,
            None => Found::No,
        }
    }

    /// Every column's name.
    pub(crate) fn column_names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.text.as_str()).chain(self.broken.iter().copied())
    }

    /// The primary key's columns; nothing where there is no primary key.
    pub(crate) fn primary_key(&self) -> impl Iterator<Item = &'c str> + use<'c> {
        let node = self.node;
        node.primary_key.iter().flat_map(|key| &key.items).map(|column| column.text.as_str())
    }

    /// The columns that are foreign keys of one column, which paths can follow.
    pub(crate) fn followed(&self) -> impl Iterator<Item = &str> {
        self.foreign_keys.iter().filter_map(|key| match &key.facts.columns[..] {
            [column] => Some(column.as_str()),
            _ => None,
        })
    }

    /// Whether these columns hold the primary key, or a unique key without NULLs: whether they name one row.
    pub(crate) fn is_unique(&self, columns: &[&str]) -> bool {
        let not_null = |key: &[&str]| {
            key.iter().all(|name| matches!(self.column(name), Found::Yes(column) if !column.facts.nullable))
        };
        self.holds_primary_key(columns)
            || self.unique_keys().any(|key| key.iter().all(|name| columns.contains(name)) && not_null(&key))
    }

    /// Whether values other than NULL of these columns name one row at most.
    pub(crate) fn is_unique_but_for_null(&self, columns: &[&str]) -> bool {
        self.holds_primary_key(columns)
            || self.unique_keys().any(|key| key.iter().all(|name| columns.contains(name)))
    }

    fn holds_primary_key(&self, columns: &[&str]) -> bool {
        self.primary_key().next().is_some() && self.primary_key().all(|name| columns.contains(&name))
    }

    fn unique_keys(&self) -> impl Iterator<Item = Vec<&'c str>> + use<'c> {
        let node = self.node;
        node.unique
            .iter()
            .flat_map(|keys| keys.iter())
            .map(|(_, columns)| columns.items.iter().map(|column| column.text.as_str()).collect())
    }

    /// The table as every emitter knows it.
    pub(crate) fn model(&self) -> source::SourceTable {
        let checks = self.node.checks.iter().flat_map(|checks| checks.iter());
        source::SourceTable {
            name: self.name.text.clone(),
            columns: self.columns.iter().map(|column| column.facts.clone()).collect(),
            primary_key: self.primary_key().map(str::to_owned).collect(),
            unique: keys(self.node.unique.as_ref()),
            indexes: keys(self.node.indexes.as_ref()),
            foreign_keys: self.foreign_keys.iter().map(|key| key.facts.clone()).collect(),
            checks: checks
                .map(|(name, expression)| SourceCheck {
                    name: name.text.clone(),
                    expression: expression.text.clone(),
                })
                .collect(),
        }
    }
}

fn keys(keys: Option<&Keys>) -> Vec<SourceKey> {
    keys.into_iter()
        .flat_map(|keys| keys.iter())
        .map(|(name, columns)| SourceKey {
            name: name.text.clone(),
            columns: columns.items.iter().map(|column| column.text.clone()).collect(),
        })
        .collect()
}

/// Reads the texts of the source.
pub(crate) fn lower<'c>(node: &'c language::Source, reader: &mut Reader) -> Source<'c> {
    let mut source = Source { tables: Vec::new(), broken: Vec::new() };
    for entry in &node.tables.entries {
        match &entry.value {
            Some(node) => source.tables.push(table(&entry.key, node, reader)),
            None => source.broken.push(&entry.key.text),
        }
    }
    source
}

fn table<'c>(name: &'c Scalar, node: &'c language::SourceTable, reader: &mut Reader) -> SourceTable<'c> {
    let found_before = reader.diagnostics.len();
    let (mut columns, mut broken) = (Vec::new(), Vec::new());
    for entry in &node.columns.entries {
        let facts = entry.value.as_ref().and_then(|text| column(&entry.key, text, reader));
        match entry.value.as_ref().zip(facts) {
            Some((text, facts)) => columns.push(Column { name: &entry.key, text, facts }),
            None => broken.push(entry.key.text.as_str()),
        }
    }
    let keys = node.foreign_keys.iter().flat_map(|keys| keys.iter());
    let foreign_keys: Vec<_> = keys
        .filter_map(|(key, target)| {
            let facts = foreign_key(key, target, reader)?;
            Some(ForeignKey { key, target, facts })
        })
        .collect();
    let found_nothing = reader.diagnostics.len() == found_before;
    let whole = found_nothing && broken.is_empty() && node.is_whole();
    SourceTable { name, node, columns, broken, foreign_keys, whole }
}

fn column(name: &Scalar, text: &Scalar, reader: &mut Reader) -> Option<SourceColumn> {
    match source::parse_column(&text.text) {
        Ok(column) => Some(SourceColumn { name: name.text.clone(), ..column }),
        Err(error) => {
            reader.report(finding(text, &error));
            None
        }
    }
}

fn foreign_key(key: &Scalar, target: &Scalar, reader: &mut Reader) -> Option<source::ForeignKey> {
    let columns = source::parse_names(&key.text).map_err(|error| reader.report(finding(key, &error))).ok();
    let reference =
        source::parse_reference(&target.text).map_err(|error| reader.report(finding(target, &error))).ok();
    Some(source::ForeignKey { columns: columns?, ..reference? })
}

fn finding(text: &Scalar, error: &TextError) -> Diagnostic {
    Diagnostic::error(error.code, error.message.as_str())
        .label(text.inside(error.range.clone()), error.label.as_str())
        .help(error.help.as_str())
}
