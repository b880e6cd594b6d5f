//! The tables a contract declares, as a constant that applications read.

use migratable_core::dynamodb::AttributeType;
use migratable_core::plan::{Table, TableIndex};
use migratable_core::{List, Text};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::paths::Paths;

/// The literal of tables' declarations, as a slice.
pub(super) fn tables_tokens(tables: &[Table], paths: &Paths) -> TokenStream {
    if tables.is_empty() {
        return quote!(&[]);
    }
    let tables = tables.iter().map(table_literal);
    let core = paths.core();
    // A block with short names inside, which sees and disturbs no name around it.
    quote!({
        use #core;
        use ::std::borrow::Cow;
        &[#(#tables),*]
    })
}

// Both structs below are taken apart whole, so that a new field does not compile until it is written here too.

fn attribute_type_literal(ty: AttributeType) -> TokenStream {
    let ty = match ty {
        AttributeType::S => quote!(S),
        AttributeType::N => quote!(N),
        AttributeType::B => quote!(B),
        AttributeType::Bool => quote!(Bool),
        AttributeType::Ss => quote!(Ss),
        AttributeType::L => quote!(L),
        AttributeType::M => quote!(M),
    };
    quote!(core::dynamodb::AttributeType::#ty)
}

fn table_literal(table: &Table) -> TokenStream {
    let Table { name, partition, sort, indexes } = table;
    let name = text(name);
    let partition = declared_key_literal(partition);
    let sort = option(sort.as_ref().map(declared_key_literal));
    let indexes = list(indexes, table_index_literal);
    quote!(core::plan::Table { name: #name, partition: #partition, sort: #sort, indexes: #indexes })
}

fn table_index_literal(index: &TableIndex) -> TokenStream {
    let TableIndex { name, partition, sort, project } = index;
    let name = text(name);
    let partition = list(partition, declared_key_literal);
    let sort = list(sort, declared_key_literal);
    let project = option(project.as_ref().map(|names| list(names, text)));
    quote!(core::plan::TableIndex { name: #name, partition: #partition, sort: #sort, project: #project })
}

fn declared_key_literal((name, ty): &(Text, AttributeType)) -> TokenStream {
    let name = text(name);
    let ty = attribute_type_literal(*ty);
    quote!((#name, #ty))
}

/// A constant text. String data reaches emitted code only as a literal, which escapes what has to be escaped.
fn text(text: &Text) -> TokenStream {
    let text: &str = text;
    quote!(Cow::Borrowed(#text))
}

/// A constant list.
fn list<T: Clone>(list: &List<T>, element: impl Fn(&T) -> TokenStream) -> TokenStream {
    let elements = list.iter().map(element);
    quote!(Cow::Borrowed(&[#(#elements),*]))
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
        None => quote!(::std::option::Option::None),
    }
}
