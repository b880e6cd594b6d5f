//! The impls of a struct with some of an entity's fields: it is read, and nothing else.

use migratable_contract::model::Entity;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;
use syn::spanned::Spanned;

use super::args::Args;
use super::check::Carrier;
use super::errors::Errors;
use super::expand::{from_value, local, never};
use crate::names;

/// The entity's own struct, which the store's plan belongs to.
pub(super) struct Whole {
    path: TokenStream,
}

impl Whole {
    /// The struct the options name; without that, the one that is called as the contract calls it, where the subset stands.
    pub(super) fn of(input: &DeriveInput, args: &Args, called: &str, errors: &mut Errors) -> Option<Self> {
        let subset = args.subset.as_ref()?;
        if let Some(path) = &subset.whole {
            return Some(Self { path: quote!(#path) });
        }
        let mut ident = names::ident(called);
        if input.ident == ident {
            let message = format!(
                "this subset is called like the entity's own struct; give it another name, or say where that is: \
                 `subset = \"path::to::{}\"`",
                names::unraw(&ident)
            );
            errors.push(subset.span, &message);
            return None;
        }
        ident.set_span(Span::call_site().located_at(args.entity_span).resolved_at(subset.span));
        Some(Self { path: quote!(#ident) })
    }
}

/// The impls of a subset.
pub(super) fn expand(
    input: &DeriveInput,
    args: &Args,
    entity: &Entity,
    whole: &Whole,
    fields: &[Carrier<'_>],
) -> TokenStream {
    let private = args.paths.private();
    let [row, error] = ["row", "error"].map(local);
    let columns = Literal::usize_unsuffixed(entity.fields.len());
    let mut next = 0;
    let values = fields.iter().map(|carrier| {
        let skipped = carrier.position - next;
        next = carrier.position + 1;
        let rust = &carrier.field.ty;
        from_value(&row, skipped, carrier.ident, &quote!(#rust), carrier.ty, &args.paths)
    });
    let body = quote! {
        let mut #row = match #private::RowReader::new(#row, #columns) {
            ::std::result::Result::Ok(#row) => #row,
            ::std::result::Result::Err(#error) => return ::std::result::Result::Err(#error),
        };
        ::std::result::Result::Ok(Self { #(#values),* })
    };
    let (name, fingerprint) = (&input.ident, Literal::u64_unsuffixed(entity.fingerprint.0));
    let view = view(input, args, whole, &row, &body);
    // Columns are counted, so that they must be those of this very contract. Said where the entity's struct is.
    let same = quote!(#private::same_entity::<#name>(#fingerprint));
    let same = at(Span::call_site().located_at(whole.path.span()), same);
    quote!(#view const _: () = #same;)
}

/// The tokens, as if they stood there.
fn at(place: Span, tokens: TokenStream) -> TokenStream {
    let moved = tokens.into_iter().map(|mut token| {
        token.set_span(place);
        token
    });
    moved.collect()
}

/// What stands in for the impl of a subset with mistakes.
pub(super) fn stand_in(
    input: &DeriveInput,
    args: &Args,
    whole: &Whole,
    fields: &[Carrier<'_>],
) -> TokenStream {
    let body = never(fields, &args.paths);
    view(input, args, whole, &local("_row"), &body)
}

/// The impl around its body.
fn view(input: &DeriveInput, args: &Args, whole: &Whole, row: &Ident, body: &TokenStream) -> TokenStream {
    let (private, core) = (args.paths.private(), args.paths.core());
    let (name, path) = (&input.ident, &whole.path);
    quote! {
        #[automatically_derived]
        impl #private::View for #name {
            type Entity = #path;
            #[inline]
            fn of_row(#row: #core::value::Row) -> ::std::result::Result<Self, #private::FieldError> {
                #body
            }
        }
    }
}
