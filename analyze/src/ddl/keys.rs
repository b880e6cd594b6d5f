//! Keys of a table: gathered in the statement's order, named as MySQL names them.

use migratable_contract::diagnostic::Place;
use migratable_contract::source::{Indexed, KeyPart, parse_key_part};

use super::problem::Refusal;
use super::schema::{Key, KeyKind, Note, Table};

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
        let parts = vec![(KeyPart::column(column), place.clone())];
        Self { kind, name: None, parts, invisible: false, place, remarks: Vec::new() }
    }
}

/// Puts keys into the table, whose columns are there already.
pub(super) fn add(table: &mut Table, keys: Vec<NewKey>) -> Result<(), Refusal> {
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
        let NewKey { kind, parts, invisible, place, remarks: notes, .. } = key;
        let parts = parts.into_iter().map(|(part, _)| part).collect();
        table.keys.push(Key { name, place, kind, parts, invisible, notes });
    }
    Ok(())
}

/// Spells the columns as the table does.
fn spell(table: &Table, key: &mut NewKey) -> Result<(), Refusal> {
    let mut seen: Vec<&str> = Vec::new();
    for (part, place) in &mut key.parts {
        // What a contract's text can't hold is no expression of the server's, either.
        if parse_key_part(&part.to_string()).as_ref() != Ok(part) {
            return Err(Refusal::new("a key's expression has no end", place.range.clone()));
        }
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
    let first = key.parts.first().and_then(|(part, _)| part.name());
    let base = first.unwrap_or("functional_index").to_owned();
    let free = |name: &String| table.key(name).is_none() && !name.eq_ignore_ascii_case("PRIMARY");
    let numbered = (2_u64..).map(|number| format!("{base}_{number}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}
