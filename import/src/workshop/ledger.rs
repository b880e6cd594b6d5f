//! What the file has lost of the source, and what nothing in it keeps: columns, unique keys, tables.

use migratable_analyze::design::{Hints, names};
use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place};
use migratable_contract::source::{SourceTable, name_text, whole_columns};
use migratable_core::dynamodb::AttributeType;

use super::Lost;
use super::assemble::{Assembler, in_keys};
use super::draft::{Attribute, Case, Piece, Template, Value};
use super::key_names::KeyName;
use super::model;
use super::source::{Path, Position, Source, known, primary_key};

/// Unique keys with the key attributes of their markers.
type Markers<'s> = Vec<(String, Vec<(String, Template<'s>)>)>;

/// Carries what the file has lost, or drops it, as was asked for; gives what is dropped.
pub(super) fn lost<'s>(
    assembler: &mut Assembler<'_, 's>,
    entity: &model::Entity,
    rows: &'s SourceTable,
    keys: &[KeyName],
    templates: &[(String, Template<'s>)],
    attributes: &mut Vec<Attribute<'s>>,
) -> Vec<(String, String)> {
    let mut dropped = Vec::new();
    let root = Position::root(rows);
    let worked_out: Vec<Path<'s>> =
        attributes.iter().flat_map(|attribute| attribute.value.made_of()).cloned().collect();
    let needed: Vec<&Path<'s>> = in_keys(templates).chain(&worked_out).collect();
    for column in rows.columns.iter().filter(|column| known(column).is_some()) {
        let Some(path) = root.column(&column.name) else { continue };
        let why = match needed.contains(&&path) {
            true => Why::Needed,
            // A marker of a unique key is a key, too.
            false if in_own_keys(rows, &column.name) => Why::Key,
            false => Why::Lost,
        };
        let there =
            if why == Why::Lost { is_carried(&path, attributes) } else { is_attribute(&path, attributes) };
        if there {
            continue;
        }
        let carry = why != Why::Lost || assembler.lost == Lost::Carry;
        let name = free_name(&path, attributes, keys);
        let found = say_lost(entity, &path, why, carry.then_some(&name), &assembler.joins.source);
        assembler.findings.push(found);
        if carry {
            attributes.push(carried(name, path, assembler.hints));
        } else {
            dropped.push((name_text(&column.name), "the imported file doesn't carry it".to_owned()));
        }
    }
    for path in needed.into_iter().filter(|path| !path.is_own()) {
        if !is_attribute(path, attributes) {
            let name = free_name(path, attributes, keys);
            let found = say_lost(entity, path, Why::Needed, Some(&name), &assembler.joins.source);
            assembler.findings.push(found);
            attributes.push(carried(name, path.clone(), assembler.hints));
        }
    }
    members_once(entity, attributes, &mut assembler.findings);
    dropped
}

/// Why a column has to be carried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// Keys or other values are made of it.
    Needed,
    /// It is in the primary key or in a unique key.
    Key,
    /// Nothing in the file asks for it.
    Lost,
}

/// A member of a map that an attribute carries, too, is left to the attribute.
fn members_once(entity: &model::Entity, attributes: &mut Vec<Attribute<'_>>, findings: &mut Vec<Diagnostic>) {
    let plain: Vec<Value<'_>> = attributes.iter().map(|attribute| attribute.value.clone()).collect();
    for attribute in attributes.iter_mut() {
        let Value::Map(members) = &mut attribute.value else { continue };
        members.retain(|(member, path)| {
            let twice =
                plain.iter().any(|value| matches!(value, Value::Path { path: other, .. } if other == path));
            if twice {
                let said = entity.attributes.iter().find(|said| said.name.value == attribute.name);
                let place =
                    said.map_or_else(|| entity.source_table.place.clone(), |said| said.name.place.clone());
                let message = format!("`{}.{member}` holds what an attribute holds", attribute.name);
                findings.push(
                    Diagnostic::error(codes::IMPORT_TWICE, message)
                        .label(place, format!("`{member}` is left out of it"))
                        .help(
                            "read the attribute instead, or leave that out where nothing else is made of it",
                        ),
                );
            }
            !twice
        });
    }
    attributes.retain(|attribute| !matches!(&attribute.value, Value::Map(members) if members.is_empty()));
}

/// Whether a column is in the primary key or in a unique key.
fn in_own_keys(rows: &SourceTable, column: &str) -> bool {
    let unique = rows.unique.iter().filter_map(|key| whole_columns(&key.parts));
    let mut keys = unique.chain([primary_key(rows)]).flatten();
    keys.any(|key| key.eq_ignore_ascii_case(column))
}

