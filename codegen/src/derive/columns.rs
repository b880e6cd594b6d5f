//! The columns of an entity by name: what changes and conditions of a unit of work are made of.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;
use syn::spanned::Spanned;

use super::check::Carrier;
use crate::emit::rust::docs;
use crate::emit::rust::paths::Paths;
use crate::names;

/// The struct of columns, and what the entity's impl says of it.
pub(super) struct Columns {
    pub(super) structure: TokenStream,
    pub(super) items: TokenStream,
}

impl Columns {
    /// Of the fields that carry columns: the first so many of the entity's.
    pub(super) fn new(input: &DeriveInput, fields: &[Carrier<'_>], columns: usize, paths: &Paths) -> Self {
        let (private, entity, visibility) = (paths.private(), &input.ident, &input.vis);
        let structure = names::unraw(entity);
        // At the derive's place, not the struct's: lints about names are for those who wrote them.
        let name = Ident::new(&names::columns(&structure), Span::call_site());
        let carriers: Vec<&Carrier<'_>> =
            fields.iter().filter(|carrier| carrier.position < columns).collect();
        let ident = |carrier: &Carrier<'_>| {
            let mut ident = carrier.ident.clone();
            ident.set_span(Span::call_site().located_at(carrier.field.ty.span()));
            ident
        };
        let declared = carriers.iter().map(|carrier| {
            let (ident, rust, own) = (ident(carrier), &carrier.field.ty, &carrier.field.vis);
            let marker = carrier.ty.marker(paths);
            let docs = docs::attributes(&[format!("As in {}.", docs::code(&structure))]);
            quote!(#docs #own #ident: #private::Column<#entity, #marker, #rust>)
        });
        let made = carriers.iter().map(|carrier| {
            let (ident, text) = (ident(carrier), names::unraw(carrier.ident));
            let position = Literal::usize_unsuffixed(carrier.position);
            quote!(#ident: #private::Column::new(#position, #text))
        });
        let docs = docs::attributes(&[format!(
            "The columns of {}, as changes of a unit of work name them.",
            docs::code(&structure)
        )]);
        Self {
            structure: quote!(#docs #visibility struct #name { #(#declared),* }),
            items: quote! {
                type Columns = #name;
                const COLUMNS: #name = #name { #(#made),* };
            },
        }
    }
}
