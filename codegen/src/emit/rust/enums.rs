//! Enums made from the members of ENUM columns, all in one file: columns of several entities may share one.

use migratable_contract::model::{Contract, Enum};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::entity::visibility;
use super::module::unformatted;
use super::paths::Paths;
use super::{about, docs};
use crate::names;

/// The file of a contract's enums; nothing where it has none.
pub(crate) fn file(contract: &Contract, paths: &Paths) -> Option<TokenStream> {
    if contract.enums.is_empty() {
        return None;
    }
    let docs = about::inner_attributes(&["Enums of MySQL's ENUM columns.".to_owned()]);
    let unformatted = unformatted();
    // No path is short here: an enum may be called `Option`.
    let enums = contract.enums.iter().map(|found| one(found, paths));
    Some(quote! {
        #docs
        #unformatted
        #![allow(
            clippy::enum_variant_names,
            clippy::upper_case_acronyms,
            reason = "the members' names, as they are"
        )]
        #(#enums)*
    })
}

fn one(found: &Enum, paths: &Paths) -> TokenStream {
    let (private, core) = (paths.private(), paths.core());
    let (name, text) = (names::ident(&found.name), &found.name);
    let docs = docs::attributes(&about::enumeration(found));
    let visibility = visibility(found.visibility);
    let members: Vec<&str> = found.members.iter().map(AsRef::as_ref).collect();
    let variants = names::variants(members.iter().copied());
    let count = Literal::usize_unsuffixed(variants.len());
    let serde = found.serde.then(|| quote!(#[derive(::serde::Serialize, ::serde::Deserialize)]));
    let declared = members.iter().zip(&variants).map(|(member, variant)| {
        let docs = docs::attributes(&[format!("{}.", docs::code(member))]);
        let rename = found.serde.then(|| quote!(#[serde(rename = #member)]));
        quote!(#docs #rename #variant,)
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #serde
        #visibility enum #name {
            #(#declared)*
        }
        impl #name {
            #[doc = " Every member, in the order of declaration, which is MySQL's order of them."]
            pub const ALL: [Self; #count] = [#(Self::#variants),*];
            #[doc = " The member as MySQL spells it."]
            pub const fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #members,)*
                }
            }
        }
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::std::str::FromStr for #name {
            type Err = #private::ValueError;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                #private::member(#text, &Self::ALL, Self::as_str, text)
            }
        }
        impl #private::Field<#private::kind::Text> for #name {
            fn to_value(&self) -> ::std::result::Result<#core::value::Value, #private::ValueError> {
                #private::Field::<#private::kind::Text>::to_value(&self.as_str().to_owned())
            }
            fn from_value(
                value: #core::value::Value,
            ) -> ::std::result::Result<Self, #private::ValueError> {
                #private::member_of(#text, &Self::ALL, Self::as_str, value)
            }
        }
    }
}
