//! The impls of an entity's struct.

use migratable_contract::model::Entity;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::DeriveInput;

use super::check::Carrier;
use super::key::Key;
use crate::emit::rust::paths::Paths;
use crate::emit::rust::plan::plan_tokens;
use crate::emit::rust::types::FieldType;
use crate::names;

/// Everything the derive gives a struct that fits its entity.
pub(crate) fn expand(
    input: &DeriveInput,
    entity: &Entity,
    fields: &[Carrier<'_>],
    paths: &Paths,
) -> TokenStream {
    let (private, core) = (paths.private(), paths.core());
    let plan = plan_tokens(&entity.plan, paths);
    let to_values = fields.iter().map(|carrier| {
        let rust = &carrier.field.ty;
        to_value(carrier.ident, &quote!(#rust), carrier.ty, paths)
    });
    let values: Vec<Ident> = (0..fields.len())
        .map(|position| format_ident!("value_{position}", span = Span::mixed_site()))
        .collect();
    let from_values = fields.iter().zip(&values).map(|(carrier, value)| from_value(carrier, value, paths));
    let named = named(paths);
    let entity_impl = quote! {
        fn plan() -> &'static #core::plan::Plan {
            static PLAN: #core::plan::Plan = #plan;
            &PLAN
        }
        fn to_row(&self) -> ::std::result::Result<#core::value::Row, #private::FieldError> {
            #named
            ::std::result::Result::Ok(::std::vec::Vec::from([#(#to_values?),*]))
        }
        fn from_row(row: #core::value::Row) -> ::std::result::Result<Self, #private::FieldError> {
            #named
            let [#(#values),*] = #private::columns(row)?;
            ::std::result::Result::Ok(Self { #(#from_values),* })
        }
    };
    let key = Key::of(input, Some(entity), paths);
    let key_values = key.values(paths);
    let by = quote! {
        #named
        ::std::result::Result::Ok(::std::vec::Vec::from([#(#key_values?),*]))
    };
    let make_key = key.of_self();
    let key_structure = key.structure(input, Some(entity));
    let impls = impls(input, &key, &entity_impl, &by, &make_key, paths);
    quote!(#key_structure #impls)
}

/// What stands in for the impls of a struct with mistakes: everything that others name, so that they find it.
pub(crate) fn stand_in(input: &DeriveInput, entity: Option<&Entity>, paths: &Paths) -> TokenStream {
    // An impl for these would be one more mistake.
    if !input.generics.params.is_empty() || input.generics.where_clause.is_some() {
        return TokenStream::new();
    }
    let (private, core) = (paths.private(), paths.core());
    let never = quote!(::std::unreachable!("the derive reported an error"));
    let entity_impl = quote! {
        fn plan() -> &'static #core::plan::Plan {
            #never
        }
        fn to_row(&self) -> ::std::result::Result<#core::value::Row, #private::FieldError> {
            #never
        }
        fn from_row(_: #core::value::Row) -> ::std::result::Result<Self, #private::FieldError> {
            #never
        }
    };
    let key = Key::of(input, entity, paths);
    let key_structure = key.structure(input, entity);
    let impls = impls(input, &key, &entity_impl, &never, &never, paths);
    quote!(#key_structure #impls)
}

/// The impls around their bodies.
fn impls(
    input: &DeriveInput,
    key: &Key,
    entity_impl: &TokenStream,
    by: &TokenStream,
    make_key: &TokenStream,
    paths: &Paths,
) -> TokenStream {
    let (private, core) = (paths.private(), paths.core());
    let (name, visibility, key_name) = (&input.ident, &input.vis, &key.name);
    quote! {
        #[automatically_derived]
        impl #private::Entity for #name {
            #entity_impl
        }
        #[automatically_derived]
        impl #private::EntityKey for #key_name {
            type Entity = #name;
            fn by(
                &self,
            ) -> ::std::result::Result<::std::vec::Vec<#core::value::Value>, #private::FieldError> {
                #by
            }
        }
        #[automatically_derived]
        impl #name {
            #[doc = " The key: what names the item and the row."]
            #visibility fn key(&self) -> #key_name {
                #make_key
            }
        }
    }
}

/// Gives an error the name of its field. One closure for all fields of a function: a helper for each would be compiled for
/// each type.
fn named(paths: &Paths) -> TokenStream {
    let private = paths.private();
    quote! {
        let named = |field: &'static str| {
            move |error: #private::ValueError| #private::FieldError::new(field, error)
        };
    }
}

/// A field of `self` as a value.
///
/// Where its type can't be one, rustc says so at the type. Conversions name the trait and the type, not a function with a
/// bound: then all errors about one field are the same error, which rustc shows once.
pub(crate) fn to_value(field: &Ident, rust: &TokenStream, ty: FieldType, paths: &Paths) -> TokenStream {
    let (private, marker, name) = (paths.private(), ty.marker(paths), names::unraw(field));
    quote!(<#rust as #private::Field<#marker>>::to_value(&self.#field).map_err(named(#name)))
}

/// A field from its value.
fn from_value(carrier: &Carrier<'_>, value: &Ident, paths: &Paths) -> TokenStream {
    let Carrier { field, ident, ty } = carrier;
    let (private, marker, name, rust) = (paths.private(), ty.marker(paths), names::unraw(ident), &field.ty);
    quote!(#ident: <#rust as #private::Field<#marker>>::from_value(#value).map_err(named(#name))?)
}
