//! Prefixes of a key: typed steps to its ranges. What they do is in the runtime, generic; emitted is a function for each
//! step, with the types of its column and of the next one.

use migratable_contract::model::Entity;
use migratable_core::plan::Ranges;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use super::key::KeyField;
use crate::emit::rust::docs;
use crate::emit::rust::paths::Paths;
use crate::keys::KeyType;
use crate::names::{self, Scope};

/// The runtime's own methods of a prefix.
const OWN: [&str; 7] = ["between", "from", "after", "until", "before", "clone", "then"];

/// What is emitted about the prefixes of one key.
struct Emitter<'a> {
    input: &'a DeriveInput,
    entity: &'a Entity,
    key: &'a KeyType,
    ranges: &'a Ranges,
    partition: Vec<&'a KeyField>,
    sort: Vec<&'a KeyField>,
    paths: &'a Paths,
}

/// The prefixes of a key; nothing where it has no ranges.
pub(super) fn tokens<'a>(
    input: &'a DeriveInput,
    entity: &'a Entity,
    key: &'a KeyType,
    field: impl Fn(usize) -> Option<&'a KeyField>,
    paths: &'a Paths,
) -> TokenStream {
    let Some(ranges) = &key.ranges else { return TokenStream::new() };
    let fields = |columns: &[usize]| -> Vec<&'a KeyField> {
        columns.iter().filter_map(|column| field(*column)).collect()
    };
    let (partition, sort) = (fields(&ranges.partition), fields(&ranges.sort));
    let emitter = Emitter { input, entity, key, ranges, partition, sort, paths };
    let start = emitter.start();
    let steps = key.has_steps().then(|| emitter.steps());
    quote!(#start #steps)
}

