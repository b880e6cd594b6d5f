//! A struct against its entity: its shape, and which fields it has. What types they have, rustc judges.

use migratable_contract::diagnostic::suggest;
use migratable_contract::model::Entity;
use proc_macro2::Ident;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields};

use super::errors::Errors;
use crate::emit::rust::paths::Paths;
use crate::emit::rust::types::FieldType;
use crate::names;

/// A field of the struct and what it carries.
pub(crate) struct Carrier<'a> {
    /// The field.
    pub(crate) field: &'a syn::Field,
    /// Its name.
    pub(crate) ident: &'a Ident,
    /// What the entity says of it.
    pub(crate) ty: FieldType,
}

/// Whether this can be an entity's struct at all.
pub(crate) fn shape(input: &DeriveInput, errors: &mut Errors) {
    let wrong = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => None,
            Fields::Unnamed(fields) => Some((
                fields.span(),
                "an entity is a struct with named fields: each name says which attribute the field carries",
            )),
            Fields::Unit => Some((
                input.ident.span(),
                "an entity is a struct with a field for each attribute; this has none",
            )),
        },
        Data::Enum(data) => {
            Some((data.enum_token.span, "an entity is a struct: every row of a table has the same columns"))
        }
        Data::Union(data) => {
            Some((data.union_token.span, "an entity is a struct: every row of a table has all its columns"))
        }
    };
    if let Some((span, message)) = wrong {
        errors.push(span, message);
    }
    for parameter in &input.generics.params {
        let message = match parameter {
            syn::GenericParam::Lifetime(_) => "an entity owns its values: it has no lifetime parameters",
            _ => "the contract says what every field is: an entity has no type parameters",
        };
        errors.push(parameter.span(), message);
    }
    if let Some(clause) = &input.generics.where_clause {
        errors.push(clause.span(), "the contract says what every field is: an entity has no bounds");
    }
}

/// The fields of the struct, in the order of the entity's. Complete only if there were no errors.
pub(crate) fn fields<'a>(
    input: &'a DeriveInput,
    entity: &Entity,
    paths: &Paths,
    errors: &mut Errors,
) -> Vec<Carrier<'a>> {
    let wanted = names::of_fields(entity);
    let wanted: Vec<String> = wanted.iter().map(names::unraw).collect();
    let types = FieldType::all(&entity.plan);
    let found = by_name(input);
    let mut carriers = Vec::new();
    let mut missing = Vec::new();
    for (name, ty) in wanted.iter().zip(types) {
        match found.iter().find(|(found, ..)| found == name) {
            Some((_, ident, field)) => carriers.push(Carrier { field, ident, ty }),
            None => missing.push((name.as_str(), ty)),
        }
    }
    report_missing(input, entity, &missing, paths, errors);
    report_extra(entity, &wanted, &missing, &found, errors);
    carriers
}

/// The struct's fields with their names as the entity knows them.
pub(crate) fn by_name(input: &DeriveInput) -> Vec<(String, &Ident, &syn::Field)> {
    let Data::Struct(data) = &input.data else { return Vec::new() };
    data.fields
        .iter()
        .filter_map(|field| {
            let ident = field.ident.as_ref()?;
            Some((names::unraw(ident), ident, field))
        })
        .collect()
}

fn report_missing(
    input: &DeriveInput,
    entity: &Entity,
    missing: &[(&str, FieldType)],
    paths: &Paths,
    errors: &mut Errors,
) {
    if missing.is_empty() {
        return;
    }
    let fields: Vec<String> =
        missing.iter().map(|(name, ty)| format!("`{name}: {}`", ty.for_people(paths))).collect();
    let (noun, list) = (if missing.len() == 1 { "a field" } else { "fields" }, fields.join(", "));
    let message = format!("`{}` lacks {noun} of the entity `{}`: {list}", input.ident, entity.name);
    errors.push(input.ident.span(), &message);
}

fn report_extra(
    entity: &Entity,
    wanted: &[String],
    missing: &[(&str, FieldType)],
    found: &[(String, &Ident, &syn::Field)],
    errors: &mut Errors,
) {
    for (name, ident, _) in found {
        if wanted.contains(name) {
            continue;
        }
        // What isn't missing has its field already and can't be what was meant.
        let advice = match suggest(name, missing.iter().map(|(name, _)| *name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "take it out, or give the entity the attribute in the contract".to_owned(),
        };
        let message = format!("the entity `{}` has no attribute `{name}`; {advice}", entity.name);
        errors.push(ident.span(), &message);
    }
}
