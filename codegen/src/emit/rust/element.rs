//! The structs of a collection's elements, beside their entity's.

use migratable_contract::model::Entity;
use migratable_core::plan::{Collection, Derived};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::entity::{case_lint, visibility};
use super::paths::Paths;
use super::types::{FieldType, Form};
use super::{about, docs};
use crate::names::{self, Scope};

/// The structs of an entity's collections that have elements of several values, in the plan's order.
pub(crate) fn structures(entity: &Entity, paths: &Paths) -> TokenStream {
    let columns = entity.plan.columns.len();
    let types = FieldType::all(&entity.plan);
    let elements = entity.plan.derived.iter().enumerate().filter_map(|(position, derived)| {
        let collection = derived.collection()?;
        let ty = types.get(columns + position)?;
        let name = names::ident(&names::element(entity, columns + position));
        matches!(ty.form, Form::Elements | Form::Keyed)
            .then(|| one(entity, derived, collection, &name, paths))
    });
    quote!(#(#elements)*)
}

fn one(
    entity: &Entity,
    derived: &Derived,
    collection: &Collection,
    name: &Ident,
    paths: &Paths,
) -> TokenStream {
    let (private, core, option) = (paths.private(), paths.core(), paths.option());
    let members = collection.form.members();
    let mut scope = Scope::default();
    let idents: Vec<Ident> = members.iter().map(|member| scope.claim(&member.name)).collect();
    let case = case_lint(&idents);
    let types = FieldType::of_element(collection);
    let docs = docs::attributes(&about::element(entity, derived, collection));
    let fields = members.iter().zip(&idents).zip(&types).map(|((member, ident), ty)| {
        let docs = docs::attributes(&about::member(collection, member));
        let rust = ty.kind.rust(paths);
        let rust = if ty.nullable { quote!(#option<#rust>) } else { rust };
        quote!(#docs pub #ident: #rust,)
    });
    let to_values = idents.iter().zip(&types).map(|(ident, ty)| {
        let (carrier, text) = (ty.carrier(paths), names::unraw(ident));
        quote!(row.field(#text, #carrier::to_value(&self.#ident));)
    });
    let from_values = idents.iter().zip(&types).map(|(ident, ty)| {
        let (carrier, text) = (ty.carrier(paths), names::unraw(ident));
        quote!(#ident: #carrier::from_value(row.value()).map_err(|error| row.error(#text, error))?)
    });
    let count = Literal::usize_unsuffixed(members.len());
    let serde = entity.rust.serde.then(|| quote!(#[derive(::serde::Serialize, ::serde::Deserialize)]));
    let visibility = visibility(entity.rust.visibility);
    quote! {
        #docs
        #case
        #[derive(Clone, Debug, PartialEq)]
        #serde
        #visibility struct #name {
            #(#fields)*
        }
        impl #private::Element for #name {
            #[inline]
            fn to_row(&self) -> ::std::result::Result<#core::value::Row, #private::FieldError> {
                let mut row = #private::RowWriter::new(#count);
                #(#to_values)*
                row.finish()
            }
            #[inline]
            fn from_row(row: #core::value::Row) -> ::std::result::Result<Self, #private::FieldError> {
                let mut row = #private::RowReader::new(row, #count)?;
                ::std::result::Result::Ok(Self { #(#from_values),* })
            }
        }
    }
}
