//! Rules about attributes: their names and their types.

use migratable_core::dynamodb::{AttributeType, MAX_DIGITS};
use migratable_core::mysql::MySqlType;

use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::language::{Reader, Scalar, quoted_list};
use crate::lower::entity::{Attribute, Entity};
use crate::secret::looks_secret;
use crate::source::SourceType;

/// Attribute names are unique without regard to case.
pub(super) fn clash(entity: &Entity<'_>, reader: &mut Reader) {
    for (position, attribute) in entity.attributes.iter().enumerate() {
        let name = attribute.name;
        let first = entity.attributes[..position]
            .iter()
            .find(|other| other.name.text.eq_ignore_ascii_case(&name.text))
            .map(|other| other.name);
        if let Some(first) = first {
            let message = format!("`{}` and `{}` differ in letter case only", name.text, first.text);
            reader.report(
                Diagnostic::error(codes::ATTRIBUTE_CLASH, message)
                    .label(name.place.clone(), "would be the same field")
                    .label(first.place.clone(), "first here")
                    .help("rename one of them"),
            );
        }
    }
}

/// Names that start with `_` are migratable's own.
pub(super) fn reserved_name(entity: &Entity<'_>, reader: &mut Reader) {
    let attributes = entity.attributes.iter().map(|attribute| attribute.name);
    let templates = entity.templates.iter().map(|template| template.name);
    for name in attributes.chain(templates).filter(|name| name.text.starts_with('_')) {
        reader.report(
            Diagnostic::error(codes::RESERVED_NAME, format!("`{}` is a reserved name", name.text))
                .label(name.place.clone(), "starts with `_`")
                .help(
                    "names that start with `_` hold what migratable itself writes into items; choose another",
                ),
        );
    }
}

/// A name is an attribute or built by a template, not both.
pub(super) fn shadowed_key(entity: &Entity<'_>, reader: &mut Reader) {
    for template in &entity.templates {
        let Some(attribute) = entity.attribute(&template.name.text) else { continue };
        let attribute = &entity.attributes[attribute];
        let message = format!("`{}` is an attribute and a key that a template builds", template.name.text);
        reader.report(
            Diagnostic::error(codes::SHADOWED_KEY, message)
                .label(attribute.name.place.clone(), "carries a value")
                .label(template.name.place.clone(), "builds a key of the same name")
                .help("rename the attribute, or remove the template if the attribute itself is the key"),
        );
    }
}

fn asked<'e, 's>(
    entity: &'e Entity<'s>,
) -> impl Iterator<Item = (&'e Attribute<'s>, &'s MySqlType, AttributeType, &'s crate::diagnostic::Place)> {
    entity.attributes.iter().filter_map(|attribute| {
        let choice = attribute.node?.r#as.as_ref()?;
        Some((attribute, attribute.mysql_type()?, choice.value.stored()?, &choice.place))
    })
}

fn is_wide_decimal(ty: &MySqlType) -> bool {
    matches!(ty, MySqlType::Decimal { precision, .. } if *precision > MAX_DIGITS)
}

/// `as` names a type that the column's values have a form in.
pub(super) fn attribute_type(entity: &Entity<'_>, reader: &mut Reader) {
    for (attribute, ty, asked, place) in asked(entity) {
        let allowed = ty.attribute_types();
        if allowed.contains(&asked) || asked == AttributeType::N && is_wide_decimal(ty) {
            continue;
        }
        let allowed: Vec<&str> = allowed.iter().map(|ty| ty.name()).collect();
        let message = format!("`{}` can't be of type `{asked}`", attribute.name.text);
        let mut finding = Diagnostic::error(codes::ATTRIBUTE_TYPE, message)
            .label(place.clone(), format!("`{ty}` has no form as `{asked}`"));
        if let Some(target) = &attribute.target {
            finding = finding.label(target.column.text.place.clone(), "the column");
        }
        reader.report(finding.help(match &allowed[..] {
            [only] => format!("remove `as`: the type is `{only}`"),
            several => format!("choose from {}", quoted_list(several)),
        }));
    }
}

