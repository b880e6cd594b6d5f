//! The keys of an entity, of its table and of each index: structs of the fields they are built from.

use migratable_contract::model::Entity;
use migratable_core::key::KeyPart;
use migratable_core::plan::{KeySource, Plan};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;
use syn::spanned::Spanned;

use super::check;
use super::expand::{from_value, local, to_value};
use super::prefix;
use crate::emit::rust::docs;
use crate::emit::rust::paths::Paths;
use crate::emit::rust::types::{self, FieldType};
use crate::keys::{self, KeyType};
use crate::names;

/// A key struct.
pub(crate) struct Key {
    /// What it is the key of; nothing where the derive found no entity.
    pub(super) ty: Option<KeyType>,
    /// Its name.
    pub(super) name: Ident,
    fields: Vec<KeyField>,
}

/// One field of a key.
#[derive(Clone)]
pub(super) struct KeyField {
    /// Its name, the struct's.
    pub(super) name: Ident,
    /// Its type: the struct's, without the `Option` of one that may be NULL.
    pub(super) rust: TokenStream,
    /// The type in the struct, with the `Option`.
    own: TokenStream,
    /// How that becomes a value.
    ty: FieldType,
    /// The column it carries.
    column: usize,
}

impl Key {
    /// The keys of an entity, the table's first; without an entity one that has no fields. Fields have the types they have
    /// in the struct; where the struct lacks one, or hides its `Option` behind an alias, the contract's.
    pub(crate) fn all(input: &DeriveInput, entity: Option<&Entity>, paths: &Paths) -> Vec<Self> {
        let structure = names::unraw(&input.ident);
        let Some(entity) = entity else {
            // At the derive's place, not the struct's: lints about names are for those who wrote them.
            let name = Ident::new(&format!("{structure}Key"), Span::call_site());
            return vec![Self { ty: None, name, fields: Vec::new() }];
        };
        let fields = fields(input, entity, paths);
        keys::all(&structure, &entity.plan)
            .into_iter()
            .map(|ty| Self {
                name: ty.name.clone(),
                fields: ty.columns.iter().map(|column| fields[*column].clone()).collect(),
                ty: Some(ty),
            })
            .collect()
    }

