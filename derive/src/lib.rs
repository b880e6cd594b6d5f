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

/// Makes a struct an entity of a contract, or a part of one.
///
/// ```ignore
/// use migratable::{Migratable, types::Decimal};
///
/// #[derive(Clone, Debug, PartialEq, Migratable)]
/// #[migratable(contract = "contract.yaml", entity = "Order")]
/// pub struct Order {
///     pub order_id: u64,
///     pub total: Decimal,
///     pub status: Status,
///     pub note: Option<String>,
/// }
///
/// /// What an overview shows.
/// #[derive(Clone, Debug, PartialEq, Migratable)]
/// #[migratable(contract = "contract.yaml", entity = "Order", subset)]
/// pub struct OrderTotal {
///     pub total: Decimal,
/// }
///
/// let order: Option<Order> = shop.orders().by_id(7).await?;
/// let total: Option<OrderTotal> = shop.orders().by_id(7).select::<OrderTotal>().await?;
/// ```
///
/// `migratable generate` writes such structs; this derive is for those, and for yours.
///
/// # What a struct must be
/// It has named fields and no parameters. There is one field for each of the entity's attributes, in any order, called as
/// the contract calls it (`r#type` for `type`). Names are compared here, types by the compiler: a field may have any type
/// that carries its column (`migratable::Field`), under any alias, and is an `Option` of one where the column may be NULL.
/// `migratable::kind` lists the types that do; implement `Field` for your own.
///
/// Everything that is wrong is said in one go, each at its place. Fields may stand under `#[cfg]`: one that is not compiled
/// is not there.
///
/// # Options
///
/// | option | says |
/// | --- | --- |
/// | `contract = "…"` | The contract's path, from this source file's folder or from the package's. Always needed. |
/// | `entity = "…"` | The entity's name in the contract. Without it: the struct's. |
/// | `subset` | The struct has some of the fields, to be read. The entity's own struct is the one in scope that is called like the entity. |
/// | `subset = "…"` | The same, with the path of the entity's own struct: `"crate::shop::Order"`. |
/// | `fingerprint = "…"` | Which state of the entity the struct was generated from; `migratable generate` writes it. If the contract's is another, the struct doesn't compile, and the error names the command to run. Structs written by hand have none. |
/// | `crate = "…"` | The path by which the crate `migratable` is known here, if it has another name: `"::renamed"`. |
///
/// They may stand in one attribute or in several, each once. Fields have no options: what they are, the contract says.
///
/// # When the contract changes
/// A struct written by hand makes cargo compile its crate again when its contract changes; for a generated module, its
/// `mod.rs` does. So what no longer fits is found by the next build, whoever starts it.
///
/// Editors may not tell where a source file is. Then the contract is looked for from the package's folder and the ones above
/// it, as far as the path goes up.
///
/// # What is implemented
/// For a whole struct `Order`: `migratable::Entity`, a key struct `OrderKey`, and the method `Order::key`. The types of the
/// key's fields need `Clone`, `Debug`, `Eq` and `Hash`.
///
/// For a subset: `migratable::View`. It is what a request's `select` takes, and can't be written. Reading it costs what
/// reading the whole entity does: DynamoDB charges for the items that are read, not for what is kept of them.
///
/// # What is emitted
#[doc = include_str!("../docs/expansion.md")]
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
