//! Words of the language that are read and that nothing is made of yet: one finding each, so that none is ignored.

use std::collections::BTreeSet;

use super::names::{Found, unknown};
use super::source::Source;
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{
    Attribute, AttributeName, AttributeRust, Contract, Pattern, Project, Reader, Scalar, quoted_list,
};

/// Words of the contract that stand beside its entities.
pub(super) fn of_contract(contract: &Contract, source: &Source<'_>, reader: &mut Reader) {
    for table in &source.tables {
        for (column, _) in table.node.distinct.iter().flat_map(|distinct| distinct.iter()) {
            if matches!(table.column(&column.text), Found::No) {
                let what = format!("a column of `{}`", table.name.text);
                let place = column.place.clone();
                reader.report(unknown(
                    codes::UNKNOWN_COLUMN,
                    &column.text,
                    place,
                    &what,
                    table.column_names(),
                ));
            }
        }
    }
    for (table, node) in contract.tables.iter() {
        for (_, index) in node.indexes.iter().flat_map(|indexes| indexes.iter()) {
            if let Some(Project::Attributes(list)) = &index.project {
                of_projection(&table.text, &list.items, contract, reader);
            }
        }
    }
}

/// What an index is to hold is an attribute of an entity in its table.
fn of_projection(table: &str, asked: &[AttributeName], contract: &Contract, reader: &mut Reader) {
    let entities = contract.entities.iter().filter(|(_, entity)| entity.table.text == table);
    let attributes = entities.flat_map(|(_, entity)| &entity.attributes.entries);
    let names: BTreeSet<&str> = attributes.map(|entry| entry.key.text.as_str()).collect();
    for name in asked.iter().filter(|name| !names.contains(name.text.as_str())) {
        let what = format!("an attribute of an entity in `{table}`");
        let place = name.place.clone();
        let names = names.iter().copied();
        reader.report(unknown(codes::UNKNOWN_ATTRIBUTE, &name.text, place, &what, names));
    }
}

/// The entities that writes name.
pub(super) fn of_writes(contract: &Contract, reader: &mut Reader) {
    let writes = contract.writes.iter().flat_map(|writes| writes.iter());
    for change in writes.flat_map(|(_, write)| &write.does.items) {
        let names = contract.entities.entries.iter().map(|entry| entry.key.text.as_str());
        if !names.clone().any(|name| name == change.value.entity) {
            let place = change.place.clone();
            reader.report(unknown(codes::UNKNOWN_ENTITY, &change.value.entity, place, "an entity", names));
        }
    }
}

/// Words of an access pattern.
pub(super) fn of_pattern(pattern: &Pattern, name: &Scalar, reader: &mut Reader) {
    // Tables are read consistently as it is.
    if pattern.consistent.is_some_and(|flag| !flag.0) && pattern.index.is_none() {
        refuse(&["consistent: false"], &name.place, reader);
    }
}

/// Words of an attribute that is no column as it is.
pub(super) fn of_extra(node: &Attribute, reader: &mut Reader) {
    if let Some(copy) = &node.copy {
        refuse(&["copy"], &copy.place, reader);
    }
    let Some(rust) = &node.rust else { return };
    let AttributeRust { r#type, r#enum, name, visibility, attributes } = rust;
    let words = [
        r#type.as_ref().map(|word| &word.place),
        r#enum.as_ref().map(|word| &word.place),
        name.as_ref().map(|word| &word.place),
        visibility.as_ref().map(|word| &word.place),
        attributes.as_ref().map(|word| &word.place),
    ];
    if let Some(place) = words.into_iter().flatten().next() {
        refuse(&["rust"], place, reader);
    }
}

fn refuse(words: &[&str], place: &Place, reader: &mut Reader) {
    let list = quoted_list(words);
    reader.report(
        Diagnostic::error(codes::NOT_COMPILED, format!("nothing is made of {list} yet"))
            .label(place.clone(), "read, and not compiled")
            .help(format!("remove {list}; this version can't serve it")),
    );
}
