//! What callers see of generated code.

use migratable_core::check::Check;

use super::carried::{self, RowValue};
use super::change::{Changes, Class};
use super::entity::Pair;
use super::steps;
use crate::codes;
use crate::language::quoted_list;
use crate::model::{Contract, Enum, Field, FieldType, FieldVisibility, Struct, Visibility};

/// The handle.
pub(super) fn handle(old: &str, visibility: Visibility, new: &Contract, changes: &mut Changes<'_>) {
    if old != new.name {
        let change = changes.breaks(Class::Code, codes::CONTRACT_NAME, "the handle has another name");
        changes.add(change.both(&["name"], old, &new.name).steps(steps::CODE));
    }
    if visibility != new.visibility {
        let narrower = new.visibility < visibility;
        let change = changes.of(Class::Code, codes::VISIBILITY, narrower, "others see the handle");
        let change = change.both(&["rust", "visibility"], visibility.name(), new.visibility.name());
        changes.add(change.steps(if narrower { steps::CODE } else { steps::NONE }));
    }
}

/// What the repository is called on the handle.
pub(super) fn repository(old: &str, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.repository;
    if old != new {
        let message = format!("the repository of `{}` has another name", pair.name);
        let change = changes.breaks(Class::Code, codes::REPOSITORY_NAME, message);
        changes.add(change.both(&["entities", pair.name, "repository"], old, new).steps(steps::CODE));
    }
}

pub(super) fn structure(old: &Struct, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.rust;
    let Struct { name, visibility, derives, attributes, serde } = old;
    let path = |field| ["entities", pair.name, "rust", field];
    if *name != new.name {
        let message = format!("the struct of `{}` has another name", pair.name);
        let change = changes.breaks(Class::Code, codes::STRUCT_NAME, message);
        changes.add(change.both(&path("name"), name, &new.name).steps(steps::CODE));
    }
    if *visibility != new.visibility {
        let narrower = new.visibility < *visibility;
        let message = format!("others see the struct of `{}`", pair.name);
        let change = changes.of(Class::Code, codes::VISIBILITY, narrower, message);
        let change = change.both(&path("visibility"), visibility.name(), new.visibility.name());
        changes.add(change.steps(if narrower { steps::CODE } else { steps::NONE }));
    }
    let traits = |derives: &[String], serde: bool| {
        let mut derives = derives.to_vec();
        derives.extend(serde.then(|| "serde".to_owned()));
        derives.sort_unstable();
        derives
    };
    let (was, is) = (traits(derives, *serde), traits(&new.derives, new.serde));
    if was != is {
        let lost = was.iter().any(|derive| !is.contains(derive));
        let message = format!("the struct of `{}` implements other traits", pair.name);
        let change = changes.of(Class::Code, codes::STRUCT_DERIVES, lost, message);
        let change = change.both(&path("derive"), quoted_list(&was), quoted_list(&is));
        changes.add(change.steps(if lost { steps::CODE } else { steps::NONE }));
    }
    if *attributes != new.attributes {
        let message = format!("the struct of `{}` has other Rust attributes", pair.name);
        let change = changes.breaks(Class::Code, codes::RUST_ATTRIBUTES, message);
        let change = change.both(&path("attributes"), quoted_list(attributes), quoted_list(&new.attributes));
        changes.add(change.steps(steps::CODE));
    }
}

/// The fields of values that both have.
pub(super) fn fields(old: &[Field], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (was, is) = (carried::values(pair.was()), carried::values(pair.is()));
    for (value, field) in was.iter().zip(old) {
        let same = |today: &RowValue<'_>| (today.attribute, today.member) == (value.attribute, value.member);
        let today = is.iter().zip(&pair.new.fields).find(|(today, _)| same(today));
        let Some((today, new)) = today else { continue };
        // Where a value comes from is said of the attribute.
        let Field { name, path: _, ty, visibility, attributes } = field;
        let path = ["entities", pair.name, "attributes", today.attribute];
        let what = format!("`{}.{name}`", pair.old.rust.name);
        if *name != new.name {
            let change =
                changes.breaks(Class::Code, codes::FIELD_NAME, format!("the field {what} has another name"));
            changes.add(change.both(&path, name, &new.name).steps(steps::CODE));
        }
        let (was, is) = (type_text(ty, &value.rust), type_text(&new.ty, &today.rust));
        if was != is {
            let message = format!("the field {what} has another type");
            let change = changes.breaks(Class::Code, codes::FIELD_TYPE, message).both(&path, was, is);
            changes.add(change.steps(steps::CODE));
        }
        if *visibility != new.visibility {
            let narrower = rank(new.visibility) < rank(*visibility);
            let change =
                changes.of(Class::Code, codes::VISIBILITY, narrower, format!("others see the field {what}"));
            let change = change.both(&path, visibility.name(), new.visibility.name());
            changes.add(change.steps(if narrower { steps::CODE } else { steps::NONE }));
        }
        if *attributes != new.attributes {
            let message = format!("the field {what} has other Rust attributes");
            let change = changes.breaks(Class::Code, codes::RUST_ATTRIBUTES, message);
            let change = change.both(&path, quoted_list(attributes), quoted_list(&new.attributes));
            changes.add(change.steps(steps::CODE));
        }
    }
}

