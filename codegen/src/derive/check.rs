//! A struct against its entity: which fields it has. What types they have, rustc judges.

use migratable_contract::diagnostic::suggest;
use migratable_contract::model::Entity;
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Data, DeriveInput};

use super::errors::Errors;
use super::{Args, Source};
use crate::emit::rust::types::{self, FieldType};
use crate::names;

/// How many of an entity's fields a message lists, where the list only shows what kind of entity it is.
const SHOWN: usize = 6;

/// A field of the struct and what it carries.
pub(crate) struct Carrier<'a> {
    /// The field.
    pub(crate) field: &'a syn::Field,
    /// Its name.
    pub(crate) ident: &'a Ident,
    /// Which of the entity's fields it is, and so which column it carries.
    pub(crate) position: usize,
    /// What the entity says of it.
    pub(crate) ty: FieldType,
}

/// A field of the entity.
struct Wanted {
    name: String,
    ty: FieldType,
    position: usize,
}

/// The fields of the struct, in the order of the entity's: all of them, or a subset's. What they are worth only if there
/// were no errors.
pub(super) fn fields<'a>(
    input: &'a DeriveInput,
    args: &Args,
    source: &Source,
    errors: &mut Errors,
) -> Vec<Carrier<'a>> {
    let entity = &source.entity;
    let wanted = wanted(entity);
    let found = by_name(input);
    let mut carriers = Vec::new();
    let mut missing = Vec::new();
    for wanted in &wanted {
        match found.iter().find(|(found, ..)| *found == wanted.name) {
            Some((_, ident, field)) => {
                carriers.push(Carrier { field, ident, position: wanted.position, ty: wanted.ty });
            }
            None => missing.push(wanted),
        }
    }
    let extra: Vec<(&str, &Ident)> = found
        .iter()
        .filter(|(name, ..)| wanted.iter().all(|wanted| wanted.name != *name))
        .map(|(name, ident, _)| (name.as_str(), *ident))
        .collect();
    let advice = advise(entity, &extra, &wanted, &mut missing);
    if !extra.is_empty() && missing.len() == wanted.len() {
        report_stranger(input, entity, &wanted, errors);
        return carriers;
    }
    match &args.subset {
        Some(_) if found.is_empty() => report_empty(input, &wanted, errors),
        Some(_) => {}
        None => report_missing(input, args, source, &missing, errors),
    }
    for ((name, ident), advice) in extra.iter().zip(advice) {
        errors
            .push(ident.span(), &format!("the entity `{}` has no attribute `{name}`; {advice}", entity.name));
    }
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

fn wanted(entity: &Entity) -> Vec<Wanted> {
    let fields = names::of_fields(entity);
    let types = FieldType::all(&entity.plan);
    let fields = fields.iter().zip(types).enumerate();
    fields.map(|(position, (name, ty))| Wanted { name: names::unraw(name), ty, position }).collect()
}

/// What to do about each field the entity doesn't have. A field that is another one misspelt is not missing beside.
fn advise(
    entity: &Entity,
    extra: &[(&str, &Ident)],
    wanted: &[Wanted],
    missing: &mut Vec<&Wanted>,
) -> Vec<String> {
    let mut advice: Vec<Option<String>> =
        extra.iter().map(|(name, _)| certain(entity, name, wanted, missing)).collect();
    // Guesses come after, among what is left.
    for ((name, _), advice) in extra.iter().zip(&mut advice).filter(|(_, advice)| advice.is_none()) {
        let near = suggest(name, missing.iter().map(|missing| missing.name.as_str()));
        let near = near.map(str::to_owned);
        missing.retain(|missing| Some(&missing.name) != near.as_ref());
        *advice = near.map(|near| format!("did you mean `{near}`?"));
    }
    let none = || "take it out, or give the entity the attribute in the contract".to_owned();
    advice.into_iter().map(|advice| advice.unwrap_or_else(none)).collect()
}

