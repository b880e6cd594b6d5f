//! `#[derive(Migratable)]` on tokens: reads the attribute, holds the struct against its entity, emits the impls.
//!
//! All mistakes are reported at once, each where it is. Beside them an implementation that only stands in is emitted, so
//! that one mistake isn't followed by an error for each use of the struct. Questions about types are left to rustc, which
//! knows aliases and newtypes.

mod args;
mod check;
mod errors;
mod expand;
mod failure;
mod key;

use migratable_contract::model::Entity;
use migratable_core::fingerprint::Fingerprint;
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

pub use self::args::Args;
use self::errors::Errors;
pub use self::failure::{LoadError, describe};
use crate::emit::rust::paths::Paths;

/// An entity, and where it comes from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The entity.
    pub entity: Entity,
    /// The contract's absolute path: a struct written by hand makes cargo watch it.
    pub contract: String,
    /// The command that generates the contract's code, for messages.
    pub command: String,
}

/// Expands the derive of a struct. `load` finds the entity the struct names.
pub fn derive(input: &DeriveInput, load: impl FnOnce(&Args) -> Result<Source, LoadError>) -> TokenStream {
    let mut errors = Errors::default();
    check::shape(input, &mut errors);
    let (args, paths) = args::read(input, &mut errors);
    if let Some(error) = errors.into_error() {
        return failed(input, None, &paths, error);
    }
    let Some(args) = args else { return TokenStream::new() };
    match load(&args) {
        Ok(source) => expand(input, &args, &source),
        Err(error) => failed(input, None, &paths, error.at(&args)),
    }
}

/// Expands the derive of a struct for its entity: the impls, or everything that is wrong.
pub fn expand(input: &DeriveInput, args: &Args, source: &Source) -> TokenStream {
    let entity = &source.entity;
    if let Some(error) = stale(input, args, source) {
        return failed(input, Some(entity), &args.paths, error);
    }
    let mut errors = Errors::default();
    let fields = check::fields(input, entity, &args.paths, &mut errors);
    let expanded = match errors.into_error() {
        Some(error) => failed(input, Some(entity), &args.paths, error),
        None => expand::expand(input, entity, &fields, &args.paths),
    };
    let tracking = tracking(args, source);
    quote!(#expanded #tracking)
}

/// The error for a struct that was generated from another contract.
fn stale(input: &DeriveInput, args: &Args, source: &Source) -> Option<syn::Error> {
    let literal = args.fingerprint.as_ref()?;
    if literal.value().parse::<Fingerprint>().ok() == Some(source.entity.fingerprint) {
        return None;
    }
    let message = format!(
        "the contract's entity `{}` has changed since `{}` was generated; run `{}`",
        source.entity.name, input.ident, source.command
    );
    Some(syn::Error::new(literal.span(), message))
}

/// Makes cargo compile the crate again when the contract changes. A generated module does so once, in its `mod.rs`: once
/// for each struct would cost a big crate seconds.
fn tracking(args: &Args, source: &Source) -> TokenStream {
    if args.fingerprint.is_some() {
        return TokenStream::new();
    }
    let contract = &source.contract;
    quote!(
        const _: &[u8] = ::std::include_bytes!(#contract);
    )
}

/// The errors, and what keeps them from being followed by others.
fn failed(input: &DeriveInput, entity: Option<&Entity>, paths: &Paths, error: syn::Error) -> TokenStream {
    let error = error.to_compile_error();
    let stand_in = expand::stand_in(input, entity, paths);
    quote!(#error #stand_in)
}
