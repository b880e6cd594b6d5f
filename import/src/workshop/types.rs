//! Attributes' types, and what a type alone leaves open: the form of times, the order of numbers, the case of letters.

use migratable_contract::codes;
use migratable_contract::diagnostic::{Diagnostic, Place};
use migratable_core::dynamodb::AttributeType;

use super::draft::{Attribute, Value};
use super::key_names::{Built, KeyName};
use super::keys::Key;
use super::model::{self, Spot, Type};
use super::source::{Path, Source};

/// The type to write, if it isn't the one that follows; `None` where items can't carry the value at all.
#[expect(
    clippy::option_option,
    reason = "the outer one is whether there is an attribute, the inner one whether it says a type"
)]
pub(super) fn attribute(
    said: &model::Attribute,
    value: &Value<'_>,
    is_key: bool,
    source: &Source<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Option<AttributeType>> {
    let ours = match value {
        Value::Path { path, when_null } => {
            let Some(ty) = path.ty() else {
                findings.push(cannot(said, path, source));
                return None;
            };
            let default = ty.default_attribute_type();
            match said.ty.as_ref().map(|ty| ty.value) {
                None => return Some(None),
                Some(Type::Known(asked)) if asked == default => return Some(None),
                // A number as text doesn't sort; a key has to.
                Some(Type::Known(AttributeType::S)) if is_key && path.is_integer() => return Some(None),
                Some(Type::Known(asked)) if ty.attribute_types().contains(&asked) && when_null.is_none() => {
                    return Some(Some(asked));
                }
                Some(_) => default,
            }
        }
        Value::Date { .. } | Value::Text(_) | Value::Case { .. } => AttributeType::S,
        Value::Count { .. } => AttributeType::N,
        // Built values' types were compared where they were built; what MIN and MAX give depends on the column.
        Value::Map(_) | Value::Collect(_) | Value::Aggregate { .. } => return Some(None),
    };
    let other = said.ty.as_ref().filter(|ty| ty.value != Type::Known(ours));
    if let Some(ty) = other {
        let message = format!("`{}` can't be of type `{}`", said.name.value, ty.value.name());
        let found = Diagnostic::warning(codes::IMPORT_TYPE, message)
            .label(ty.place.clone(), format!("imported as {}", ours.name()));
        let column = match value {
            Value::Path { path, .. } => source.place(path.table, &path.column.name),
            _ => None,
        };
        let found = match column {
            Some(place) => found.label(place.clone(), "the column"),
            None => found,
        };
        findings.push(found.help("code that reads the attribute has to expect that type"));
    }
    Some(None)
}

fn cannot(said: &model::Attribute, path: &Path<'_>, source: &Source<'_>) -> Diagnostic {
    let message =
        format!("`{}` is left out: items can't carry the type of `{}` yet", said.name.value, path.text());
    let found = Diagnostic::error(codes::IMPORT_TYPE, message).label(said.name.place.clone(), "left out");
    let found = match source.place(path.table, &path.column.name) {
        Some(place) => found.label(place.clone(), "the column"),
        None => found,
    };
    found.help("leave the column in MySQL, or add a generated column of a type that items can carry")
}

/// Says what text in a time's attribute will be: the file doesn't.
pub(super) fn times(entity: &model::Entity, places: Vec<Place>, findings: &mut Vec<Diagnostic>) {
    let of = entity.kind.as_ref().map_or_else(String::new, |kind| format!(" of `{}`", kind.value));
    findings.extend(on_all(
        Diagnostic::warning(codes::IMPORT_TIME_FORM, format!("the form of dates and times{of} is not said")),
        places,
        "a time without a form",
        "they are imported in ISO 8601, TIMESTAMPs in UTC, with the digits that the column has",
    ));
}

/// A diagnostic with a label on each of some places; `None` where there is none.
fn on_all(found: Diagnostic, places: Vec<Place>, label: &str, help: &str) -> Option<Diagnostic> {
    if places.is_empty() {
        return None;
    }
    let found = places
        .into_iter()
        .enumerate()
        .fold(found, |found, (at, place)| found.label(place, if at == 0 { label } else { "and here" }));
    Some(found.help(help))
}

/// Says what keys are made of that the file takes as it comes: text whose case MySQL doesn't tell apart, and numbers
/// that don't sort as text.
pub(super) fn keys(
    entity: &model::Entity,
    keys: &[KeyName],
    built: &[Built<'_>],
    source: &Source<'_>,
    findings: &mut Vec<Diagnostic>,
) {
    let (mut folded, mut numbers) = (Vec::new(), Vec::new());
    let mut collations: Vec<&str> = Vec::new();
    let mut columns: Vec<Place> = Vec::new();
    for Built { at, key, .. } in built {
        let said = entity.attributes.iter().find(|said| said.name.value == keys[*at].said.value);
        let place = match (said, at) {
            (Some(said), _) => said.name.place.clone(),
            (None, 0) => entity
                .pk_template
                .as_ref()
                .map_or_else(|| keys[0].said.place.clone(), |text| text.place.clone()),
            (None, _) => entity
                .sk_template
                .as_ref()
                .map_or_else(|| keys[*at].said.place.clone(), |text| text.place.clone()),
        };
        let is_text =
            said.and_then(|said| said.ty.as_ref()).is_none_or(|ty| ty.value == Type::Known(AttributeType::S));
        match key {
            Key::Template(template) => {
                if let Some(ty) = said.and_then(|said| said.ty.as_ref()).filter(|_| !is_text) {
                    findings.push(built_text(&keys[*at].name, ty));
                }
                for path in template.values().filter(|path| path.folds()) {
                    collations.extend(
                        path.ty().and_then(|ty| ty.collation()).map(|collation| collation.name.as_ref()),
                    );
                    columns.extend(source.place(path.table, &path.column.name).cloned());
                }
                if template.values().any(Path::folds) {
                    folded.push(place.clone());
                }
                if template.values().any(Path::is_integer) {
                    numbers.push(place);
                }
            }
            Key::Natural(Value::Path { path, when_null: None }) if path.is_integer() && is_text => {
                numbers.push(place)
            }
            Key::Natural(_) => {}
        }
    }
    let of = entity.kind.as_ref().map_or_else(String::new, |kind| format!(" of `{}`", kind.value));
    collations.sort_unstable();
    collations.dedup();
    let message =
        format!("keys{of} take text as it was typed, and MySQL compares it by {}", collations.join(" and "));
    let found = on_all(
        Diagnostic::warning(codes::IMPORT_COLLATION, message),
        folded,
        "a lookup would find one spelling alone",
        "imported folded: one key for all texts that MySQL holds equal; the text itself stays an attribute",
    );
    findings.extend(found.map(|found| {
        columns.into_iter().take(1).fold(found, |found, place| found.label(place, "the column"))
    }));
    findings.extend(on_all(
        Diagnostic::warning(codes::IMPORT_NUMBER_KEY, format!("keys{of} have numbers as text, where 10 sorts before 9")),
        numbers,
        "not padded",
        "imported so that they sort as numbers; whoever built such a key by hand uses the key builder from now on",
    ));
}

/// A key that is built is text, whatever it is built of.
fn built_text(name: &str, ty: &Spot<Type>) -> Diagnostic {
    Diagnostic::warning(codes::IMPORT_TYPE, format!("`{name}` can't be of type `{}`", ty.value.name()))
        .label(ty.place.clone(), "imported as S: keys are built as text")
        .help("numbers and times in it sort as they do in MySQL; the value itself is another attribute")
}

/// Two names for one calculation: one of them says something else than it means.
pub(super) fn same_calculation(
    entity: &model::Entity,
    attributes: &[Attribute<'_>],
    findings: &mut Vec<Diagnostic>,
) {
    for (at, attribute) in attributes.iter().enumerate() {
        if !matches!(attribute.value, Value::Count { .. } | Value::Aggregate { .. }) {
            continue;
        }
        let Some(first) = attributes[..at].iter().find(|first| first.value == attribute.value) else {
            continue;
        };
        let said = |name: &str| entity.attributes.iter().find(|said| said.name.value == name);
        let (Some(one), Some(other)) = (said(&first.name), said(&attribute.name)) else { continue };
        let message = format!("`{}` and `{}` are one and the same calculation", first.name, attribute.name);
        findings.push(
            Diagnostic::warning(codes::IMPORT_SAME_CALCULATION, message)
                .label(other.name.place.clone(), "again")
                .label(one.name.place.clone(), "first here")
                .help("put right the one that means something else; how far below the root a row is, is `{ depth: parent_id }`"),
        );
    }
}
