//! Actions, applied to a table.

use std::collections::HashMap;
use std::ops::Range;

use super::action::{Action, Dropped, Position};
use super::columns::Columns;
use super::convert::convert;
use crate::ddl::cursor::{Name, TableName};
use crate::ddl::keys::NewKey;
use crate::ddl::options::Options;
use crate::ddl::problem::Refusal;
use crate::ddl::schema::{Fact, Key, KeyKind, Note, Table, same_name};
use crate::ddl::table::{Assembly, Context, Entry};

/// A table as actions leave it.
#[derive(Debug)]
pub(in crate::ddl) struct Altered {
    pub(in crate::ddl) table: Table,
    /// The name it is to have, if they give it another.
    pub(in crate::ddl) renamed_to: Option<TableName>,
    /// Columns that have another name now: lower-case old name → new name.
    pub(in crate::ddl) columns: HashMap<String, String>,
}

/// Applies actions to a table.
///
/// # Errors
/// Why the server would refuse the statement.
pub(in crate::ddl) fn apply(
    table: &Table,
    actions: Vec<Action>,
    statement: Range<usize>,
    context: Context<'_>,
) -> Result<Altered, Refusal> {
    let mut actions: Vec<Action> = actions.into_iter().filter(|action| !is_guarded(action, table)).collect();
    pass_over_what_is_there(&mut actions, table);
    let mut altered = table.clone();
    let columns = Columns::new(std::mem::take(&mut altered.columns));
    let assembly = Assembly::new(altered, context.server);
    let mut alteration =
        Alteration { assembly, columns, context, moves: Vec::new(), renamed_to: None, convert: None };
    actions.sort_by_key(turn);
    for action in actions {
        alteration.take(action)?;
    }
    alteration.finish(statement)
}

/// Old names come first: what is dropped makes room for what is added, and what is added may use what was renamed.
fn turn(action: &Action) -> u8 {
    match action {
        Action::Drop { .. } => 0,
        // A default that is named beside it stays the table's.
        Action::Convert(_) => 1,
        Action::Add { .. } => 3,
        // It may be the default of a column that the statement adds.
        Action::Default { .. } => 4,
        _ => 2,
    }
}

/// What IF NOT EXISTS stands before is left out, if the table has it, or if an action before adds it. Of a column, MariaDB
/// leaves out the column alone: a key that is written behind it comes if there is none of its name.
fn pass_over_what_is_there(actions: &mut [Action], table: &Table) {
    let mut names: Vec<(Dropped, String)> = Vec::new();
    for action in actions {
        let Action::Add { entries, guarded, .. } = action else { continue };
        let left = std::mem::take(entries).into_iter().flat_map(|entry| {
            let Some((what, name)) = entry_name(&entry) else { return vec![entry] };
            let named = |(other, of): &(Dropped, String)| *other == what && same_name(of, name);
            let there = find(table, what, name) || names.iter().any(named);
            names.push((what, name.to_owned()));
            match entry {
                Entry::Column(new) if *guarded && there => {
                    let is_new =
                        |key: &NewKey| key.first_name().is_none_or(|name| !find(table, Dropped::Key, name));
                    new.keys.into_iter().filter(is_new).map(Entry::Key).collect()
                }
                _ if *guarded && there => Vec::new(),
                entry => vec![entry],
            }
        });
        *entries = left.collect();
    }
}

/// What an entry is called, where it is known before the entry is part of a table.
fn entry_name(entry: &Entry) -> Option<(Dropped, &str)> {
    match entry {
        Entry::Column(new) => Some((Dropped::Column, new.column.name())),
        Entry::Key(key) if key.kind == KeyKind::Primary => Some((Dropped::Key, "PRIMARY")),
        Entry::Key(key) => Some((Dropped::Key, key.first_name()?)),
        Entry::Check(check) => Some((Dropped::Check, check.name.as_deref()?)),
        Entry::ForeignKey(key) => Some((Dropped::ForeignKey, key.name.as_deref()?)),
    }
}

/// Whether IF EXISTS makes the action do nothing.
fn is_guarded(action: &Action, table: &Table) -> bool {
    match action {
        Action::Change { column, guarded: true, .. }
        | Action::RenameColumn { from: column, guarded: true, .. }
        | Action::Default { column, guarded: true, .. } => table.column(&column.text).is_none(),
        Action::Drop { what, name, guarded: true } => !find(table, *what, &name.text),
        Action::RenameKey { from: key, guarded: true, .. } | Action::ShowKey { key, guarded: true, .. } => {
            table.key(&key.text).is_none()
        }
        _ => false,
    }
}

