//! Markers: the items that hold the unique keys of an entity's MySQL table.

use super::entity::Entity;
use super::key::{self, Template};
use super::names::unknown;
use super::source::Source;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{self, Reader, Scalar};

/// The markers of one unique key.
#[derive(Clone, Debug)]
pub(crate) struct Marker<'s> {
    /// The unique key's name.
    pub(crate) name: &'s Scalar,
    /// Its columns, each whole; `None` where it is over the start of one, or over an expression.
    pub(crate) columns: Option<Vec<&'s str>>,
    /// How the table's partition key is made.
    pub(crate) partition: Option<Template<'s>>,
    /// How the table's sort key is made; also `None` where the table has none.
    pub(crate) sort: Option<Template<'s>>,
}

impl<'s> Marker<'s> {
    /// Its templates, partition first.
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template<'s>> {
        self.partition.iter().chain(&self.sort)
    }
}

/// Resolves an entity's markers.
pub(super) fn lower<'s>(entity: &mut Entity<'s>, source: &'s Source<'s>, reader: &mut Reader) {
    for (name, keys) in entity.node.unique.iter().flat_map(|unique| unique.iter()) {
        if let Some(marker) = marker(name, keys, entity, source, reader) {
            entity.markers.push(marker);
        }
    }
}

fn marker<'s>(
    name: &'s Scalar,
    keys: &'s language::Map<language::AttributeName, Scalar>,
    entity: &Entity<'s>,
    source: &'s Source<'s>,
    reader: &mut Reader,
) -> Option<Marker<'s>> {
    let root = entity.root?;
    let (table_name, table) = entity.table?;
    let found = root.unique.iter().find(|key| key.name.text == name.text);
    let Some(found) = found else {
        if root.whole {
            let what = format!("a unique key of `{}`", root.name.text);
            let names = root.unique.iter().map(|key| key.name.text.as_str());
            reader.report(unknown(codes::UNKNOWN_UNIQUE, &name.text, name.place.clone(), &what, names));
        }
        return None;
    };
    let columns = found.parts.iter().map(|part| part.facts.whole()).collect();
    let names: Vec<&Scalar> =
        std::iter::once(&table.partition).chain(&table.sort).map(|name| &name.scalar).collect();
    for entry in &keys.entries {
        let written = &entry.key.scalar;
        if !names.iter().any(|name| name.text == written.text) {
            let what = format!("a key attribute of the table `{}`", table_name.text);
            let names = names.iter().map(|name| name.text.as_str());
            reader.report(unknown(codes::UNKNOWN_KEY, &written.text, written.place.clone(), &what, names));
        }
    }
    let mut template = |key: &'s Scalar| {
        let entry = keys.entries.iter().find(|entry| entry.key.text == key.text);
        let Some(entry) = entry else {
            let message = format!("the marker of `{}` doesn't say how `{}` is built", name.text, key.text);
            reader.report(
                Diagnostic::error(codes::MISSING_KEY, message)
                    .label(name.place.clone(), format!("has no `{}`", key.text))
                    .label(key.place.clone(), "a key of the table")
                    .help(format!("add it, as in `{}: \"{}#{{path}}\"`", key.text, name.text.to_uppercase())),
            );
            return None;
        };
        let text = entry.value.as_ref();
        let parts = text.and_then(|text| key::parts(text, entity, source, reader));
        Some(Template { name: &entry.key.scalar, text, parts })
    };
    let partition = template(&table.partition.scalar);
    let sort = table.sort.as_ref().and_then(|sort| template(&sort.scalar));
    Some(Marker { name, columns, partition, sort })
}
