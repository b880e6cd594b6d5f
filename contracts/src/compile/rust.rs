//! What generated Rust is like, with everything that is said of it brought together.

use migratable_core::mysql::{MySqlType, ZeroDates};
use migratable_core::{List, Text};

use crate::language::{self, AttributeRust, EntityRust};
use crate::lower::Draft;
use crate::lower::derived::{Extra, ExtraKind};
use crate::lower::entity::{Attribute, Entity};
use crate::lower::path::Target;
use crate::lower::rust::type_entry;
use crate::model::{Enum, Field, FieldType, FieldVisibility, Struct, TimeCrate, Visibility};
use crate::source::SourceType;

/// Who sees the types of an entity; without one, the handle.
pub(super) fn visibility(contract: &language::Contract, entity: Option<&EntityRust>) -> Visibility {
    let own = entity.and_then(|rust| rust.visibility.as_ref());
    let shared = contract.rust.as_ref().and_then(|rust| rust.visibility.as_ref());
    own.or(shared).map(|choice| choice.value).unwrap_or_default()
}

/// An entity's struct.
pub(super) fn structure(entity: &Entity<'_>, contract: &language::Contract) -> Struct {
    let (own, shared) = (entity.rust(), contract.rust.as_ref());
    let derives = own.and_then(|rust| rust.derive.as_ref()).or(shared.and_then(|rust| rust.derive.as_ref()));
    let serde = own.and_then(|rust| rust.serde).or(shared.and_then(|rust| rust.serde));
    let attributes = own.and_then(|rust| rust.attributes.as_ref());
    Struct {
        name: entity.struct_name().text.clone(),
        visibility: visibility(contract, own),
        derives: derives.iter().flat_map(|list| &list.items).map(|path| path.text.clone()).collect(),
        attributes: attributes.iter().flat_map(|list| &list.items).map(|text| text.text.clone()).collect(),
        serde: serde.is_some_and(|flag| flag.0),
    }
}

/// An entity's fields: of the plan's columns, then of what is derived.
pub(super) fn fields(entity: &Entity<'_>, contract: &language::Contract) -> Option<Vec<Field>> {
    let plain = entity.attributes.iter().map(|attribute| field(attribute, contract));
    let maps = entity.extras.iter().flat_map(|extra| match &extra.kind {
        Some(ExtraKind::Map(members)) => {
            let zero_dates = contract.zero_dates.as_ref().map(|choice| choice.value).unwrap_or_default();
            let member = |(name, path, target): &(&language::Scalar, &language::Scalar, Target<'_>)| {
                let SourceType::Known(ty) = &target.column.facts.ty else { return None };
                let plain = Field::plain(format!("{}_{}", extra.name.text, name.text), path.text.clone());
                Some(Field { ty: type_of(ty, zero_dates, contract), ..plain })
            };
            members.iter().map(member).collect()
        }
        _ => Vec::new(),
    });
    let derived = entity.extras.iter().filter(|extra| !matches!(extra.kind, Some(ExtraKind::Map(_))));
    plain.chain(maps).chain(derived.map(|extra| derived_field(extra, contract))).collect()
}

/// The field of what is worked out: what it is worked out of stands for its path.
fn derived_field(extra: &Extra<'_>, contract: &language::Contract) -> Option<Field> {
    let node = extra.node;
    let of = [
        ("path", &node.path),
        ("text", &node.text),
        ("collect", &node.collect),
        ("count", &node.count),
        ("sum", &node.sum),
        ("avg", &node.avg),
        ("min", &node.min),
        ("max", &node.max),
        ("ancestors", &node.ancestors),
        ("depth", &node.depth),
    ];
    let path = of.iter().find_map(|(word, of)| Some((word, of.as_ref()?)));
    let path = match path {
        Some((&"path", path)) => path.text.clone(),
        Some((word, path)) => format!("{word} {}", path.text),
        None => "case".to_owned(),
    };
    let Some(ExtraKind::Derived(derived)) = &extra.kind else { return None };
    let ty = derived.scalar().map(|scalar| time_of(&scalar.ty, ZeroDates::Refuse, contract));
    Some(Field { ty: ty.unwrap_or_default(), ..Field::plain(extra.name.text.clone(), path) })
}

