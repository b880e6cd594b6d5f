//! Entities: tables, attributes and keys by what they name.

use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::{MySqlType, ZeroDates};

use super::PatternEntry;
use super::derived::{self, Extra, ExtraKind};
use super::key::{self, Index, Key, Template};
use super::marker::{self, Marker};
use super::names::{Found, unknown};
use super::path::{Joins, Target, resolve};
use super::pattern::{self, Pattern};
use super::source::{Source, SourceTable};
use crate::codes;
use crate::language::{self, Reader, Scalar};
use crate::model::Copied;
use crate::source::SourceType;

/// An entity with its names resolved. What is `None` has been reported.
#[derive(Debug)]
pub(crate) struct Entity<'s> {
    /// Its name.
    pub(crate) name: &'s Scalar,
    /// Its node.
    pub(crate) node: &'s language::Entity,
    /// The DynamoDB table: name and node.
    pub(crate) table: Option<(&'s Scalar, &'s language::Table)>,
    /// The MySQL table.
    pub(crate) root: Option<&'s SourceTable<'s>>,
    /// The MySQL tables its paths lead to.
    pub(crate) joins: Joins<'s>,
    /// Its attributes; attribute n carries column n.
    pub(crate) attributes: Vec<Attribute<'s>>,
    /// Its attributes that are no columns as they are.
    pub(crate) extras: Vec<Extra<'s>>,
    /// Which rows become items.
    pub(crate) filter: Option<migratable_core::plan::Filter>,
    /// The items that hold its table's unique keys.
    pub(crate) markers: Vec<Marker<'s>>,
    /// Its key templates.
    pub(crate) templates: Vec<Template<'s>>,
    /// How the table's partition key is made.
    pub(crate) partition: Option<Key<'s>>,
    /// How the table's sort key is made; also `None` where the table has none.
    pub(crate) sort: Option<Key<'s>>,
    /// Every index of the table, and how its keys are made.
    pub(crate) indexes: Vec<Index<'s>>,
    /// What is asked of it.
    pub(crate) patterns: Vec<Pattern<'s>>,
    /// Whether every name in it could be resolved.
    pub(crate) whole: bool,
}

/// An attribute with its path followed.
#[derive(Debug)]
pub(crate) struct Attribute<'s> {
    /// Its name.
    pub(crate) name: &'s Scalar,
    /// Its node, if it could be read.
    pub(crate) node: Option<&'s language::Attribute>,
    /// Where its path leads.
    pub(crate) target: Option<Target<'s>>,
    /// What happens to zero dates.
    pub(crate) zero_dates: ZeroDates,
}

impl<'s> Attribute<'s> {
    /// The column's type, where items can carry it.
    pub(crate) fn mysql_type(&self) -> Option<&'s MySqlType> {
        match &self.target.as_ref()?.column.facts.ty {
            SourceType::Known(ty) => Some(ty),
            SourceType::Other(_) => None,
        }
    }

    /// The attribute's type: as asked for, or what follows from the column's.
    pub(crate) fn attribute_type(&self) -> Option<AttributeType> {
        let asked = self.node?.r#as.as_ref().and_then(|choice| choice.value.stored());
        asked.or_else(|| self.mysql_type().map(MySqlType::default_attribute_type))
    }

    /// Whether it carries a column of the entity's own row, and if so which.
    pub(crate) fn root_column(&self) -> Option<&'s str> {
        self.target
            .as_ref()
            .filter(|target| target.table == 0)
            .map(|target| target.column.facts.name.as_str())
    }

    /// Whether a value of another table's row follows that row.
    pub(crate) fn is_live(&self) -> bool {
        let copied = self.node.and_then(|node| node.copy.as_ref());
        copied.is_none_or(|choice| choice.value == Copied::Live)
    }

    /// The path as written.
    pub(crate) fn path(&self) -> Option<&'s Scalar> {
        self.node.and_then(|node| node.path.as_ref())
    }
}

impl<'s> Entity<'s> {
    /// The position of the attribute of this name.
    pub(crate) fn attribute(&self, name: &str) -> Option<usize> {
        self.attributes.iter().position(|attribute| attribute.name.text == name)
    }

