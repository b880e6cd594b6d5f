//! Paths: where a value comes from, starting at an entity's own row.
//!
//! A path is a column's name, or the name of a foreign key's column or of a relation, a dot, and a path in the table it
//! leads to. MySQL names can have dots themselves: at each step a column of the whole rest's name comes first, then the
//! longest name that fits.

use super::names::{Found, unknown};
use super::relation::{self, Relation};
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

/// One table reached by a foreign key or a relation.
#[derive(Clone, Debug)]
pub(crate) struct Join<'s> {
    /// The table it hangs on: 0 for the root.
    pub(crate) parent: usize,
    /// Columns of the parent, and the columns of the table that equal them.
    pub(crate) on: Vec<(&'s str, &'s str)>,
    /// The table.
    pub(crate) table: &'s SourceTable<'s>,
}

impl<'s> Join<'s> {
    /// The columns of the parent.
    pub(crate) fn from(&self) -> Vec<&'s str> {
        self.on.iter().map(|(from, _)| *from).collect()
    }

    /// The columns pointed at.
    pub(crate) fn to(&self) -> Vec<&'s str> {
        self.on.iter().map(|(_, to)| *to).collect()
    }
}

/// A way from one table to another.
struct Hop<'s> {
    on: Vec<(&'s str, &'s str)>,
    to: &'s str,
    /// Whether there may be no row behind it.
    optional: bool,
    /// Bytes of its name.
    length: usize,
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
        let hop = hop(rest, table, reader)?;
        // Where there is no such table, that has been said at the foreign key.
        let Found::Yes(joined) = source.table(hop.to) else { return None };
        nullable |= hop.optional;
        at = joins.add(Join { parent: at, on: hop.on, table: joined });
        table = joined;
        rest = rest.after(hop.length + 1);
    }
}

impl<'s> Joins<'s> {
    /// The number of the joined table; the same foreign key of the same table is joined once.
    fn add(&mut self, join: Join<'s>) -> usize {
        let same = |other: &Join<'_>| {
            (other.parent, &other.on) == (join.parent, &join.on)
                && other.table.name.text == join.table.name.text
        };
        let position = self.joins.iter().position(same).unwrap_or_else(|| {
            self.joins.push(join);
            self.joins.len() - 1
        });
        position + 1
    }
}

/// The way at the front of a path: a foreign key of one column, or a relation.
fn hop<'s>(rest: Rest<'_>, table: &'s SourceTable<'s>, reader: &mut Reader) -> Option<Hop<'s>> {
    let leads = |name: &str| rest.text().strip_prefix(name).is_some_and(|after| after.starts_with('.'));
    let keys = table.foreign_keys.iter().filter_map(|key| match &key.facts.columns[..] {
        [name] if leads(name) => Some((name.len(), Way::ForeignKey(key))),
        _ => None,
    });
    let relations = table.relations.iter().filter(|relation| leads(relation.name));
    let relations = relations.map(|relation| (relation.name.len(), Way::Relation(relation)));
    let Some((length, way)) = keys.chain(relations).max_by_key(|(length, _)| *length) else {
        if table.whole && !table.broken_relations.iter().any(|name| leads(name)) {
            reader.report(no_hop(rest, table));
        }
        return None;
    };
    Some(match way {
        Way::ForeignKey(key) => {
            let Found::Yes(column) = table.column(&key.facts.columns[0]) else { return None };
            let on = vec![(column.facts.name.as_str(), key.facts.references.first()?.as_str())];
            Hop { on, to: &key.facts.table, optional: column.facts.nullable, length }
        }
        Way::Relation(relation) => {
            let nullable = |(from, _): &(&str, &str)| matches!(table.column(from), Found::Yes(column) if column.facts.nullable);
            let optional = relation.optional || relation.on.iter().any(nullable);
            Hop { on: relation.on.clone(), to: relation.table, optional, length }
        }
    })
}

enum Way<'s> {
    ForeignKey(&'s ForeignKey<'s>),
    Relation(&'s Relation<'s>),
}

/// `a: b, c: d`.
fn pairs(columns: &[String], references: &[String]) -> String {
    let pairs = columns.iter().zip(references).map(|(from, to)| format!("{from}: {to}"));
    pairs.collect::<Vec<_>>().join(", ")
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
                "give the join a name, as in `relations: {{ {}.NAME: {{ to: {}, on: {{ {} }} }} }}`, and write that",
                table.name.text,
                key.facts.table,
                pairs(&key.facts.columns, &key.facts.references)
            ));
    }
    let followed: Vec<&str> = table.followed().collect();
    let help = match &followed[..] {
        _ if !table.relations.is_empty() => format!(
            "the relations of `{}` are {}; its foreign keys are in {}",
            table.name.text,
            relation::names(table).unwrap_or_default(),
            if followed.is_empty() {
                "no column".to_owned()
            } else {
                crate::language::quoted_list(&followed)
            }
        ),
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