    /// The struct, its impl, and the prefixes of its ranges. Without `bodies` nothing in the impl is to be called.
    pub(crate) fn tokens(
        &self,
        input: &DeriveInput,
        entity: Option<&Entity>,
        bodies: bool,
        paths: &Paths,
    ) -> TokenStream {
        let structure = self.structure(input, entity);
        let implementation = self.implementation(input, bodies, paths);
        let prefix = self
            .ty
            .as_ref()
            .zip(entity)
            .map(|(ty, entity)| prefix::tokens(input, entity, ty, |column| self.field(column), paths));
        quote!(#structure #implementation #prefix)
    }

    fn field(&self, column: usize) -> Option<&KeyField> {
        self.fields.iter().find(|field| field.column == column)
    }

    fn structure(&self, input: &DeriveInput, entity: Option<&Entity>) -> TokenStream {
        let (name, visibility) = (&self.name, &input.vis);
        let docs = docs::attributes(&self.about(input, entity));
        let serde = serde(entity.is_some_and(|entity| entity.rust.serde));
        let fields = self.fields.iter().map(|KeyField { name, rust, .. }| {
            let docs = docs::attributes(&[format!("As in {}.", docs::code(&names::unraw(&input.ident)))]);
            quote!(#docs #visibility #name: #rust)
        });
        // A field of the table's key has a total equality; types of one's own in other columns need no more than the
        // generated structs ask of them.
        let is_index = self.ty.as_ref().is_some_and(|ty| ty.index.is_some());
        let hash = (!is_index).then(|| quote!(, ::std::cmp::Eq, ::std::hash::Hash));
        quote! {
            #docs
            #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq #hash #serde)]
            #visibility struct #name { #(#fields),* }
        }
    }

    fn about(&self, input: &DeriveInput, entity: Option<&Entity>) -> Vec<String> {
        let structure = docs::code(&names::unraw(&input.ident));
        let Some((entity, ty)) = entity.zip(self.ty.as_ref()) else {
            return vec![format!("The key of {structure}.")];
        };
        let (plan, table) = (&entity.plan, docs::code(&entity.plan.table));
        let mut lines = vec![match ty.index.and_then(|index| plan.indexes.get(index)) {
            None => format!(
                "The key of {structure}: it names one item of {table} and one row of {}.",
                docs::code(&plan.root)
            ),
            Some(index) => {
                format!("The key of {structure} in the index {} of {table}.", docs::code(&index.name))
            }
        }];
        let folded = folded(plan, ty);
        if !folded.is_empty() {
            let names: Vec<String> =
                folded.iter().map(|column| docs::code(&plan.attributes[*column].name)).collect();
            lines.push(String::new());
            lines.push(format!("Read back from its attributes, {} comes back folded.", names.join(", ")));
        }
        lines
    }

    fn implementation(&self, input: &DeriveInput, bodies: bool, paths: &Paths) -> TokenStream {
        let (private, core) = (paths.private(), paths.core());
        let (name, structure, row) = (&self.name, &input.ident, local("row"));
        let index = match self.ty.as_ref().and_then(|ty| ty.index) {
            None => quote!(::std::option::Option::None),
            Some(index) => {
                let index = Literal::usize_unsuffixed(index);
                quote!(::std::option::Option::Some(#index))
            }
        };
        let columns = Literal::usize_unsuffixed(self.fields.len());
        let values = self.fields.iter().map(|field| field.to_value(&row, paths));
        let fields = self.fields.iter().map(|field| field.read_value(&row, paths));
        let never = quote!(::std::unreachable!("the derive reported an error"));
        let (to_values, from_values) = if bodies {
            let to_values = quote! {
                let mut #row = #private::RowWriter::new(#columns);
                #(#values)*
                #row.finish()
            };
            (to_values, quote!(::std::result::Result::Ok(Self { #(#fields),* })))
        } else {
            (never.clone(), never)
        };
        let row = if bodies { quote!(#row) } else { quote!(_) };
        // Compiled where they are called, if anywhere: most programs call few of them.
        quote! {
            #[automatically_derived]
            impl #private::Key for #name {
                type Entity = #structure;
                const INDEX: ::std::option::Option<usize> = #index;
                #[inline]
                fn to_values(&self) -> ::std::result::Result<#core::value::Row, #private::FieldError> {
                    #to_values
                }
                #[inline]
                fn from_values(
                    #row: &mut #private::RowReader,
                ) -> ::std::result::Result<Self, #private::FieldError> {
                    #from_values
                }
            }
        }
    }

    /// The key of `self`, an entity, if it is the table's, which has no `Option`s.
    pub(crate) fn of_self(&self) -> TokenStream {
        let name = &self.name;
        let fields = self.fields.iter().map(
            |KeyField { name, rust, .. }| quote!(#name: <#rust as ::std::clone::Clone>::clone(&self.#name)),
        );
        quote!(#name { #(#fields),* })
    }
}

/// The derives that make serde read and write a key, where the contract asks for them.
fn serde(asked: bool) -> TokenStream {
    if asked { quote!(, ::serde::Serialize, ::serde::Deserialize) } else { TokenStream::new() }
}

impl KeyField {
    /// The kind of its values, which are never NULL.
    pub(super) fn marker(&self, paths: &Paths) -> TokenStream {
        FieldType { nullable: false, ..self.ty }.marker(paths)
    }

    /// Adds it to a row. By the type it has in the struct: what that type lacks is said once.
    fn to_value(&self, row: &Ident, paths: &Paths) -> TokenStream {
        let Self { name, own, ty, .. } = self;
        if !ty.nullable {
            return to_value(row, name, own, *ty, paths);
        }
        let (carrier, text) = (ty.carrier(paths), names::unraw(name));
        let present = quote!(::std::option::Option::Some(::std::clone::Clone::clone(&self.#name)));
        quote!(#row.field(#text, <#own as #carrier>::to_value(&#present));)
    }

    /// It from the next value of a row.
    fn read_value(&self, row: &Ident, paths: &Paths) -> TokenStream {
        let Self { name, own, ty, .. } = self;
        if !ty.nullable {
            return from_value(row, 0, name, own, *ty, paths);
        }
        let (private, carrier, text) = (paths.private(), ty.carrier(paths), names::unraw(name));
        let [value, error] = ["value", "error"].map(local);
        quote! {
            #name: match #private::present(<#own as #carrier>::from_value(#row.value())) {
                ::std::result::Result::Ok(#value) => #value,
                ::std::result::Result::Err(#error) => {
                    return ::std::result::Result::Err(#row.error(#text, #error));
                }
            }
        }
    }
}

/// The columns a key has only folded, in the key's order.
fn folded(plan: &Plan, ty: &KeyType) -> Vec<usize> {
    let parts = plan.keys(ty.index).filter_map(|key| match &key.source {
        KeySource::Template(template) => Some(&template.parts),
        KeySource::Attribute(_) => None,
    });
    let folds: Vec<(usize, bool)> = parts
        .flat_map(|parts| parts.iter())
        .filter_map(|part| match part {
            KeyPart::Column { column, fold } => Some((*column, *fold)),
            KeyPart::Formatted { .. } | KeyPart::Literal(_) => None,
        })
        .collect();
    let only_folded = |column: &usize| {
        let mut places = folds.iter().filter(|(other, _)| other == column).peekable();
        places.peek().is_some() && places.all(|(_, fold)| *fold)
    };
    let columns = ty.columns.iter().copied();
    columns.filter(only_folded).collect()
}

/// The fields of all columns, as a key has them.
fn fields(input: &DeriveInput, entity: &Entity, paths: &Paths) -> Vec<KeyField> {
    let found = check::by_name(input);
    let types = FieldType::all(&entity.plan).into_iter();
    names::of_fields(entity)
        .into_iter()
        .zip(types)
        .enumerate()
        .map(|(column, (mut name, ty))| {
            let own = found.iter().find(|(found, ..)| *found == names::unraw(&name));
            // What the type lacks for a key is said where the type stands; lints about the name are not.
            let place = own.map_or_else(Span::call_site, |(_, _, field)| field.ty.span());
            name.set_span(Span::call_site().located_at(place));
            let present = FieldType { nullable: false, ..ty };
            let own = own.map(|(_, _, field)| &field.ty);
            let own = own.filter(|own| !ty.nullable || in_option(own).is_some());
            let whole = own.map_or_else(|| types::of_field(entity, column, ty, paths), |own| quote!(#own));
            let own = if ty.nullable { own.and_then(in_option) } else { own };
            let rust =
                own.map_or_else(|| types::of_field(entity, column, present, paths), |own| quote!(#own));
            KeyField { name, rust, own: whole, ty, column }
        })
        .collect()
}

/// The type in an `Option`, where it is written as one.
fn in_option(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}
