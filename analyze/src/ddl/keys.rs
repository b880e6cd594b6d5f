//! Keys of a table: gathered in the statement's order, named as MySQL names them.

use migratable_contract::diagnostic::Place;
use migratable_contract::source::{Indexed, KeyPart, parse_key_part};

use super::charset::Server;
use super::key_length;
use super::problem::Refusal;
use super::schema::{Key, KeyKind, Note, Table};

/// A key as written: it may have no name, and its columns may be spelled in another case than they spell themselves.
#[derive(Clone, Debug)]
pub(super) struct NewKey {
    pub(super) kind: KeyKind,
    pub(super) name: Option<String>,
    pub(super) parts: Vec<(KeyPart, Place)>,
    pub(super) invisible: bool,
    /// The server makes it for a foreign key, if no other key serves that.
    pub(super) generated: bool,
    pub(super) place: Place,
    pub(super) remarks: Vec<Note>,
}

impl NewKey {
    /// A key over one column, written behind it.
    pub(super) fn of_column(kind: KeyKind, column: &str, place: Place) -> Self {
        let parts = vec![(KeyPart::column(column), place.clone())];
        Self { kind, name: None, parts, invisible: false, generated: false, place, remarks: Vec::new() }
    }

    /// The key that the server looks a foreign key's rows up by.
    pub(super) fn of_foreign_key(columns: &[String], name: Option<String>, place: &Place) -> Self {
        let part = |column: &String| (KeyPart::column(column.as_str()), place.clone());
        let parts = columns.iter().map(part).collect();
        let (kind, place) = (KeyKind::Plain, place.clone());
        Self { kind, name, parts, invisible: false, generated: true, place, remarks: Vec::new() }
    }

    /// The name it is given, or that of its first column, which it gets if that is free.
    pub(super) fn first_name(&self) -> Option<&str> {
        self.name.as_deref().or_else(|| self.parts.first()?.0.name())
    }
}

/// Puts keys into the table, whose columns are there already.
pub(super) fn add(table: &mut Table, mut keys: Vec<NewKey>, server: Server) -> Result<(), Refusal> {
    for key in &mut keys {
        spell(table, key)?;
    }
    key_length::shorten(table);
    drop_covered(table, &mut keys);
    for key in keys {
        let name = name(&key, table);
        if table.key(&name).is_some() {
            let reason = match key.kind {
                KeyKind::Primary => "it has two primary keys".to_owned(),
                _ => format!("it has two keys named `{name}`"),
            };
            return Err(Refusal::new(reason, key.place.range));
        }
        let NewKey { kind, parts, invisible, generated, place, remarks: notes, .. } = key;
        let parts = parts.into_iter().map(|(part, _)| part).collect();
        table.keys.push(Key { name, place, kind, parts, invisible, generated, notes });
    }
    if server.is_mariadb() {
        key_length::cut(table);
    }
    Ok(())
}

/// Takes out keys that the server made for foreign keys, where another starts with the same columns; of two such keys
/// that are alike the earlier goes.
fn drop_covered(table: &mut Table, keys: &mut Vec<NewKey>) {
    let old = table
        .keys
        .iter()
        .map(|key| Lookup { columns: lookup(key.kind, key.parts.iter()), generated: key.generated });
    let new = keys.iter().map(|key| {
        let parts = key.parts.iter().map(|(part, _)| part);
        Lookup { columns: lookup(key.kind, parts), generated: key.generated }
    });
    let all: Vec<Lookup> = old.chain(new).collect();
    let mut gone = vec![false; all.len()];
    for (at, key) in all.iter().enumerate() {
        let earlier = (0..at).find(|other| !gone[*other] && key.meets(&all[*other]));
        if let Some(other) = earlier {
            let keeps_earlier =
                !all[other].generated || (key.generated && key.columns.len() < all[other].columns.len());
            gone[if keeps_earlier { at } else { other }] = true;
        }
    }
    let mut gone = gone.into_iter();
    table.keys.retain(|_| !gone.next().unwrap_or_default());
    keys.retain(|_| !gone.next().unwrap_or_default());
}

/// What a key can look up.
struct Lookup {
    /// Its columns in lower case; none, if it is of another kind.
    columns: Vec<String>,
    generated: bool,
}

impl Lookup {
    /// Whether one of the two makes the other needless.
    fn meets(&self, other: &Self) -> bool {
        let covers = |all: &Self, part: &Self| part.generated && all.columns.starts_with(&part.columns);
        covers(self, other) || covers(other, self)
    }
}

/// The columns a key looks whole values up by, up to the first part that is something else.
fn lookup<'k>(kind: KeyKind, parts: impl Iterator<Item = &'k KeyPart>) -> Vec<String> {
    let column = |part: &KeyPart| match &part.what {
        Indexed::Column(column) => Some(column.to_lowercase()),
        Indexed::Prefix(..) | Indexed::Expression(_) => None,
    };
    match kind {
        KeyKind::FullText | KeyKind::Spatial => Vec::new(),
        KeyKind::Primary | KeyKind::Unique | KeyKind::Plain => parts.map_while(column).collect(),
    }
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
        part.what = key_length::whole(column, part.what.clone());
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
