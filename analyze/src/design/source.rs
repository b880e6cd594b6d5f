//! The `source:` block: the schema in MySQL's words, and in comments what else the DDL says of it.

use migratable_contract::source::{SourceKey, SourceSchema, SourceTable};
use migratable_contract::yaml::{Entry, Node};

use super::Hints;
use super::facts::{Facts, LeftOut, Table};
use super::findings::target;
use super::write::one_line;
use crate::ddl::Subject;

/// The block of a schema.
pub(crate) fn block(schema: &SourceSchema, facts: &Facts<'_>, hints: &Hints) -> Node {
    let tables = schema.tables.iter().map(|source| {
        let notes = Notes { hints, table: source.name.as_str() };
        notes.beside(
            Subject::Table,
            Entry::new(source.name.as_str(), table(&facts.tables[&*source.name], notes)),
        )
    });
    Node::block_map([
        Entry::new("server", Node::scalar(schema.server.as_str())),
        Entry::new("tables", Node::block_map(tables)),
    ])
}

fn table(facts: &Table<'_>, notes: Notes<'_>) -> Node {
    let table = facts.source;
    let columns = table.columns.iter().map(|column| {
        let entry = Entry::new(column.name.as_str(), Node::scalar(column.to_string()));
        notes.beside(Subject::Column(column.name.clone()), entry)
    });
    let mut entries = vec![Entry::new("columns", Node::block_map(columns))];
    if !table.primary_key.is_empty() {
        let entry = Entry::new("primary_key", names(&table.primary_key));
        entries.push(notes.beside(Subject::Key(PRIMARY.to_owned()), entry));
    }
    entries.extend(keys("unique", &table.unique, notes));
    entries.extend(keys("indexes", &table.indexes, notes));
    entries.extend(foreign_keys(facts));
    if !table.checks.is_empty() {
        let checks = table.checks.iter();
        let checks =
            checks.map(|check| Entry::new(check.name.as_str(), Node::scalar(check.expression.as_str())));
        entries.push(Entry::new("checks", Node::flow_map(checks)));
    }
    left_out(facts, notes).into_iter().fold(Node::block_map(entries), Node::tail)
}

/// What the DDL calls the primary key.
const PRIMARY: &str = "PRIMARY";

fn keys(field: &str, keys: &[SourceKey], notes: Notes<'_>) -> Option<Entry> {
    let keys: Vec<Entry> = keys
        .iter()
        .map(|key| {
            let entry = Entry::new(key.name.as_str(), names(&key.columns));
            notes.beside(Subject::Key(key.name.clone()), entry)
        })
        .collect();
    (!keys.is_empty()).then(|| Entry::new(field, Node::flow_map(keys)))
}

fn foreign_keys(table: &Table<'_>) -> Option<Entry> {
    let kept = table.declared.iter().filter(|(_, left_out)| left_out.is_none());
    let keys: Vec<Entry> =
        kept.map(|(key, _)| Entry::new(key.key_text(), Node::scalar(key.to_string()))).collect();
    (!keys.is_empty()).then(|| Entry::new("foreign_keys", Node::flow_map(keys)))
}

fn names(names: &[String]) -> Node {
    Node::flow_list(names.iter().map(|name| Node::scalar(name.as_str())))
}

/// What of a table the contract has no place for at all: keys over expressions, second foreign keys on one column.
fn left_out(facts: &Table<'_>, notes: Notes<'_>) -> Vec<String> {
    let notes =
        notes.all().filter(|(subject, _)| !has_place(facts.source, subject)).map(|(subject, text)| {
            let what = match subject {
                Subject::Key(name) => format!("key {name} "),
                Subject::Check(name) => format!("check {name} "),
                Subject::Table | Subject::Column(_) | Subject::ForeignKey(_) => String::new(),
            };
            format!("left out: {what}{text}")
        });
    let foreign_keys = facts.declared.iter().filter_map(|(key, left_out)| {
        let why = match (*left_out)? {
            LeftOut::Second => "a column points at one table in a contract",
            LeftOut::Dangling => "which is not in the DDL",
        };
        Some(format!("left out: foreign key {} to {}, {why}", key.columns.join(", "), target(key)))
    });
    notes.chain(foreign_keys).map(|text| one_line(&text)).collect()
}

fn has_place(table: &SourceTable, subject: &Subject) -> bool {
    match subject {
        Subject::Table | Subject::Column(_) | Subject::ForeignKey(_) => true,
        Subject::Key(name) => {
            name == PRIMARY || table.unique.iter().chain(&table.indexes).any(|key| key.name == *name)
        }
        Subject::Check(name) => table.checks.iter().any(|check| check.name == *name),
    }
}

/// What the DDL says of one table beside the schema.
#[derive(Clone, Copy)]
struct Notes<'h> {
    hints: &'h Hints,
    table: &'h str,
}

impl<'h> Notes<'h> {
    fn all(self) -> impl Iterator<Item = (&'h Subject, String)> {
        let from = (self.table.to_owned(), Subject::Table);
        let own = self.hints.notes.range(from..).take_while(move |((table, _), _)| table == self.table);
        own.map(|((_, subject), texts)| (subject, texts.join("; ")))
    }

    /// The entry, with what is said of its subject behind it.
    fn beside(self, subject: Subject, entry: Entry) -> Entry {
        match self.hints.notes.get(&(self.table.to_owned(), subject)) {
            Some(texts) => entry.trailing(one_line(&texts.join("; "))),
            None => entry,
        }
    }
}
