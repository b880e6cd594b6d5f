//! Paths: where a value comes from, starting at an entity's own row.
//!
//! A path is a column's name, or a foreign key column's name, a dot, and a path in the table it points at. MySQL names
//! can have dots themselves: at each step a column of the whole rest's name comes first, then the longest foreign key
//! column that fits.

use super::names::{Found, unknown};
use super::source::{Column, ForeignKey, Source, SourceTable};
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{Reader, Scalar};

/// Tables reached from an entity's root, in the order they were first named.
#[derive(Clone, Debug)]
pub(crate) struct Joins<'s> {
    /// Join n is table n + 1; the root is table 0.
    pub(crate) joins: Vec<Join<'s>>,
}

/// One table reached by a foreign key.
#[derive(Clone, Debug)]
pub(crate) struct Join<'s> {
    /// The table it hangs on: 0 for the root.
    pub(crate) parent: usize,
    /// The foreign key's column in the parent.
    pub(crate) from: &'s str,
    /// The table.
    pub(crate) table: &'s SourceTable<'s>,
    /// The column pointed at.
    pub(crate) to: &'s str,
}

/// What a path leads to.
#[derive(Clone, Debug)]
pub(crate) struct Target<'s> {
    /// The table: 0 for the root.
    pub(crate) table: usize,
    /// The column.
    pub(crate) column: &'s Column<'s>,
    /// Whether it may be NULL: declared so, or behind a nullable foreign key.
    pub(crate) nullable: bool,
}

/// A part of a scalar: a path, or what is left of one.
#[derive(Clone, Copy)]
struct Rest<'p> {
    scalar: &'p Scalar,
    start: usize,
    end: usize,
}

impl<'p> Rest<'p> {
    fn text(&self) -> &'p str {
        &self.scalar.text[self.start..self.end]
    }

    /// The place of its first bytes.
    fn place(&self, length: usize) -> Place {
        self.scalar.inside(self.start..self.start + length)
    }

    fn after(self, length: usize) -> Self {
        Self { start: self.start + length, ..self }
    }
}

/// Follows a path that is the whole of a scalar. Silent where what it leads to is broken itself.
pub(crate) fn resolve<'s>(
    path: &Scalar,
    root: &'s SourceTable<'s>,
    source: &'s Source<'s>,
    joins: &mut Joins<'s>,
    reader: &mut Reader,
) -> Option<Target<'s>> {
    let mut rest = Rest { scalar: path, start: 0, end: path.text.len() };
    let (mut table, mut at, mut nullable) = (root, 0, false);
    loop {
        match table.column(rest.text()) {
            Found::Yes(column) => {
                return Some(Target { table: at, column, nullable: nullable || column.facts.nullable });
            }
            Found::Broken => return None,
            Found::No => {}
        }
        let (key, from, length) = hop(rest, table, reader)?;
        let to = key.facts.references.first()?;
        let joined = joined_table(key, source)?;
        nullable |= from.facts.nullable;
        at = joins.add(Join { parent: at, from: &from.facts.name, table: joined, to });
        table = joined;
        rest = rest.after(length + 1);
    }
}

impl<'s> Joins<'s> {
    /// The number of the joined table; the same foreign key of the same table is joined once.
    fn add(&mut self, join: Join<'s>) -> usize {
        let same = |other: &Join<'_>| {
            (other.parent, other.from, other.to) == (join.parent, join.from, join.to)
                && other.table.name.text == join.table.name.text
        };
        let position = self.joins.iter().position(same).unwrap_or_else(|| {
            self.joins.push(join);
            self.joins.len() - 1
        });
        position + 1
    }
}

/// The table a foreign key points at. Silent where there is none: the foreign key's own place says that.
fn joined_table<'s>(key: &ForeignKey<'s>, source: &'s Source<'s>) -> Option<&'s SourceTable<'s>> {
    match source.table(&key.facts.table) {
        Found::Yes(table) => Some(table),
        Found::Broken | Found::No => None,
    }
}

/// The single-column foreign key at the front of a path, its column, and the length of the column's name.
fn hop<'s>(
    rest: Rest<'_>,
    table: &'s SourceTable<'s>,
    reader: &mut Reader,
) -> Option<(&'s ForeignKey<'s>, &'s Column<'s>, usize)> {
    let leads = |name: &str| rest.text().strip_prefix(name).is_some_and(|after| after.starts_with('.'));
    let fitting =
        table.foreign_keys.iter().filter(|key| matches!(&key.facts.columns[..], [name] if leads(name)));
    let Some(key) = fitting.max_by_key(|key| key.facts.columns[0].len()) else {
        if table.whole {
            reader.report(no_hop(rest, table));
        }
        return None;
    };
    match table.column(&key.facts.columns[0]) {
        Found::Yes(column) => Some((key, column, key.facts.columns[0].len())),
        Found::Broken | Found::No => None,
    }
}

/// Why a path can't go on.
fn no_hop(rest: Rest<'_>, table: &SourceTable<'_>) -> Diagnostic {
    let name = rest.text().split('.').next().unwrap_or_default();
    let place = rest.place(name.len());
    if matches!(table.column(name), Found::No) || name.len() == rest.text().len() {
        let what = format!("a column of `{}`", table.name.text);
        return unknown(codes::UNKNOWN_COLUMN, name, place, &what, table.column_names());
    }
    let composite =
        table.foreign_keys.iter().find(|key| key.facts.columns.iter().any(|column| column == name));
    if let Some(key) = composite {
        let message =
            format!("`{name}` is only one column of the foreign key ({})", key.facts.columns.join(", "));
        return Diagnostic::error(codes::COMPOSITE_FOREIGN_KEY, message)
            .label(place, "can't be followed by one column")
            .label(key.key.place.clone(), "the foreign key")
            .help(format!(
                "paths follow foreign keys of one column only; carry columns of `{}` itself",
                table.name.text
            ));
    }
    let followed: Vec<&str> = table.followed().collect();
    let help = match &followed[..] {
        [] => format!("`{}` has no foreign key of one column; name one of its own columns", table.name.text),
        names => format!(
            "the foreign keys of `{}` are in {}",
            table.name.text,
            crate::language::quoted_list(names)
        ),
    };
    Diagnostic::error(codes::NOT_A_FOREIGN_KEY, format!("`{name}` is no foreign key, so `.` leads nowhere"))
        .label(place, "holds a value, not the key of another row")
        .help(help)
}
