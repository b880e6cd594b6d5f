//! Rules about what keys are made from.

use migratable_core::key::{DELIMITER, KeyFormat, can_be_in_key};
use migratable_core::mysql::MySqlType;

use crate::codes::{self, Code};
use crate::diagnostic::{Diagnostic, Place};
use crate::language::Reader;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::form::Form;
use crate::lower::key::{KeySource, Part, Variable};

/// A value that stands in a key: where, and how.
pub(super) struct KeyValue<'e, 's> {
    /// The attribute it comes from.
    pub(super) attribute: &'e Attribute<'s>,
    /// Where the key asks for it.
    pub(super) place: Place,
    /// How it stands there; `None` for an attribute that is the key itself.
    pub(super) form: Option<&'e Form>,
}

/// Every value in a key of the table or of an index: in templates, and attributes that are keys themselves.
fn key_values<'e, 's>(entity: &'e Entity<'s>) -> Vec<KeyValue<'e, 's>> {
    let mut values = Vec::new();
    for template in entity.all_templates() {
        for variable in template.variables() {
            values.extend(template_value(entity, variable));
        }
    }
    let keys = entity.table_keys().chain(entity.indexes.iter().flat_map(|index| index.keys()));
    let mut natural: Vec<usize> = keys
        .filter_map(|key| match key.source {
            KeySource::Attribute(attribute) => Some(attribute),
            KeySource::Template(_) => None,
        })
        .collect();
    natural.sort_unstable();
    natural.dedup();
    values.extend(natural.into_iter().map(|position| natural_value(entity, position)));
    values
}

fn template_value<'e, 's>(entity: &'e Entity<'s>, variable: &'e Variable) -> Option<KeyValue<'e, 's>> {
    let attribute = &entity.attributes[variable.attribute?];
    Some(KeyValue { attribute, place: variable.place.clone(), form: Some(&variable.form) })
}

fn natural_value<'e, 's>(entity: &'e Entity<'s>, position: usize) -> KeyValue<'e, 's> {
    let attribute = &entity.attributes[position];
    KeyValue { attribute, place: attribute.name.place.clone(), form: None }
}

/// Whether a value's texts have several spellings for what its collation compares as one. An ENUM holds its members
/// exactly, so that only who asks by one may spell it otherwise.
fn is_spelt_freely(entity: &Entity<'_>, value: &KeyValue<'_, '_>) -> bool {
    match value.attribute.mysql_type() {
        Some(MySqlType::Char { .. } | MySqlType::VarChar { .. } | MySqlType::Text { .. }) => true,
        Some(ty @ MySqlType::Enum { .. }) => {
            ty.collation().is_some_and(|collation| collation.foldable())
                && is_asked_by(entity, value.attribute)
        }
        _ => false,
    }
}

/// Whether an access pattern gives an attribute; every entity's own `get` gives what the table's key is made from.
fn is_asked_by(entity: &Entity<'_>, attribute: &Attribute<'_>) -> bool {
    let is_it = |position: usize| std::ptr::eq(&entity.attributes[position], attribute);
    let own = entity.table_keys().filter_map(|key| entity.key_attributes(key)).flatten();
    let given = entity.patterns.iter().flat_map(|pattern| pattern.by.iter().map(|(_, position)| *position));
    own.chain(given).any(is_it)
}

/// A finding about a value in a key, with the column beside it.
fn finding(code: Code, message: String, value: &KeyValue<'_, '_>, label: String) -> Diagnostic {
    let finding = Diagnostic::error(code, message).label(value.place.clone(), label);
    match &value.attribute.target {
        Some(target) => finding.label(target.column.text.place.clone(), "the column"),
        None => finding,
    }
}

/// What keys are made from is in the item, so that an item can tell its key.
pub(super) fn not_carried(entity: &Entity<'_>, reader: &mut Reader) {
    if !entity.whole {
        return;
    }
    let missing = entity.all_templates().flat_map(|template| template.variables());
    for variable in missing.filter(|variable| variable.attribute.is_none()) {
        let message = format!("`{}` stands in a key, but no attribute carries it", variable.path);
        reader.report(
            Diagnostic::error(codes::KEY_NOT_CARRIED, message)
                .label(variable.place.clone(), "not an attribute")
                .help(format!("add an attribute with the path `{}`", variable.path)),
        );
    }
}

/// A table's key is never absent.
pub(super) fn nullable(entity: &Entity<'_>, reader: &mut Reader) {
    for key in entity.table_keys() {
        let values: Vec<KeyValue<'_, '_>> = match key.source {
            KeySource::Attribute(attribute) => vec![natural_value(entity, attribute)],
            KeySource::Template(template) => entity.templates[template]
                .variables()
                .filter_map(|variable| template_value(entity, variable))
                .collect(),
        };
        for value in values {
            let Some(target) = value.attribute.target.as_ref().filter(|target| target.nullable) else {
                continue;
            };
            let name = &target.column.name.text;
            let label = "NULL would leave the item without its key".to_owned();
            let message = format!("`{name}` may be NULL, and `{}` needs it", key.name.text);
            reader.report(
                finding(codes::KEY_NULLABLE, message, &value, label)
                    .help("build the table's key from NOT NULL columns; only index keys may be absent"),
            );
        }
    }
}