/// A number that DynamoDB would round is not carried as a number.
pub(super) fn number_too_wide(entity: &Entity<'_>, reader: &mut Reader) {
    for (attribute, ty, asked, place) in asked(entity) {
        let MySqlType::Decimal { precision, .. } = ty else { continue };
        if asked != AttributeType::N || !is_wide_decimal(ty) {
            continue;
        }
        let message =
            format!("`{}` has {precision} digits, a DynamoDB number has {MAX_DIGITS}", attribute.name.text);
        reader.report(
            Diagnostic::error(codes::NUMBER_TOO_WIDE, message)
                .label(place.clone(), "would lose digits")
                .help("remove `as`: a DECIMAL this wide is carried exactly, as text (S)"),
        );
    }
}

/// What is carried has a type that items can carry.
pub(super) fn source_type(entity: &Entity<'_>, reader: &mut Reader) {
    for attribute in &entity.attributes {
        let Some((target, path)) = attribute.target.as_ref().zip(attribute.path()) else { continue };
        let SourceType::Other(ty) = &target.column.facts.ty else { continue };
        let message = format!("`{}` is of type `{ty}`, which items can't carry yet", path.text);
        reader.report(
            Diagnostic::error(codes::SOURCE_TYPE, message)
                .label(path.place.clone(), "can't be carried")
                .label(target.column.text.place.clone(), "the column")
                .help(format!("move it to `dropped`: `{}: why`", path.text)),
        );
    }
}

/// A set that is absent when empty can't also be NULL.
pub(super) fn nullable_set(entity: &Entity<'_>, reader: &mut Reader) {
    for (attribute, ty, asked, place) in asked(entity) {
        let nullable = attribute.target.as_ref().is_some_and(|target| target.nullable);
        if asked == AttributeType::Ss && nullable && ty.attribute_types().contains(&asked) {
            let message =
                format!("`{}` may be NULL, which SS can't tell from the empty set", attribute.name.text);
            reader.report(
                Diagnostic::error(codes::NULLABLE_SET, message)
                    .label(place.clone(), "absent is the empty set")
                    .help("remove `as`: a list (L) tells NULL from empty"),
            );
        }
    }
}

/// `zero_dates` stands where there are dates.
pub(super) fn zero_dates_type(entity: &Entity<'_>, reader: &mut Reader) {
    for attribute in &entity.attributes {
        let choice = attribute.node.and_then(|node| node.zero_dates.as_ref());
        let Some((choice, ty)) = choice.zip(attribute.mysql_type()) else { continue };
        if !ty.has_dates() {
            let name: &Scalar = attribute.name;
            reader.report(
                Diagnostic::error(codes::ZERO_DATES_TYPE, format!("`{}` holds no dates", name.text))
                    .label(choice.place.clone(), format!("`{ty}` has no zero dates"))
                    .help("remove `zero_dates`"),
            );
        }
    }
}

/// What looks like a secret is said to be one, or not to be one.
pub(super) fn secret_unmarked(entity: &Entity<'_>, reader: &mut Reader) {
    for attribute in &entity.attributes {
        let Some((target, node)) = attribute.target.as_ref().zip(attribute.node) else { continue };
        let Some(ty) = attribute.mysql_type().filter(|_| node.secret.is_none()) else { continue };
        let column = &target.column.name.text;
        if !looks_secret(column, ty) && !looks_secret(&attribute.name.text, ty) {
            continue;
        }
        let path = attribute.path().map_or("", |path| &path.text);
        reader.report(
            Diagnostic::warning(
                codes::SECRET_UNMARKED,
                format!("`{}` looks like a secret", attribute.name.text),
            )
            .label(attribute.name.place.clone(), "would be printed with the rest of the row")
            .label(target.column.text.place.clone(), "the column")
            .help(format!("write `{{ path: {path}, secret: true }}`; `secret: false` if it is none")),
        );
    }
}