    /// The attribute of this name that is no column as it is.
    pub(crate) fn extra(&self, name: &str) -> Option<&Extra<'s>> {
        self.extras.iter().find(|extra| extra.name.text == name)
    }

    /// The position of the attribute that carries this column of the root.
    pub(crate) fn carrier(&self, column: &str) -> Option<usize> {
        self.attributes.iter().position(|attribute| attribute.root_column() == Some(column))
    }

    /// The members of its maps: name, path, and where it leads; in the order of the plan's columns.
    pub(crate) fn members(&self) -> impl Iterator<Item = (&'s Scalar, &'s Scalar, &Target<'s>)> {
        self.extras
            .iter()
            .flat_map(|extra| match &extra.kind {
                Some(ExtraKind::Map(members)) => &members[..],
                _ => &[],
            })
            .map(|(name, path, target)| (*name, *path, target))
    }

    /// The member of a map that carries this column of the root.
    pub(crate) fn member(&self, column: &str) -> Option<&'s Scalar> {
        let found =
            self.members().find(|(.., target)| target.table == 0 && target.column.facts.name == column);
        found.map(|(name, ..)| name)
    }

    /// Whether it carries this column of the root, in a map or as it is.
    pub(crate) fn carries(&self, column: &str) -> bool {
        self.carrier(column).is_some() || self.member(column).is_some()
    }

    /// Everything keys are built by: of items, then of markers.
    pub(crate) fn all_templates(&self) -> impl Iterator<Item = &Template<'_>> {
        self.templates.iter().chain(self.markers.iter().flat_map(Marker::templates))
    }

    /// The table's keys: partition, then sort.
    pub(crate) fn table_keys(&self) -> impl Iterator<Item = &Key<'s>> {
        self.partition.iter().chain(&self.sort)
    }

    /// The indexes its items can be in.
    pub(crate) fn complete_indexes(&self) -> impl Iterator<Item = &Index<'s>> {
        self.indexes.iter().filter(|index| index.is_complete())
    }
}

/// Resolves one entity.
pub(crate) fn lower<'s>(
    name: &'s Scalar,
    node: &'s language::Entity,
    contract: &'s language::Contract,
    source: &'s Source<'s>,
    patterns: &[&'s PatternEntry],
    reader: &mut Reader,
) -> Entity<'s> {
    let found_before = reader.diagnostics.len();
    let table = find_table(node, contract, reader);
    let root = find_root(node, source, reader);
    let mut joins = Joins { joins: Vec::new() };
    let default = contract.zero_dates.as_ref().map(|choice| choice.value).unwrap_or_default();
    let attributes = attributes(node, root, source, default, &mut joins, reader);
    let complete = node.attributes.is_whole()
        && node.key.as_ref().is_none_or(language::Map::is_whole)
        && patterns.iter().all(|pattern| pattern.value.is_some());
    let mut entity = Entity {
        name,
        node,
        table,
        root,
        joins,
        attributes,
        extras: Vec::new(),
        filter: None,
        markers: Vec::new(),
        templates: Vec::new(),
        partition: None,
        sort: None,
        indexes: Vec::new(),
        patterns: Vec::new(),
        whole: false,
    };
    derived::lower(&mut entity, source, reader);
    key::lower(&mut entity, source, reader);
    marker::lower(&mut entity, source, reader);
    pattern::lower(&mut entity, patterns, reader);
    let found_nothing = reader.diagnostics.len() == found_before;
    entity.whole = found_nothing && complete && entity.table.is_some() && root.is_some_and(|root| root.whole);
    entity
}

fn find_table<'s>(
    node: &'s language::Entity,
    contract: &'s language::Contract,
    reader: &mut Reader,
) -> Option<(&'s Scalar, &'s language::Table)> {
    let entries = &contract.tables.entries;
    if let Some(entry) = entries.iter().find(|entry| entry.key.text == node.table.text) {
        return entry.value.as_ref().map(|table| (&entry.key.scalar, table));
    }
    let names = entries.iter().map(|entry| entry.key.text.as_str());
    let place = node.table.place.clone();
    reader.report(unknown(codes::UNKNOWN_TABLE, &node.table.text, place, "a table of the contract", names));
    None
}

fn find_root<'s>(
    node: &'s language::Entity,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Option<&'s SourceTable<'s>> {
    match source.table(&node.rows.text) {
        Found::Yes(table) => Some(table),
        Found::Broken => None,
        Found::No => {
            let place = node.rows.place.clone();
            let names = source.table_names();
            reader.report(unknown(
                codes::UNKNOWN_SOURCE_TABLE,
                &node.rows.text,
                place,
                "a table of the source",
                names,
            ));
            None
        }
    }
}

fn attributes<'s>(
    node: &'s language::Entity,
    root: Option<&'s SourceTable<'s>>,
    source: &'s Source<'s>,
    default: ZeroDates,
    joins: &mut Joins<'s>,
    reader: &mut Reader,
) -> Vec<Attribute<'s>> {
    let mut attributes = Vec::with_capacity(node.attributes.entries.len());
    for entry in &node.attributes.entries {
        let node = entry.value.as_ref();
        // Those that are no columns as they are come after all that are.
        if node.is_some_and(|node| !derived::is_plain(node)) {
            continue;
        }
        let path = node.and_then(|node| node.path.as_ref());
        let target = path.zip(root).and_then(|(path, root)| resolve(path, root, source, joins, reader));
        let zero_dates =
            node.and_then(|node| node.zero_dates.as_ref()).map_or(default, |choice| choice.value);
        attributes.push(Attribute { name: &entry.key.scalar, node, target, zero_dates });
    }
    attributes
}
