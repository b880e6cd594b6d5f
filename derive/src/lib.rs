//! `#[derive(Migratable)]`: holds a struct against an entity of a contract, and implements what makes it one.
//!
//! This crate only finds the contract; what the derive says and emits is `migratable_codegen::derive`.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]

mod cache;
mod find;

use migratable_codegen::derive::{Args, LoadError, Source, derive as expand, describe};
use migratable_contract::entity_of;
use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use self::find::Place;

/// Makes a struct an entity of a contract.
///
/// ```ignore
/// #[derive(Clone, Debug, PartialEq, migratable::Migratable)]
/// #[migratable(contract = "contract.yaml", entity = "Order")]
/// pub struct Order {
///     pub order_id: i32,
///     pub status: Option<Status>,
/// }
/// ```
///
/// The struct has a field for each of the entity's attributes, of the same name, of any type that carries the column
/// (`migratable::Field`). Missing, extra and wrongly typed fields are errors, all reported at once.
///
/// # Options
/// - `contract`: the contract's path, from the source file's folder or from the package's.
/// - `entity`: the entity's name; the struct's if it isn't given.
/// - `fingerprint`: of the entity, as `migratable generate` writes it; a struct generated from another version of the
///   contract doesn't compile. Structs written by hand have none: the contract is read each time it changes.
/// - `crate`: by which path the crate `migratable` is known, if it has another name.
///
/// # Emits
/// `impl migratable::Entity`, and for a struct `Order` the key struct `OrderKey` and the method `Order::key`. The types of
/// the key's fields need `Clone`, `Debug`, `Eq` and `Hash`.
#[proc_macro_derive(Migratable, attributes(migratable))]
pub fn migratable(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand(&input, load).into()
}

/// The entity a struct names.
fn load(args: &Args) -> Result<Source, LoadError> {
    let place = Place::of(&args.contract).map_err(LoadError::Contract)?;
    let parsed = cache::read(&place.contract, &place.shown).map_err(LoadError::Contract)?;
    let Some(tree) = &parsed.tree.value else {
        return Err(describe(&place.shown, &args.entity, &parsed.tree.diagnostics));
    };
    let outcome = entity_of(&parsed.file, tree, &args.entity);
    match outcome.value {
        Some(entity) => Ok(Source { entity, command: place.command(), contract: place.contract_text()? }),
        None => Err(describe(&place.shown, &args.entity, &outcome.diagnostics)),
    }
}