/// Values in keys have one text and one order each.
pub(super) fn key_type(entity: &Entity<'_>, reader: &mut Reader) {
    for value in key_values(entity) {
        let Some((ty, attribute)) = value.attribute.mysql_type().zip(value.attribute.attribute_type()) else {
            continue;
        };
        // In a template it is the column's value that counts, not the attribute's form.
        if can_be_in_key(ty) && (value.form.is_some() || attribute.can_be_key()) {
            continue;
        }
        let message = format!("`{}` can't be in a key", value.attribute.name.text);
        let label = if can_be_in_key(ty) {
            format!("an attribute of type `{attribute}` is no key")
        } else {
            format!("`{ty}` has no exact order as text")
        };
        reader.report(
            finding(codes::KEY_TYPE, message, &value, label)
                .help("build keys from integers, decimals, dates, times, text or bytes"),
        );
    }
}

/// A value of variable length ends where something says so.
pub(super) fn unterminated(entity: &Entity<'_>, reader: &mut Reader) {
    for template in entity.all_templates() {
        let parts = template.parts.as_deref().unwrap_or_default();
        for (position, part) in parts.iter().enumerate() {
            let Part::Variable(variable) = part else { continue };
            let ended = match parts.get(position + 1) {
                None => true,
                Some(Part::Literal(text)) => text.starts_with(DELIMITER),
                Some(Part::Variable(_)) => false,
            };
            let Some(value) = template_value(entity, variable).filter(|_| !ended) else { continue };
            if value.attribute.mysql_type().is_some_and(|ty| variable.form.is_variable_length(ty)) {
                let message = format!("nothing ends `{}` in the key", variable.path);
                let label = format!("of variable length, and no `{DELIMITER}` after it");
                reader.report(finding(codes::KEY_UNTERMINATED, message, &value, label).help(format!(
                    "put a `{DELIMITER}` right after it, or make it the last value: else two keys could be one"
                )));
            }
        }
    }
}

/// Text in a key is one key for all that its collation holds equal.
pub(super) fn collation(entity: &Entity<'_>, reader: &mut Reader) {
    for value in key_values(entity).iter().filter(|value| matches!(value.form, None | Some(Form::Full))) {
        let Some(ty) = value.attribute.mysql_type().filter(|_| is_spelt_freely(entity, value)) else {
            continue;
        };
        let Some(collation) = ty.collation().filter(|collation| !collation.is_binary()) else { continue };
        let path = value.attribute.path().map_or("", |path| &path.text);
        let message = format!("`{}` holds different texts equal, and a key would not", collation.name);
        let help = match (collation.foldable(), value.form) {
            (true, Some(_)) => format!("write `{{{path}:fold}}`: one key for all texts that MySQL holds equal"),
            (true, None) => format!(
                "build the key by a template, as in `key: {{ PK: \"…#{{{path}:fold}}\" }}`: one key for all texts that MySQL holds equal"
            ),
            (false, _) => "this collation can't be folded; give the column a binary one, or build the key from other columns".to_owned(),
        };
        reader.report(
            finding(codes::KEY_COLLATION, message, value, "text as it was typed".to_owned()).help(help),
        );
    }
}

/// Only text folds, and only under a collation known here. A shard is of the folded text, so that one row that is spelt
/// two ways stays in its shard.
pub(super) fn fold(entity: &Entity<'_>, reader: &mut Reader) {
    for value in &key_values(entity) {
        let Some(ty) = value.attribute.mysql_type().filter(|ty| can_be_in_key(ty)) else { continue };
        let (message, help) = match (value.form, ty.collation()) {
            (Some(Form::Folded), None) => (format!("`{ty}` is no text to fold"), "remove `:fold`"),
            (Some(Form::Folded | Form::Format(KeyFormat::Shard(_))), Some(collation))
                if !(collation.foldable() || collation.is_binary() && value.form != Some(&Form::Folded)) =>
            {
                (
                    format!("what `{}` holds equal is not known", collation.name),
                    "give the column a collation of the `utf8mb4_0900`, `utf8mb4_unicode`, `utf8mb4_general` or `bin` families, or build the key from other columns",
                )
            }
            _ => continue,
        };
        reader.report(finding(codes::KEY_FOLD, message, value, "can't be folded".to_owned()).help(help));
    }
}

/// Two rows never have one key.
pub(super) fn not_unique(entity: &Entity<'_>, reader: &mut Reader) {
    let Some(root) = entity.root.filter(|root| entity.whole && root.names_rows()) else { return };
    if entity.table_keys().any(|key| entity.key_attributes(key).is_none()) {
        return;
    }
    let attributes = entity.table_keys().flat_map(|key| entity.told_apart(key));
    let columns: Vec<&str> =
        attributes.filter_map(|attribute| entity.attributes[attribute].root_column()).collect();
    if root.is_unique(&columns) {
        return;
    }
    let Some(partition) = &entity.partition else { return };
    let place = entity.key_place(partition);
    let primary: Vec<&str> = root.primary_key().collect();
    let message = format!("several rows of `{}` may have one key", root.name.text);
    reader.report(
        Diagnostic::error(codes::KEY_NOT_UNIQUE, message)
            .label(place, "doesn't tell the rows apart")
            .label(root.name.place.clone(), format!("its primary key is ({})", primary.join(", ")))
            .help("build the table's key from the whole primary key, or a unique key without NULLs"),
    );
}
