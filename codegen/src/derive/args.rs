//! Reading `#[migratable(…)]`.

use migratable_contract::diagnostic::suggest;
use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, Expr, ExprLit, Lit, LitStr, MetaNameValue, Token};

use super::errors::Errors;
use crate::emit::rust::paths::Paths;
use crate::names;

/// The options, as suggestions know them.
const OPTIONS: [&str; 4] = ["contract", "entity", "fingerprint", "crate"];

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
    pub fingerprint: Option<LitStr>,
    /// By which name the runtime crate is known.
    pub paths: Paths,
}

/// The options as found, each at most once.
#[derive(Default)]
struct Found {
    contract: Option<LitStr>,
    entity: Option<LitStr>,
    fingerprint: Option<LitStr>,
    krate: Option<LitStr>,
}

impl Found {
    fn slot(&mut self, name: &str) -> Option<&mut Option<LitStr>> {
        match name {
            "contract" => Some(&mut self.contract),
            "entity" => Some(&mut self.entity),
            "fingerprint" => Some(&mut self.fingerprint),
            "crate" => Some(&mut self.krate),
            _ => None,
        }
    }
}

/// Reads the options of a struct. `None` only if there were errors; the paths are right even then, if they can be.
pub(crate) fn read(input: &DeriveInput, errors: &mut Errors) -> (Option<Args>, Paths) {
    let mut found = Found::default();
    for attribute in attributes(&input.attrs) {
        options(attribute, &mut found, errors);
    }
    refuse_on_fields(input, errors);
    let paths = paths(found.krate.as_ref(), errors);
    let Some(contract) = found.contract else {
        // After another mistake it may well be there, misspelt.
        if errors.is_empty() {
            let message = "which contract? Say it: `#[migratable(contract = \"contract.yaml\")]`";
            errors.push(input.ident.span(), message);
        }
        return (None, paths);
    };
    let (entity, entity_span) = match &found.entity {
        Some(literal) => (literal.value(), literal.span()),
        None => (names::unraw(&input.ident), input.ident.span()),
    };
    let args = Args { contract, entity, entity_span, fingerprint: found.fingerprint, paths: paths.clone() };
    (Some(args), paths)
}

fn attributes(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("migratable"))
}

/// The options of one attribute.
fn options(attribute: &Attribute, found: &mut Found, errors: &mut Errors) {
    let options = match attribute.parse_args_with(Punctuated::<MetaNameValue, Token![,]>::parse_terminated) {
        Ok(options) => options,
        Err(error) => return errors.push_error(error),
    };
    for option in options {
        let name = option.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let Some(slot) = found.slot(&name) else {
            let near = suggest(&name, OPTIONS);
            let message = match near {
                Some(near) => format!("no such option; did you mean `{near}`?"),
                None => format!("no such option; there are `{}`", OPTIONS.join("`, `")),
            };
            errors.push(option.path.span(), &message);
            continue;
        };
        let Expr::Lit(ExprLit { lit: Lit::Str(literal), .. }) = option.value else {
            errors.push(option.value.span(), &format!("`{name}` takes a text in quotes"));
            continue;
        };
        if slot.is_some() {
            errors.push(option.path.span(), &format!("`{name}` stands here twice"));
        }
        *slot = Some(literal);
    }
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

/// What a field is, the contract says; there is nothing to say beside it.
fn refuse_on_fields(input: &DeriveInput, errors: &mut Errors) {
    let fields = match &input.data {
        syn::Data::Struct(data) => data.fields.iter(),
        _ => return,
    };
    for attribute in fields.flat_map(|field| attributes(&field.attrs)) {
        errors.push(attribute.path().span(), "fields take no options: what they are, the contract says");
    }
}
