//! Keys of a table: gathered in the statement's order, named as MySQL names them.

use migratable_contract::diagnostic::{Diagnostic, Place};

use super::problem::{self, Refusal};
use super::schema::{Fact, Indexed, Key, KeyKind, KeyPart, Note, Table};

/// A key as written: it may have no name, and its columns may be spelled in another case than they spell themselves.
#[derive(Clone, Debug)]
pub(super) struct NewKey {
    pub(super) kind: KeyKind,
    pub(super) name: Option<String>,
    pub(super) parts: Vec<(KeyPart, Place)>,
    pub(super) invisible: bool,
    pub(super) place: Place,
    pub(super) remarks: Vec<Note>,
}

impl NewKey {
    /// A key over one column, written behind it.
    pub(super) fn of_column(kind: KeyKind, column: &str, place: Place) -> Self {
        let part = KeyPart { what: Indexed::Column(column.to_owned()), descending: false };
        let parts = vec![(part, place.clone())];
        Self { kind, name: None, parts, invisible: false, place, remarks: Vec::new() }
    }

    fn notes(&self) -> Vec<Note> {
        let note = |fact, text: String, place: &Place| Note { fact, text, place: place.clone() };
        let mut notes = Vec::new();
        match self.kind {
            KeyKind::FullText => notes.push(note(Fact::FullText, "FULLTEXT".to_owned(), &self.place)),
            KeyKind::Spatial => notes.push(note(Fact::Spatial, "SPATIAL".to_owned(), &self.place)),
            KeyKind::Primary | KeyKind::Unique | KeyKind::Plain => {}
        }
        for (part, place) in &self.parts {
            match &part.what {
                Indexed::Column(_) => {}
                Indexed::Prefix(column, length) => {
                    notes.push(note(Fact::Prefix, format!("only the first {length} of {column}"), place));
                }
                Indexed::Expression(expression) => {
                    notes.push(note(Fact::Expression, format!("over ({expression})"), place));
                }
            }
            if part.descending {
                let what = part.what.column().map_or("DESC".to_owned(), |column| format!("{column} DESC"));
                notes.push(note(Fact::Descending, what, place));
            }
        }
        notes.extend(self.remarks.iter().cloned());
        notes
    }
}

/// Puts keys into the table, whose columns are there already.
pub(super) fn add(table: &mut Table, keys: Vec<NewKey>, out: &mut Vec<Diagnostic>) -> Result<(), Refusal> {
    for mut key in keys {
        spell(table, &mut key)?;
        let name = name(&key, table);
        if table.key(&name).is_some() {
            let reason = match key.kind {
                KeyKind::Primary => "it has two primary keys".to_owned(),
                _ => format!("it has two keys named `{name}`"),
            };
            return Err(Refusal::new(reason, key.place.range));
        }
        let notes = key.notes();
        let parts = key.parts.into_iter().map(|(part, _)| part).collect();
        let key = Key { name, place: key.place, kind: key.kind, parts, invisible: key.invisible, notes };
        if key.kind == KeyKind::Unique && key.is_functional() {
            out.push(problem::functional_unique(&key));
        }
        table.keys.push(key);
    }
    Ok(())
}

/// Spells the columns as the table does.
fn spell(table: &Table, key: &mut NewKey) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    for (part, place) in &mut key.parts {
        let (Indexed::Column(name) | Indexed::Prefix(name, _)) = &mut part.what else { continue };
        let Some(column) = table.column(name) else {
            let reason = format!("a key names `{name}`, which is no column of it");
            return Err(Refusal::new(reason, place.range.clone()));
        };
        if seen.contains(&column.name()) {
            return Err(Refusal::new(format!("a key names `{name}` twice"), place.range.clone()));
        }
        seen.push(column.name());
        *name = column.source.name.clone();
    }
    Ok(())
}

/// The name given, or the first column's, with `_2`, `_3` … where an earlier key has that.
fn name(key: &NewKey, table: &Table) -> String {
    if key.kind == KeyKind::Primary {
        return "PRIMARY".to_owned();
    }
    if let Some(name) = &key.name {
        return name.clone();
    }
    let first = key.parts.first().and_then(|(part, _)| part.what.column());
    let base = first.unwrap_or("functional_index").to_owned();
    let free = |name: &String| table.key(name).is_none() && !name.eq_ignore_ascii_case("PRIMARY");
    let numbered = (2_u64..).map(|number| format!("{base}_{number}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}
