//! Rules about what several entities have in common: tables, indexes, names.

use migratable_core::dynamodb::AttributeType;

use super::{ids, markers};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Project, Reader, Scalar};
use crate::lower::Draft;
use crate::lower::entity::Entity;
use crate::lower::key::{Index, Key, KeySource, Part, Template};

/// Global secondary indexes a table may have (DynamoDB Developer Guide, "Quotas": 20 by default).
const MAX_INDEXES: usize = 20;

/// Attributes that all indexes of a table may include together (as above: "Projected Secondary Index Attributes Per Table").
const MAX_INCLUDED: usize = 100;

/// Those that each has besides: what says the item's entity.
const OWN_ATTRIBUTES: usize = 1;

/// What every key of a template starts with: its text up to the first value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Start {
    text: String,
    /// Whether that is the whole key.
    whole: bool,
}

impl Start {
    /// Of a key that is a plain value: it may be equal to any other.
    fn of_a_value() -> Self {
        Self { text: String::new(), whole: false }
    }

    /// Whether keys of the two may be equal.
    pub(super) fn may_equal(&self, other: &Self) -> bool {
        match (self.whole, other.whole) {
            (true, true) => self.text == other.text,
            (true, false) => self.text.starts_with(&other.text),
            (false, true) => other.text.starts_with(&self.text),
            (false, false) => self.text.starts_with(&other.text) || other.text.starts_with(&self.text),
        }
    }
}

/// `None` for a template that could not be read.
pub(super) fn start(entity: &Entity<'_>, key: &Key<'_>) -> Option<Start> {
    match key.source {
        KeySource::Template(template) => start_of(&entity.templates[template]),
        KeySource::Attribute(_) => Some(Start::of_a_value()),
    }
}

pub(super) fn start_of(template: &Template<'_>) -> Option<Start> {
    let parts = template.parts.as_ref()?;
    let literals = parts.iter().map_while(|part| match part {
        Part::Literal(text) => Some(text.as_str()),
        Part::Variable(_) => None,
    });
    let whole = parts.iter().all(|part| matches!(part, Part::Literal(_)));
    Some(Start { text: literals.collect(), whole })
}

/// Whether keys of two entities may be equal. What could not be read is not blamed.
fn may_equal(first: &Entity<'_>, one: &Key<'_>, second: &Entity<'_>, other: &Key<'_>) -> bool {
    let starts = start(first, one).zip(start(second, other));
    starts.is_some_and(|(one, other)| one.may_equal(&other))
}

/// Pairs of different entities of one table, in the file's order, that read different rows.
fn neighbours<'d, 's>(draft: &'d Draft<'s>) -> impl Iterator<Item = (&'d Entity<'s>, &'d Entity<'s>)> {
    let pairs =
        draft.entities.iter().enumerate().flat_map(|(position, second)| {
            draft.entities[..position].iter().map(move |first| (first, second))
        });
    pairs.filter(|(first, second)| first.node.table.text == second.node.table.text)
}

pub(super) fn is_natural(entity: &Entity<'_>) -> bool {
    entity.partition.is_some() && entity.table_keys().all(|key| matches!(key.source, KeySource::Attribute(_)))
}

fn partitions_may_meet(first: &Entity<'_>, second: &Entity<'_>) -> bool {
    first
        .partition
        .as_ref()
        .zip(second.partition.as_ref())
        .is_some_and(|(one, other)| may_equal(first, one, second, other))
}

/// No item takes the place of another entity's, and no marker that of an item or of another marker.
pub(super) fn key_collision(draft: &Draft<'_>, reader: &mut Reader) {
    markers::collision(draft, reader);
    for (first, second) in neighbours(draft) {
        if is_natural(first) || is_natural(second) || !partitions_may_meet(first, second) {
            continue;
        }
        let sorts_may_meet = match (&first.sort, &second.sort) {
            (Some(one), Some(other)) => may_equal(first, one, second, other),
            _ => true,
        };
        let Some(partition) = second.partition.as_ref().filter(|_| sorts_may_meet) else { continue };
        let key = second.sort.as_ref().unwrap_or(partition);
        let mut finding = Diagnostic::error(
            codes::KEY_COLLISION,
            format!("a `{}` and a `{}` may have one key", first.name.text, second.name.text),
        )
        .label(second.key_place(key), "may be the same text");
        if let Some(other) = first.sort.as_ref().or(first.partition.as_ref()) {
            finding = finding.label(first.key_place(other), "as this");
        }
        let help = format!("start them with different text, as in `{}#` …", second.name.text.to_uppercase());
        reader.report(finding.help(help));
    }
}

