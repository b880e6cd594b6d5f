//! Which Rust type carries a column: one kind for each way a column's values look in Rust.

use migratable_contract::model::{self, Entity};
use migratable_core::dynamodb::AttributeType;
use migratable_core::mysql::{IntSize, MySqlType, ZeroDates};
use migratable_core::plan::{Collection, CollectionForm, Column, Derived, Plan, Scalar};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::paths::Paths;
use crate::names;

/// The most digits `rust_decimal` holds whatever their value: its mantissa has 96 bits, 2^96 - 1 has 29 digits.
const RUST_DECIMAL_DIGITS: u8 = 28;

/// A kind of field: the runtime has a marker type of the same name for each, below `kind`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `i8`.
    I8,
    /// `u8`.
    U8,
    /// `i16`.
    I16,
    /// `u16`.
    U16,
    /// `i32`.
    I32,
    /// `u32`.
    U32,
    /// `i64`.
    I64,
    /// `u64`.
    U64,
    /// `bool`, from a signed column.
    Flag,
    /// `bool`, from an unsigned column.
    UnsignedFlag,
    /// `f32`.
    F32,
    /// `f64`.
    F64,
    /// A decimal of up to 28 digits.
    Decimal,
    /// A wider decimal.
    BigDecimal,
    /// `String`.
    Text,
    /// `Vec<u8>`.
    Bytes,
    /// A calendar date.
    Date,
    /// A calendar date with a time of day, without a zone.
    DateTime,
    /// An instant.
    Timestamp,
    /// A signed duration.
    Time,
    /// `u16`, 0 or 1901..=2155.
    Year,
    /// `u64`.
    Bit,
    /// `Vec<String>`, in declaration order.
    Set,
    /// JSON text.
    Json,
    /// A date that may be zero.
    ZeroableDate,
    /// A date and time that may be zero.
    ZeroableDateTime,
    /// A date and time in UTC that may be zero.
    ZeroableTimestamp,
}

impl Kind {
    /// The kind of a column's values when they are carried as this attribute type.
    pub fn of(column: &Column, attribute: AttributeType) -> Self {
        Self::of_type(&column.ty, attribute, column.zero_dates)
    }

    fn of_type(ty: &MySqlType, attribute: AttributeType, zero_dates: ZeroDates) -> Self {
        let keep = zero_dates == ZeroDates::Keep;
        match ty {
            MySqlType::Int { unsigned, .. } if attribute == AttributeType::Bool => {
                if *unsigned {
                    Self::UnsignedFlag
                } else {
                    Self::Flag
                }
            }
            MySqlType::Int { size, unsigned, .. } => Self::of_int(*size, *unsigned),
            MySqlType::Decimal { precision, .. } if *precision <= RUST_DECIMAL_DIGITS => Self::Decimal,
            MySqlType::Decimal { .. } => Self::BigDecimal,
            MySqlType::Float { .. } => Self::F32,
            MySqlType::Double { .. } => Self::F64,
            MySqlType::Bit { .. } => Self::Bit,
            MySqlType::Year => Self::Year,
            MySqlType::Char { .. }
            | MySqlType::VarChar { .. }
            | MySqlType::Text { .. }
            | MySqlType::Enum { .. } => Self::Text,
            MySqlType::Binary { .. } | MySqlType::VarBinary { .. } | MySqlType::Blob { .. } => Self::Bytes,
            MySqlType::Date if keep => Self::ZeroableDate,
            MySqlType::Date => Self::Date,
            MySqlType::Time { .. } => Self::Time,
            MySqlType::DateTime { .. } if keep => Self::ZeroableDateTime,
            MySqlType::DateTime { .. } => Self::DateTime,
            MySqlType::Timestamp { .. } if keep => Self::ZeroableTimestamp,
            MySqlType::Timestamp { .. } => Self::Timestamp,
            MySqlType::Set { .. } => Self::Set,
            MySqlType::Json => Self::Json,
        }
    }

    fn of_int(size: IntSize, unsigned: bool) -> Self {
        match (size, unsigned) {
            (IntSize::Tiny, false) => Self::I8,
            (IntSize::Tiny, true) => Self::U8,
            (IntSize::Small, false) => Self::I16,
            (IntSize::Small, true) => Self::U16,
            (IntSize::Medium | IntSize::Int, false) => Self::I32,
            (IntSize::Medium | IntSize::Int, true) => Self::U32,
            (IntSize::Big, false) => Self::I64,
            (IntSize::Big, true) => Self::U64,
        }
    }

