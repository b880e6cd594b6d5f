//! The `source:` block: the schema in MySQL's words, and in comments what else the DDL says of it.

use migratable_contract::source::{ForeignKey, KeyPart, SourceKey, SourceObject, SourceSchema};
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
    let mut entries = vec![
        Entry::new("server", Node::scalar(schema.server.as_str())),
        Entry::new("tables", Node::block_map(tables)),
    ];
    let objects = |field: &str, word: &'static str, objects: &[SourceObject]| {
        let entry =
            |object: &SourceObject| self::object(hints, word, &object.name, object.touches.to_string());
        (!objects.is_empty()).then(|| Entry::new(field, Node::block_map(objects.iter().map(entry))))
    };
    entries.extend(objects("views", "VIEW", &schema.views));
    entries.extend(objects("procedures", "PROCEDURE", &schema.procedures));
    entries.extend(objects("functions", "FUNCTION", &schema.functions));
    entries.extend(objects("events", "EVENT", &schema.events));
    Node::block_map(entries)
}

/// A view, a routine or an event, with what else is said of it behind it.
fn object(hints: &Hints, word: &'static str, name: &str, text: String) -> Entry {
    let entry = Entry::new(name, Node::scalar(text));
    match hints.beside.get(&(word, name.to_owned())) {
        Some(note) => entry.trailing(one_line(note)),
        None => entry,
    }
}

fn table(facts: &Table<'_>, notes: Notes<'_>) -> Node {
    let table = facts.source;
    let columns = table.columns.iter().map(|column| {
        let entry = Entry::new(column.name.as_str(), Node::scalar(column.to_string()));
        notes.beside(Subject::Column(column.name.clone()), entry)
    });
    let mut entries = vec![Entry::new("columns", Node::block_map(columns))];
    if !table.primary_key.is_empty() {
        let entry = Entry::new("primary_key", parts(&table.primary_key));
        entries.push(notes.beside(Subject::Key(PRIMARY.to_owned()), entry));
    }
    entries.extend(keys("unique", &table.unique, notes));
    entries.extend(keys("indexes", &table.indexes, notes));
    entries.extend(keys("fulltext", &table.fulltext, notes));
    entries.extend(keys("spatial", &table.spatial, notes));
    entries.extend(foreign_keys(facts, notes));
    entries.extend(flow_map(
        "checks",
        table.checks.iter().map(|check| {
            let entry = Entry::new(check.name.as_str(), Node::scalar(check.expression.as_str()));
            notes.beside(Subject::Check(check.name.clone()), entry)
        }),
    ));
    let triggers = table.triggers.iter();
    entries.extend(flow_map(
        "triggers",
        triggers.map(|trigger| Entry::new(trigger.name.as_str(), Node::scalar(trigger.to_string()))),
    ));
    left_out(facts, notes).into_iter().fold(Node::block_map(entries), Node::tail)
}

/// A field, unless there is nothing in it.
fn flow_map(field: &str, entries: impl Iterator<Item = Entry>) -> Option<Entry> {
    let entries: Vec<Entry> = entries.collect();
    (!entries.is_empty()).then(|| Entry::new(field, Node::flow_map(entries)))
}

/// What the DDL calls the primary key.
const PRIMARY: &str = "PRIMARY";

fn keys(field: &str, keys: &[SourceKey], notes: Notes<'_>) -> Option<Entry> {
    let entry = |key: &SourceKey| {
        let entry = Entry::new(key.name.as_str(), parts(&key.parts));
        notes.beside(Subject::Key(key.name.clone()), entry)
    };
    flow_map(field, keys.iter().map(entry))
}

fn foreign_keys(table: &Table<'_>, notes: Notes<'_>) -> Option<Entry> {
    let kept = table.declared.iter().filter(|(_, left_out)| left_out.is_none());
    let entry = |key: &ForeignKey| {
        let entry = Entry::new(key.key_text(), Node::scalar(key.to_string()));
        notes.beside(Subject::ForeignKey(key.columns.clone()), entry)
    };
    flow_map("foreign_keys", kept.map(|(key, _)| entry(key)))
}

fn parts(parts: &[KeyPart]) -> Node {
    Node::flow_list(parts.iter().map(|part| Node::scalar(part.to_string())))
}

/// What of a table the contract has no place for at all: keys over expressions, second foreign keys on one column.
fn left_out(facts: &Table<'_>, notes: Notes<'_>) -> Vec<String> {
    let notes = notes.all().filter(|(subject, _)| !has_place(facts, subject)).map(|(subject, text)| {
        let what = match subject {
            Subject::Key(name) => format!("key {name} "),
            Subject::Check(name) => format!("check {name} "),
            Subject::ForeignKey(columns) => format!("foreign key {} ", columns.join(", ")),
            Subject::Table | Subject::Column(_) => String::new(),
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

fn has_place(facts: &Table<'_>, subject: &Subject) -> bool {
    let table = facts.source;
    match subject {
        Subject::Table | Subject::Column(_) => true,
        Subject::Key(name) => {
            let keys = [&table.unique, &table.indexes, &table.fulltext, &table.spatial];
            name == PRIMARY || keys.into_iter().flatten().any(|key| key.name == *name)
        }
        Subject::ForeignKey(columns) => {
            facts.declared.iter().any(|(key, left_out)| left_out.is_none() && key.columns == *columns)
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
