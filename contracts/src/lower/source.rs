//! The MySQL schema: texts of columns, keys, foreign keys and objects become facts, each with its place.

use super::names::Found;
use super::relation::{self, Relation};
use crate::diagnostic::Diagnostic;
use crate::language::{self, Keys, Map, Reader, Scalar};
use crate::source::{
    self, KeyPart, SourceCheck, SourceColumn, SourceKey, SourceObject, SourceTrigger, TextError,
};

/// The source.
#[derive(Debug)]
pub(crate) struct Source<'c> {
    /// Its node.
    pub(crate) node: &'c language::Source,
    /// The tables that could be read, in the file's order.
    pub(crate) tables: Vec<SourceTable<'c>>,
    /// The names of the others.
    broken: Vec<&'c str>,
    /// Views, procedures, functions and events that could be read.
    pub(crate) objects: Objects,
    /// Whether everything beside the tables could be read.
    whole: bool,
}

/// What a schema has beside tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Objects {
    pub(crate) views: Vec<SourceObject>,
    pub(crate) procedures: Vec<SourceObject>,
    pub(crate) functions: Vec<SourceObject>,
    pub(crate) events: Vec<SourceObject>,
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
    /// The primary key's parts; empty where there is none, or none that could be read.
    pub(crate) primary_key: Vec<Part<'c>>,
    /// The unique keys that could be read.
    pub(crate) unique: Vec<Key<'c>>,
    /// The plain indexes that could be read.
    pub(crate) indexes: Vec<Key<'c>>,
    /// The FULLTEXT indexes that could be read.
    pub(crate) fulltext: Vec<Key<'c>>,
    /// The SPATIAL indexes that could be read.
    pub(crate) spatial: Vec<Key<'c>>,
    /// The foreign keys that could be read.
    pub(crate) foreign_keys: Vec<ForeignKey<'c>>,
    /// The relations that start here and could be resolved.
    pub(crate) relations: Vec<Relation<'c>>,
    /// The names of the others.
    pub(crate) broken_relations: Vec<&'c str>,
    /// The triggers that could be read.
    triggers: Vec<SourceTrigger>,
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

/// A key.
#[derive(Debug)]
pub(crate) struct Key<'c> {
    /// Its name.
    pub(crate) name: &'c Scalar,
    /// Its parts.
    pub(crate) parts: Vec<Part<'c>>,
}

/// A part of a key.
#[derive(Debug)]
pub(crate) struct Part<'c> {
    /// As written.
    pub(crate) text: &'c Scalar,
    /// What the text says.
    pub(crate) facts: KeyPart,
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
        self.whole && self.broken.is_empty() && self.tables.iter().all(|table| table.whole)
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
    pub(crate) fn primary_key(&self) -> impl Iterator<Item = &str> {
        self.primary_key.iter().filter_map(|part| part.facts.name())
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

    /// Whether there is a primary key, of whole columns.
    pub(crate) fn names_rows(&self) -> bool {
        !self.primary_key.is_empty() && self.primary_key.iter().all(|part| part.facts.whole().is_some())
    }

    fn holds_primary_key(&self, columns: &[&str]) -> bool {
        self.names_rows() && self.primary_key().all(|name| columns.contains(&name))
    }

    /// The unique keys that values of columns can be held against: those over whole columns.
    fn unique_keys(&self) -> impl Iterator<Item = Vec<&str>> {
        self.unique.iter().filter_map(|key| key.parts.iter().map(|part| part.facts.whole()).collect())
    }

    /// The table as every emitter knows it.
    pub(crate) fn model(&self) -> source::SourceTable {
        let checks = self.node.checks.iter().flat_map(|checks| checks.iter());
        source::SourceTable {
            name: self.name.text.clone(),
            columns: self.columns.iter().map(|column| column.facts.clone()).collect(),
            primary_key: facts(&self.primary_key),
            unique: models(&self.unique),
            indexes: models(&self.indexes),
            fulltext: models(&self.fulltext),
            spatial: models(&self.spatial),
            foreign_keys: self.foreign_keys.iter().map(|key| key.facts.clone()).collect(),
            checks: checks
                .map(|(name, expression)| SourceCheck {
                    name: name.text.clone(),
                    expression: expression.text.clone(),
                })
                .collect(),
            triggers: self.triggers.clone(),
        }
    }
}

fn models(keys: &[Key<'_>]) -> Vec<SourceKey> {
    keys.iter().map(|key| SourceKey { name: key.name.text.clone(), parts: facts(&key.parts) }).collect()
}

fn facts(parts: &[Part<'_>]) -> Vec<KeyPart> {
    parts.iter().map(|part| part.facts.clone()).collect()
}

/// Reads the texts of the source, and the relations between its tables.
pub(crate) fn lower<'c>(contract: &'c language::Contract, reader: &mut Reader) -> Source<'c> {
    let mut source = read_source(&contract.source, reader);
    relation::lower(contract, &mut source, reader);
    source
}

