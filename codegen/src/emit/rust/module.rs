//! The files of the module: what stands in each, and in which order.

use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use migratable_contract::model::{Contract, Entity};
use proc_macro2::TokenStream;
use quote::quote;

use super::handle::Module;
use super::paths::Paths;
use super::{about, docs, element, entity, enums, handle, repository};
use crate::{File, Options, print};

/// The file every module has.
const MOD_FILE: &str = "mod.rs";

/// For fewer entities a thread more isn't worth it.
const FEWEST: usize = 50;

/// The files of the module, in a stable order: `mod.rs`, then one for each entity in the contract's order.
pub fn generate(contract: &Contract, options: &Options) -> Vec<File> {
    let paths = Paths::default();
    let modules = handle::modules(contract);
    let enums = enums::file(contract, &paths);
    let mut declarations: Vec<_> = modules.iter().map(|Module { name, .. }| quote!(mod #name;)).collect();
    declarations.extend(enums.is_some().then(|| {
        quote!(
            mod enums;
        )
    }));
    let handle = handle::handle(contract, &modules, &declarations, &paths);
    // The one place that makes cargo watch the contract: once for each struct would cost a big crate seconds.
    let contract_path = &options.contract_path;
    let tracking = quote!(
        const _: &[u8] = ::std::include_bytes!(#contract_path);
    );
    let mut files = vec![print::file(MOD_FILE, options, quote!(#handle #tracking))];
    files.extend(entity_files(contract, options));
    files.extend(enums.map(|tokens| print::file("enums.rs", options, tokens)));
    files
}

/// A file for each entity, in the contract's order. Most of the time goes into parsing and printing tokens, so large
/// contracts are shared out among the processors.
fn entity_files(contract: &Contract, options: &Options) -> Vec<File> {
    let count = contract.entities.len();
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let share = count.div_ceil(processors).max(FEWEST);
    let shares = (0..count).step_by(share).map(|start| start..count.min(start + share));
    thread::scope(|scope| {
        let threads: Vec<_> =
            shares.map(|share| scope.spawn(|| entity_files_of(contract, share, options))).collect();
        let files =
            threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        files.collect()
    })
}

/// The files of some entities. Identifiers can't go from one thread to another, so each names the modules for itself.
fn entity_files_of(contract: &Contract, share: Range<usize>, options: &Options) -> Vec<File> {
    let paths = Paths::default();
    let modules = handle::modules(contract);
    let entities = contract.entities.iter().zip(&modules).skip(share.start).take(share.len());
    let file = |(entity, module)| {
        let tokens = entity_tokens(entity, module, options, &paths);
        print::file(&handle::file_name(module), options, tokens)
    };
    entities.map(file).collect()
}

/// The module in one file, `mod.rs`, that can be included: its modules are written out, and what takes inner attributes
/// stands in a module of its own. A build script watches the contract.
pub fn generate_in_one_file(contract: &Contract, options: &Options) -> File {
    let paths = Paths::default();
    let modules = handle::modules(contract);
    let written_out = |(entity, module): (&Entity, &Module)| {
        let (name, tokens) = (&module.name, entity_tokens(entity, module, options, &paths));
        quote!(mod #name { #tokens })
    };
    let mut declarations: Vec<_> = contract.entities.iter().zip(&modules).map(written_out).collect();
    declarations.extend(enums::file(contract, &paths).map(|tokens| quote!(mod enums { #tokens })));
    let handle = handle::handle(contract, &modules, &declarations, &paths);
    let tokens = quote! {
        #[allow(unused_imports, unreachable_pub, reason = "how much of this is used is the program's to decide")]
        pub use self::generated::*;
        mod generated { #handle }
    };
    print::file(MOD_FILE, options, tokens)
}

fn entity_tokens(entity: &Entity, module: &Module, options: &Options, paths: &Paths) -> TokenStream {
    let own = module.types.names();
    let paths = paths.for_module(&own.iter().map(String::as_str).collect::<Vec<_>>());
    let docs = about::inner_attributes(&[format!("{} and its repository.", docs::code(&entity.name))]);
    let (unformatted, import) = (unformatted(), paths.import_private());
    let structure = entity::structure(entity, &module.types.entity, options, &paths);
    let elements = element::structures(entity, &paths);
    let repository = repository::repository(entity, &module.types, &paths);
    quote! {
        #docs
        #unformatted
        #import
        #structure
        #elements
        #repository
    }
}

/// Keeps rustfmt off a file: one it had touched would no longer be what the generator writes.
pub(crate) fn unformatted() -> TokenStream {
    quote!(#![cfg_attr(rustfmt, rustfmt_skip)])
}