/// Keys that are plain attributes say nothing of their entity.
pub(super) fn natural_table_shared(draft: &Draft<'_>, reader: &mut Reader) {
    markers::natural_table(draft, reader);
    for (first, second) in neighbours(draft).filter(|(first, second)| is_natural(first) || is_natural(second))
    {
        let natural = if is_natural(first) { first } else { second };
        let message = format!(
            "`{}` and `{}` share a table, and nothing tells their keys apart",
            first.name.text, second.name.text
        );
        reader.report(
            Diagnostic::error(codes::NATURAL_TABLE_SHARED, message)
                .label(second.node.table.place.clone(), "shared here")
                .label(first.node.table.place.clone(), "and here")
                .help(format!(
                    "give one of them a table of its own, or build the keys of `{}` by templates that start with different text",
                    natural.name.text
                )),
        );
    }
}

/// An index that is asked for one entity has that entity's items only.
pub(super) fn index_mixed(draft: &Draft<'_>, reader: &mut Reader) {
    markers::index_mixed(draft, reader);
    for (first, second) in neighbours(draft) {
        for index in second.complete_indexes() {
            let other = first.complete_indexes().find(|other| other.name.text == index.name.text);
            let Some(other) = other.filter(|other| may_mix((first, other), (second, index))) else {
                continue;
            };
            let Some((_, Some(key))) = index.partition.first() else { continue };
            let message = format!(
                "the index `{}` mixes `{}` and `{}`",
                other.name.text, first.name.text, second.name.text
            );
            reader.report(
                Diagnostic::error(codes::INDEX_MIXED, message)
                    .label(index.name.place.clone(), "has items of both")
                    .label(second.name.place.clone(), format!("has `{}`", key.name.text))
                    .label(first.name.place.clone(), format!("has `{}`, too", key.name.text))
                    .help("build the index's keys by templates that start with different text, or give one entity's attribute another name"),
            );
        }
    }
}

fn may_mix((first, one): (&Entity<'_>, &Index<'_>), (second, other): (&Entity<'_>, &Index<'_>)) -> bool {
    type Keys<'k, 's> = &'k [(&'s Scalar, Option<Key<'s>>)];
    let apart = |one: Keys<'_, '_>, other: Keys<'_, '_>| {
        let mut pairs =
            one.iter().zip(other).filter_map(|((_, one), (_, other))| one.as_ref().zip(other.as_ref()));
        pairs.any(|(one, other)| !may_equal(first, one, second, other))
    };
    // Only the first sort attribute's start can be asked for without asking for values, too.
    let first_of = |index: &Index<'_>| index.sort.len().min(1);
    !apart(&one.partition, &other.partition)
        && !apart(&one.sort[..first_of(one)], &other.sort[..first_of(other)])
}

/// The entities of a table that have a key attribute of this name, and its type there.
fn key_types<'d, 's>(
    draft: &'d Draft<'s>,
    table: &str,
    name: &str,
) -> Vec<(&'d Entity<'s>, &'s Scalar, Option<AttributeType>)> {
    let entities = draft.entities.iter().filter(|entity| entity.node.table.text == table);
    entities
        .filter_map(|entity| {
            if let Some(template) = entity.templates.iter().find(|template| template.name.text == name) {
                return Some((entity, template.name, Some(AttributeType::S)));
            }
            let attribute = &entity.attributes[entity.attribute(name)?];
            Some((entity, attribute.name, attribute.attribute_type()))
        })
        .collect()
}

/// The key attributes of every table and its indexes.
fn key_names<'d>(draft: &'d Draft<'_>) -> impl Iterator<Item = (&'d Scalar, Vec<&'d Scalar>)> {
    draft.node.tables.iter().map(|(name, table)| {
        let indexes = table.indexes.iter().flat_map(|indexes| indexes.iter());
        let indexed = indexes.flat_map(|(_, index)| {
            index.partition.items.iter().chain(index.sort.iter().flat_map(|sort| &sort.items))
        });
        let keys = std::iter::once(&table.partition).chain(&table.sort).chain(indexed);
        let mut names: Vec<&Scalar> = Vec::new();
        for key in keys {
            if !names.iter().any(|name| name.text == key.text) {
                names.push(&key.scalar);
            }
        }
        (&name.scalar, names)
    })
}

/// A key attribute has one type in all entities of its table.
pub(super) fn key_type_conflict(draft: &Draft<'_>, reader: &mut Reader) {
    for (table, names) in key_names(draft) {
        for name in names {
            let types = key_types(draft, &table.text, &name.text);
            let mut known = types.iter().filter_map(|(_, place, ty)| Some((place, (*ty)?)));
            let Some((first_place, first)) = known.next() else { continue };
            if let Some((place, other)) = known.find(|(_, ty)| *ty != first) {
                let message =
                    format!("the key attribute `{}` is of type `{first}` and of type `{other}`", name.text);
                reader.report(
                    Diagnostic::error(codes::KEY_TYPE_CONFLICT, message)
                        .label(place.place.clone(), format!("`{other}` here"))
                        .label(first_place.place.clone(), format!("`{first}` here"))
                        .label(name.place.clone(), "the key attribute")
                        .help("DynamoDB takes one type for each key attribute; rename one of the two"),
                );
            }
        }
    }
}