/// Whether an attribute is this column's value.
fn is_attribute(path: &Path<'_>, attributes: &[Attribute<'_>]) -> bool {
    attributes
        .iter()
        .any(|attribute| matches!(&attribute.value, Value::Path { path: own, .. } if own == path))
}

/// Whether an attribute, or a member of one, is this column's value.
fn is_carried(path: &Path<'_>, attributes: &[Attribute<'_>]) -> bool {
    attributes.iter().any(|attribute| attribute.value.carries().contains(&path))
}

/// The column as an attribute, as analyze would propose it.
fn carried<'s>(name: String, path: Path<'s>, hints: &Hints) -> Attribute<'s> {
    let of = (path.table.name.clone(), path.column.name.clone());
    let ty = hints.declared_boolean.contains(&of).then_some(AttributeType::Bool);
    let comments = vec!["not in the imported file".to_owned()];
    Attribute { name, value: Value::Path { path, when_null: None }, ty, comments }
}

/// `id` → `order_id`, `user_id.email` → `user_email`, as long as nothing else is called so.
fn free_name(path: &Path<'_>, attributes: &[Attribute<'_>], keys: &[KeyName]) -> String {
    let column = names::attribute(&path.column.name);
    let wish = match path.steps.last() {
        Some(step) => format!("{}_{column}", names::attribute(step.strip_suffix("_id").unwrap_or(step))),
        None if column == "id" => names::id(&names::entity(&path.table.name)),
        None => column,
    };
    let taken = |name: &String| {
        attributes.iter().any(|attribute| attribute.name.eq_ignore_ascii_case(name))
            || keys.iter().any(|key| key.name.eq_ignore_ascii_case(name))
    };
    let numbered = (2..).map(|number| format!("{wish}_{number}"));
    std::iter::once(wish.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(wish)
}

fn say_lost(
    entity: &model::Entity,
    path: &Path<'_>,
    why: Why,
    carried: Option<&String>,
    source: &Source<'_>,
) -> Diagnostic {
    let (table, column) = (&path.table.name, &path.column.name);
    let of = entity.kind.as_ref().map_or_else(String::new, |kind| format!(" of `{}`", kind.value));
    let (code, message) = if why == Why::Needed {
        let message = format!("a key or a text is made of `{table}.{column}`, which is no attribute{of}");
        (codes::IMPORT_KEY_VALUE, message)
    } else {
        (codes::IMPORT_COLUMN_LOST, format!("`{table}.{column}` is in no attribute{of}"))
    };
    let place = entity.kind.as_ref().unwrap_or(&entity.source_table).place.clone();
    let label = match carried {
        Some(name) => format!("carried as `{name}`"),
        None => "dropped, as was asked for".to_owned(),
    };
    let help = match carried {
        Some(_) if why == Why::Needed => {
            "nothing is to be done: an item tells what its key and its texts are made of"
        }
        Some(_) => "if nothing reads it, move it to `dropped` with the reason",
        None => "say in `dropped` why nothing needs it",
    };
    let found = Diagnostic::warning(code, message).label(place, label);
    let found = match source.place(path.table, column) {
        Some(place) => found.label(place.clone(), "the column"),
        None => found,
    };
    found.help(help)
}

/// An entity carries a column once. Where the file has it more often, the others are texts made of it.
pub(super) fn twice<'s>(
    entity: &model::Entity,
    attributes: &mut Vec<Attribute<'s>>,
    findings: &mut Vec<Diagnostic>,
) {
    let before = std::mem::take(attributes);
    let carriers: Vec<usize> = (0..before.len()).map(|at| carrier(&before, at)).collect();
    let names: Vec<String> = before.iter().map(|attribute| attribute.name.clone()).collect();
    for (at, mut attribute) in before.into_iter().enumerate() {
        let Value::Path { path, when_null } = &attribute.value else {
            attributes.push(attribute);
            continue;
        };
        if carriers[at] == at {
            attributes.push(attribute);
            continue;
        }
        let said = entity.attributes.iter().find(|said| said.name.value == attribute.name);
        let place = said.map_or_else(|| entity.source_table.place.clone(), |said| said.name.place.clone());
        let value = text_of(path, when_null.as_deref());
        let message = format!("`{}` holds what `{}` holds", attribute.name, names[carriers[at]]);
        let found = match &value {
            Some(_) => {
                Diagnostic::warning(codes::IMPORT_TWICE, message).label(place, "imported as a text of it")
            }
            None => Diagnostic::error(codes::IMPORT_TWICE, message).label(place, "left out"),
        };
        findings.push(found.help("keep one of the two where nothing reads the other"));
        if let Some(value) = value {
            attribute.value = value;
            attributes.push(attribute);
        }
    }
}

