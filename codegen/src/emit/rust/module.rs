//! The files of the module: what stands in each, and in which order.

use migratable_contract::model::{Contract, Entity};
use proc_macro2::TokenStream;
use quote::quote;

use super::handle::Module;
use super::paths::Paths;
use super::{about, docs, entity, handle, repository};
use crate::{File, Options, print};

/// The files of the module, in a stable order: `mod.rs`, then one for each entity in the contract's order.
pub fn generate(contract: &Contract, options: &Options) -> Vec<File> {
    let paths = Paths::default();
    let modules = handle::modules(contract);
    let handle = handle::handle(contract, &modules, options, &paths);
    let mut files = vec![print::file("mod.rs", options, handle)];
    for (entity, module) in contract.entities.iter().zip(&modules) {
        files.push(entity_file(entity, module, options, &paths));
    }
    files
}

fn entity_file(entity: &Entity, module: &Module, options: &Options, paths: &Paths) -> File {
    let own = module.types.names();
    let paths = paths.for_module(&own.each_ref().map(String::as_str));
    let docs = about::inner_attributes(&[format!("{} and its repository.", docs::code(&entity.name))]);
    let (unformatted, import) = (unformatted(), paths.import_private());
    let structure = entity::structure(entity, &module.types.entity, options, &paths);
    let repository = repository::repository(entity, &module.types, &paths);
    let tokens = quote! {
        #docs
        #unformatted
        #import
        #structure
        #repository
    };
    print::file(&handle::file_name(module), options, tokens)
}

/// Keeps rustfmt off a file: one it had touched would no longer be what the generator writes.
pub(crate) fn unformatted() -> TokenStream {
    quote!(#![cfg_attr(rustfmt, rustfmt_skip)])
}
