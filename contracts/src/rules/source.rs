//! Rules about the MySQL schema in itself.

use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{AttributeName, Reader, quoted_list};
use crate::lower::Draft;
use crate::lower::names::{Found, unknown};
use crate::lower::source::{ForeignKey, Key, Part, Source, SourceTable};

/// The keys of a table: what each is called, and its parts.
fn keys<'t, 's>(table: &'t SourceTable<'s>) -> impl Iterator<Item = (String, &'t [Part<'s>])> {
    let named = |what: &'static str, keys: &'t [Key<'s>]| {
        keys.iter().map(move |key| (format!("{what} `{}`", key.name.text), &key.parts[..]))
    };
    std::iter::once(("the primary key".to_owned(), &table.primary_key[..]))
        .chain(named("unique key", &table.unique))
        .chain(named("index", &table.indexes))
        .chain(named("FULLTEXT index", &table.fulltext))
        .chain(named("SPATIAL index", &table.spatial))
}

/// A column stands once in a key, columns have one foreign key, and an attribute stands once among a table's or an
/// index's keys.
pub(super) fn repeated(draft: &Draft<'_>, reader: &mut Reader) {
    for table in &draft.source.tables {
        for (what, parts) in keys(table) {
            let columns = parts.iter().filter_map(|part| Some((part.facts.name()?, &part.text.place)));
            report_repeated(&columns.collect::<Vec<_>>(), &what, reader);
        }
        report_second_foreign_keys(table, reader);
    }
    for (name, table) in draft.node.tables.iter() {
        let keys = std::iter::once(&table.partition).chain(&table.sort);
        report_repeated(&names(keys), &format!("the key of `{}`", name.text), reader);
        for (name, index) in table.indexes.iter().flat_map(|indexes| indexes.iter()) {
            let sort = index.sort.iter().flat_map(|sort| &sort.items);
            let keys = index.partition.items.iter().chain(sort);
            report_repeated(&names(keys), &format!("the key of index `{}`", name.text), reader);
        }
    }
}

fn names<'n>(names: impl Iterator<Item = &'n AttributeName>) -> Vec<(&'n str, &'n Place)> {
    names.map(|name| (name.text.as_str(), &name.place)).collect()
}

fn report_repeated(names: &[(&str, &Place)], what: &str, reader: &mut Reader) {
    for (position, (name, place)) in names.iter().enumerate() {
        if let Some((_, first)) = names[..position].iter().find(|(first, _)| first == name) {
            reader.report(
                Diagnostic::error(codes::REPEATED, format!("`{name}` stands twice in {what}"))
                    .label((*place).clone(), "again")
                    .label((*first).clone(), "first here")
                    .help("keep one of them"),
            );
        }
    }
}

/// Names can be spelled with and without backquotes, so that the map's keys differ where the columns don't.
fn report_second_foreign_keys(table: &SourceTable<'_>, reader: &mut Reader) {
    for (position, key) in table.foreign_keys.iter().enumerate() {
        let first =
            table.foreign_keys[..position].iter().find(|first| first.facts.columns == key.facts.columns);
        if let Some(first) = first {
            let message = format!("a second foreign key is on {}", quoted_list(&key.facts.columns));
            reader.report(
                Diagnostic::error(codes::REPEATED, message)
                    .label(key.key.place.clone(), "again")
                    .label(first.key.place.clone(), "first here")
                    .help("keep the one that paths are to follow: a column leads to one table"),
            );
        }
    }
}

/// A foreign key points at a table and columns that exist.
pub(super) fn foreign_key_target(draft: &Draft<'_>, reader: &mut Reader) {
    for table in &draft.source.tables {
        for key in &table.foreign_keys {
            match draft.source.table(&key.facts.table) {
                Found::Yes(target) => report_missing_references(key, target, reader),
                Found::Broken => {}
                Found::No => report_missing_target(key, draft.source, reader),
            }
        }
    }
}

fn report_missing_target(key: &ForeignKey<'_>, source: &Source<'_>, reader: &mut Reader) {
    let name = &key.facts.table;
    let place = if key.target.text.starts_with(name.as_str()) {
        key.target.inside(0..name.len())
    } else {
        key.target.place.clone()
    };
    let candidates = source.table_names();
    reader.report(unknown(codes::FOREIGN_KEY_TARGET, name, place, "a table of the source", candidates));
}