/// What can be told without guessing: another spelling, the column's name, the attribute's, a column that is dropped.
fn certain(entity: &Entity, name: &str, wanted: &[Wanted], missing: &mut Vec<&Wanted>) -> Option<String> {
    let plan = &entity.plan;
    let is_missing =
        |missing: &[&Wanted], field: &Wanted| missing.iter().any(|missing| missing.name == field.name);
    if let Some(field) = wanted.iter().find(|field| folded(&field.name) == folded(name)) {
        if !is_missing(missing, field) {
            return Some(format!("the struct has its field `{}`, so take this one out", field.name));
        }
        missing.retain(|missing| missing.name != field.name);
        return Some(format!("it is spelled `{}`", field.name));
    }
    let of_attribute = wanted
        .iter()
        .find(|field| plan.attributes.get(field.position).is_some_and(|attribute| attribute.name == name));
    let of_column = || {
        wanted.iter().find(|field| {
            plan.columns.get(field.position).is_some_and(|column| column.name == name)
                && is_missing(missing, field)
        })
    };
    let (what, field) =
        match of_attribute.map(|field| ("attribute", field)).or_else(|| Some(("column", of_column()?))) {
            Some(found) => found,
            None => return dropped(entity, name),
        };
    missing.retain(|missing| missing.name != field.name);
    Some(format!("that is the {what}'s name: its field is called `{}`", field.name))
}

/// Why a column of this name has no field.
fn dropped(entity: &Entity, name: &str) -> Option<String> {
    let (_, reason) = entity.dropped.iter().find(|(what, _)| what == name)?;
    Some(format!("the contract drops that column: {reason}"))
}

/// A name without what differs between ways to write names.
fn folded(name: &str) -> String {
    name.chars().filter(|character| *character != '_').flat_map(char::to_lowercase).collect()
}

/// A struct of which nothing fits is most likely another entity's: one error, not one for each field.
fn report_stranger(input: &DeriveInput, entity: &Entity, wanted: &[Wanted], errors: &mut Errors) {
    let shown: Vec<String> = wanted.iter().take(SHOWN).map(|wanted| format!("`{}`", wanted.name)).collect();
    let more =
        if wanted.len() > SHOWN { format!(" and {} more", wanted.len() - SHOWN) } else { String::new() };
    let message = format!(
        "no field of `{}` is one of the entity `{}`, which has {}{more}; if the struct is another entity's, say so: \
         `entity = \"…\"`",
        input.ident,
        entity.name,
        shown.join(", ")
    );
    errors.push(input.ident.span(), &message);
}

fn report_empty(input: &DeriveInput, wanted: &[Wanted], errors: &mut Errors) {
    let names: Vec<String> = wanted.iter().map(|wanted| format!("`{}`", wanted.name)).collect();
    let message = format!(
        "`{}` has no fields: there would be nothing to read; a subset has one or more of {}",
        input.ident,
        names.join(", ")
    );
    errors.push(input.ident.span(), &message);
}

fn report_missing(
    input: &DeriveInput,
    args: &Args,
    source: &Source,
    missing: &[&Wanted],
    errors: &mut Errors,
) {
    if missing.is_empty() {
        return;
    }
    let noun = match missing.len() {
        1 => "a field".to_owned(),
        count => format!("{count} fields"),
    };
    let mut message = format!("`{}` lacks {noun} of the entity `{}`", input.ident, source.entity.name);
    if args.fingerprint.is_some() {
        let names: Vec<String> = missing.iter().map(|missing| format!("`{}`", missing.name)).collect();
        let (names, command) = (names.join(", "), &source.command);
        message.push_str(&format!(": {names}; the struct is generated, so don't edit it: run `{command}`"));
    } else {
        message.push_str("; add");
        let visibility = visibility(input);
        for Wanted { name, ty, position } in missing {
            let name = names::ident(name);
            let ty = types::for_people(&source.entity, *position, *ty, &args.paths);
            message.push_str(&format!("\n    {visibility}{name}: {ty},"));
        }
        message.push_str("\nor, to read only the fields that are here, say `#[migratable(…, subset)]`");
    }
    errors.push(input.ident.span(), &message);
}

/// How the struct's fields are seen, as its first one is, with a blank after it; as the struct itself, if there is none.
fn visibility(input: &DeriveInput) -> String {
    let visibility = match by_name(input).first() {
        Some((_, _, field)) => field.vis.to_token_stream(),
        None => input.vis.to_token_stream(),
    };
    let text = visibility.to_string().replace(' ', "");
    if text.is_empty() { text } else { format!("{text} ") }
}
