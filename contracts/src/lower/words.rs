//! Words of the language that are read and that nothing is made of yet: one finding each, so that none is ignored.

use super::names::{Found, unknown};
use super::source::Source;
use crate::codes;
use crate::diagnostic::{Diagnostic, Place};
use crate::language::{Attribute, Contract, Entity, Pattern, Project, Reader, Scalar, quoted_list};
use crate::model::ItemType;

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
    for (name, relation) in contract.relations.iter().flat_map(|relations| relations.iter()) {
        let place = if relation.on.entries.is_empty() { &relation.to.place } else { &name.place };
        refuse(&["relations"], place, reader);
    }
    for (name, index) in
        contract.tables.iter().flat_map(|(_, table)| table.indexes.iter().flat_map(|indexes| indexes.iter()))
    {
        match &index.project {
            None | Some(Project::All) => {}
            Some(Project::Keys) => refuse(&["project"], &name.place, reader),
            Some(Project::Attributes(list)) => refuse(&["project"], &list.place, reader),
        }
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

/// Words of an entity.
pub(super) fn of_entity(entity: &Entity, reader: &mut Reader) {
    if let Some(filter) = &entity.r#where {
        let words = if entity.otherwise.is_some() { &["where", "otherwise"][..] } else { &["where"] };
        refuse(words, &filter.place, reader);
    }
    for (name, _) in entity.unique.iter().flat_map(|unique| unique.iter()) {
        refuse(&["unique"], &name.place, reader);
    }
}

/// Words of an attribute: all that nothing is made of, in one finding.
pub(super) fn of_attribute(attribute: &Attribute, reader: &mut Reader) {
    let Attribute { text, collect, count, sum, avg, min, max, ancestors, depth, .. } = attribute;
    let Attribute { when_null, format, r#else, of, r#where, order, take, keyed_by, join, .. } = attribute;
    let texts = [
        ("text", text),
        ("collect", collect),
        ("count", count),
        ("sum", sum),
        ("avg", avg),
        ("min", min),
        ("max", max),
        ("ancestors", ancestors),
        ("depth", depth),
        ("when_null", when_null),
        ("format", format),
        ("else", r#else),
        ("of", of),
        ("where", r#where),
        ("order", order),
        ("take", take),
        ("keyed_by", keyed_by),
        ("join", join),
    ];
    let texts = texts.map(|(word, scalar)| (word, scalar.as_ref().map(|scalar| &scalar.place)));
    let spans = [("plus", &attribute.plus), ("minus", &attribute.minus)];
    let spans = spans.map(|(word, span)| (word, span.as_ref().map(|span| &span.place)));
    let case = attribute.case.iter().flat_map(|map| map.iter()).map(|(_, text)| &text.place).next();
    let limit = attribute.limit.and(collect.as_ref());
    let maps = [("map", &attribute.map), ("fields", &attribute.fields)];
    let maps = maps
        .map(|(word, map)| (word, map.iter().flat_map(|map| map.iter()).map(|(_, path)| &path.place).next()));
    let epoch = attribute.r#as.as_ref().filter(|choice| choice.value == ItemType::Epoch);
    let others = [
        ("limit", limit.map(|scalar| &scalar.place)),
        ("case", case),
        ("zone", attribute.zone.as_ref().map(|choice| &choice.place)),
        ("epoch", epoch.map(|choice| &choice.place)),
    ];
    let words = texts.into_iter().chain(spans).chain(maps).chain(others);
    let words: Vec<_> = words.filter_map(|(word, place)| Some((word, place?))).collect();
    let Some((_, place)) = words.first() else { return };
    let list: Vec<_> = words.iter().map(|(word, _)| *word).collect();
    refuse(&list, place, reader);
}

fn refuse(words: &[&str], place: &Place, reader: &mut Reader) {
    let list = quoted_list(words);
    reader.report(
        Diagnostic::error(codes::NOT_COMPILED, format!("nothing is made of {list} yet"))
            .label(place.clone(), "read, and not compiled")
            .help(format!("remove {list}; this version can't serve it")),
    );
}
