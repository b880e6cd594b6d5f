//! Reading `#[migratable(…)]`.

use migratable_core::fingerprint::Fingerprint;
use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, LitStr, Meta};

use super::errors::Errors;
use super::options::{self, Given};
use crate::emit::rust::paths::Paths;
use crate::names;

/// What is said where no contract is named.
const WHICH_CONTRACT: &str = "which contract? Say it: `#[migratable(contract = \"contract.yaml\")]`";

/// What a struct says about itself.
#[derive(Clone)]
pub struct Args {
    /// The contract's path, as written.
    pub contract: LitStr,
    /// The entity's name: as written, or the struct's.
    pub entity: String,
    /// Where the entity's name was written: on the struct's name if it wasn't.
    pub entity_span: Span,
    /// The fingerprint the struct was generated for.
    pub fingerprint: Option<(LitStr, Fingerprint)>,
    /// Whether the struct has some of the entity's fields only, to be read.
    pub subset: Option<Subset>,
    /// By which name the runtime crate is known.
    pub paths: Paths,
}

/// What a struct with some of an entity's fields says.
#[derive(Clone)]
pub struct Subset {
    /// The entity's own struct, if it is said.
    pub whole: Option<syn::Path>,
    /// Where the option stands.
    pub span: Span,
}

/// Reads the options of a struct. `None` only if there were errors; the paths are right even then, if they can be.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> (Option<Args>, Paths) {
    let mut given = Given::default();
    for attribute in attributes(&input.attrs) {
        options::read(attribute, &mut given, errors);
    }
    refuse_on_fields(input, errors);
    let paths = paths(given.krate.as_ref(), errors);
    let fingerprint = given.fingerprint.and_then(|literal| fingerprint(literal, errors));
    let subset = given.subset.map(|subset| whole(subset, errors));
    let Some(contract) = given.contract else {
        // After another mistake it may well be there, misspelt.
        if errors.is_empty() {
            errors.push(input.ident.span(), WHICH_CONTRACT);
        }
        return (None, paths);
    };
    let (entity, entity_span) = match (given.entity, &subset) {
        (Some(literal), _) => (literal.value(), literal.span()),
        (None, Some(subset)) => {
            errors.push(subset.span, "a subset of which entity? Say it: `entity = \"…\"`");
            return (None, paths);
        }
        (None, None) => (names::unraw(&input.ident), input.ident.span()),
    };
    let args = Args { contract, entity, entity_span, fingerprint, subset, paths: paths.clone() };
    (Some(args), paths)
}

/// The attributes that are ours.
fn attributes(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("migratable"))
}

fn paths(krate: Option<&LitStr>, errors: &mut Errors) -> Paths {
    match krate.map(|literal| literal.parse_with(syn::Path::parse_mod_style)) {
        None => Paths::default(),
        Some(Ok(path)) => Paths::below(&path),
        Some(Err(error)) => {
            errors
                .push(error.span(), "`crate` takes the path of the crate `migratable`, as in \"::renamed\"");
            Paths::default()
        }
    }
}

fn fingerprint(literal: LitStr, errors: &mut Errors) -> Option<(LitStr, Fingerprint)> {
    match literal.value().parse() {
        Ok(fingerprint) => Some((literal, fingerprint)),
        Err(_) => {
            errors.push(
                literal.span(),
                "a fingerprint is 16 lower-case hex digits, and `migratable generate` writes it; a struct written by hand \
                 has none: take it out",
            );
            None
        }
    }
}

/// A subset's options. Where its path is none, that it is a subset is known all the same.
fn whole((span, path): (Span, Option<LitStr>), errors: &mut Errors) -> Subset {
    let path = path.map(|literal| literal.parse_with(syn::Path::parse_mod_style));
    let whole = path.and_then(|path| match path {
        Ok(path) => Some(path),
        Err(error) => {
            let message = "`subset` takes the path of the entity's own struct, as in \"crate::shop::Order\"";
            errors.push(error.span(), message);
            None
        }
    });
    Subset { whole, span }
}

/// What a field is, the contract says; there is nothing to say beside it.
fn refuse_on_fields(input: &DeriveInput, errors: &mut Errors) {
    let syn::Data::Struct(data) = &input.data else { return };
    for attribute in data.fields.iter().flat_map(|field| attributes(&field.attrs)) {
        let option = match &attribute.meta {
            Meta::List(list) => list.tokens.clone().into_iter().next(),
            _ => None,
        };
        let option = option.map(|token| token.to_string()).unwrap_or_default();
        let message = match option.as_str() {
            "rename" | "alias" | "name" | "column" => {
                "a field has its attribute's name: rename the attribute, or its field, in the contract"
            }
            "skip" | "default" | "flatten" | "optional" => {
                "every attribute has a field and every field is an attribute; a struct with some of them only is a \
                 `subset`, and what else you carry belongs in a struct around this one"
            }
            "with" | "from" | "into" | "try_from" | "json" | "as" | "ty" => {
                "how a field is carried, its type says: implement `migratable::Field` for it"
            }
            "contract" | "entity" | "fingerprint" | "crate" | "subset" => {
                "this belongs on the struct, not on a field"
            }
            _ => "fields take no options: what they are, the contract says",
        };
        errors.push(attribute.path().span(), message);
    }
}
