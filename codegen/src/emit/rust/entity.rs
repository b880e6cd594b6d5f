//! An entity's struct.

use migratable_contract::model::{Entity, FieldVisibility, Visibility};
use migratable_core::Text;
use migratable_core::plan::Plan;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::paths::Paths;
use super::types::{self, FieldType, parsed};
use super::{about, docs};
use crate::{Options, names};

/// Derives of every struct, beside the one that makes it an entity.
const DERIVES: [&str; 3] = ["Clone", "Debug", "PartialEq"];

/// Derives of a struct that serde reads and writes.
const SERDE: [&str; 2] = ["::serde::Serialize", "::serde::Deserialize"];

/// The struct of an entity. What follows from it is the derive's work, for this struct and for one written by hand.
pub(crate) fn structure(entity: &Entity, name: &Ident, options: &Options, paths: &Paths) -> TokenStream {
    let docs = docs::attributes(&about::entity(entity));
    let contract = &options.contract_path;
    let entity_name = &entity.name;
    let fingerprint = entity.fingerprint.to_string();
    let root = paths.root();
    let idents = names::of_fields(entity);
    let types = FieldType::all(&entity.plan);
    // On the struct: on a field it has no effect.
    let case = case_lint(&idents);
    let fields = idents.iter().zip(types).zip(&entity.fields).enumerate();
    let fields = fields.map(|(position, ((ident, ty), field))| {
        let docs = docs::attributes(&about::field(entity, position));
        let ty = types::of_field(entity, position, ty, paths);
        let visibility = field_visibility(field.visibility);
        let attributes = attributes(&field.attributes);
        quote! {
            #docs
            #attributes
            #visibility #ident: #ty,
        }
    });
    let derives = derives(entity);
    let debug = debug(entity, name, &idents);
    let attributes = attributes(&entity.rust.attributes);
    let visibility = visibility(entity.rust.visibility);
    quote! {
        #docs
        #case
        #[derive(#(#derives,)* #root::Migratable)]
        #[migratable(contract = #contract, entity = #entity_name, fingerprint = #fingerprint)]
        #attributes
        #visibility struct #name {
            #(#fields)*
        }
        #debug
    }
}

/// Shows everything but secrets; nothing where the derive does.
fn debug(entity: &Entity, name: &Ident, idents: &[Ident]) -> TokenStream {
    let secrets = secrets(&entity.plan);
    if secrets.is_empty() || entity.rust.derives.iter().any(|path| word(path) == "Debug") {
        return TokenStream::new();
    }
    let fields = idents.iter().enumerate().map(|(position, ident)| {
        let text = names::unraw(ident);
        if secrets.contains(&position) {
            quote!(.field(#text, &::std::format_args!("(secret)")))
        } else {
            quote!(.field(#text, &self.#ident))
        }
    });
    let text = names::unraw(name);
    quote! {
        #[doc = " Secrets are left out."]
        impl ::std::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#text) #(#fields)* .finish()
            }
        }
    }
}

/// The fields whose values are shown to nobody, by position.
fn secrets(plan: &Plan) -> Vec<usize> {
    let secret = |name: &Text| plan.secrets.contains(name);
    let attributes =
        plan.attributes.iter().filter(|attribute| secret(&attribute.name)).map(|attribute| attribute.column);
    let maps = plan.maps.iter().filter(|map| secret(&map.name));
    let members = maps.flat_map(|map| map.members.iter().map(|member| member.column));
    let derived = plan.derived.iter().enumerate().filter(|(_, derived)| secret(&derived.name));
    attributes.chain(members).chain(derived.map(|(position, _)| plan.columns.len() + position)).collect()
}

fn word(path: &str) -> String {
    path.rsplit(':').next().unwrap_or_default().trim().to_owned()
}

/// The derives of a struct. One that is asked for takes the place of the one of the same last word.
fn derives(entity: &Entity) -> Vec<TokenStream> {
    let structure = &entity.rust;
    let serde = SERDE.iter().filter(|_| structure.serde);
    let mut derives: Vec<&str> = DERIVES.iter().chain(serde).copied().collect();
    for own in &structure.derives {
        match derives.iter_mut().find(|known| word(known) == word(own)) {
            Some(known) => *known = own,
            None => derives.push(own),
        }
    }
    let own_debug = structure.derives.iter().any(|path| word(path) == "Debug");
    let hidden = !secrets(&entity.plan).is_empty() && !own_debug;
    derives.retain(|path| word(path) != "Migratable" && !(hidden && word(path) == "Debug"));
    derives.into_iter().map(parsed).collect()
}

/// Attributes that the contract gives.
fn attributes(attributes: &[String]) -> TokenStream {
    let attributes = attributes.iter().map(|attribute| parsed(attribute));
    quote!(#(#[#attributes])*)
}

/// Who sees a type, as Rust says it.
pub(crate) fn visibility(visibility: Visibility) -> TokenStream {
    match visibility {
        Visibility::Public => quote!(pub),
        Visibility::Crate => quote!(pub(crate)),
    }
}

fn field_visibility(visibility: FieldVisibility) -> TokenStream {
    match visibility {
        FieldVisibility::Public => quote!(pub),
        FieldVisibility::Crate => quote!(pub(crate)),
        FieldVisibility::Private => TokenStream::new(),
    }
}

/// Attributes keep the names the contract gives them, in whatever case; the lint would have them renamed.
pub(crate) fn case_lint<'a>(names: impl IntoIterator<Item = &'a Ident>) -> TokenStream {
    if names.into_iter().all(names::is_snake_case) {
        TokenStream::new()
    } else {
        quote!(#[allow(non_snake_case, reason = "the contract's names, as they are")])
    }
}