fn report_missing_references(key: &ForeignKey<'_>, target: &SourceTable<'_>, reader: &mut Reader) {
    for column in &key.facts.references {
        if matches!(target.column(column), Found::No) {
            let what = format!("a column of `{}`", target.name.text);
            let place = key.target.place.clone();
            let names = target.column_names();
            reader.report(unknown(codes::FOREIGN_KEY_TARGET, column, place, &what, names));
        }
    }
}

/// A foreign key has as many columns as it points at.
pub(super) fn foreign_key_arity(source: &Source<'_>, reader: &mut Reader) {
    for key in source.tables.iter().flat_map(|table| &table.foreign_keys) {
        let (from, to) = (key.facts.columns.len(), key.facts.references.len());
        if from != to {
            reader.report(
                Diagnostic::error(
                    codes::FOREIGN_KEY_ARITY,
                    format!("a foreign key from {from} to {to} columns can't be followed"),
                )
                .label(key.target.place.clone(), format!("{to} referenced"))
                .label(key.key.place.clone(), format!("{from} referencing"))
                .help("write as many columns on both sides, as in `\"a, b\": \"t(a, b)\"`"),
            );
        }
    }
}

/// Keys are made of columns the table has.
pub(super) fn key_column(source: &Source<'_>, reader: &mut Reader) {
    for table in &source.tables {
        let mut missing = |name: &str, place| {
            if matches!(table.column(name), Found::No) {
                let what = format!("a column of `{}`", table.name.text);
                reader.report(unknown(codes::KEY_COLUMN, name, place, &what, table.column_names()));
            }
        };
        for part in keys(table).flat_map(|(_, parts)| parts) {
            part.facts.name().into_iter().for_each(|name| missing(name, part.text.place.clone()));
        }
        for key in &table.foreign_keys {
            key.facts.columns.iter().for_each(|column| missing(column, key.key.place.clone()));
        }
    }
}

/// Primary key columns are NOT NULL.
pub(super) fn nullable_primary_key(source: &Source<'_>, reader: &mut Reader) {
    for table in &source.tables {
        for part in &table.primary_key {
            let Some(Found::Yes(column)) = part.facts.name().map(|name| table.column(name)) else { continue };
            if column.facts.nullable {
                reader.report(
                    Diagnostic::error(
                        codes::NULLABLE_PRIMARY_KEY,
                        format!("`{}` is in the primary key and may be NULL", column.name.text),
                    )
                    .label(column.text.place.clone(), "says `null`")
                    .label(part.text.place.clone(), "in the primary key")
                    .help("MySQL makes primary key columns NOT NULL; remove `null`"),
                );
            }
        }
    }
}

/// The rows of a relation are looked up by an index.
pub(super) fn relation_not_indexed(source: &Source<'_>, reader: &mut Reader) {
    for table in source.tables.iter().filter(|table| table.whole) {
        for relation in &table.relations {
            let columns: Vec<&str> = relation.on.iter().map(|(from, _)| *from).collect();
            let keys = table.unique.iter().chain(&table.indexes).map(|key| &key.parts);
            let parts = keys.chain([&table.primary_key]).filter_map(|parts| parts.first()?.facts.name());
            // InnoDB indexes the columns of a foreign key itself.
            let foreign = table.foreign_keys.iter().filter_map(|key| key.facts.columns.first());
            let mut led = parts.chain(foreign.map(String::as_str));
            if led.any(|column| columns.contains(&column)) {
                continue;
            }
            let list = quoted_list(&columns);
            let message = format!("nothing looks up the rows of `{}` by {list}", table.name.text);
            reader.report(
                Diagnostic::warning(codes::RELATION_NOT_INDEXED, message)
                    .label(relation.key.place.clone(), "each look reads the whole table")
                    .label(table.name.place.clone(), format!("no index starts with {list}"))
                    .help(format!(
                        "add an index in MySQL first, and `indexes: {{ name: [{}] }}` here",
                        columns.join(", ")
                    )),
            );
        }
    }
}
