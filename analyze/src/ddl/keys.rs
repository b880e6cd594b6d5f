//! Keys of a table: gathered in the statement's order, named as MySQL names them.

use std::ops::Range;

use migratable_contract::diagnostic::Diagnostic;
use migratable_contract::source::SourceKey;

use super::element::Remark;
use super::problem::{Refusal, Reporter};
use super::schema::{Fact, Indexed, KeyFacts, KeyKind, KeyPart, Note, Subject, Table};

/// A key as gathered: its columns may be written in another case than the columns themselves.
#[derive(Clone, Debug)]
pub(super) struct Gathered {
    pub(super) role: Role,
    pub(super) name: Option<String>,
    pub(super) parts: Vec<(KeyPart, Range<usize>)>,
    pub(super) invisible: bool,
    pub(super) remarks: Vec<Remark>,
    pub(super) range: Range<usize>,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Primary,
    Unique,
    Index(KeyKind),
}

impl Gathered {
    /// A key over one column, written behind it.
    pub(super) fn of_column(role: Role, column: &str, range: Range<usize>) -> Self {
        let part = KeyPart { what: Indexed::Column(column.to_owned()), descending: false };
        let parts = vec![(part, range.clone())];
        Self { role, name: None, parts, invisible: false, remarks: Vec::new(), range }
    }
}

/// Puts the keys into the table, whose columns are there already.
pub(super) fn add(
    table: &mut Table,
    keys: Vec<Gathered>,
    report: &Reporter,
    out: &mut Vec<Diagnostic>,
) -> Result<(), Refusal> {
    let mut taken = Vec::new();
    for mut key in keys {
        resolve(table, &mut key)?;
        let name = name(&key, &taken);
        if taken.contains(&name.to_lowercase()) {
            let reason = match key.role {
                Role::Primary => "it has two primary keys".to_owned(),
                _ => format!("it has two keys named `{name}`"),
            };
            return Err(Refusal::new(reason, key.range));
        }
        taken.push(name.to_lowercase());
        note(table, &name, &key, report);
        place(table, name, key, report, out);
    }
    Ok(())
}

/// Spells the columns as the table does.
fn resolve(table: &Table, key: &mut Gathered) -> Result<(), Refusal> {
    let mut seen = Vec::new();
    for (part, range) in &mut key.parts {
        if let Indexed::Column(column) | Indexed::Prefix(column, _) = &mut part.what {
            match table.column(column) {
                Some(at) if seen.contains(&at) => {
                    return Err(Refusal::new(format!("a key names `{column}` twice"), range.clone()));
                }
                Some(at) => {
                    seen.push(at);
                    column.clone_from(&table.source.columns[at].name);
                }
                None => {
                    return Err(Refusal::new(
                        format!("a key names `{column}`, which is no column of it"),
                        range.clone(),
                    ));
                }
            }
        }
    }
    Ok(())
}

/// The name given, or the first column's, with `_2`, `_3` … where an earlier key has that.
fn name(key: &Gathered, taken: &[String]) -> String {
    if key.role == Role::Primary {
        return "PRIMARY".to_owned();
    }
    if let Some(name) = &key.name {
        return name.clone();
    }
    let base = match key.parts.first().map(|(part, _)| &part.what) {
        Some(Indexed::Column(column) | Indexed::Prefix(column, _)) => column.clone(),
        _ => "functional_index".to_owned(),
    };
    let free = |name: &String| !taken.contains(&name.to_lowercase()) && !name.eq_ignore_ascii_case("PRIMARY");
    let numbered = (2_u64..).map(|number| format!("{base}_{number}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}

fn note(table: &mut Table, name: &str, key: &Gathered, report: &Reporter) {
    let mut facts: Vec<Remark> = Vec::new();
    match key.role {
        Role::Index(KeyKind::FullText) => {
            facts.push((Fact::FullText, "FULLTEXT".to_owned(), key.range.clone()))
        }
        Role::Index(KeyKind::Spatial) => facts.push((Fact::Spatial, "SPATIAL".to_owned(), key.range.clone())),
        _ => {}
    }
    for (part, range) in &key.parts {
        match &part.what {
            Indexed::Column(_) => {}
            Indexed::Prefix(column, length) => {
                facts.push((Fact::Prefix, format!("only the first {length} of {column}"), range.clone()));
            }
            Indexed::Expression(expression) => {
                facts.push((Fact::Expression, format!("over ({expression})"), range.clone()));
            }
        }
        if part.descending {
            let what = match &part.what {
                Indexed::Column(column) | Indexed::Prefix(column, _) => format!("{column} DESC"),
                Indexed::Expression(_) => "DESC".to_owned(),
            };
            facts.push((Fact::Descending, what, range.clone()));
        }
    }
    facts.extend(key.remarks.iter().cloned());
    let notes = facts.into_iter().map(|(fact, text, range)| Note {
        subject: Subject::Key(name.to_owned()),
        fact,
        text,
        place: report.place(range),
    });
    table.notes.extend(notes);
}

fn place(table: &mut Table, name: String, key: Gathered, report: &Reporter, out: &mut Vec<Diagnostic>) {
    let kind = match key.role {
        Role::Index(kind) => kind,
        Role::Primary | Role::Unique => KeyKind::Plain,
    };
    let parts: Vec<KeyPart> = key.parts.into_iter().map(|(part, _)| part).collect();
    let columns: Vec<String> = parts
        .iter()
        .filter_map(|part| match &part.what {
            Indexed::Column(column) | Indexed::Prefix(column, _) => Some(column.clone()),
            Indexed::Expression(_) => None,
        })
        .collect();
    let functional = columns.len() < parts.len();
    let facts = KeyFacts { place: report.place(key.range.clone()), kind, parts, invisible: key.invisible };
    match key.role {
        Role::Primary => {
            table.source.primary_key = columns;
            table.primary_key = Some(facts);
        }
        // Without its expression it would claim that fewer columns are unique, or none.
        Role::Unique if functional => out.push(report.functional_unique(&name, key.range)),
        // What is left of it would promise a lookup by columns that are not its first.
        Role::Index(_) if functional => {}
        Role::Unique => {
            table.source.unique.push(SourceKey { name, columns });
            table.unique.push(facts);
        }
        Role::Index(_) => {
            table.source.indexes.push(SourceKey { name, columns });
            table.indexes.push(facts);
        }
    }
}
