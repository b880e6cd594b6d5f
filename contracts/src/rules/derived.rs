//! Rules about attributes that are no columns as they are.

use migratable_core::mysql::MySqlType;
use migratable_core::value::Value;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, Scalar};
use crate::lower::derived::ExtraKind;
use crate::lower::entity::Entity;

/// Names are one attribute's or one field's, whatever it is made of.
pub(super) fn clash(entity: &Entity<'_>, reader: &mut Reader) {
    let plain = entity.attributes.iter().map(|attribute| attribute.name);
    let templates = entity.templates.iter().map(|template| template.name);
    let mut taken: Vec<(String, &Scalar)> =
        plain.chain(templates).map(|name| (name.text.clone(), name)).collect();
    taken.extend(entity.attributes.iter().map(|attribute| {
        let name = attribute.field_name();
        (name.text.clone(), name)
    }));
    for extra in &entity.extras {
        let mut names = vec![(extra.name.text.clone(), extra.name)];
        if let Some(ExtraKind::Map(members)) = &extra.kind {
            names.extend(
                members.iter().map(|(name, ..)| (format!("{}_{}", extra.name.text, name.text), *name)),
            );
        }
        for (text, name) in &names {
            let first = taken.iter().find(|(other, _)| other.eq_ignore_ascii_case(text));
            let message = match first {
                _ if text.starts_with('_') => format!("`{text}` is a reserved name"),
                Some((other, _)) => format!("`{text}` and `{other}` would be one field"),
                None => continue,
            };
            let mut finding = Diagnostic::error(codes::DERIVED_CLASH, message)
                .label(name.place.clone(), "can't be called so");
            if let Some((_, first)) = first {
                finding = finding.label(first.place.clone(), "first here");
            }
            reader.report(finding.help("choose another name"));
        }
        taken.extend(names);
    }
}

/// What stands for NULL is a value of a column that may be NULL because it is another row's.
pub(super) fn when_null(entity: &Entity<'_>, reader: &mut Reader) {
    for attribute in &entity.attributes {
        let (Some(written), Some(target), Some(ty)) = (
            attribute.node.and_then(|node| node.when_null.as_ref()),
            attribute.target.as_ref(),
            attribute.mysql_type(),
        ) else {
            continue;
        };
        let is_text =
            matches!(ty, MySqlType::Char { .. } | MySqlType::VarChar { .. } | MySqlType::Text { .. });
        let reason = if target.table == 0 {
            "the value is the row's own, and is written as it is"
        } else if !target.nullable {
            "the value is never missing"
        } else if !is_text {
            "the value is no text"
        } else if ty.check(&Value::Text(written.text.clone())).is_err() {
            "the column can't hold it"
        } else {
            continue;
        };
        let message = format!("`{}` can't stand for a missing `{}`", written.text, attribute.name.text);
        reader.report(
            Diagnostic::error(codes::WHEN_NULL_VALUE, message)
                .label(written.place.clone(), reason)
                .help("remove `when_null`, or put it on a text of another table's row that may be missing"),
        );
    }
}

/// A member of a map is carried nowhere else.
pub(super) fn member_carried(entity: &Entity<'_>, reader: &mut Reader) {
    let mut seen: Vec<(usize, &str, &Scalar)> = Vec::new();
    for attribute in &entity.attributes {
        let Some(target) = &attribute.target else { continue };
        seen.push((target.table, &target.column.name.text, attribute.name));
    }
    for (_, path, target) in entity.members() {
        let (table, column) = (target.table, target.column.name.text.as_str());
        if let Some((_, _, first)) = seen.iter().find(|(other, name, _)| (*other, *name) == (table, column)) {
            reader.report(
                Diagnostic::error(codes::MEMBER_CARRIED, format!("`{}` is carried twice", path.text))
                    .label(path.place.clone(), "again")
                    .label(first.place.clone(), "first here")
                    .help("keep one of the two"),
            );
        }
        seen.push((table, column, path));
    }
}