/// The attribute that carries what this one does: the first that says nothing of NULL, else the first.
fn carrier(attributes: &[Attribute<'_>], at: usize) -> usize {
    let Value::Path { path, .. } = &attributes[at].value else { return at };
    let same =
        |other: &usize| matches!(&attributes[*other].value, Value::Path { path: other, .. } if other == path);
    let plain = |other: &usize| attributes[*other].value.is_plain(path);
    let all = || (0..attributes.len()).filter(same);
    all().find(plain).or_else(|| all().next()).unwrap_or(at)
}

/// A text of a column's value, which is the same text. A number would be another value.
fn text_of<'s>(path: &Path<'s>, when_null: Option<&str>) -> Option<Value<'s>> {
    if !path.is_text() || !path.fits_in_braces() {
        return None;
    }
    let text = Template::value(path.clone());
    Some(match when_null {
        None => Value::Text(text),
        Some(null) => {
            let name = if path.is_own() { name_text(&path.column.name) } else { path.text() };
            let (when, of) = (format!("{name} is null"), vec![path.clone()]);
            let cases = vec![Case { when, of, then: Template::literal(null) }];
            Value::Case { cases, otherwise: Some(text) }
        }
    })
}

/// Markers for what MySQL keeps unique; gives them and what is dropped of the table.
pub(super) fn unique<'s>(
    assembler: &mut Assembler<'_, 's>,
    entity: &model::Entity,
    rows: &'s SourceTable,
    name: &str,
    keys: &[KeyName],
    templates: &[(String, Template<'s>)],
) -> (Markers<'s>, Vec<(String, String)>) {
    let mut markers = Markers::new();
    let built = |key: &KeyName| templates.iter().any(|(name, _)| *name == key.name);
    let texts = keys.iter().all(built);
    for unique in &rows.unique {
        let values = whole_columns(&unique.parts).and_then(|columns| marker_values(rows, &columns));
        let marker = values.filter(|_| texts);
        assembler.findings.push(say_unique(entity, rows, &unique.name, marker.is_some()));
        let Some(values) = marker else { continue };
        let prefix = format!("{}_{}", names::prefix(name), names::prefix(&unique.name));
        let mut pieces = vec![Piece::Literal(format!("{prefix}#"))];
        for (at, path) in values.into_iter().enumerate() {
            if at > 0 {
                pieces.push(Piece::Literal("#".to_owned()));
            }
            pieces.push(Piece::Value(path, None));
        }
        let mut parts = vec![(keys[0].name.clone(), Template(pieces).folded())];
        parts.extend(keys.get(1).map(|sort| (sort.name.clone(), Template::literal(prefix))));
        markers.push((unique.name.clone(), parts));
    }
    let marked = |entry: &str| markers.iter().any(|(name, _)| entry == format!("unique {name}"));
    let dropped = assembler.ledger_of(rows).into_iter().filter(|(entry, _)| !marked(entry)).collect();
    (markers, dropped)
}

/// The columns of a unique key, if keys can hold what MySQL compares them by.
fn marker_values<'s>(rows: &'s SourceTable, columns: &[&str]) -> Option<Vec<Path<'s>>> {
    let root = Position::root(rows);
    let value = |column: &&str| {
        let path = root.column(column)?;
        let exact = path.ty()?.collation().is_none_or(|collation| collation.is_binary());
        (path.fits_in_braces() && (exact || path.folds())).then_some(path)
    };
    columns.iter().map(value).collect()
}

fn say_unique(entity: &model::Entity, rows: &SourceTable, unique: &str, marker: bool) -> Diagnostic {
    let message = format!("nothing in the file keeps the unique key `{unique}` of `{}`", rows.name);
    let found = Diagnostic::warning(codes::IMPORT_UNIQUE, message);
    let place = entity.kind.as_ref().unwrap_or(&entity.source_table).place.clone();
    if marker {
        found
            .label(place, "imported with a marker item for each value")
            .help("nothing is to be done: a marker is written in one transaction with its item")
    } else {
        found
            .label(place, "dropped: its values can't be a marker's key here")
            .help("make the table's keys templates of text, or keep the values apart in the application")
    }
}

/// Says which tables' rows no entity is made of.
pub(super) fn say_unread(unread: &[&SourceTable], place: Place) -> Option<Diagnostic> {
    if unread.is_empty() {
        return None;
    }
    let names: Vec<String> = unread.iter().map(|table| format!("`{}`", table.name)).collect();
    let message = format!("no entity is made of the rows of {}", names.join(", "));
    Some(
        Diagnostic::warning(codes::IMPORT_TABLE_LOST, message)
            .label(place, "nothing in the file reads them")
            .help("they are dropped: say in `dropped` why their rows stay behind, or add entities for them"),
    )
}