impl Emitter<'_> {
    /// The function that starts a prefix.
    fn start(&self) -> TokenStream {
        let (private, visibility, key) = (self.paths.private(), &self.input.vis, &self.key.name);
        let mut scope = Scope::with(&names::VARIANTS);
        let parameters: Vec<(Ident, TokenStream)> =
            self.partition.iter().map(|field| self.parameter(field, &mut scope)).collect();
        let declared = parameters.iter().map(|(name, ty)| quote!(#name: #ty));
        let given = parameters.iter().map(|(name, _)| quote!(#private::Part::into_part(#name)));
        let prefix = quote!(#private::Prefix::new(::std::vec::Vec::from([#(#given),*])));
        let (ty, made) = (self.prefix_type(0), self.wrapped(0, prefix));
        let docs = docs::attributes(&self.about_start());
        quote! {
            #[automatically_derived]
            impl #key {
                #docs
                #visibility fn prefix(#(#declared),*) -> #ty {
                    #made
                }
            }
        }
    }

    /// The type of prefixes that go on by steps, and the steps.
    fn steps(&self) -> TokenStream {
        let Self { input, key: KeyType { name: key, prefix, .. }, .. } = self;
        let (private, visibility, structure) = (self.paths.private(), &input.vis, &input.ident);
        // A parameter of the entity's name would hide it.
        let column = Ident::new(if structure == "C" { "D" } else { "C" }, Span::call_site());
        let docs = docs::attributes(&[format!(
            "A prefix of [`{key}`], which goes on column by column: see [`{key}::prefix`]."
        )]);
        let mut scope = Scope::with(&OWN);
        let steps: Vec<TokenStream> =
            (0..self.sort.len() - 1).map(|position| self.step(position, &mut scope)).collect();
        quote! {
            #docs
            #[derive(::std::fmt::Debug)]
            #[must_use = "a range is asked for by a repository's `range`"]
            #visibility struct #prefix<#column>(#private::Prefix<#key, #column>);
            #[automatically_derived]
            impl<#column> ::std::ops::Deref for #prefix<#column> {
                type Target = #private::Prefix<#key, #column>;
                fn deref(&self) -> &Self::Target {
                    &self.0
                }
            }
            #[automatically_derived]
            impl<#column: #private::Ranged> ::std::convert::From<#prefix<#column>>
                for #private::Range<#structure>
            {
                fn from(prefix: #prefix<#column>) -> Self {
                    ::std::convert::From::from(prefix.0)
                }
            }
            #(#steps)*
        }
    }

    /// The step that gives the sort column at this position.
    fn step(&self, position: usize, scope: &mut Scope) -> TokenStream {
        let (private, visibility, field) = (self.paths.private(), &self.input.vis, self.sort[position]);
        let method = scope.claim(&names::unraw(&field.name));
        let (name, ty) = self.parameter(field, &mut Scope::with(&names::VARIANTS));
        let (prefix, before) = (&self.key.prefix, self.next(position));
        let then = quote!(self.0.then(#private::Part::into_part(#name)));
        let (after, made) = (self.prefix_type(position + 1), self.wrapped(position + 1, then));
        let next = docs::code(&names::unraw(&self.sort[position + 1].name));
        let docs = docs::attributes(&[format!(
            "Of those, the keys with this {}, ordered by {next}.",
            docs::code(&names::unraw(&field.name))
        )]);
        quote! {
            #[automatically_derived]
            impl #prefix<#before> {
                #docs
                #visibility fn #method(&self, #name: #ty) -> #after {
                    #made
                }
            }
        }
    }

    /// A parameter for a field. It is local, so that nothing of the module can stand for it.
    fn parameter(&self, field: &KeyField, scope: &mut Scope) -> (Ident, TokenStream) {
        let (private, marker, rust) = (self.paths.private(), field.marker(self.paths), &field.rust);
        let mut name = scope.claim(&names::unraw(&field.name));
        name.set_span(Span::mixed_site());
        (name, quote!(impl #private::Part<#rust, #marker>))
    }

    /// The marker of the sort column at this position as the next one.
    fn next(&self, position: usize) -> TokenStream {
        let (private, field) = (self.paths.private(), self.sort[position]);
        let at = Literal::usize_unsuffixed(position);
        if position < self.ranges.fixed {
            return quote!(#private::Given<#at>);
        }
        let (rust, marker) = (&field.rust, field.marker(self.paths));
        quote!(#private::Next<#rust, #marker, #at>)
    }

    /// Whether a prefix whose next column is the one at this position has a step to go on.
    fn has_step(&self, position: usize) -> bool {
        position + 1 < self.sort.len()
    }

    fn prefix_type(&self, position: usize) -> TokenStream {
        let (private, next) = (self.paths.private(), self.next(position));
        let KeyType { name: key, prefix, .. } = self.key;
        if self.has_step(position) { quote!(#prefix<#next>) } else { quote!(#private::Prefix<#key, #next>) }
    }

    fn wrapped(&self, position: usize, prefix: TokenStream) -> TokenStream {
        let name = &self.key.prefix;
        if self.has_step(position) { quote!(#name(#prefix)) } else { prefix }
    }

    fn about_start(&self) -> Vec<String> {
        let list = |fields: &[&KeyField]| {
            let names: Vec<String> =
                fields.iter().map(|field| docs::code(&names::unraw(&field.name))).collect();
            names.join(", ")
        };
        let first = docs::code(&names::unraw(&self.sort[0].name));
        let mut lines = vec![
            format!("The keys with this {}, ordered by {}.", list(&self.partition), list(&self.sort)),
            String::new(),
        ];
        lines.push(if self.ranges.fixed == 0 {
            format!("It is a range; `between`, `from`, `after`, `until` and `before` leave a part of it, by {first}.")
        } else {
            let fixed = list(&self.sort[..self.ranges.fixed]);
            format!(
                "It is a range once {fixed} is given: the stores don't sort that alike, or it may be NULL."
            )
        });
        lines.push(format!("The repository of {} answers it by `range`.", docs::code(&self.entity.name)));
        lines
    }
}
