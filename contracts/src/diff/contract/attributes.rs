//! What items carry, by the attributes' names.

use migratable_core::plan::Attribute;

use super::change::{Changes, Class};
use super::entity::Pair;
use super::{forms, steps};
use crate::codes;

pub(super) fn compare(old: &[Attribute], pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let new = &pair.new.plan.attributes;
    for attribute in old {
        match new.iter().find(|candidate| candidate.name == attribute.name) {
            Some(today) => one(attribute, today, pair, changes),
            None => removed(attribute, pair, changes),
        }
    }
    for attribute in new.iter().filter(|attribute| !old.iter().any(|known| known.name == attribute.name)) {
        added(attribute, pair, changes);
    }
}

fn path<'a>(pair: &Pair<'a>, attribute: &'a Attribute) -> [&'a str; 4] {
    ["entities", pair.name, "attributes", &attribute.name]
}

fn removed(attribute: &Attribute, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (was, is) = (pair.was(), pair.is());
    let origin = was.origin(attribute.column);
    let moved = pair.new.plan.attributes.iter().find(|candidate| {
        is.origin(candidate.column) == origin
            && !pair.old.plan.attributes.iter().any(|known| known.name == candidate.name)
    });
    let message = format!("the attribute `{}.{}` is gone", pair.name, attribute.name);
    // Where it may be absent, readers of the older contract do without it.
    let breaking = !was.column(attribute.column).nullable;
    let change = changes.of(Class::Stored, codes::ATTRIBUTE_REMOVED, breaking, message);
    let change = change.newer(&["entities", pair.name, "attributes"], "not here any more");
    let change = change.older(&path(pair, attribute), "was here");
    let hint = match moved {
        Some(to) => {
            format!("it looks like it was renamed to `{}`: items have it under the old name", to.name)
        }
        None if breaking => "what an older release reads of newer items lacks it".to_owned(),
        None => "an older release reads newer items as if it were NULL".to_owned(),
    };
    changes.add(change.means(hint).steps(steps::REMOVE));
}

fn added(attribute: &Attribute, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let is = pair.is();
    let message = format!("the attribute `{}.{}` is new", pair.name, attribute.name);
    let breaking = !is.column(attribute.column).nullable;
    let change = changes.of(Class::Stored, codes::ATTRIBUTE_ADDED, breaking, message);
    let change = change.newer(&path(pair, attribute), "new");
    let change = change.older(&["entities", pair.name, "attributes"], "not here yet");
    let meaning = if breaking {
        "items that are there lack it, and it is never absent: reading them is an error"
    } else {
        "items that are there lack it, and are read as if it were NULL"
    };
    changes.add(change.means(meaning).steps(steps::ADD));
}

/// What of one attribute has changed.
fn one(old: &Attribute, new: &Attribute, pair: &Pair<'_>, changes: &mut Changes<'_>) {
    let (was, is) = (pair.was(), pair.is());
    let path = path(pair, new);
    let name = format!("`{}.{}`", pair.name, new.name);
    let Attribute { name: _, column, ty } = old;
    let (column, today) = (was.column(*column), is.column(new.column));
    let (from, to) = (was.origin(old.column), is.origin(new.column));
    if from != to {
        let change =
            changes.breaks(Class::Stored, codes::ATTRIBUTE_PATH, format!("{name} comes from elsewhere"));
        let change = change.both(&path, was.path(old.column), is.path(new.column));
        changes.add(change.means("items that are there hold the older value").steps(steps::REWRITE));
    }
    if *ty != new.ty {
        let message = format!("the DynamoDB type of {name} has changed");
        let change =
            changes.breaks(Class::Stored, codes::ATTRIBUTE_TYPE_CHANGED, message).both(&path, ty, new.ty);
        changes.add(change.means("items that are there can't be read").steps(steps::REWRITE));
    } else {
        let forms = (forms::stored(&column.ty, *ty), forms::stored(&today.ty, new.ty));
        if forms.0 != forms.1 {
            let message = format!("the values of {name} are written otherwise");
            let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_FORM, message);
            let change = change.both(&path, forms.0, forms.1);
            changes
                .add(change.means("the column's type decides how a value is written").steps(steps::REWRITE));
        }
    }
    if column.zero_dates != today.zero_dates {
        let message = format!("what happens to zero dates in {name} has changed");
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_ZERO_DATES, message);
        let change = change.both(&path, column.zero_dates.name(), today.zero_dates.name());
        changes
            .add(change.means("what one of them writes, the other one refuses to read").steps(steps::ABSENT));
    }
    if column.nullable != today.nullable {
        let message = format!("{name} may {} be absent", if today.nullable { "now" } else { "no longer" });
        let word = |nullable| if nullable { "may be NULL" } else { "never NULL" };
        let change = changes.breaks(Class::Stored, codes::ATTRIBUTE_ABSENT, message);
        let change = change.both(&path, word(column.nullable), word(today.nullable));
        let meaning = if today.nullable {
            "an older release can't read items that lack it, and its field becomes an `Option`"
        } else {
            "items that lack it can't be read, and its field is no `Option` any more"
        };
        changes.add(change.means(meaning).steps(steps::ABSENT));
    }
}
