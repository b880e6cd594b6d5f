//! An entity's struct.

use migratable_contract::model::Entity;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::paths::Paths;
use super::types::FieldType;
use super::{about, docs};
use crate::{Options, names};

/// The struct of an entity. What follows from it is the derive's work, for this struct and for one written by hand.
pub(crate) fn structure(entity: &Entity, name: &Ident, options: &Options, paths: &Paths) -> TokenStream {
    let docs = docs::attributes(&about::entity(entity));
    let contract = &options.contract_path;
    let entity_name = &entity.name;
    let fingerprint = entity.fingerprint.to_string();
    let root = paths.root();
    let fields = names::of_fields(entity);
    let types = FieldType::all(&entity.plan);
    // On the struct: on a field it has no effect.
    let case = case_lint(&fields);
    let fields = fields.iter().zip(types).enumerate().map(|(position, (field, ty))| {
        let docs = docs::attributes(&about::field(entity, position));
        let ty = ty.rust(paths);
        quote! {
            #docs
            pub #field: #ty,
        }
    });
    quote! {
        #docs
        #case
        #[derive(Clone, Debug, PartialEq, #root::Migratable)]
        #[migratable(contract = #contract, entity = #entity_name, fingerprint = #fingerprint)]
        pub struct #name {
            #(#fields)*
        }
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