fn read_source<'c>(node: &'c language::Source, reader: &mut Reader) -> Source<'c> {
    let found_before = reader.diagnostics.len();
    let objects = Objects {
        views: objects(node.views.as_ref(), reader),
        procedures: objects(node.procedures.as_ref(), reader),
        functions: objects(node.functions.as_ref(), reader),
        events: objects(node.events.as_ref(), reader),
    };
    let whole = reader.diagnostics.len() == found_before && node.is_whole();
    let mut source = Source { node, tables: Vec::new(), broken: Vec::new(), objects, whole };
    for entry in &node.tables.entries {
        match &entry.value {
            Some(node) => source.tables.push(table(&entry.key, node, reader)),
            None => source.broken.push(&entry.key.text),
        }
    }
    source
}

fn objects(texts: Option<&Map<Scalar, Scalar>>, reader: &mut Reader) -> Vec<SourceObject> {
    let texts = texts.into_iter().flat_map(Map::iter);
    let object = |(name, text): (&Scalar, &Scalar)| {
        let touches = read(text, source::parse_touches, reader)?;
        Some(SourceObject { name: name.text.clone(), touches })
    };
    texts.filter_map(object).collect()
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
    let primary_key = node.primary_key.as_ref().and_then(|key| parts(&key.items, reader)).unwrap_or_default();
    let [unique, indexes, fulltext, spatial] =
        [&node.unique, &node.indexes, &node.fulltext, &node.spatial].map(|map| keys(map.as_ref(), reader));
    let keys = node.foreign_keys.iter().flat_map(|keys| keys.iter());
    let foreign_keys: Vec<_> = keys
        .filter_map(|(key, target)| {
            let facts = foreign_key(key, target, reader)?;
            Some(ForeignKey { key, target, facts })
        })
        .collect();
    let triggers = node.triggers.iter().flat_map(|triggers| triggers.iter());
    let triggers = triggers.filter_map(|(name, text)| trigger(name, text, reader)).collect();
    let found_nothing = reader.diagnostics.len() == found_before;
    let whole = found_nothing && broken.is_empty() && node.is_whole();
    SourceTable {
        name,
        node,
        columns,
        broken,
        primary_key,
        unique,
        indexes,
        fulltext,
        spatial,
        foreign_keys,
        relations: Vec::new(),
        broken_relations: Vec::new(),
        triggers,
        whole,
    }
}

fn column(name: &Scalar, text: &Scalar, reader: &mut Reader) -> Option<SourceColumn> {
    let column = read(text, source::parse_column, reader)?;
    Some(SourceColumn { name: name.text.clone(), ..column })
}

/// The keys whose parts could all be read.
fn keys<'c>(keys: Option<&'c Keys>, reader: &mut Reader) -> Vec<Key<'c>> {
    let keys = keys.into_iter().flat_map(Map::iter);
    keys.filter_map(|(name, list)| Some(Key { name, parts: parts(&list.items, reader)? })).collect()
}

fn parts<'c>(texts: &'c [Scalar], reader: &mut Reader) -> Option<Vec<Part<'c>>> {
    let parts: Vec<_> = texts
        .iter()
        .map(|text| read(text, source::parse_key_part, reader).map(|facts| Part { text, facts }))
        .collect();
    parts.into_iter().collect()
}

fn foreign_key(key: &Scalar, target: &Scalar, reader: &mut Reader) -> Option<source::ForeignKey> {
    let columns = read(key, source::parse_names, reader);
    let reference = read(target, source::parse_reference, reader);
    Some(source::ForeignKey { columns: columns?, ..reference? })
}

fn trigger(name: &Scalar, text: &Scalar, reader: &mut Reader) -> Option<SourceTrigger> {
    let trigger = read(text, source::parse_trigger, reader)?;
    Some(SourceTrigger { name: name.text.clone(), ..trigger })
}

/// What a text says; `None` after a finding.
fn read<T>(text: &Scalar, parse: impl Fn(&str) -> Result<T, TextError>, reader: &mut Reader) -> Option<T> {
    parse(&text.text).map_err(|error| reader.report(finding(text, &error))).ok()
}

fn finding(text: &Scalar, error: &TextError) -> Diagnostic {
    Diagnostic::error(error.code, error.message.as_str())
        .label(text.inside(error.range.clone()), error.label.as_str())
        .help(error.help.as_str())
}