fn find(table: &Table, what: Dropped, name: &str) -> bool {
    let check = || table.checks.iter().any(|check| same_name(&check.source.name, name));
    let foreign_key = || table.foreign_keys.iter().any(|key| same_name(&key.name, name));
    match what {
        Dropped::Column => table.column(name).is_some(),
        Dropped::Key => table.key(name).is_some(),
        Dropped::ForeignKey => foreign_key(),
        Dropped::Check => check(),
        Dropped::Constraint => check() || foreign_key() || unique(table, name),
    }
}

fn unique(table: &Table, name: &str) -> bool {
    table.key(name).is_some_and(|key| matches!(key.kind, KeyKind::Primary | KeyKind::Unique))
}

struct Alteration<'a> {
    assembly: Assembly,
    columns: Columns,
    context: Context<'a>,
    /// Columns that go somewhere, each with where its definition starts: they move in the statement's order, whatever
    /// the turn of their actions was.
    moves: Vec<(usize, String, Position)>,
    renamed_to: Option<TableName>,
    /// The collation all text is converted to.
    convert: Option<String>,
}

impl Alteration<'_> {
    fn table(&mut self) -> &mut Table {
        &mut self.assembly.table
    }

    fn take(&mut self, action: Action) -> Result<(), Refusal> {
        match action {
            Action::Add { entries, position, .. } => {
                for entry in entries {
                    self.add(entry, &position)?;
                }
            }
            Action::Change { column: name, new, position, .. } => {
                let column = self.assembly.unpack(*new);
                self.moves.push((column.place.range.start, column.source.name.clone(), position));
                self.columns.replace(&name, column)?;
            }
            Action::RenameColumn { from, to, .. } => {
                let column = self.columns.rename(&from, &to)?;
                column.place = self.context.report.place(to.range);
            }
            Action::Drop { what, name, .. } => self.drop(what, &name)?,
            Action::Default { column, value, .. } => {
                let mariadb = self.context.server.is_mariadb();
                let column = &mut self.columns.current(&column)?.source;
                // What keeps the time of a row's making and of its changes loses both together there.
                let is_now = |default: &String| default.starts_with("current_timestamp");
                if mariadb && column.default.as_ref().is_some_and(is_now) {
                    column.on_update = None;
                }
                // MariaDB takes one for what it counts, and forgets it.
                column.default = value.filter(|_| !column.auto_increment);
            }
            Action::ShowColumn { column, invisible } => self.show_column(&column, invisible)?,
            Action::RenameKey { from, to, .. } => self.rename_key(&from, to.text)?,
            Action::ShowKey { key, invisible, .. } => self.show_key(&key, invisible)?,
            Action::Enforce { check, enforced } => self.enforce(&check, enforced)?,
            Action::Rename(name) => self.renamed_to = Some(name),
            Action::Options(options) => self.options(options),
            Action::Convert(collation) => {
                let collation = collation.unwrap_or_else(|| self.context.collation.to_owned());
                self.table().collation.clone_from(&collation);
                self.convert = Some(collation);
            }
            Action::RemovePartitions => self.table().notes.retain(|note| note.fact != Fact::Partitions),
            Action::Nothing => {}
        }
        Ok(())
    }

    fn add(&mut self, entry: Entry, position: &Position) -> Result<(), Refusal> {
        match entry {
            Entry::Column(new) => {
                let column = self.assembly.unpack(*new);
                self.moves.push((column.place.range.start, column.source.name.clone(), position.clone()));
                self.columns.add(column);
                Ok(())
            }
            other => self.assembly.add(other),
        }
    }

    fn drop(&mut self, what: Dropped, name: &Name) -> Result<(), Refusal> {
        let missing =
            |kind: &str| Refusal::new(format!("it has no {kind} `{}`", name.text), name.range.clone());
        if what == Dropped::Column {
            return self.columns.drop(name);
        }
        let table = self.table();
        if !find(table, what, &name.text) {
            return Err(match what {
                Dropped::Key if name.text == "PRIMARY" => {
                    Refusal::new("it has no primary key", name.range.clone())
                }
                Dropped::Key => missing("key"),
                Dropped::ForeignKey => missing("foreign key"),
                Dropped::Check => missing("check"),
                Dropped::Column | Dropped::Constraint => missing("constraint"),
            });
        }
        let any = what == Dropped::Constraint;
        if what == Dropped::Check || any {
            table.checks.retain(|check| !same_name(&check.source.name, &name.text));
        }
        if what == Dropped::ForeignKey || any {
            table.foreign_keys.retain(|key| !same_name(&key.name, &name.text));
        }
        if what == Dropped::Key || (any && unique(table, &name.text)) {
            table.keys.retain(|key| !same_name(&key.name, &name.text));
        }
        Ok(())
    }

    fn show_column(&mut self, name: &Name, invisible: bool) -> Result<(), Refusal> {
        let note = invisible
            .then(|| self.context.note((Fact::Invisible, "INVISIBLE".to_owned(), name.range.clone())));
        let column = self.columns.current(name)?;
        column.invisible = invisible;
        column.notes.retain(|note| note.fact != Fact::Invisible);
        column.notes.extend(note);
        Ok(())
    }

    fn key(&mut self, name: &Name) -> Result<&mut Key, Refusal> {
        let found = self.assembly.table.keys.iter_mut().find(|key| same_name(&key.name, &name.text));
        found.ok_or_else(|| Refusal::new(format!("it has no key `{}`", name.text), name.range.clone()))
    }

    fn rename_key(&mut self, from: &Name, to: String) -> Result<(), Refusal> {
        let key = self.key(from)?;
        key.name = to;
        // A name that someone gave is kept.
        key.generated = false;
        Ok(())
    }

    fn show_key(&mut self, name: &Name, invisible: bool) -> Result<(), Refusal> {
        let word = if self.context.server.is_mariadb() { "IGNORED" } else { "INVISIBLE" };
        let note =
            invisible.then(|| self.context.note((Fact::Invisible, word.to_owned(), name.range.clone())));
        let key = self.key(name)?;
        key.invisible = invisible;
        key.notes.retain(|note| note.fact != Fact::Invisible);
        key.notes.extend(note);
        Ok(())
    }

    fn enforce(&mut self, name: &Name, enforced: bool) -> Result<(), Refusal> {
        let fact = (Fact::NotEnforced, "NOT ENFORCED".to_owned(), name.range.clone());
        let note = (!enforced).then(|| self.context.note(fact));
        let checks = &mut self.table().checks;
        let Some(check) = checks.iter_mut().find(|check| same_name(&check.source.name, &name.text)) else {
            return Err(Refusal::new(format!("it has no check `{}`", name.text), name.range.clone()));
        };
        check.enforced = enforced;
        check.notes.retain(|note| note.fact != Fact::NotEnforced);
        check.notes.extend(note);
        Ok(())
    }

    /// Options take the place of those of the same name.
    fn options(&mut self, options: Options) {
        let notes: Vec<Note> = options.notes.into_iter().map(|remark| self.context.note(remark)).collect();
        let table = self.table();
        if let Some(collation) = options.collation {
            table.collation = collation;
        }
        if options.engine.is_some() {
            table.engine = options.engine;
        }
        if let Some(comment) = options.comment {
            table.comment = Some(comment).filter(|comment| !comment.is_empty());
        }
        let name = |note: &Note| note.text.split(' ').next().map(str::to_owned);
        for note in notes {
            let same = |old: &Note| {
                old.fact == note.fact && (note.fact != Fact::TableOption || name(old) == name(&note))
            };
            table.notes.retain(|old| !same(old));
            if !note.text.is_empty() {
                table.notes.push(note);
            }
        }
    }

    fn finish(mut self, statement: Range<usize>) -> Result<Altered, Refusal> {
        self.moves.sort_by_key(|(start, ..)| *start);
        for (_, name, position) in &self.moves {
            self.columns.place(name, position)?;
        }
        let changes = self.columns.changes(self.context.server, statement);
        changes.apply(&mut self.assembly.table)?;
        for column in self.columns.untouched() {
            changes.column(column)?;
        }
        if let Some(collation) = &self.convert {
            self.columns.each().for_each(|(column, was_there)| convert(column, collation, was_there));
        }
        self.assembly.table.columns = self.columns.finish()?;
        if self.assembly.table.columns.is_empty() {
            return Err(Refusal::new("it would have no columns", changes.place));
        }
        let table = self.assembly.finish()?;
        Ok(Altered { table, renamed_to: self.renamed_to, columns: changes.renamed })
    }
}
