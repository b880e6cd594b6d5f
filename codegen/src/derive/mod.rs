//! `#[derive(Migratable)]` on tokens: reads the attribute, holds the struct against its entity, emits the impls.
//!
//! All mistakes are reported at once, each where it is. Beside them an implementation that only stands in is emitted, so
//! that one mistake isn't followed by an error for each use of the struct. Questions about types are left to rustc, which
//! knows aliases and newtypes.

mod args;
mod check;
mod columns;
mod errors;
mod expand;
mod failure;
mod key;
mod options;
mod prefix;
mod shape;
mod subset;

use migratable_contract::model::Entity;
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

pub use self::args::{Args, Subset};
use self::check::Carrier;
use self::errors::Errors;
pub use self::failure::{LoadError, describe};
use self::subset::Whole;
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
    let named = shape::check(input, &mut errors);
    let (args, paths) = args::read(input, &mut errors);
    // What can be held against the entity is, so that all mistakes are said in one go.
    let Some(args) = args.filter(|_| named) else { return failed(input, None, None, &[], &paths, errors) };
    match load(&args) {
        Ok(source) => {
            let whole = Whole::of(input, &args, &source.entity.rust.name, &mut errors);
            expand(input, &args, whole.as_ref(), &source, errors)
        }
        Err(error) => {
            errors.push_error(error.at(&args));
            let whole = Whole::of(input, &args, &args.entity, &mut errors);
            failed(input, Some((&args, whole.as_ref())), None, &[], &paths, errors)
        }
    }
}

/// Expands the derive of a struct for its entity: the impls, or everything that is wrong.
fn expand(
    input: &DeriveInput,
    args: &Args,
    whole: Option<&Whole>,
    source: &Source,
    mut errors: Errors,
) -> TokenStream {
    let (entity, paths) = (&source.entity, &args.paths);
    if let Some(stale) = stale(input, args, source) {
        errors.push_error(stale);
        return failed(input, Some((args, whole)), Some(entity), &[], paths, errors);
    }
    let fields = check::fields(input, args, source, &mut errors);
    let expanded = match whole {
        _ if !errors.is_empty() => failed(input, Some((args, whole)), Some(entity), &fields, paths, errors),
        Some(whole) => subset::expand(input, args, entity, whole, &fields),
        None => expand::expand(input, entity, &fields, paths),
    };
    let tracking = tracking(args, source);
    quote!(#expanded #tracking)
}

/// The error for a struct that was generated from another contract.
fn stale(input: &DeriveInput, args: &Args, source: &Source) -> Option<syn::Error> {
    let (literal, fingerprint) = args.fingerprint.as_ref()?;
    if *fingerprint == source.entity.fingerprint {
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

/// The errors, and what keeps them from being followed by others. Types of the fields that are known are judged all the
/// same.
fn failed(
    input: &DeriveInput,
    args: Option<(&Args, Option<&Whole>)>,
    entity: Option<&Entity>,
    fields: &[Carrier<'_>],
    paths: &Paths,
    errors: Errors,
) -> TokenStream {
    let errors = errors.into_tokens();
    let stand_in = match args {
        // An impl would be one more mistake.
        _ if !input.generics.params.is_empty() || input.generics.where_clause.is_some() => TokenStream::new(),
        Some((args, Some(whole))) => subset::stand_in(input, args, whole, fields),
        Some((Args { subset: Some(_), .. }, None)) => TokenStream::new(),
        _ => expand::stand_in(input, entity, fields, paths),
    };
    quote!(#errors #stand_in)
}