/// `rust`: what it is where the contract doesn't say.
fn type_text(ty: &FieldType, rust: &str) -> String {
    match ty {
        FieldType::Column => rust.to_owned(),
        FieldType::Time => format!("{rust} of the crate `time`"),
        FieldType::Own(ty) => format!("`{ty}`"),
        FieldType::Enum(name) => format!("the enum `{name}`"),
    }
}

const fn rank(visibility: FieldVisibility) -> u8 {
    match visibility {
        FieldVisibility::Private => 0,
        FieldVisibility::Crate => 1,
        FieldVisibility::Public => 2,
    }
}

/// The enums that both have; one that came or went shows itself in the fields that have it.
pub(super) fn enums(old: &[Enum], new: &[Enum], changes: &mut Changes<'_>) {
    for was in old {
        let Enum { name, members, columns, visibility, serde } = was;
        let Some(is) = new.iter().find(|candidate| candidate.name == *name) else { continue };
        // Where the contract names it, a column is shown that has it.
        let path = |columns: &[(String, String)]| -> Vec<String> {
            let first = columns.first().map(|(entity, _)| vec!["entities".to_owned(), entity.clone()]);
            first.unwrap_or_default()
        };
        if *members != is.members {
            let lost = members.iter().any(|member| !is.members.contains(member));
            let message = format!("the enum `{name}` has other members");
            let change = changes.breaks(Class::Code, codes::ENUM_MEMBERS, message);
            let change = change.newer(&path(&is.columns), format!("{} now", quoted_list(&is.members)));
            let change = change.older(&path(columns), format!("was {}", quoted_list(members)));
            let meaning = if lost {
                "items may hold a member that can't be read any more"
            } else {
                "an older release can't read the new members, and a `match` has to name them"
            };
            changes.add(change.means(meaning).steps(steps::CODE));
        }
        if (*visibility, *serde) != (is.visibility, is.serde) {
            let narrower = is.visibility < *visibility || *serde && !is.serde;
            let word = |visibility: Visibility, serde| {
                format!("{}{}", visibility.name(), if serde { ", with serde" } else { "" })
            };
            let message = format!("others see or serialize the enum `{name}`");
            let change = changes.of(Class::Code, codes::VISIBILITY, narrower, message);
            let change = change.newer(&path(&is.columns), format!("{} now", word(is.visibility, is.serde)));
            let change = change.older(&path(columns), format!("was {}", word(*visibility, *serde)));
            changes.add(change.steps(if narrower { steps::CODE } else { steps::NONE }));
        }
    }
}

/// What is checked before a write, by the checks' names.
pub(super) fn checks(old: &[Check], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let names =
        |checks: &[Check]| -> Vec<String> { checks.iter().map(|check| check.name.to_string()).collect() };
    let (was, is) = (names(old), names(&pair.new.plan.checks));
    let has = |names: &[String], name: &String| names.contains(name);
    // One that says something else is said of the source.
    if was.iter().all(|name| has(&is, name)) && is.iter().all(|name| has(&was, name)) {
        return;
    }
    let message = format!("other checks are made before `{}` is written", pair.name);
    let more = is.iter().any(|name| !has(&was, name));
    let change = changes.of(Class::Code, codes::CHECKS_MADE, more, message);
    let change = change.both(&["entities", pair.name], quoted_list(&was), quoted_list(&is));
    changes.add(
        change.means("a write that breaks one is an error before it reaches a store").steps(steps::CODE),
    );
}
