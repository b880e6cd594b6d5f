//! Rules about generated Rust: names that would be one, types that fit no column.

use migratable_core::mysql::MySqlType;

use crate::codes;
use crate::diagnostic::{Diagnostic, suggest};
use crate::language::{List, Reader, RustDerive, Scalar, quoted_list};
use crate::lower::Draft;
use crate::lower::entity::{Attribute, Entity};
use crate::lower::rust::{normal, spellings};
use crate::source::SourceType;

/// Every entry of `rust.types` is the type of some column.
pub(super) fn type_unused(draft: &Draft<'_>, reader: &mut Reader) {
    let Some(types) = draft.node.rust.as_ref().and_then(|rust| rust.types.as_ref()) else { return };
    let tables = &draft.source.tables;
    if !draft.node.source.tables.is_whole() || !tables.iter().all(|table| table.whole) {
        return;
    }
    let columns = tables.iter().flat_map(|table| &table.columns);
    let known = columns.filter_map(|column| match &column.facts.ty {
        SourceType::Known(ty) => Some(spellings(ty)),
        SourceType::Other(_) => None,
    });
    let mut known: Vec<String> = known.flatten().collect();
    known.sort();
    known.dedup();
    for entry in &types.entries {
        let written = normal(&entry.key.text);
        if known.contains(&written) {
            continue;
        }
        let help = match suggest(&written, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write the type as the source does, without its collation, or remove the entry".to_owned()
            }
        };
        let message = format!("no column has the type `{}`", entry.key.text);
        reader.report(
            Diagnostic::error(codes::RUST_TYPE_UNUSED, message)
                .label(entry.key.place.clone(), "of no column")
                .help(help),
        );
    }
}

/// A name given to a field is that of no other field.
pub(super) fn field_clash(entity: &Entity<'_>, reader: &mut Reader) {
    for (position, attribute) in entity.attributes.iter().enumerate() {
        let name = attribute.field_name();
        let before = entity.attributes[..position].iter().find(|other| other.field_name().text == name.text);
        let Some(first) = before else { continue };
        reader.report(
            Diagnostic::error(codes::RUST_FIELD_CLASH, format!("two fields are called `{}`", name.text))
                .label(name.place.clone(), "again")
                .label(first.field_name().place.clone(), "first here")
                .help("give one of them another name"),
        );
    }
}

/// A type's name, and whether it is a struct's or an enum's.
struct TypeName<'s> {
    name: &'s Scalar,
    is_enum: bool,
    is_given: bool,
}

/// A name given to a struct or an enum is that of no other.
pub(super) fn type_clash(draft: &Draft<'_>, reader: &mut Reader) {
    let mut known: Vec<TypeName<'_>> = Vec::new();
    let structs = draft.entities.iter().map(|entity| {
        let name = entity.struct_name();
        TypeName { name, is_enum: false, is_given: name.place != entity.name.place }
    });
    let attributes = draft.entities.iter().flat_map(|entity| &entity.attributes);
    let enums = attributes.filter_map(Attribute::enum_name);
    let enums = enums.map(|name| TypeName { name, is_enum: true, is_given: true });
    for found in structs.chain(enums) {
        let first = known.iter().find(|other| other.name.text == found.name.text);
        let Some(first) = first else {
            known.push(found);
            continue;
        };
        // An enum of several columns is one; two entities of one name are another rule's.
        if first.is_enum && found.is_enum || !first.is_given && !found.is_given {
            continue;
        }
        let what = |ty: &TypeName<'_>| if ty.is_enum { "an enum" } else { "a struct" };
        reader.report(
            Diagnostic::error(codes::RUST_TYPE_CLASH, format!("two types are called `{}`", found.name.text))
                .label(found.name.place.clone(), format!("{} of this name", what(&found)))
                .label(first.name.place.clone(), format!("{} of this name", what(first)))
                .help("give one of them another name"),
        );
    }
}

/// An enum is made from the members of an ENUM.
pub(super) fn enum_column(entity: &Entity<'_>, reader: &mut Reader) {
    for attribute in &entity.attributes {
        let Some((name, ty)) = attribute.enum_name().zip(attribute.mysql_type()) else { continue };
        if matches!(ty, MySqlType::Enum { .. }) {
            continue;
        }
        let message = format!("`{}` can't be the enum `{}`", attribute.name.text, name.text);
        let mut finding = Diagnostic::error(codes::RUST_ENUM_COLUMN, message)
            .label(name.place.clone(), format!("`{ty}` has no members"));
        if let Some(target) = &attribute.target {
            finding = finding.label(target.column.text.place.clone(), "the column");
        }
        reader.report(finding.help("name a type of your own, `type: crate::…`, or remove `enum`"));
    }
}

/// Columns that share an enum have the same members.
pub(super) fn enum_members(draft: &Draft<'_>, reader: &mut Reader) {
    let mut known: Vec<(&Scalar, &[migratable_core::Text])> = Vec::new();
    for attribute in draft.entities.iter().flat_map(|entity| &entity.attributes) {
        let (Some(name), Some(MySqlType::Enum { members, .. })) =
            (attribute.enum_name(), attribute.mysql_type())
        else {
            continue;
        };
        let Some((first, theirs)) = known.iter().find(|(known, _)| known.text == name.text) else {
            known.push((name, members));
            continue;
        };
        if **theirs == **members {
            continue;
        }
        let message = format!("two columns with different members share the enum `{}`", name.text);
        reader.report(
            Diagnostic::error(codes::RUST_ENUM_MEMBERS, message)
                .label(name.place.clone(), format!("has {}", quoted_list(members)))
                .label(first.place.clone(), format!("has {}", quoted_list(theirs)))
                .help("give each its own enum"),
        );
    }
}

/// A derive stands in a list once. The last word of its path is what counts, as two macros of one name derive one trait.
pub(super) fn derive_twice(draft: &Draft<'_>, reader: &mut Reader) {
    let shared = draft.node.rust.as_ref().and_then(|rust| rust.derive.as_ref());
    let own = draft.entities.iter().filter_map(|entity| entity.rust()?.derive.as_ref());
    for List { items, .. } in shared.into_iter().chain(own) {
        derive_twice_in(items, reader);
    }
}

fn derive_twice_in(items: &[RustDerive], reader: &mut Reader) {
    let word = |path: &RustDerive| path.text.rsplit(':').next().unwrap_or_default().trim().to_owned();
    for (position, derive) in items.iter().enumerate() {
        let Some(first) = items[..position].iter().find(|other| word(other) == word(derive)) else {
            continue;
        };
        reader.report(
            Diagnostic::error(codes::RUST_DERIVE_TWICE, format!("`{}` is derived twice", word(derive)))
                .label(derive.place.clone(), "again")
                .label(first.place.clone(), "first here")
                .help("take one of them out"),
        );
    }
}
