//! The key of an entity: a struct of the fields that name one item.

use migratable_contract::model::Entity;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;
use syn::spanned::Spanned;

use super::check;
use super::expand::to_value;
use crate::emit::rust::docs;
use crate::emit::rust::paths::Paths;
use crate::emit::rust::types::{self, FieldType};
use crate::names;

/// A key struct.
pub(crate) struct Key {
    /// Its name.
    pub(crate) name: Ident,
    fields: Vec<KeyField>,
}

/// One field of it.
struct KeyField {
    name: Ident,
    rust: TokenStream,
    ty: FieldType,
}

impl Key {
    /// The key of an entity. Its fields have the types they have in the struct; where the struct lacks one, the contract's.
    /// Without an entity it has none.
    pub(crate) fn of(input: &DeriveInput, entity: Option<&Entity>, paths: &Paths) -> Self {
        // At the derive's place, not the struct's: lints about names are for those who wrote them.
        let name = Ident::new(&format!("{}Key", names::unraw(&input.ident)), Span::call_site());
        let fields = entity.map_or_else(Vec::new, |entity| key_fields(input, entity, paths));
        Self { name, fields }
    }

    /// The struct itself.
    pub(crate) fn structure(&self, input: &DeriveInput, entity: Option<&Entity>) -> TokenStream {
        let (name, visibility) = (&self.name, &input.vis);
        let docs = docs::attributes(&[self.about(input, entity)]);
        let serde = serde(entity.is_some_and(|entity| entity.rust.serde));
        let fields = self.fields.iter().map(|KeyField { name, rust, .. }| {
            let docs = docs::attributes(&[format!("As in {}.", docs::code(&names::unraw(&input.ident)))]);
            quote!(#docs #visibility #name: #rust)
        });
        quote! {
            #docs
            #[derive(
                ::std::clone::Clone,
                ::std::fmt::Debug,
                ::std::cmp::PartialEq,
                ::std::cmp::Eq,
                ::std::hash::Hash #serde
            )]
            #visibility struct #name { #(#fields),* }
        }
    }

    fn about(&self, input: &DeriveInput, entity: Option<&Entity>) -> String {
        let structure = docs::code(&names::unraw(&input.ident));
        match entity {
            Some(entity) => format!(
                "The key of {structure}: it names one item of {} and one row of {}.",
                docs::code(&entity.plan.table),
                docs::code(&entity.plan.root)
            ),
            None => format!("The key of {structure}."),
        }
    }

    /// Adds the key's fields to a row, in the order of the pattern `get`.
    pub(crate) fn values(&self, row: &Ident, paths: &Paths) -> Vec<TokenStream> {
        let fields = self.fields.iter();
        fields.map(|KeyField { name, rust, ty }| to_value(row, name, rust, *ty, paths)).collect()
    }

    /// The key of `self`, an entity.
    pub(crate) fn of_self(&self) -> TokenStream {
        let name = &self.name;
        let fields = self.fields.iter().map(
            |KeyField { name, rust, .. }| quote!(#name: <#rust as ::std::clone::Clone>::clone(&self.#name)),
        );
        quote!(#name { #(#fields),* })
    }
}

/// The derives that make serde read and write a key, where the contract asks for them.
fn serde(asked: bool) -> TokenStream {
    if asked { quote!(, ::serde::Serialize, ::serde::Deserialize) } else { TokenStream::new() }
}

fn key_fields(input: &DeriveInput, entity: &Entity, paths: &Paths) -> Vec<KeyField> {
    let all = names::of_fields(entity);
    let types = FieldType::all(&entity.plan);
    let found = check::by_name(input);
    let columns = entity.plan.patterns.first().map(|get| get.by.to_vec()).unwrap_or_default();
    columns
        .into_iter()
        .map(|column| {
            let (mut name, ty) = (all[column].clone(), types[column]);
            let own = found.iter().find(|(found, ..)| *found == names::unraw(&name));
            // What the type lacks for a key is said where the type stands; lints about the name are not.
            let place = own.map_or_else(Span::call_site, |(_, _, field)| field.ty.span());
            name.set_span(Span::call_site().located_at(place));
            let rust = own.map_or_else(
                || types::of_field(entity, column, ty, paths),
                |(_, _, field)| {
                    let ty = &field.ty;
                    quote!(#ty)
                },
            );
            KeyField { name, rust, ty }
        })
        .collect()
}
