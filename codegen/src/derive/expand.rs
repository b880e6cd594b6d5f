//! The impls of an entity's struct.

use migratable_contract::model::Entity;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use super::check::Carrier;
use super::columns::Columns;
use super::key::Key;
use crate::emit::rust::paths::Paths;
use crate::emit::rust::types::FieldType;
use crate::names;

/// Everything the derive gives a struct that fits its entity.
///
/// Functions are `#[inline]`, so that they cost the program that calls them, as generic ones do, and no other.
pub(crate) fn expand(
    input: &DeriveInput,
    entity: &Entity,
    fields: &[Carrier<'_>],
    paths: &Paths,
) -> TokenStream {
    let (private, core) = (paths.private(), paths.core());
    let plan = entity.plan.pack();
    let [row, error] = ["row", "error"].map(local);
    let columns = Literal::usize_unsuffixed(fields.len());
    let to_values = fields.iter().map(|carrier| {
        let rust = &carrier.field.ty;
        to_value(&row, carrier.ident, &quote!(#rust), carrier.ty, paths)
    });
    let from_values = fields.iter().map(|carrier| {
        let rust = &carrier.field.ty;
        from_value(&row, 0, carrier.ident, &quote!(#rust), carrier.ty, paths)
    });
    let fingerprint = Literal::u64_unsuffixed(entity.fingerprint.0);
    let Columns { structure: by_name, items } = Columns::new(input, fields, entity.plan.columns.len(), paths);
    let entity_impl = quote! {
        const FINGERPRINT: u64 = #fingerprint;
        #items
        fn plan() -> &'static #core::plan::Plan {
            static PLAN: #core::plan::PackedPlan = #core::plan::PackedPlan::new(#plan);
            PLAN.get()
        }
        #[inline]
        fn draft(&self) -> #core::check::Draft {
            let mut #row = #private::RowWriter::new(#columns);
            #(#to_values)*
            #row.draft()
        }
        #[inline]
        fn from_row(#row: #core::value::Row) -> ::std::result::Result<Self, #private::FieldError> {
            let mut #row = match #private::RowReader::new(#row, #columns) {
                ::std::result::Result::Ok(#row) => #row,
                ::std::result::Result::Err(#error) => return ::std::result::Result::Err(#error),
            };
            ::std::result::Result::Ok(Self { #(#from_values),* })
        }
    };
    let keys = Key::all(input, Some(entity), paths);
    let make_key = keys.first().map(Key::of_self).unwrap_or_default();
    let impls = impls(input, &keys, &entity_impl, &make_key, paths);
    let keys = keys.iter().map(|key| key.tokens(input, Some(entity), true, paths));
    quote!(#(#keys)* #by_name #impls)
}

/// What stands in for the impls of a struct with mistakes: everything that others name, so that they find it.
pub(crate) fn stand_in(
    input: &DeriveInput,
    entity: Option<&Entity>,
    fields: &[Carrier<'_>],
    paths: &Paths,
) -> TokenStream {
    let (private, core) = (paths.private(), paths.core());
    let from_row = never(fields, paths);
    let never = never(&[], paths);
    let fingerprint = Literal::u64_unsuffixed(entity.map_or(0, |entity| entity.fingerprint.0));
    let columns = entity.map_or(0, |entity| entity.plan.columns.len());
    let Columns { structure: by_name, items } = Columns::new(input, fields, columns, paths);
    let entity_impl = quote! {
        const FINGERPRINT: u64 = #fingerprint;
        #items
        fn plan() -> &'static #core::plan::Plan {
            #never
        }
        fn draft(&self) -> #core::check::Draft {
            #never
        }
        fn from_row(_: #core::value::Row) -> ::std::result::Result<Self, #private::FieldError> {
            #from_row
        }
    };
    let keys = Key::all(input, entity, paths);
    let impls = impls(input, &keys, &entity_impl, &never, paths);
    let keys = keys.iter().map(|key| key.tokens(input, entity, false, paths));
    quote!(#(#keys)* #by_name #impls)
}

/// A body that is never run, because it isn't compiled to the end: rustc judges the types of these fields in it.
pub(super) fn never(fields: &[Carrier<'_>], paths: &Paths) -> TokenStream {
    let judged = fields.iter().map(|Carrier { field, ty, .. }| {
        let (rust, carrier) = (&field.ty, ty.carrier(paths));
        quote!(let _ = <#rust as #carrier>::from_value;)
    });
    quote!(#(#judged)* ::std::unreachable!("the derive reported an error"))
}

/// The impls around their bodies.
fn impls(
    input: &DeriveInput,
    keys: &[Key],
    entity_impl: &TokenStream,
    make_key: &TokenStream,
    paths: &Paths,
) -> TokenStream {
    let private = paths.private();
    let (name, visibility) = (&input.ident, &input.vis);
    // The first is the table's.
    let key = keys.first().map(|Key { name: key, .. }| {
        quote! {
            #[automatically_derived]
            impl #name {
                #[doc = " The key: what names the item and the row."]
                #[inline]
                #visibility fn key(&self) -> #key {
                    #make_key
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl #private::Entity for #name {
            #entity_impl
        }
        #key
    }
}

/// A local name that no constant of the module can stand for.
pub(super) fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

/// Adds a field of `self` to a row.
///
/// Where its type can't be a value, rustc says so at the type. Conversions name the trait and the type, not a function with
/// a bound: then all errors about one field are the same error, which rustc shows once.
pub(super) fn to_value(
    row: &Ident,
    field: &Ident,
    rust: &TokenStream,
    ty: FieldType,
    paths: &Paths,
) -> TokenStream {
    let (carrier, name) = (ty.carrier(paths), names::unraw(field));
    quote!(#row.field(#name, <#rust as #carrier>::to_value(&self.#field));)
}

/// A field from the next value of a row, after so many others. Not by `?`, which costs the compiler more for each type.
pub(super) fn from_value(
    row: &Ident,
    skipped: usize,
    field: &Ident,
    rust: &TokenStream,
    ty: FieldType,
    paths: &Paths,
) -> TokenStream {
    let (carrier, name) = (ty.carrier(paths), names::unraw(field));
    let [value, error] = ["value", "error"].map(local);
    let next = if skipped == 0 {
        quote!(#row.value())
    } else {
        let skipped = Literal::usize_unsuffixed(skipped);
        quote!(#row.value_after(#skipped))
    };
    quote! {
        #field: match <#rust as #carrier>::from_value(#next) {
            ::std::result::Result::Ok(#value) => #value,
            ::std::result::Result::Err(#error) => {
                return ::std::result::Result::Err(#row.error(#name, #error));
            }
        }
    }
}