/// An entity's field. `None` only where something has been reported.
pub(super) fn field(attribute: &Attribute<'_>, contract: &language::Contract) -> Option<Field> {
    let attributes = attribute.rust().and_then(|rust| rust.attributes.as_ref());
    let visibility = attribute.rust().and_then(|rust| rust.visibility.as_ref());
    Some(Field {
        name: attribute.field_name().text.clone(),
        path: attribute.path()?.text.clone(),
        ty: field_type(attribute, contract)?,
        visibility: visibility.map(|choice| choice.value).unwrap_or_default(),
        attributes: attributes.iter().flat_map(|list| &list.items).map(|text| text.text.clone()).collect(),
    })
}

/// The nearest word: the attribute's, the contract's by the column's type, the column's own.
fn field_type(attribute: &Attribute<'_>, contract: &language::Contract) -> Option<FieldType> {
    if let Some(AttributeRust { r#type: Some(ty), .. }) = attribute.rust() {
        return Some(FieldType::Own(ty.text.clone()));
    }
    if let Some(name) = attribute.enum_name() {
        return Some(FieldType::Enum(name.text.clone()));
    }
    Some(type_of(attribute.mysql_type()?, attribute.zero_dates, contract))
}

/// What the contract says of a column's type, or what follows from it.
fn type_of(ty: &MySqlType, zero_dates: ZeroDates, contract: &language::Contract) -> FieldType {
    match type_entry(contract, ty).and_then(|entry| entry.value.as_ref()) {
        Some(own) => FieldType::Own(own.text.clone()),
        None => time_of(ty, zero_dates, contract),
    }
}

/// What follows from a type, of the crate that the contract asks for.
fn time_of(ty: &MySqlType, zero_dates: ZeroDates, contract: &language::Contract) -> FieldType {
    let time = contract.rust.as_ref().and_then(|rust| rust.time.as_ref()).map(|choice| choice.value);
    let dates = ty.has_dates() && zero_dates == ZeroDates::Refuse;
    if dates && time == Some(TimeCrate::Time) { FieldType::Time } else { FieldType::Column }
}

/// The fields' names, where one of them is not its attribute's.
pub(super) fn field_names(entity: &Entity<'_>, fields: &[Field]) -> List<Text> {
    let same =
        entity.attributes.iter().zip(fields).all(|(attribute, field)| attribute.name.text == field.name);
    let has_members = entity.members().next().is_some();
    let names = fields.iter().filter(|_| !same || has_members);
    names.map(|field| Text::Owned(field.name.clone())).collect()
}

/// The enums that attributes name.
pub(super) fn enums(draft: &Draft<'_>) -> Vec<Enum> {
    let mut enums: Vec<Enum> = Vec::new();
    for entity in &draft.entities {
        let structure = structure(entity, draft.node);
        for attribute in &entity.attributes {
            let (Some(name), Some(MySqlType::Enum { members, .. }), Some(path)) =
                (attribute.enum_name(), attribute.mysql_type(), attribute.path())
            else {
                continue;
            };
            let column = (entity.name.text.clone(), path.text.clone());
            match enums.iter_mut().find(|known| known.name == name.text) {
                Some(known) => {
                    known.columns.push(column);
                    known.visibility = known.visibility.max(structure.visibility);
                    known.serde |= structure.serde;
                }
                None => enums.push(Enum {
                    name: name.text.clone(),
                    members: members.clone(),
                    columns: vec![column],
                    visibility: structure.visibility,
                    serde: structure.serde,
                }),
            }
        }
    }
    enums
}

/// What of a struct and its fields is not as it would be without a word about it, for its fingerprint.
pub(super) fn overrides(entity: &str, structure: &Struct, fields: &[Field]) -> Vec<String> {
    let Struct { name, visibility, derives, attributes, serde } = structure;
    let mut overrides = Vec::new();
    if name != entity {
        overrides.push(format!("struct {name}"));
    }
    if *visibility != Visibility::default() {
        overrides.push(format!("visibility {}", visibility.name()));
    }
    if *serde {
        overrides.push("serde".to_owned());
    }
    overrides.extend(derives.iter().map(|path| format!("derive {path}")));
    overrides.extend(attributes.iter().map(|attribute| format!("attribute {attribute}")));
    for (position, field) in fields.iter().enumerate() {
        match &field.ty {
            FieldType::Column => {}
            FieldType::Time => overrides.push(format!("{position} time")),
            FieldType::Own(ty) => overrides.push(format!("{position} type {ty}")),
            FieldType::Enum(name) => overrides.push(format!("{position} enum {name}")),
        }
        if field.visibility != FieldVisibility::default() {
            overrides.push(format!("{position} visibility {}", field.visibility.name()));
        }
        overrides
            .extend(field.attributes.iter().map(|attribute| format!("{position} attribute {attribute}")));
    }
    overrides
}
