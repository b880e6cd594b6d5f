//! A plan as a constant: the literal that builds, at compile time, the very plan it was made from.

use migratable_core::List;
use migratable_core::Text;
use migratable_core::collation::Collation;
use migratable_core::dynamodb::AttributeType;
use migratable_core::key::{KeyPart, KeyTemplate};
use migratable_core::mysql::{IntSize, LobSize, MySqlType, ZeroDates};
use migratable_core::plan::{
    AccessPattern, Attribute, Column, Index, Join, KeyAttribute, KeySource, PatternKind, PatternSql, Plan,
    Table, TableIndex,
};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::paths::Paths;

/// The literal of a plan: a block with short names inside, which sees and disturbs no name around it.
pub fn plan_tokens(plan: &Plan, paths: &Paths) -> TokenStream {
    block(&plan_literal(plan), paths)
}

/// The literal of tables' declarations, as a slice.
pub fn tables_tokens(tables: &[Table], paths: &Paths) -> TokenStream {
    if tables.is_empty() {
        return quote!(&[]);
    }
    let tables = tables.iter().map(table_literal);
    block(&quote!(&[#(#tables),*]), paths)
}

/// A literal with what it names in scope.
fn block(literal: &TokenStream, paths: &Paths) -> TokenStream {
    let core = paths.core();
    quote!({
        use #core;
        use ::std::borrow::Cow;
        #literal
    })
}

// Every struct below is taken apart whole, so that a new field does not compile until it is written here too.

fn plan_literal(plan: &Plan) -> TokenStream {
    let Plan {
        entity,
        table,
        root,
        joins,
        columns,
        attributes,
        partition,
        sort,
        indexes,
        primary_key,
        patterns,
    } = plan;
    let (entity, table, root) = (text(entity), text(table), text(root));
    let joins = list(joins, join_literal);
    let columns = list(columns, column_literal);
    let attributes = list(attributes, attribute_literal);
    let partition = key_attribute_literal(partition);
    let sort = option(sort.as_ref().map(key_attribute_literal));
    let indexes = list(indexes, index_literal);
    let primary_key = positions(primary_key);
    let patterns = list(patterns, pattern_literal);
    quote! {
        core::plan::Plan {
            entity: #entity,
            table: #table,
            root: #root,
            joins: #joins,
            columns: #columns,
            attributes: #attributes,
            partition: #partition,
            sort: #sort,
            indexes: #indexes,
            primary_key: #primary_key,
            patterns: #patterns,
        }
    }
}

fn join_literal(join: &Join) -> TokenStream {
    let Join { table, parent, on } = join;
    let table = text(table);
    let on = list(on, |(parent, joined)| {
        let (parent, joined) = (text(parent), text(joined));
        quote!((#parent, #joined))
    });
    quote!(core::plan::Join { table: #table, parent: #parent, on: #on })
}

fn column_literal(column: &Column) -> TokenStream {
    let Column { table, name, ty, nullable, generated, zero_dates } = column;
    let name = text(name);
    let ty = mysql_type_literal(ty);
    let zero_dates = match zero_dates {
        ZeroDates::Refuse => quote!(Refuse),
        ZeroDates::Keep => quote!(Keep),
    };
    quote! {
        core::plan::Column {
            table: #table,
            name: #name,
            ty: #ty,
            nullable: #nullable,
            generated: #generated,
            zero_dates: core::mysql::ZeroDates::#zero_dates,
        }
    }
}

fn mysql_type_literal(ty: &MySqlType) -> TokenStream {
    let variant = match ty {
        MySqlType::Int { size, unsigned, display } => {
            let size = int_size_literal(*size);
            let display = option(*display);
            quote!(Int { size: #size, unsigned: #unsigned, display: #display })
        }
        MySqlType::Decimal { precision, scale, unsigned } => {
            quote!(Decimal { precision: #precision, scale: #scale, unsigned: #unsigned })
        }
        MySqlType::Float { unsigned } => quote!(Float { unsigned: #unsigned }),
        MySqlType::Double { unsigned } => quote!(Double { unsigned: #unsigned }),
        MySqlType::Bit { length } => quote!(Bit { length: #length }),
        MySqlType::Year => quote!(Year),
        MySqlType::Char { length, collation } => {
            let collation = collation_literal(collation);
            quote!(Char { length: #length, collation: #collation })
        }
        MySqlType::VarChar { length, collation } => {
            let collation = collation_literal(collation);
            quote!(VarChar { length: #length, collation: #collation })
        }
        MySqlType::Text { size, collation } => {
            let (size, collation) = (lob_size_literal(*size), collation_literal(collation));
            quote!(Text { size: #size, collation: #collation })
        }
        MySqlType::Binary { length } => quote!(Binary { length: #length }),
        MySqlType::VarBinary { length } => quote!(VarBinary { length: #length }),
        MySqlType::Blob { size } => {
            let size = lob_size_literal(*size);
            quote!(Blob { size: #size })
        }
        MySqlType::Date => quote!(Date),
        MySqlType::Time { fsp } => quote!(Time { fsp: #fsp }),
        MySqlType::DateTime { fsp } => quote!(DateTime { fsp: #fsp }),
        MySqlType::Timestamp { fsp } => quote!(Timestamp { fsp: #fsp }),
        MySqlType::Enum { members, collation } => {
            let (members, collation) = (list(members, text), collation_literal(collation));
            quote!(Enum { members: #members, collation: #collation })
        }
        MySqlType::Set { members, collation } => {
            let (members, collation) = (list(members, text), collation_literal(collation));
            quote!(Set { members: #members, collation: #collation })
        }
        MySqlType::Json => quote!(Json),
    };
    quote!(core::mysql::MySqlType::#variant)
}

fn int_size_literal(size: IntSize) -> TokenStream {
    let size = match size {
        IntSize::Tiny => quote!(Tiny),
        IntSize::Small => quote!(Small),
        IntSize::Medium => quote!(Medium),
        IntSize::Int => quote!(Int),
        IntSize::Big => quote!(Big),
    };
    quote!(core::mysql::IntSize::#size)
}

fn lob_size_literal(size: LobSize) -> TokenStream {
    let size = match size {
        LobSize::Tiny => quote!(Tiny),
        LobSize::Normal => quote!(Normal),
        LobSize::Medium => quote!(Medium),
        LobSize::Long => quote!(Long),
    };
    quote!(core::mysql::LobSize::#size)
}

fn collation_literal(collation: &Collation) -> TokenStream {
    let name: &str = &collation.name;
    quote!(core::collation::Collation::constant(#name))
}

fn attribute_literal(attribute: &Attribute) -> TokenStream {
    let Attribute { name, column, ty } = attribute;
    let name = text(name);
    let ty = attribute_type_literal(*ty);
    quote!(core::plan::Attribute { name: #name, column: #column, ty: #ty })
}

fn attribute_type_literal(ty: AttributeType) -> TokenStream {
    let ty = match ty {
        AttributeType::S => quote!(S),
        AttributeType::N => quote!(N),
        AttributeType::B => quote!(B),
        AttributeType::Bool => quote!(Bool),
        AttributeType::Ss => quote!(Ss),
        AttributeType::L => quote!(L),
    };
    quote!(core::dynamodb::AttributeType::#ty)
}

fn key_attribute_literal(key: &KeyAttribute) -> TokenStream {
    let KeyAttribute { name, source } = key;
    let name = text(name);
    let source = match source {
        KeySource::Template(template) => {
            let template = template_literal(template);
            quote!(Template(#template))
        }
        KeySource::Attribute(position) => quote!(Attribute(#position)),
    };
    quote!(core::plan::KeyAttribute { name: #name, source: core::plan::KeySource::#source })
}

fn template_literal(template: &KeyTemplate) -> TokenStream {
    let KeyTemplate { parts } = template;
    let parts = list(parts, |part| match part {
        KeyPart::Literal(literal) => {
            let literal = text(literal);
            quote!(core::key::KeyPart::Literal(#literal))
        }
        KeyPart::Column { column, fold } => {
            quote!(core::key::KeyPart::Column { column: #column, fold: #fold })
        }
    });
    quote!(core::key::KeyTemplate { parts: #parts })
}

fn index_literal(index: &Index) -> TokenStream {
    let Index { name, partition, sort } = index;
    let name = text(name);
    let partition = list(partition, key_attribute_literal);
    let sort = list(sort, key_attribute_literal);
    quote!(core::plan::Index { name: #name, partition: #partition, sort: #sort })
}

fn pattern_literal(pattern: &AccessPattern) -> TokenStream {
    let AccessPattern { name, kind, by, index, order, cursor, sql } = pattern;
    let name = text(name);
    let kind = match kind {
        PatternKind::Get => quote!(Get),
        PatternKind::List { page } => quote!(List { page: #page }),
    };
    let (by, order, cursor) = (positions(by), positions(order), positions(cursor));
    let index = option(*index);
    let sql = sql_literal(sql);
    quote! {
        core::plan::AccessPattern {
            name: #name,
            kind: core::plan::PatternKind::#kind,
            by: #by,
            index: #index,
            order: #order,
            cursor: #cursor,
            sql: #sql,
        }
    }
}

fn sql_literal(sql: &PatternSql) -> TokenStream {
    let PatternSql { first, after, first_descending, after_descending } = sql;
    let (first, after) = (text(first), text(after));
    let (first_descending, after_descending) = (text(first_descending), text(after_descending));
    quote! {
        core::plan::PatternSql {
            first: #first,
            after: #after,
            first_descending: #first_descending,
            after_descending: #after_descending,
        }
    }
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
    let TableIndex { name, partition, sort } = index;
    let name = text(name);
    let partition = list(partition, declared_key_literal);
    let sort = list(sort, declared_key_literal);
    quote!(core::plan::TableIndex { name: #name, partition: #partition, sort: #sort })
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

fn positions(positions: &List<usize>) -> TokenStream {
    list(positions, |position| quote!(#position))
}

fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
        None => quote!(::std::option::Option::None),
    }
}
