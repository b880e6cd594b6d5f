//! The handle, the modules, and the tables: what stands beside the entities' modules.

use migratable_contract::model::{Contract, Visibility};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::entity::visibility;
use super::paths::Paths;
use super::repository::Types;
use super::tables::tables_tokens;
use super::{about, docs};
use crate::names::{self, Scope};

/// Names of methods every handle has; one of its own called `clone` would hide the trait's.
const RESERVED: [&str; 4] = ["new", "store", "clone", "unit_of_work"];

/// The module of one entity.
pub(crate) struct Module {
    /// Its name, also its file's.
    pub(crate) name: Ident,
    /// The entity's types.
    pub(crate) types: Types,
}

/// Its contents. `modules` are the entities', in the contract's order, and `declarations` what declares each.
pub(crate) fn handle(
    contract: &Contract,
    modules: &[Module],
    declarations: &[TokenStream],
    paths: &Paths,
) -> TokenStream {
    let mut types = type_scope(contract, modules);
    let name = handle_name(&contract.name, &mut types);
    let mut scope = Scope::with(&RESERVED);
    let accessors: Vec<Ident> =
        contract.entities.iter().map(|entity| scope.claim(&entity.repository)).collect();
    let mut lines = vec![format!(
        "The entities of the contract {}, and a repository for each.",
        docs::code(&contract.name)
    )];
    let called: Vec<String> = accessors.iter().map(names::unraw).collect();
    lines.extend(about::entities(contract, &names::unraw(&name), &called));
    let docs = about::inner_attributes(&lines);
    let mut exports: Vec<TokenStream> = contract
        .entities
        .iter()
        .zip(modules)
        .map(|(entity, module)| exports(module, entity.rust.visibility, &mut types))
        .collect();
    exports.extend(contract.enums.iter().map(|found| {
        let (visibility, name) = (visibility(found.visibility), names::ident(&found.name));
        quote!(#visibility use self::enums::#name;)
    }));
    let structure = structure(contract, &name, modules, &accessors, paths);
    let tables = tables(contract, paths);
    let unformatted = super::module::unformatted();
    quote! {
        #docs
        #unformatted
        #![allow(
            dead_code,
            unreachable_pub,
            unused_imports,
            clippy::module_inception,
            reason = "how much of this is used, from where, and under which name is the program's to decide"
        )]
        #(#declarations)*
        #(#exports)*
        #structure
        #tables
    }
}

/// The scope of the module's types, in which every entity and every enum has its own name.
fn type_scope(contract: &Contract, modules: &[Module]) -> Scope {
    let structs = modules.iter().map(|module| names::unraw(&module.types.entity));
    let enums = contract.enums.iter().map(|found| names::unraw(&names::ident(&found.name)));
    let names: Vec<String> = structs.chain(enums).collect();
    Scope::with(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

/// The handle's name: the contract's, unless an entity has it.
fn handle_name(contract: &str, types: &mut Scope) -> Ident {
    let name = names::unraw(&names::upper_camel(contract));
    let name = if types.holds(&name) { format!("{name}Handle") } else { name };
    types.claim(&name)
}

/// The types of an entity under their own names; a key or repository whose name is an entity's gets another one here.
fn exports(module: &Module, seen_by: Visibility, scope: &mut Scope) -> TokenStream {
    let Module { name, types: Types { entity, key, repository, more } } = module;
    let exported = [key, repository].into_iter().chain(more).map(|ident| {
        let exported = scope.claim(&names::unraw(ident));
        if exported == *ident { quote!(#ident) } else { quote!(#ident as #exported) }
    });
    let visibility = visibility(seen_by);
    quote!(#visibility use self::#name::{#entity, #(#exported),*};)
}

fn structure(
    contract: &Contract,
    name: &Ident,
    modules: &[Module],
    accessors: &[Ident],
    paths: &Paths,
) -> TokenStream {
    let root = paths.root();
    let docs =
        docs::attributes(&[format!("The repositories of {}, over one store.", docs::code(&contract.name))]);
    let accessors =
        contract.entities.iter().zip(modules).zip(accessors).map(|((entity, module), accessor)| {
            let docs = docs::attributes(&[format!("Reads and writes {}.", about::structure(entity))]);
            let case = super::entity::case_lint([accessor]);
            let visibility = visibility(entity.rust.visibility);
            let Module { name, types: Types { repository, .. } } = module;
            quote! {
                #docs
                #case
                #[inline]
                #visibility fn #accessor(&self) -> self::#name::#repository<'_> {
                    self::#name::#repository::new(&self.store)
                }
            }
        });
    let visibility = visibility(contract.visibility);
    let store = related(contract, modules, paths);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        #visibility struct #name {
            store: #root::Store,
        }
        impl #name {
            #[doc = " Over this store."]
            pub fn new(store: #root::Store) -> Self {
                Self { #store }
            }
            #[doc = " The store."]
            pub fn store(&self) -> &#root::Store {
                &self.store
            }
            #[doc = " Changes to be done all together, or not at all."]
            #[inline]
            pub fn unit_of_work(&self) -> #root::UnitOfWork<'_> {
                self.store.unit_of_work()
            }
            #(#accessors)*
        }
    }
}

/// The handle's store: where foreign keys are kept, one that knows the entities they lead to.
fn related(contract: &Contract, modules: &[Module], paths: &Paths) -> TokenStream {
    let kept = contract
        .entities
        .iter()
        .zip(modules)
        .filter(|(entity, _)| !entity.plan.references.is_empty() || !entity.plan.referrers.is_empty());
    let root = paths.root();
    let plans: Vec<TokenStream> = kept
        .map(|(_, Module { name, types: Types { entity, .. } })| {
            quote!(<self::#name::#entity as #root::Entity>::plan)
        })
        .collect();
    if plans.is_empty() {
        return quote!(store);
    }
    quote!(store: #root::__private::v1::related(store, &[#(#plans),*]))
}

fn tables(contract: &Contract, paths: &Paths) -> TokenStream {
    let root = paths.root();
    let tables = tables_tokens(&contract.tables, paths);
    let visibility = visibility(contract.visibility);
    quote! {
        #[doc = " The DynamoDB tables the entities live in."]
        #visibility static TABLES: &[#root::Table] = #tables;
    }
}

/// The modules of a contract's entities: no two share a file, on systems that ignore case and on those that keep names for
/// devices.
pub(crate) fn modules(contract: &Contract) -> Vec<Module> {
    let mut files = Scope::with(&["mod", "con", "prn", "aux", "nul"]);
    if !contract.enums.is_empty() {
        files.claim("enums");
    }
    let mut types = Scope::default();
    contract
        .entities
        .iter()
        .map(|entity| Module {
            name: files.claim(&names::module(&entity.name)),
            types: Types::of(types.claim(&entity.rust.name), entity),
        })
        .collect()
}

/// The file of a module.
pub(crate) fn file_name(module: &Module) -> String {
    format!("{}.rs", names::unraw(&module.name))
}