/// Every key attribute of an index is one that some entity has.
pub(super) fn index_attribute_unused(draft: &Draft<'_>, reader: &mut Reader) {
    if !draft.whole {
        return;
    }
    for (table, names) in key_names(draft) {
        let used = draft.entities.iter().any(|entity| entity.node.table.text == table.text);
        for name in names.into_iter().filter(|_| used) {
            if key_types(draft, &table.text, &name.text).is_empty() {
                let message = format!("no entity of `{}` has the key attribute `{}`", table.text, name.text);
                reader.report(
                    Diagnostic::error(codes::INDEX_ATTRIBUTE_UNUSED, message)
                        .label(name.place.clone(), "of no entity")
                        .help(format!("add the attribute `{}` to an entity, or remove the index", name.text)),
                );
            }
        }
    }
}

/// Entities and repositories have names of their own; letter case doesn't tell entities apart, as they become files.
pub(super) fn name_clash(draft: &Draft<'_>, reader: &mut Reader) {
    let mut report = |name: &Scalar, first: &Scalar, what: &str| {
        reader.report(
            Diagnostic::error(codes::NAME_CLASH, format!("two {what} are called `{}`", name.text))
                .label(name.place.clone(), "again")
                .label(first.place.clone(), "first here")
                .help("rename one of them"),
        );
    };
    for (position, entity) in draft.entities.iter().enumerate() {
        let before = &draft.entities[..position];
        if let Some(first) =
            before.iter().find(|other| other.name.text.eq_ignore_ascii_case(&entity.name.text))
        {
            report(entity.name, first.name, "entities");
        }
        let repository = &entity.node.repository;
        if let Some(first) = before.iter().find(|other| other.node.repository.text == repository.text) {
            report(repository, &first.node.repository, "repositories");
        }
    }
}

/// A table has as many indexes as DynamoDB takes, and includes as many attributes in them.
pub(super) fn index_limit(draft: &Draft<'_>, reader: &mut Reader) {
    for (name, table) in draft.node.tables.iter() {
        let indexes = table.indexes.iter().flat_map(|indexes| &indexes.entries);
        if let Some(first) = indexes.clone().nth(MAX_INDEXES) {
            let message =
                format!("`{}` has {} indexes, DynamoDB takes {MAX_INDEXES}", name.text, indexes.count());
            reader.report(
                Diagnostic::error(codes::INDEX_LIMIT, message)
                    .label(first.key.place.clone(), "the first one too many")
                    .label(name.place.clone(), "the table")
                    .help("let several entities share an index, or move some to another table"),
            );
        }
        let included =
            table.indexes.iter().flat_map(|indexes| indexes.iter()).filter_map(|(name, index)| match &index
                .project
            {
                Some(Project::Attributes(list)) => Some((&list.place, list.items.len())),
                Some(Project::Keys) => Some((&name.place, 0)),
                None | Some(Project::All) => None,
            });
        let included: Vec<_> = included.collect();
        let sum: usize = included.iter().map(|(_, count)| count + OWN_ATTRIBUTES).sum();
        if let Some((place, _)) = included.last().filter(|_| sum > MAX_INCLUDED) {
            let message = format!(
                "the indexes of `{}` include {sum} attributes, DynamoDB takes {MAX_INCLUDED}",
                name.text
            );
            reader.report(
                Diagnostic::error(codes::INDEX_LIMIT, message)
                    .label((*place).clone(), "all of them together, each with what says the item's entity")
                    .label(name.place.clone(), "the table")
                    .help("let some of them hold all attributes: those are not counted"),
            );
        }
    }
}

/// The entities in a table.
pub(super) fn of_table<'d, 's>(draft: &'d Draft<'s>, table: &str) -> impl Iterator<Item = &'d Entity<'s>> {
    draft.entities.iter().filter(move |entity| entity.node.table.text == table)
}

/// Every table is of use to an entity.
pub(super) fn table_unused(draft: &Draft<'_>, reader: &mut Reader) {
    let known = draft.entities.iter().all(|entity| entity.table.is_some());
    if !known || !draft.node.entities.is_whole() {
        return;
    }
    for (name, _) in draft.node.tables.iter() {
        let counts = |entity: &Entity<'_>| ids::of(entity).any(|(_, ids)| ids.table.text == name.text);
        if of_table(draft, &name.text).next().is_none() && !draft.entities.iter().any(counts) {
            reader.report(
                Diagnostic::error(codes::TABLE_UNUSED, format!("no entity is in the table `{}`", name.text))
                    .label(name.place.clone(), "nothing says what its keys are")
                    .help(format!("name it in an entity, `table: {}`, or remove it", name.text)),
            );
        }
    }
}