    /// The marker type the runtime's `Field` trait takes.
    pub fn marker(self, paths: &Paths) -> TokenStream {
        let (private, name) = (paths.private(), self.name());
        quote!(#private::kind::#name)
    }

    /// The marker's name, and that of the trait the derive asks of a field's type.
    fn name(self) -> Ident {
        let name = match self {
            Self::I8 => "I8",
            Self::U8 => "U8",
            Self::I16 => "I16",
            Self::U16 => "U16",
            Self::I32 => "I32",
            Self::U32 => "U32",
            Self::I64 => "I64",
            Self::U64 => "U64",
            Self::Flag => "Flag",
            Self::UnsignedFlag => "UnsignedFlag",
            Self::F32 => "F32",
            Self::F64 => "F64",
            Self::Decimal => "Decimal",
            Self::BigDecimal => "BigDecimal",
            Self::Text => "Text",
            Self::Bytes => "Bytes",
            Self::Date => "Date",
            Self::DateTime => "DateTime",
            Self::Timestamp => "Timestamp",
            Self::Time => "Time",
            Self::Year => "Year",
            Self::Bit => "Bit",
            Self::Set => "Set",
            Self::Json => "Json",
            Self::ZeroableDate => "ZeroableDate",
            Self::ZeroableDateTime => "ZeroableDateTime",
            Self::ZeroableTimestamp => "ZeroableTimestamp",
        };
        Ident::new(name, Span::call_site())
    }

    /// The type a generated struct's field has.
    pub fn rust(self, paths: &Paths) -> TokenStream {
        let root = paths.root();
        let (string, vec) = (paths.string(), paths.vec());
        match self {
            Self::I8 => quote!(i8),
            Self::U8 => quote!(u8),
            Self::I16 => quote!(i16),
            Self::U16 | Self::Year => quote!(u16),
            Self::I32 => quote!(i32),
            Self::U32 => quote!(u32),
            Self::I64 => quote!(i64),
            Self::U64 | Self::Bit => quote!(u64),
            Self::Flag | Self::UnsignedFlag => quote!(bool),
            Self::F32 => quote!(f32),
            Self::F64 => quote!(f64),
            Self::Decimal => quote!(#root::types::Decimal),
            Self::BigDecimal => quote!(#root::types::BigDecimal),
            Self::Text => string,
            Self::Bytes => quote!(#vec<u8>),
            Self::Date => quote!(#root::types::NaiveDate),
            Self::DateTime => quote!(#root::types::NaiveDateTime),
            Self::Timestamp => quote!(#root::types::DateTime<#root::types::Utc>),
            Self::Time => quote!(#root::types::Time),
            Self::Set => quote!(#vec<#string>),
            Self::Json => quote!(#root::types::Json),
            Self::ZeroableDate => quote!(#root::types::ZeroableDate),
            Self::ZeroableDateTime | Self::ZeroableTimestamp => quote!(#root::types::ZeroableDateTime),
        }
    }

    /// How a repository's method takes a value: by value where the type is `Copy`.
    pub fn parameter(self, paths: &Paths) -> TokenStream {
        let (rust, string) = (self.rust(paths), paths.string());
        match self {
            Self::Text => quote!(&str),
            Self::Bytes => quote!(&[u8]),
            Self::Set => quote!(&[#string]),
            _ if self.parameter_is_reference() => quote!(&#rust),
            _ => rust,
        }
    }

    /// Whether a parameter of this kind is a reference.
    pub fn parameter_is_reference(self) -> bool {
        matches!(self, Self::Text | Self::Bytes | Self::Set | Self::BigDecimal | Self::Json)
    }
}

/// How many values a field holds, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One, of its kind.
    Value,
    /// Any number, of its kind: `Vec<T>`.
    Values,
    /// Any number of elements, each a struct: `Vec<E>`. The kind says nothing.
    Elements,
    /// The same, by a key of its kind: `BTreeMap<T, E>`.
    Keyed,
}

/// The two faces of one field: what Rust sees, and the marker that says how it becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldType {
    /// The kind of its values.
    pub kind: Kind,
    /// Whether it may be NULL: an `Option`.
    pub nullable: bool,
    /// How many values.
    pub form: Form,
}

impl FieldType {
    /// The types of an entity's fields: those of the plan's columns, then those of what is derived.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let members = plan.maps.iter().flat_map(|map| map.members.iter());
        let attributes = plan.attributes.iter().map(|attribute| (attribute.column, attribute.ty));
        let mut carried: Vec<_> =
            attributes.chain(members.map(|member| (member.column, member.ty))).collect();
        carried.sort_by_key(|(column, _)| *column);
        let columns = carried.into_iter().map(|(column, ty)| Self::value(&plan.columns[column], ty));
        columns.chain(plan.derived.iter().map(Self::derived)).collect()
    }

    /// The types of an element's fields.
    pub fn of_element(collection: &Collection) -> Vec<Self> {
        let members = collection.form.members().iter();
        members.map(|member| Self::value(&collection.rows.columns[member.column], member.ty)).collect()
    }

    fn value(column: &Column, ty: AttributeType) -> Self {
        Self { kind: Kind::of(column, ty), nullable: column.nullable, form: Form::Value }
    }

    fn derived(derived: &Derived) -> Self {
        if let Some(Scalar { ty, attribute, nullable }) = derived.scalar() {
            let kind = Kind::of_type(ty, *attribute, ZeroDates::Refuse);
            return Self { kind, nullable: *nullable, form: Form::Value };
        }
        let column = |collection: &Collection, column: usize, ty| {
            collection.rows.columns.get(column).map_or(Kind::Text, |column| Kind::of(column, ty))
        };
        let (kind, form) = match derived.collection().map(|collection| (collection, &collection.form)) {
            None | Some((_, CollectionForm::List(_))) => (Kind::Text, Form::Elements),
            Some((collection, CollectionForm::Map { key, .. })) => {
                (column(collection, *key, AttributeType::S), Form::Keyed)
            }
            Some((collection, CollectionForm::Values(member) | CollectionForm::Set(member))) => {
                (column(collection, member.column, member.ty), Form::Values)
            }
        };
        Self { kind, nullable: false, form }
    }

    /// The field's marker type.
    pub fn marker(self, paths: &Paths) -> TokenStream {
        let marker = self.kind.marker(paths);
        let private = paths.private();
        match self.form {
            Form::Value => {}
            Form::Values => return quote!(#private::kind::Values<#marker>),
            Form::Elements => return quote!(#private::kind::Elements),
            Form::Keyed => return quote!(#private::kind::Keyed<#marker>),
        }
        if self.nullable { quote!(#private::kind::Nullable<#marker>) } else { marker }
    }

    /// The trait the field's type has to implement; rustc names what it lacks, and what wouldn't.
    pub fn carrier(self, paths: &Paths) -> TokenStream {
        let (private, name) = (paths.private(), self.kind.name());
        let marker = self.kind.marker(paths);
        match self.form {
            Form::Value => {}
            Form::Values => return quote!(#private::carry::Values<#marker>),
            Form::Elements => return quote!(#private::carry::Elements),
            Form::Keyed => return quote!(#private::carry::Keyed<#marker>),
        }
        let name = if self.nullable { format_ident!("Nullable{name}") } else { name };
        quote!(#private::carry::#name)
    }
}

/// The type of one value of a field in a generated struct, whether or not it may be NULL.
pub fn of_value(entity: &Entity, position: usize, ty: FieldType, paths: &Paths) -> TokenStream {
    let root = paths.root();
    match &entity.fields[position].ty {
        model::FieldType::Own(own) => parsed(own),
        // The enums' module is the entity's neighbour.
        model::FieldType::Enum(name) => {
            let name = names::ident(name);
            quote!(super::#name)
        }
        model::FieldType::Time => match ty.kind {
            Kind::Date => quote!(#root::types::time::Date),
            Kind::DateTime => quote!(#root::types::time::PrimitiveDateTime),
            Kind::Timestamp => quote!(#root::types::time::OffsetDateTime),
            other => other.rust(paths),
        },
        model::FieldType::Column => ty.kind.rust(paths),
    }
}

/// The type of a field in a generated struct.
pub fn of_field(entity: &Entity, position: usize, ty: FieldType, paths: &Paths) -> TokenStream {
    let (rust, option, vec) = (of_value(entity, position, ty, paths), paths.option(), paths.vec());
    let element = || names::ident(&names::element(entity, position));
    match ty.form {
        Form::Value if ty.nullable => quote!(#option<#rust>),
        Form::Value => rust,
        Form::Values => quote!(#vec<#rust>),
        Form::Elements => {
            let element = element();
            quote!(#vec<#element>)
        }
        Form::Keyed => {
            let element = element();
            quote!(::std::collections::BTreeMap<#rust, #element>)
        }
    }
}

/// How a repository's method takes a value of a field: by value where the type is known to be `Copy`.
#[cfg(feature = "files")]
pub fn parameter(entity: &Entity, position: usize, ty: FieldType, paths: &Paths) -> TokenStream {
    match &entity.fields[position].ty {
        model::FieldType::Own(own) => {
            let own = parsed(own);
            quote!(&#own)
        }
        model::FieldType::Enum(_) | model::FieldType::Time => of_value(entity, position, ty, paths),
        model::FieldType::Column => ty.kind.parameter(paths),
    }
}

/// A field's type as a person writes it: `Option<String>`, `migratable::types::Decimal`.
pub fn for_people(entity: &Entity, position: usize, ty: FieldType, paths: &Paths) -> String {
    let text = of_field(entity, position, ty, &paths.for_module(&[])).to_string().replace(' ', "");
    text.replace("<::", "<").replace("super::", "").trim_start_matches("::").to_owned()
}

/// A piece of Rust as tokens: a contract holds no other pieces than those that can be read.
pub fn parsed(piece: &str) -> TokenStream {
    match piece.parse() {
        Ok(tokens) => tokens,
        Err(error) => unreachable!("a contract with a piece of Rust that can't be read ({error}): {piece}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use migratable_core::Text;
    use migratable_core::collation::Collation;

    fn column(ty: MySqlType, nullable: bool, zero_dates: ZeroDates) -> Column {
        Column {
            table: 0,
            name: Text::Borrowed("c"),
            ty,
            nullable,
            generated: false,
            zero_dates,
            when_null: None,
        }
    }

    fn line(ty: MySqlType, attribute: AttributeType) -> String {
        let paths = Paths::default();
        let mut faces = Vec::new();
        for (nullable, zero_dates) in [(false, ZeroDates::Refuse), (true, ZeroDates::Keep)] {
            let column = column(ty.clone(), nullable, zero_dates);
            let field = FieldType { kind: Kind::of(&column, attribute), nullable, form: Form::Value };
            let paths = paths.for_module(&[]);
            let marker = field.marker(&paths).to_string().replace(' ', "");
            let rust = field.kind.rust(&paths).to_string().replace(' ', "");
            let rust = rust.replace("<::", "<");
            let rust = rust.trim_start_matches("::");
            let rust = if nullable { format!("Option<{rust}>") } else { rust.to_owned() };
            faces.push(format!("{rust} by {marker}"));
        }
        format!("{ty} as {attribute}: {}", faces.join(" / "))
    }

    #[test]
    fn every_column_type_has_a_rust_type() {
        let collation = || Collation { name: Text::Borrowed("utf8mb4_bin") };
        let int = |size, unsigned| MySqlType::Int { size, unsigned, display: None };
        let decimal = |precision| MySqlType::Decimal { precision, scale: 2, unsigned: false };
        let members = || vec![Text::Borrowed("a")].into();
        let lob = migratable_core::mysql::LobSize::Normal;
        let types = [
            (int(IntSize::Tiny, false), AttributeType::N),
            (int(IntSize::Tiny, false), AttributeType::Bool),
            (int(IntSize::Tiny, true), AttributeType::Bool),
            (int(IntSize::Tiny, true), AttributeType::S),
            (int(IntSize::Small, false), AttributeType::N),
            (int(IntSize::Small, true), AttributeType::N),
            (int(IntSize::Medium, false), AttributeType::N),
            (int(IntSize::Medium, true), AttributeType::N),
            (int(IntSize::Int, false), AttributeType::N),
            (int(IntSize::Int, true), AttributeType::N),
            (int(IntSize::Big, false), AttributeType::N),
            (int(IntSize::Big, true), AttributeType::N),
            (decimal(28), AttributeType::N),
            (decimal(29), AttributeType::N),
            (decimal(65), AttributeType::S),
            (MySqlType::Float { unsigned: false }, AttributeType::N),
            (MySqlType::Double { unsigned: false }, AttributeType::N),
            (MySqlType::Bit { length: 8 }, AttributeType::N),
            (MySqlType::Year, AttributeType::N),
            (MySqlType::Char { length: 2, collation: collation() }, AttributeType::S),
            (MySqlType::VarChar { length: 2, collation: collation() }, AttributeType::S),
            (MySqlType::Text { size: lob, collation: collation() }, AttributeType::S),
            (MySqlType::Binary { length: 2 }, AttributeType::B),
            (MySqlType::VarBinary { length: 2 }, AttributeType::B),
            (MySqlType::Blob { size: lob }, AttributeType::B),
            (MySqlType::Date, AttributeType::S),
            (MySqlType::Time { fsp: 0 }, AttributeType::S),
            (MySqlType::DateTime { fsp: 6 }, AttributeType::S),
            (MySqlType::Timestamp { fsp: 6 }, AttributeType::S),
            (MySqlType::Enum { members: members(), collation: collation() }, AttributeType::S),
            (MySqlType::Set { members: members(), collation: collation() }, AttributeType::L),
            (MySqlType::Set { members: members(), collation: collation() }, AttributeType::Ss),
            (MySqlType::Json, AttributeType::S),
        ];
        let lines: Vec<String> = types.into_iter().map(|(ty, attribute)| line(ty, attribute)).collect();
        insta::assert_snapshot!(lines.join("\n"));
    }
}
