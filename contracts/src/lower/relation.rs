//! Relations: joins that no foreign key of one column says, each with a name that paths go through.

use super::names::{Found, unknown};
use super::source::{Source, SourceTable};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{self, Reader, Scalar, quoted_list};

/// A relation.
#[derive(Clone, Debug)]
pub(crate) struct Relation<'c> {
    /// Its key in the file.
    pub(crate) key: &'c Scalar,
    /// Its name: what paths say.
    pub(crate) name: &'c str,
    /// The table it leads to.
    pub(crate) table: &'c str,
    /// Columns of its own table, and columns of the other one that equal them.
    pub(crate) on: Vec<(&'c str, &'c str)>,
    /// Whether there may be no row behind it.
    pub(crate) optional: bool,
}

/// Resolves the contract's relations into the tables they start at.
pub(super) fn lower<'c>(contract: &'c language::Contract, source: &mut Source<'c>, reader: &mut Reader) {
    for (key, node) in contract.relations.iter().flat_map(|relations| relations.iter()) {
        let Some(position) = start(&key.text, source) else {
            if source.is_whole() {
                let table = key.text.split('.').next().unwrap_or_default();
                let place = key.inside(0..table.len());
                let what = "a table of the source";
                let names = source.table_names();
                reader.report(unknown(codes::UNKNOWN_SOURCE_TABLE, table, place, what, names));
            }
            // It may be any table's.
            let name = key.text.split_once('.').map_or("", |(_, name)| name);
            source.tables.iter_mut().for_each(|table| table.broken_relations.push(name));
            continue;
        };
        let name = &key.text[source.tables[position].name.text.len() + 1..];
        match relation(name, key, node, &source.tables[position], source, reader) {
            Some(relation) => source.tables[position].relations.push(relation),
            None => source.tables[position].broken_relations.push(name),
        }
    }
}

/// The table a relation starts at: the longest name that its key starts with.
fn start(key: &str, source: &Source<'_>) -> Option<usize> {
    let fits = |table: &SourceTable<'_>| {
        key.strip_prefix(table.name.text.as_str()).is_some_and(|rest| rest.len() > 1 && rest.starts_with('.'))
    };
    let fitting = source.tables.iter().enumerate().filter(|(_, table)| fits(table));
    fitting.max_by_key(|(_, table)| table.name.text.len()).map(|(position, _)| position)
}

fn relation<'c>(
    name: &'c str,
    key: &'c Scalar,
    node: &'c language::Relation,
    table: &SourceTable<'c>,
    source: &Source<'c>,
    reader: &mut Reader,
) -> Option<Relation<'c>> {
    if let Found::Yes(column) = table.column(name) {
        reader.report(
            Diagnostic::error(codes::RELATION, format!("`{}` has a column `{name}`", table.name.text))
                .label(key.place.clone(), "a path could mean either")
                .label(column.name.place.clone(), "the column")
                .help("give the relation another name"),
        );
        return None;
    }
    let to = match source.table(&node.to.text) {
        Found::Yes(to) => to,
        Found::Broken => return None,
        Found::No => {
            let (place, names) = (node.to.place.clone(), source.table_names());
            let what = "a table of the source";
            reader.report(unknown(codes::UNKNOWN_SOURCE_TABLE, &node.to.text, place, what, names));
            return None;
        }
    };
    let (mut on, mut whole) = (Vec::new(), true);
    for (from, target) in node.on.iter() {
        for (table, column) in [(table, from), (to, target)] {
            if matches!(table.column(&column.text), Found::No) {
                let (what, place) = (format!("a column of `{}`", table.name.text), column.place.clone());
                let names = table.column_names();
                reader.report(unknown(codes::UNKNOWN_COLUMN, &column.text, place, &what, names));
                whole = false;
            }
        }
        on.push((from.text.as_str(), target.text.as_str()));
    }
    if on.is_empty() {
        reader.report(
            Diagnostic::error(codes::RELATION, format!("`{}` joins by nothing", key.text))
                .label(key.place.clone(), "every row would be beside every other")
                .help("say which columns are equal, as in `on: { product_id: product_id }`"),
        );
        return None;
    }
    if to.name.text == table.name.text && on.iter().all(|(from, to)| from == to) {
        reader.report(
            Diagnostic::error(codes::RELATION, format!("`{}` leads from each row to itself", key.text))
                .label(key.place.clone(), "the same columns of the same table")
                .help("say which column of one row equals which of the other, as in `on: { parent_id: id }`"),
        );
        return None;
    }
    let optional = !is_enforced(table, &to.name.text, &on);
    whole.then(|| Relation { key, name, table: &to.name.text, on, optional })
}

/// Whether a foreign key of the table says the same, so that a row without NULL has one behind it.
fn is_enforced(table: &SourceTable<'_>, to: &str, on: &[(&str, &str)]) -> bool {
    let mut keys = table.foreign_keys.iter().filter(|key| key.facts.table == to);
    keys.any(|key| {
        let pairs = || {
            key.facts.columns.iter().map(String::as_str).zip(key.facts.references.iter().map(String::as_str))
        };
        pairs().count() == on.len() && pairs().all(|pair| on.contains(&pair))
    })
}

/// The names of a table's relations, as advice.
pub(super) fn names(table: &SourceTable<'_>) -> Option<String> {
    let names: Vec<&str> = table.relations.iter().map(|relation| relation.name).collect();
    (!names.is_empty()).then(|| quoted_list(&names))
}
